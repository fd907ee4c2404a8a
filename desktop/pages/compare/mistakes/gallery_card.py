"""The mistakes as cards, all of them or of one kind."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from automl.domain.image_result import ImageEvaluation
from desktop.i18n import bind_text, translate
from desktop.itemmodels.class_words import class_words
from desktop.itemmodels.images import ImagesModel
from desktop.itemmodels.thumbnails import Thumbnails
from desktop.pages.compare.mistakes.kinds import Mistake, MistakeKind, has_line
from desktop.pages.compare.mistakes.readings import TONES, count_reading, score_words
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card
from desktop.widgets.image_cell import ImageCell
from desktop.widgets.image_grid import ImageGrid
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.text import plain_label, rich, rich_label

ALL = "all"
CARD_WIDTH = 90


class GalleryCard(Card):
    """`taken` tells the number of the image a person wants to see."""

    taken = Signal(int)

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._evaluation: ImageEvaluation | None = None
        self._mistakes: dict[int, Mistake] = {}
        self._only: frozenset[int] = frozenset()
        self._current = 0
        self._reading = rich_label("", "reading")
        self._kinds = SegmentedControl([(name, "") for name in (ALL, *MistakeKind)])
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
        self._kinds.chosen.connect(lambda _kind: self._fill())

    def show_mistakes(self, evaluation: ImageEvaluation, mistakes: Sequence[Mistake], aspect: float) -> None:
        """Show the mistakes at a line; what was shown stays shown if it still is one."""
        self._evaluation = evaluation
        self._mistakes = {one.image.number: one for one in mistakes}
        self._reading.setText(rich(count_reading(evaluation, mistakes)))
        self._grid.set_aspect(aspect)
        counts = self._counts()
        self._kinds.offer(counts)
        for name, count in counts.items():
            self._kinds.bind(name, f"image_mistakes.{name}.tab", count=count)
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

    def shown(self) -> Sequence[int]:
        """Return the numbers of the images shown, in order."""
        return self._model.numbers

    def _fill(self) -> None:
        kind = self._kinds.value()
        numbers = [
            number
            for number, mistake in self._mistakes.items()
            if kind in (ALL, mistake.kind.value) and (not self._only or number in self._only)
        ]
        self._narrowed.setVisible(bool(self._only))
        self._model.show_numbers(numbers)
        self._none.setVisible(not numbers)
        bind_text(self._none, "image_mistakes.none_here" if self._mistakes else "image_mistakes.none_at_all")
        if self._current not in numbers:
            self._current = numbers[0] if numbers else 0
            self.taken.emit(self._current)
        self._model.refresh()

    def _take(self, position: int) -> None:
        number = self._model.number_at(position)
        if number and number != self._current:
            self._current = number
            self._model.refresh()
            self.taken.emit(number)

    def _counts(self) -> dict[str, int]:
        counts = {kind.value: sum(one.kind is kind for one in self._mistakes.values()) for kind in MistakeKind}
        return {ALL: len(self._mistakes), **{name: count for name, count in counts.items() if count}}

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
        )
