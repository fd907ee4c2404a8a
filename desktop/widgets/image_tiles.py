"""A few small images side by side: what comes next, a sample to check. Each can be pressed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QWidget

from desktop.theme import theme
from desktop.widgets.class_sign import draw_class_sign
from desktop.widgets.image_cell import draw_image
from desktop.widgets.painting import draw_box, draw_text, faded, font, painting

_GAP = 6
_CAPTION = 18
_BELOW_ALL = 100


@dataclass(frozen=True)
class Tile:
    """An image and its name; `words` with the sign of the class at `place` stand below it."""

    number: int
    name: str
    words: str = ""
    place: int = -1


class ImageTile(QAbstractButton):
    """One small image; a crossed one is out."""

    def __init__(self, tile: Tile, pixmap: Callable[[int], QPixmap | None], height: int) -> None:
        super().__init__()
        self._tile = tile
        self._pixmap, self._height = pixmap, height + (_CAPTION if tile.words else 0)
        self._is_crossed = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def number(self) -> int:
        """The number of the image."""
        return self._tile.number

    def show_tile(self, tile: Tile) -> None:
        """Show another image, or other words below it."""
        self._is_crossed = self._is_crossed and tile.number == self._tile.number
        self._tile = tile
        self.setAccessibleName(tile.name)
        self.setToolTip(tile.name)
        self.update()

    def is_crossed(self) -> bool:
        """Whether it is out."""
        return self._is_crossed

    def set_crossed(self, crossed: bool) -> None:
        """Take it out, or in again."""
        self._is_crossed = crossed
        self.update()

    def sizeHint(self) -> QSize:
        """As high as it was asked for."""
        return QSize(round(self._height * 1.3), self._height)

    def minimumSizeHint(self) -> QSize:
        """May get narrow."""
        return QSize(24, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw image, frame and cross."""
        del event
        with painting(self) as painter:
            area = QRectF(self.rect()).adjusted(0, 0, 0, -_CAPTION if self._tile.words else 0)
            draw_image(painter, area, self._pixmap(self._tile.number))
            if self._tile.words:
                below = QRectF(0, area.bottom(), self.width(), _CAPTION)
                draw_class_sign(painter, QRectF(0, below.center().y() - 4, 8, 8), self._tile.place)
                draw_text(painter, below.adjusted(12, 0, 0, 0), self._tile.words, "text-2", font(12))
            edge = "accent" if self.underMouse() else "border"
            if self._is_crossed:
                edge = "bad-mark"
                painter.fillRect(area, faded(theme().color("surface"), 0.55))
                theme().paint_icon(painter, "x", "bad", QRectF(area.center().x() - 10, area.center().y() - 10, 20, 20))
            draw_box(painter, area, None, edge, 2, width=2 if self._is_crossed else 1)


class ImageTiles(QWidget):
    """Tiles in lines of so many; `pressed` tells the number of the image. They follow `refresh` when images arrive."""

    pressed = Signal(int)

    def __init__(self, pixmap: Callable[[int], QPixmap | None], *, columns: int, height: int) -> None:
        super().__init__()
        self._pixmap, self._columns, self._height = pixmap, columns, height
        self._tiles: list[ImageTile] = []
        self._shown = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        for column in range(columns):
            self._grid.setColumnStretch(column, 1)
        self._grid.setRowStretch(_BELOW_ALL, 1)

    def tile(self, number: int) -> ImageTile:
        """Return the tile of an image. Raises KeyError when it is not shown."""
        return {tile.number: tile for tile in self._tiles[: self._shown]}[number]

    def numbers(self) -> tuple[int, ...]:
        """The images shown."""
        return tuple(tile.number for tile in self._tiles[: self._shown])

    def show_images(self, tiles: Sequence[Tile]) -> None:
        """Show these images; tiles that are there already are used again."""
        for tile in tiles[len(self._tiles) :]:
            self._add(tile)
        self._shown = len(tiles)
        for place, made in enumerate(self._tiles):
            made.setVisible(place < self._shown)
            if place < self._shown:
                made.show_tile(tiles[place])

    def refresh(self) -> None:
        """Draw images that have arrived."""
        for tile in self._tiles[: self._shown]:
            tile.update()

    def _add(self, tile: Tile) -> None:
        made = ImageTile(tile, self._pixmap, self._height)
        made.clicked.connect(lambda _checked=False: self.pressed.emit(made.number))
        self._grid.addWidget(made, *divmod(len(self._tiles), self._columns))
        self._tiles.append(made)
