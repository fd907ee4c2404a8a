"""One class of the dataset: its sign, its name, how many images show it, and a few of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import bind_text, translate
from desktop.widgets.buttons import text_button
from desktop.widgets.card import line
from desktop.widgets.class_sign import ClassSign
from desktop.widgets.image_tiles import ImageTiles, Tile
from desktop.widgets.text import ElidedLabel, label

TILES = 6
_HEIGHT = 48
_NAMES_WIDTH, _NARROW_NAMES_WIDTH = 190, 132


@dataclass(frozen=True)
class ClassEntry:
    """A class with its place in the list (-1: images without a class) and its images."""

    name: str
    place: int
    numbers: tuple[int, ...]
    examples: tuple[Tile, ...]


class ClassRow(QWidget):
    """`all_requested` asks for all images of the class, `pressed` carries the number of one."""

    all_requested = Signal()
    pressed = Signal(int)

    def __init__(self, pixmap: Callable[[int], QPixmap | None]) -> None:
        super().__init__()
        self._sign = ClassSign(-1)
        self._name = ElidedLabel("", "text")
        self._count = label("data.images.class.count", "caption", count=0, share=0.0)
        self._all = text_button("data.images.class.show", small=True)
        self._all.clicked.connect(lambda _checked=False: self.all_requested.emit())
        self.tiles = ImageTiles(pixmap, columns=TILES, height=_HEIGHT)
        self.tiles.pressed.connect(self.pressed)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self._sign)
        first.addWidget(self._name, 1)
        second = QHBoxLayout()
        second.setSpacing(8)
        second.addWidget(self._count)
        second.addStretch(1)
        second.addWidget(self._all)
        self._words = QWidget()
        words = QVBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(4)
        words.addLayout(first)
        words.addLayout(second)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(16)
        row.addWidget(self._words)
        row.addWidget(self.tiles, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(row)
        outer.addWidget(line())
        self.set_narrow(False)

    def show_class(self, entry: ClassEntry, total: int) -> None:
        """Show a class; `total` is the number of all images."""
        self._sign.setVisible(entry.place >= 0)
        self._sign.set_place(max(0, entry.place))
        self._name.set_text(entry.name or translate("data.images.class.none"))
        share = len(entry.numbers) / max(1, total)
        bind_text(self._count, "data.images.class.count", count=len(entry.numbers), share=share)
        self._all.setAccessibleDescription(entry.name)
        self.tiles.show_images(entry.examples)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the images more room."""
        self._words.setFixedWidth(_NARROW_NAMES_WIDTH if narrow else _NAMES_WIDTH)


def spread_out(numbers: Sequence[int], count: int) -> tuple[int, ...]:
    """Return a few of many numbers, evenly spread: neighbours are often shots of the same part."""
    if len(numbers) <= count:
        return tuple(numbers)
    return tuple(numbers[place * len(numbers) // count] for place in range(count))
