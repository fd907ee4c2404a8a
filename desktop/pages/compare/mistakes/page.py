"""Mistakes and heatmaps: what the model got wrong, where it looked, where its line lies, and what would help."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl import api
from automl.domain.image_result import Advice, ImageEvaluation
from automl.domain.labels import Label, Provenance
from automl.domain.result import Leaderboard, ModelSummary
from desktop.actions import PageId
from desktop.i18n import translate
from desktop.itemmodels.model_words import model_name
from desktop.pages.compare.mistakes.advice_card import AdviceCard
from desktop.pages.compare.mistakes.gallery_card import GalleryCard
from desktop.pages.compare.mistakes.image_card import ImageCard
from desktop.pages.compare.mistakes.kinds import has_line, mistakes_at, own_line
from desktop.pages.compare.mistakes.line_card import FoundCard, LineCard
from desktop.pages.compare.mistakes.readings import mistake_caption, mistake_reading
from desktop.pages.session import Session
from desktop.widgets.buttons import primary_button
from desktop.widgets.card import scrolling
from desktop.widgets.page_frame import PageFrame

GALLERY_WIDTH, SIDE_WIDTH = 284, 320
NARROW_GALLERY, NARROW_SIDE = 264, 264


class MistakesPage(PageFrame):
    """Speaks of the model that is selected on the results; the line moved here is a try, the model keeps its own.

    `chosen` tells the model that is to be used.
    """

    chosen = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__("image_mistakes.title", "image_mistakes.summary.none")
        self._session = session
        self._run_id = ""
        self._model: ModelSummary | None = None
        self._evaluation: ImageEvaluation | None = None
        self._line = self._own = 0.5
        self._shown = 0
        self.use = self.header.add_action(primary_button("image_mistakes.use", trailing="arrow-right"))
        self.gallery = GalleryCard(session.images.thumbnails)
        self.image = ImageCard(session.images.whole)
        self.line, self._found, self._advice = LineCard(), FoundCard(), AdviceCard()
        self._content = QWidget()
        self._lay_out()
        self._connect()

    def show_model(self, board: Leaderboard | None, model: ModelSummary | None, found: ImageEvaluation | None) -> None:
        """Show the mistakes of a model at its own line."""
        self._run_id = board.run_id if board is not None else ""
        self._model, self._evaluation = model, found
        self._content.setVisible(found is not None)
        self.use.setVisible(found is not None)
        if model is None or found is None:
            self.header.set_summary("image_mistakes.summary.none")
            return
        self._line = self._own = own_line(model, found)
        self.gallery.narrow(())
        self._show()

    def see(self, numbers: tuple[int, ...]) -> None:
        """Show only these images, as far as they are mistakes at the model's own line."""
        self._try_line(self._own)
        self.gallery.narrow([number for number in numbers if self.gallery.mistake(number) is not None])

    def mistake_count(self) -> int:
        """Return how many mistakes the model makes at its own line."""
        return len(mistakes_at(self._evaluation, self._own)) if self._evaluation is not None else 0

    def retranslate(self) -> None:
        """Say all composed sentences again."""
        self._show()

    def set_narrow(self, narrow: bool) -> None:
        """Make both sides narrower."""
        super().set_narrow(narrow)
        self.gallery.setFixedWidth(NARROW_GALLERY if narrow else GALLERY_WIDTH)
        self._side.setFixedWidth(NARROW_SIDE if narrow else SIDE_WIDTH)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        column = QVBoxLayout(inner := QWidget())
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for card, stretch in ((self.line, 0), (self._found, 0), (self._advice, 1)):
            column.addWidget(card, stretch)
        self._side = scrolling(inner)
        self._side.setFixedWidth(SIDE_WIDTH)
        self.gallery.setFixedWidth(GALLERY_WIDTH)
        row.addWidget(self.gallery)
        row.addWidget(self.image, 1)
        row.addWidget(self._side)
        self.body.addWidget(self._content, 1)

    def _connect(self) -> None:
        self.use.clicked.connect(lambda _checked=False: self.chosen.emit(self._model.model_id if self._model else ""))
        self.gallery.taken.connect(self._show_image)
        self.image.stepped.connect(self.gallery.step)
        self.image.labelled.connect(self._give_label)
        self.line.moved.connect(self._try_line)
        self._found.tried.connect(lambda line: self._try_line(self._own if line is None else line))
        self._advice.taken.connect(self._follow)
        self._session.images.changed.connect(self._show_label)
        self._session.images.listing_changed.connect(self._show)

    def _try_line(self, line: float) -> None:
        self._line = line
        self._show()

    def _show(self) -> None:
        found = self._evaluation
        if found is None or self._model is None:
            return
        self.header.set_summary("image_mistakes.summary", name=model_name(self._model))
        self.gallery.show_mistakes(found, mistakes_at(found, self._line), self._aspect())
        for card in (self.line, self._found):
            card.setVisible(has_line(found))
        if has_line(found):
            self.line.show_line(found, self._line)
            self._found.show_line(found, self._line, self._own)
        self._advice.show_advice(found.advice, found.classes)

    def _show_image(self, number: int) -> None:
        found, mistake = self._evaluation, self.gallery.mistake(number)
        record = self._session.images.record(number)
        self._shown = number if mistake is not None else 0
        self.image.show_ways(back=self.gallery.can_step(-1), on=self.gallery.can_step(1))
        if found is None or mistake is None or record is None:
            self.image.show_image(None, QImage(), translate("image_mistakes.nothing_to_show"), "")
            return
        self.image.show_image(
            record,
            self._heatmap(number) if mistake.image.heatmap else QImage(),
            mistake_reading(found, mistake, self._line),
            mistake_caption(found, mistake, record.path),
        )
        self._show_label()

    def _heatmap(self, number: int) -> QImage:
        project, model = self._session.project, self._model
        content = api.heatmap(project, self._run_id, model.model_id, number) if project and model else None
        return QImage.fromData(content) if content else QImage()

    def _show_label(self) -> None:
        label = self._session.images.label_of(self._shown)
        classes = tuple(one.name for one in self._session.images.classes)
        self.image.show_label(label.class_name if label is not None else "", classes)

    def _give_label(self, class_name: str) -> None:
        record = self._session.images.record(self._shown)
        if record is None or self._session.project is None or self._session.project.read_only:
            return
        given = Label(record.sha256, class_name, Provenance.PERSON)
        self._session.images.set_labels([given], translate("image_mistakes.label.done", name=class_name))
        self._session.notify("image_mistakes.label.told", name=class_name)

    def _follow(self, advice: Advice) -> None:
        mistakes = [number for number in advice.numbers if self.gallery.mistake(number) is not None]
        if advice.action == "add":
            self._session.go_to(PageId.DATA, "add")
        elif mistakes:
            self.gallery.narrow(mistakes)
        else:
            self._session.go_to(PageId.DATA, "label")

    def _aspect(self) -> float:
        records = self._session.images.records
        ratios = sorted(record.width / record.height for record in records[:200])
        return ratios[len(ratios) // 2] if ratios else 1.0
