"""All classes of the dataset with examples, the most frequent first; images without a class come last."""

from collections import defaultdict

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import bind_text
from desktop.pages.data.images.class_row import TILES, ClassEntry, ClassRow, spread_out
from desktop.pages.project_images import ProjectImages
from desktop.widgets.card import Card, scrolling
from desktop.widgets.image_tiles import Tile

MOST_ROWS = 50


class ClassesCard(Card):
    """`taken` carries a title and the numbers of all images of a class."""

    taken = Signal(str, object)

    def __init__(self, images: ProjectImages) -> None:
        super().__init__("data.images.classes", flush=True)
        self._images = images
        self._rows: list[ClassRow] = []
        self._entries: tuple[ClassEntry, ...] = ()
        self._is_narrow = False
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.add(scrolling(content), 1)
        images.thumbnails.ready.connect(lambda _number: self._refresh())

    def show_classes(self) -> None:
        """Show the classes as the labels are now."""
        self._entries = self._found()[:MOST_ROWS]
        bind_text(self.caption, "data.images.classes.caption", count=sum(one.place >= 0 for one in self._entries))
        while len(self._rows) < len(self._entries):
            self._add_row()
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(self._entries))
            if place < len(self._entries):
                row.show_class(self._entries[place], len(self._images.records))

    def set_narrow(self, narrow: bool) -> None:
        """Leave the images more room."""
        self._is_narrow = narrow
        for row in self._rows:
            row.set_narrow(narrow)

    def _found(self) -> tuple[ClassEntry, ...]:
        images, labels, numbers = self._images, self._images.labels, defaultdict[str, list[int]](list)
        for record in images.records:
            label = labels.get(record.sha256)
            if label is None or not label.hidden:
                numbers[label.class_name if label is not None else ""].append(record.number)
        places = {one.name: place for place, one in enumerate(images.classes)}
        ordered = sorted(numbers, key=lambda name: (not name, -len(numbers[name]), name))
        return tuple(self._entry(name, places.get(name, -1), numbers[name]) for name in ordered)

    def _entry(self, name: str, place: int, numbers: list[int]) -> ClassEntry:
        chosen = spread_out(numbers, TILES)
        tiles = tuple(Tile(number, record.path) for number in chosen if (record := self._images.record(number)))
        return ClassEntry(name, place, tuple(numbers), tiles)

    def _add_row(self) -> None:
        row, place = ClassRow(self._images.thumbnails.pixmap), len(self._rows)
        row.set_narrow(self._is_narrow)
        row.all_requested.connect(lambda: self._take(place))
        row.pressed.connect(lambda _number: self._take(place))
        self._rows.append(row)
        self._column.insertWidget(self._column.count() - 1, row)

    def _take(self, place: int) -> None:
        entry = self._entries[place]
        self.taken.emit(entry.name, entry.numbers)

    def _refresh(self) -> None:
        if self.isVisible():
            for row in self._rows:
                row.tiles.refresh()
