"""Classes of images that are taken for one another, the most frequent pairs first, with images of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.image_result import ImageEvaluation
from desktop.i18n import translate
from desktop.itemmodels.class_words import class_in_sentence, class_words
from desktop.itemmodels.thumbnails import Thumbnails
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card, line, scrolling
from desktop.widgets.image_tiles import ImageTiles, Tile
from desktop.widgets.text import ElidedLabel, breakable, plain_label

MOST_PAIRS, MOST_TILES, TILE_HEIGHT = 8, 4, 44


@dataclass(frozen=True)
class ConfusedPair:
    """Images of one class that were taken for another, the surest mistakes first; both as places in the classes."""

    actual: int
    predicted: int
    numbers: tuple[int, ...]


class ConfusedCard(Card):
    """`taken` tells the images of a pair, or one image, that a person wants to see closely."""

    taken = Signal(object)

    def __init__(self, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._thumbnails = thumbnails
        self._tiles: list[ImageTiles] = []
        self._reading = plain_label("", "reading", wrap=True)
        self._caption = plain_label("", "caption", wrap=True)
        holder = QWidget()
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)
        self.add(self._reading)
        self.add(self._caption)
        self.add(scrolling(holder), 1)
        self.body.setSpacing(4)
        thumbnails.ready.connect(lambda _number: self._refresh())

    def show_evaluation(self, evaluation: ImageEvaluation) -> None:
        """Show the pairs of one model."""
        pairs = confused_pairs(evaluation)
        self._reading.setText(breakable(_reading(evaluation, pairs)))
        self._caption.setText(translate("compare.confused.caption") if pairs else "")
        self._tiles = []
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, pair in enumerate(pairs[:MOST_PAIRS]):
            if place:
                self._rows.addWidget(line())
            self._rows.addWidget(self._row(evaluation, pair))
        self._rows.addStretch(1)

    def _row(self, evaluation: ImageEvaluation, pair: ConfusedPair) -> QWidget:
        actual, said = (
            class_words(evaluation.classes[place], evaluation.classes) for place in (pair.actual, pair.predicted)
        )
        column = QVBoxLayout(made := QWidget())
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(
            ElidedLabel(translate("compare.confused.pair", actual=actual, said=said), size=13, weight=500), 1
        )
        see = text_button("compare.confused.see", small=True, count=len(pair.numbers))
        see.clicked.connect(lambda _checked=False: self.taken.emit(pair.numbers))
        head.addWidget(see)
        column.addLayout(head)
        tiles = ImageTiles(self._thumbnails.pixmap, columns=MOST_TILES, height=TILE_HEIGHT)
        tiles.show_images([Tile(number, f"{actual}, {number}") for number in pair.numbers[:MOST_TILES]])
        tiles.pressed.connect(lambda number: self.taken.emit((number,)))
        self._tiles.append(tiles)
        column.addWidget(tiles)
        return made

    def _refresh(self) -> None:
        for tiles in self._tiles:
            tiles.refresh()


def confused_pairs(evaluation: ImageEvaluation) -> list[ConfusedPair]:
    """Return what was taken for what, the most frequent pair first."""
    found: dict[tuple[int, int], list[tuple[float, int]]] = {}
    for image in evaluation.judged:
        if image.actual != image.predicted:
            found.setdefault((image.actual, image.predicted), []).append((-image.probability, image.number))
    pairs = [
        ConfusedPair(actual, predicted, tuple(number for _, number in sorted(images)))
        for (actual, predicted), images in found.items()
    ]
    return sorted(pairs, key=lambda pair: (-len(pair.numbers), pair.actual, pair.predicted))


def _reading(evaluation: ImageEvaluation, pairs: Sequence[ConfusedPair]) -> str:
    if not pairs:
        return translate("compare.confused.none")
    first = pairs[0]
    return translate(
        "compare.confused.reading",
        actual=class_in_sentence(first.actual, evaluation.classes),
        said=class_in_sentence(first.predicted, evaluation.classes),
        count=len(first.numbers),
    )
