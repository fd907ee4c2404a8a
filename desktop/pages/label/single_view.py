"""One image of the grid, large: look closely, give it a class, go to the next."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.images import ImageRecord
from desktop.i18n import follow_language, translate, translator
from desktop.widgets.buttons import IconButton, text_button
from desktop.widgets.image_cell import ImageCell
from desktop.widgets.image_view import ImageView
from desktop.widgets.text import ElidedLabel, plain_label


class SingleView(QWidget):
    """Shows one of the images of the grid; `closed` goes back to it, `stepped` asks for the next (1) or previous (-1)."""

    closed = Signal()
    stepped = Signal(int)

    def __init__(self, whole: Callable[[int], QPixmap | None], thumbnail: Callable[[int], QPixmap | None]) -> None:
        super().__init__()
        self._whole, self._thumbnail = whole, thumbnail
        self._record: ImageRecord | None = None
        self._place, self._total = 0, 0
        self._words = ""
        self.back = text_button("label.single.back", icon="grid", small=True)
        self.back.clicked.connect(lambda _checked=False: self.closed.emit())
        self.name = ElidedLabel("", "text", weight=500)
        self._facts = plain_label("", "caption")
        self.label = plain_label("", "caption-2")
        self.view = ImageView()
        self.view.zoomed.connect(lambda _zoom: self._show_facts())
        self.previous = _icon("chevron-left", "label.single.previous", lambda: self.stepped.emit(-1))
        self.next = _icon("chevron-right", "label.single.next", lambda: self.stepped.emit(1))
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addWidget(self.back)
        top.addSpacing(12)
        top.addWidget(self.name, 1)
        top.addWidget(self._facts)
        for offered in (
            _icon("minus", "label.single.smaller", lambda: self.view.enlarge(-1)),
            _icon("plus", "label.single.larger", lambda: self.view.enlarge(1)),
            _icon("fit", "label.single.fit", self.view.fit),
            self.previous,
            self.next,
        ):
            top.addWidget(offered)
        column = QVBoxLayout(self)
        column.setContentsMargins(15, 8, 15, 12)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self.label)
        follow_language(self, self._show_facts)

    @property
    def number(self) -> int:
        """The number of the image shown, 0 for none."""
        return self._record.number if self._record is not None else 0

    @property
    def place(self) -> int:
        """Where the image stands among those of the grid, from 0."""
        return self._place

    def show_record(self, record: ImageRecord, cell: ImageCell, place: int, total: int) -> None:
        """Show an image that stands at `place` (from 0) of `total`; `cell` says what is known of it."""
        self._record, self._place, self._total = record, place, total
        self.name.set_text(record.path)
        self._words = f"{cell.words}, {cell.note}" if cell.note else cell.words
        self.previous.setEnabled(place > 0)
        self.next.setEnabled(place + 1 < total)
        self.refresh(record.number)
        self._show_facts()

    def refresh(self, number: int) -> None:
        """Draw the image again, now that it has arrived."""
        record = self._record
        if record is None or record.number != number:
            return
        pixmap = self._whole(number) or self._thumbnail(number) or QPixmap()
        boxes = [QRectF(box.left, box.top, box.width, box.height) for box in record.boxes]
        self.view.show_image(pixmap, QSize(record.width, record.height), boxes)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step, Escape goes back; other keys are left to the page."""
        match event.key():
            case Qt.Key.Key_Left:
                self.stepped.emit(-1)
            case Qt.Key.Key_Right:
                self.stepped.emit(1)
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                event.ignore()

    def _show_facts(self) -> None:
        record = self._record
        if record is None:
            return
        zoom = translator().percent(self.view.zoom(), 0)
        facts = translate("label.single.facts", width=record.width, height=record.height, zoom=zoom)
        place = translate("label.single.place", place=self._place + 1, total=self._total)
        self._facts.setText(f"{facts} · {place}")
        self.label.setText(self._words)
        self.view.setAccessibleName(f"{record.path}, {self._words}")


def _icon(icon: str, key: str, act: Callable[[], None]) -> IconButton:
    made = IconButton(icon, key)
    made.clicked.connect(lambda _checked=False: act())
    return made
