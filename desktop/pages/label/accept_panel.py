"""Accept many suggestions at once: a line for how sure the model must be, and a sample to check before."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop.i18n import translate
from desktop.pages.label.labelling import Labelling
from desktop.pages.label.side_panel import SidePanel
from desktop.pages.label.words import sure_words
from desktop.pages.project_images import ProjectImages
from desktop.widgets.buttons import accent_button
from desktop.widgets.card import scrolling
from desktop.widgets.image_tiles import ImageTiles, Tile
from desktop.widgets.slider import ValueSlider
from desktop.widgets.text import label, plain_label, rich, rich_label

SAMPLE = 20
USUAL_LINE = 0.95
_COLUMNS = 4
_LOWEST = 0.5


class AcceptPanel(SidePanel):
    """A press on an image of the sample crosses it out: it stays without a class and comes into the queue."""

    accepted = Signal()

    def __init__(self, labelling: Labelling, images: ProjectImages) -> None:
        super().__init__("label.accept.title")
        self._labelling, self._images = labelling, images
        self._above: tuple[int, ...] = ()
        self._wrong: set[int] = set()
        self.slider = ValueSlider(
            _LOWEST, 1.0, name="label.accept.line", scale=100, suffix="label.accept.percent", digits=0
        )
        self.slider.set_value(USUAL_LINE)
        self.slider.moved.connect(lambda _value: self.show_state())
        self.reading = rich_label("", "body")
        self._hint = label("label.accept.sample", "caption", wrap=True)
        self.sample = ImageTiles(images.thumbnails.pixmap, columns=_COLUMNS, height=52)
        self.sample.pressed.connect(self._cross)
        self._crossed = plain_label("", "caption", wrap=True)
        self.take = accent_button("label.accept.take", count=0)
        self.take.clicked.connect(lambda _checked=False: self._accept())
        self.body.setSpacing(8)
        self.add(label("label.accept.line", "caption-2"))
        self.add(self.slider)
        self.add(self.reading)
        self.add(self._hint)
        self.add(scrolling(self.sample), 1)
        self.add(self._crossed)
        self.add(self.take)
        images.thumbnails.ready.connect(lambda _number: self.sample.refresh())
        labelling.changed.connect(self._labels_changed)

    def start(self) -> None:
        """Begin anew: nothing is crossed out."""
        self._wrong.clear()
        self.show_state()

    def show_state(self) -> None:
        """Show what the line means now."""
        state, line = self._labelling.state, self.slider.value()
        self._above = state.above(line)
        count = len(self._above)
        wrong = state.expected_wrong(line, count)
        if not count:
            self.reading.setText(rich(translate("label.accept.none", line=sure_words(line))))
        else:
            key = "label.accept.reading" if wrong >= 1 else "label.accept.reading_clean"
            self.reading.setText(rich(translate(key, count=count, line=sure_words(line), wrong=max(1, round(wrong)))))
        self._show_sample(_spread(self._above, SAMPLE))
        taken = self._taken()
        self._hint.setVisible(bool(count))
        self.take.set_text("label.accept.take", count=len(taken))
        self.take.setEnabled(bool(taken))

    def _labels_changed(self) -> None:
        if self.isVisible():
            self.show_state()

    def _show_sample(self, numbers: Sequence[int]) -> None:
        state, tiles = self._labelling.state, []
        for number in numbers:
            record, guess = self._images.record(number), state.guess(number)
            if record is not None and guess is not None:
                words = guess.class_name
                name = f"{words} {sure_words(guess.probability)}, {record.path}"
                tiles.append(Tile(number, name, words, state.place_of(guess.class_name)))
        self.sample.show_images(tiles)
        for number in self.sample.numbers():
            self.sample.tile(number).set_crossed(number in self._wrong)
        crossed = sum(1 for number in self._above if number in self._wrong)
        self._crossed.setVisible(bool(crossed))
        self._crossed.setText(translate("label.accept.crossed", count=crossed) if crossed else "")

    def _cross(self, number: int) -> None:
        self._wrong ^= {number}
        self.show_state()

    def _taken(self) -> tuple[int, ...]:
        return tuple(number for number in self._above if number not in self._wrong)

    def _accept(self) -> None:
        if self._labelling.accept(self._taken()):
            self.accepted.emit()


def _spread(numbers: Sequence[int], most: int) -> tuple[int, ...]:
    """At most so many of the numbers, taken evenly from the first, which is the least sure, to the last."""
    if len(numbers) <= most:
        return tuple(numbers)
    return tuple(numbers[round(place * (len(numbers) - 1) / (most - 1))] for place in range(most))
