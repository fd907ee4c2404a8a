"""All versions of the data: what was read when, and how it differs from the one before."""

from PySide6.QtWidgets import QStackedWidget

from automl.domain.dataset import DataKind, DatasetVersion
from desktop.actions import PageId
from desktop.i18n import translate
from desktop.itemmodels.recent_projects import moment_words
from desktop.itemmodels.records import RecordField, RecordsModel
from desktop.pages.data.version_words import change_words, short_fingerprint
from desktop.pages.session import Session
from desktop.widgets.buttons import button, primary_button
from desktop.widgets.card import Card
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.page_frame import PageFrame
from desktop.widgets.table import TableView

_WIDTHS = (130, 150, 240, 110, 80, 120, 0)
_COLUMNS = 4


class VersionsPage(PageFrame):
    """One row a version, newest first; Enter or a double click puts a version in use."""

    def __init__(self, session: Session) -> None:
        super().__init__("versions.title", "versions.summary")
        self._session = session
        self._use = self.header.add_action(button("versions.use"))
        self._use.clicked.connect(self._take_current)
        add = self.header.add_action(primary_button("data.action.add", icon="file-plus"))
        add.clicked.connect(lambda: session.go_to(PageId.DATA, "add"))
        self.model: RecordsModel[DatasetVersion] = RecordsModel(self._fields(), self)
        self.table = TableView("versions.card")
        self.table.setModel(self.model)
        self.table.set_widths(*_WIDTHS, stretch=len(_WIDTHS) - 1)
        self.table.row_opened.connect(self._take)
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._enable())
        card = Card("versions.card", flush=True)
        card.add(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("versions.empty.title", "versions.empty.detail"))
        self._stack.addWidget(card)
        self.body.addWidget(self._stack)
        session.dataset_changed.connect(self._show)
        self._show()

    def _fields(self) -> list[RecordField[DatasetVersion]]:
        return [
            RecordField("versions.number", self._number),
            RecordField("versions.when", lambda version: moment_words(version.created)),
            RecordField("versions.file", lambda version: version.source.file_name),
            RecordField("versions.size", _size_words, at_right=True),
            RecordField("versions.columns", lambda version: f"{len(version.schema.columns):,}", at_right=True),
            RecordField("versions.fingerprint", lambda version: short_fingerprint(version.fingerprint)),
            RecordField("versions.change", lambda version: change_words(version, self._session.versions)),
        ]

    def _number(self, version: DatasetVersion) -> str:
        words = translate("data.version", number=version.number)
        return f"{words} · {translate('versions.in_use')}" if self._is_used(version) else words

    def _is_used(self, version: DatasetVersion) -> bool:
        dataset = self._session.dataset
        return dataset is not None and dataset.version.number == version.number

    def _show(self) -> None:
        versions = tuple(reversed(self._session.versions))
        self.model.show_records(versions)
        self.table.setColumnHidden(_COLUMNS, self._session.has_images)
        self._stack.setCurrentIndex(int(bool(versions)))
        self._enable()

    def _enable(self) -> None:
        row = self.table.currentIndex().row()
        self._use.setVisible(self.model.rowCount() > 1)
        self._use.setEnabled(0 <= row < self.model.rowCount() and not self._is_used(self.model.record(row)))

    def _take_current(self) -> None:
        self._take(self.table.currentIndex().row())

    def _take(self, row: int) -> None:
        if 0 <= row < self.model.rowCount() and not self._is_used(self.model.record(row)):
            self._session.use_version(self.model.record(row).number)


def _size_words(version: DatasetVersion) -> str:
    key = "versions.images" if version.kind is DataKind.IMAGES else "versions.rows"
    return translate(key, count=version.row_count)
