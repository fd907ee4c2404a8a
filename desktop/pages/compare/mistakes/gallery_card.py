"""The mistakes as cards, all of them or of one kind."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from automl.domain.image_result import ImageEvaluation
from desktop.i18n import bind_text, translate
from desktop.itemmodels.class_words import class_words
from desktop.itemmodels.images import ImagesModel
from desktop.itemmodels.thumbnails import Thumbnails
from desktop.pages.compare.mistakes.kinds import Mistake, MistakeKind, has_line
from desktop.pages.compare.mistakes.readings import TONES, count_reading, score_words
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card
from desktop.widgets.chip import Chip
from desktop.widgets.flow import Flow
from desktop.widgets.image_cell import ImageCell
from desktop.widgets.image_grid import ImageGrid
from desktop.widgets.text import plain_label, rich, rich_label

ALL = "all"
CARD_WIDTH = 90


class GalleryCard(Card):
    """`taken` tells the number of the image to be seen, also when only its neighbours are others."""

    taken = Signal(int)

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._evaluation: ImageEvaluation | None = None
        self._mistakes: dict[int, Mistake] = {}
        self._only: frozenset[int] = frozenset()
        self._current = 0
        self._reading = rich_label("", "reading")
        self._kind = ALL
        self._kinds, self._group = Flow(spacing=6), QButtonGroup(self)
        self._chips = {name: self._new_chip(name) for name in (ALL, *MistakeKind)}
        self._narrowed = text_button("image_mistakes.show_all", small=True)
        self._none = plain_label("", "secondary", wrap=True)
        self._model = ImagesModel(self._look, self)
        self._grid = ImageGrid("image_mistakes.gallery", two_lines=True, card_width=CARD_WIDTH)
        self._grid.show_model(self._model, self._model.cell, thumbnails.pixmap, self._model.count)
        for widget in (self._reading, self._kinds, self._narrowed, self._none):
            self.add(widget)
        self.add(self._grid, 1)
        thumbnails.ready.connect(lambda _number: self._grid.viewport().update())
        self._grid.columns_changed.connect(self._model.set_columns)
        self._grid.picked.connect(lambda position, _pick: self._take(position))
        self._grid.current_moved.connect(self._take)
        self._narrowed.clicked.connect(lambda _checked=False: self.narrow(()))

    def show_mistakes(self, evaluation: ImageEvaluation, mistakes: Sequence[Mistake], aspect: float) -> None:
        """Show the mistakes at a line; what was shown stays shown if it still is one."""
        self._evaluation = evaluation
        self._mistakes = {one.image.number: one for one in mistakes}
        self._reading.setText(rich(count_reading(evaluation, mistakes)))
        self._grid.set_aspect(aspect)
        self._show_kinds()
        self._kinds.setVisible(has_line(evaluation) and bool(mistakes))
        self._fill()

    def narrow(self, numbers: Sequence[int]) -> None:
        """Show only these images; all mistakes again when there are none of them."""
        self._only = frozenset(numbers)
        self._fill()

    def step(self, steps: int) -> None:
        """Go on to the next image, or back."""
        place = self._model.position_of(self._current)
        if (number := self._model.number_at(place + steps)) != 0:
            self.show_current(number)
            self.taken.emit(number)

    def show_current(self, number: int) -> None:
        """Mark an image as the one that is shown."""
        self._current = number
        self._grid.move_to(self._model.position_of(number))
        self._model.refresh()

    def mistake(self, number: int) -> Mistake | None:
        """Return the mistake of an image, None when it is none."""
        return self._mistakes.get(number)

    def can_step(self, steps: int) -> bool:
        """Whether there is an image so many steps on."""
        return self._model.number_at(self._model.position_of(self._current) + steps) != 0

    def shown(self) -> Sequence[int]:
        """Return the numbers of the images shown, in order."""
        return self._model.numbers

    def _fill(self) -> None:
        numbers = [
            number
            for number, mistake in self._mistakes.items()
            if self._kind in (ALL, mistake.kind.value) and (not self._only or number in self._only)
        ]
        self._narrowed.setVisible(bool(self._only))
        self._model.show_numbers(numbers)
        self._none.setVisible(not numbers)
        bind_text(self._none, "image_mistakes.none_here" if self._mistakes else "image_mistakes.none_at_all")
        if self._current not in numbers:
            self._current = numbers[0] if numbers else 0
        self._model.refresh()
        self.taken.emit(self._current)

    def _take(self, position: int) -> None:
        number = self._model.number_at(position)
        if number and number != self._current:
            self._current = number
            self._model.refresh()
            self.taken.emit(number)

    def _new_chip(self, name: str) -> Chip:
        chip = Chip()
        self._group.addButton(chip)
        self._kinds.add(chip)
        chip.clicked.connect(lambda _checked=False: self._choose(name))
        return chip

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self._fill()

    def _show_kinds(self) -> None:
        counts = Counter(one.kind.value for one in self._mistakes.values())
        if not counts[self._kind]:
            self._kind = ALL
        for name, chip in self._chips.items():
            count = len(self._mistakes) if name == ALL else counts[name]
            chip.show_count(translate(f"image_mistakes.{name}.tab"), count)
            chip.setVisible(name == ALL or count > 0)
        self._chips[self._kind].setChecked(True)

    def _look(self, number: int, _selected: bool) -> ImageCell:
        mistake, evaluation = self._mistakes[number], self._evaluation
        if evaluation is None:
            return ImageCell(number, "")
        actual = class_words(evaluation.classes[mistake.image.actual], evaluation.classes)
        kind = translate(f"image_mistakes.{mistake.kind.value}.kind")
        if mistake.kind is MistakeKind.MIXED_UP:
            kind = translate(
                "image_mistakes.said",
                said=class_words(evaluation.classes[mistake.image.predicted], evaluation.classes),
            )
        score = score_words(mistake.image.unusual if has_line(evaluation) else mistake.image.probability)
        return ImageCell(
            number,
            actual,
            note=score,
            selected=number == self._current,
            spoken=f"{actual}, {kind}, {score}",
            below=kind,
            below_ink=TONES[mistake.kind],
            ticks=False,
        )
