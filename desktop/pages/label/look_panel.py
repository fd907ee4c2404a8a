"""The image that needs a look now: what the model says of it, every class as an answer, and what comes next."""

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.events import Phase
from automl.domain.images import ImageRecord
from automl.domain.issues import Issue
from desktop.i18n import translate
from desktop.pages.issue_words import issue_title
from desktop.pages.label.class_rows import ClassRows
from desktop.pages.label.labelling import Labelling
from desktop.pages.label.words import look_words
from desktop.pages.project_images import ProjectImages
from desktop.widgets.buttons import accent_button, button, text_button
from desktop.widgets.card import Card, scrolling
from desktop.widgets.image_tiles import ImageTiles, Tile
from desktop.widgets.image_view import ImageView
from desktop.widgets.note import Note
from desktop.widgets.pill import Pill
from desktop.widgets.progress import ProgressBar, ProgressState
from desktop.widgets.text import ElidedLabel, label, plain_label, rich, rich_label, short_name

_NEXT = 5
_TALLEST, _LOWEST, _SHARE = 206, 96, 0.28


class LookPanel(Card):
    """`class_chosen`, `accepted` and `skipped` are answers; `opened` asks to see the image large."""

    class_chosen = Signal(str)
    accepted = Signal()
    skipped = Signal()
    opened = Signal(int)
    class_requested = Signal()
    suspects_requested = Signal()

    def __init__(self, labelling: Labelling, images: ProjectImages) -> None:
        super().__init__("label.look.title")
        self._labelling, self._images = labelling, images
        self.left = Pill("label.look.left", "warn", count=0)
        self.add_header_widget(self.left)
        self.view = ImageView(fixed=True)
        self.view.setMinimumHeight(_LOWEST)
        self.reading = rich_label("", "body")
        self._name = ElidedLabel("", "text-3", 12)
        self._boxes = label("label.look.boxes", "caption", wrap=True)
        self.rows = ClassRows()
        self.rows.chosen.connect(self.class_chosen)
        self.skip = button("label.look.skip", hint="S")
        self.skip.clicked.connect(lambda _checked=False: self.skipped.emit())
        self.accept = accent_button("label.look.accept", hint="Enter", name="")
        self.accept.clicked.connect(lambda _checked=False: self.accepted.emit())
        self.add_class = text_button("label.look.first_class", icon="plus")
        self.add_class.clicked.connect(lambda _checked=False: self.class_requested.emit())
        self.next = ImageTiles(images.thumbnails.pixmap, columns=_NEXT, height=40)
        self.next.pressed.connect(labelling.look_at)
        self._more = plain_label("", "caption")
        self._at_work = _AtWork(labelling)
        self._done = Note("ok", "label.look.done")
        self._suspects = Note("warn", "label.look.suspects", count=0)
        show = text_button("label.look.show", small=True)
        show.clicked.connect(lambda _checked=False: self.suspects_requested.emit())
        self._suspects.add_action(show)
        self._rows_area = scrolling(self.rows)
        self._lay_out()
        images.whole.ready.connect(self._image_came)
        images.thumbnails.ready.connect(self._image_came)
        labelling.changed.connect(self.show_state)
        labelling.current_changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Show the image to look at as it is now."""
        labelling, state = self._labelling, self._labelling.state
        record = self._images.record(labelling.current)
        self.left.setVisible(bool(labelling.queue))
        self.left.set("label.look.left", "warn", count=len(labelling.queue))
        for part in (self.view, self._name, self._rows_area, self.skip, self._next_box, self.reading):
            part.setVisible(record is not None)
        self._done.setVisible(record is None and bool(self._images.records))
        self._suspects.setVisible(record is None and bool(state.suspects))
        self._suspects.set("warn", "label.look.suspects", count=len(state.suspects))
        self._boxes.setVisible(record is not None and bool(record.boxes))
        self.add_class.setVisible(record is not None and not state.classes)
        self.accept.setVisible(record is not None and state.guess(record.number) is not None)
        if record is None:
            return
        guess = state.guess(record.number)
        said = look_words(guess) if state.classes else translate("label.look.no_class")
        self.reading.setText(rich(said))
        self.view.setAccessibleName(f"{record.path}. {said.replace('**', '')}")
        self._name.set_text(record.path)
        self.rows.show_classes(state.classes, state.probabilities(record.number))
        if guess is not None:
            self.accept.set_text("label.look.accept", name=short_name(guess.class_name))
        self._show_image(record)
        self._show_next()

    def retranslate(self) -> None:
        """Say it again in another language."""
        self.rows.retranslate()
        self.show_state()
        self._at_work.show_state()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave no empty room beside the image."""
        super().resizeEvent(event)
        self._fit_image()

    def _lay_out(self) -> None:
        self.body.setSpacing(8)
        self.body.addWidget(self.view)
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self.reading, self._name, self._boxes):
            words.addWidget(part)
        self.body.addLayout(words)
        self.body.addWidget(self._done)
        self.body.addWidget(self._suspects)
        self.body.addWidget(self.add_class)
        self.body.addWidget(self._rows_area, 1)
        self.body.addWidget(self._at_work)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.addWidget(self.skip, 2)
        answers.addWidget(self.accept, 3)
        self.body.addLayout(answers)
        self._next_box = QWidget()
        column = QVBoxLayout(self._next_box)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.addWidget(label("label.look.next", "caption-2"))
        head.addStretch(1)
        head.addWidget(self._more)
        column.addLayout(head)
        column.addWidget(self.next)
        self.body.addWidget(self._next_box)
        self.body.addStretch(0)

    def _image_came(self, number: int) -> None:
        record = self._images.record(number)
        if record is not None and number == self._labelling.current:
            self._show_image(record)
        self.next.refresh()

    def _show_image(self, record: ImageRecord) -> None:
        whole = self._images.whole.pixmap(record.number)
        pixmap = whole or self._images.thumbnails.pixmap(record.number) or QPixmap()
        boxes = [QRectF(box.left, box.top, box.width, box.height) for box in record.boxes]
        self.view.show_image(pixmap, QSize(record.width, record.height), boxes)
        self._fit_image()

    def _fit_image(self) -> None:
        record = self._images.record(self._labelling.current)
        if record is None or not record.width:
            return
        wanted = round((self.width() - 32) * record.height / record.width)
        self.view.setMaximumHeight(max(_LOWEST, min(wanted, _TALLEST, round(self.height() * _SHARE))))

    def _show_next(self) -> None:
        coming = self._labelling.queue[1 : _NEXT + 1]
        tiles = [Tile(number, record.path) for number in coming if (record := self._images.record(number)) is not None]
        self.next.show_images(tiles)
        self._next_box.setVisible(bool(tiles))
        rest = len(self._labelling.queue) - 1 - len(tiles)
        self._more.setText(f"+{rest:,}" if rest > 0 else "")
        for number in coming[:2]:
            # So that the next image is there when it is its turn.
            self._images.whole.pixmap(number)


class _AtWork(QWidget):
    """What the suggesting worker does: reading the images for the first time, or that it is gone."""

    def __init__(self, labelling: Labelling) -> None:
        super().__init__()
        self._service = labelling.service
        self._words = plain_label("", "caption", wrap=True)
        self._bar = ProgressBar()
        self._gone = Note("warn", "label.service.gone")
        self._again = text_button("label.service.again", small=True)
        self._again.clicked.connect(lambda _checked=False: self._service.start_again())
        self._gone.add_action(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._words, self._bar, self._gone):
            column.addWidget(part)
        self._service.changed.connect(self.show_state)
        self._service.suggested.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Show what it does now; nothing while it waits for labels."""
        service = self._service
        progress = service.state.progress
        reads = progress is not None and service.running and progress.phase is Phase.FEATURES
        total = (progress.total or 0.0) if progress is not None and reads else 0.0
        done = progress.done if progress is not None else 0.0
        at_work = done < total
        self._words.setVisible(at_work)
        self._bar.setVisible(at_work)
        self._gone.setVisible(service.failed)
        if at_work:
            self._words.setText(translate("label.service.reading", share=done / total))
            self._bar.set(ProgressState.RUNNING, done / total)
        if service.failed:
            issues: tuple[Issue, ...] = service.state.issues
            self._gone.set(
                "warn",
                "label.service.gone_why" if issues else "label.service.gone",
                why=issue_title(issues[-1]) if issues else "",
            )
        self.setVisible(at_work or service.failed)
