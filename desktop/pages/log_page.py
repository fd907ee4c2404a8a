"""The project log: everything that was done, by whom and when."""

from datetime import datetime

from PySide6.QtWidgets import QStackedWidget

from automl import api
from automl.domain.issues import Parameter
from automl.domain.project import AuditEntry
from desktop.i18n import translate, translator
from desktop.itemmodels.records import RecordField, RecordsModel
from desktop.pages.session import Session
from desktop.widgets.card import Card
from desktop.widgets.empty_state import EmptyState
from desktop.widgets.fields import SearchField
from desktop.widgets.page_frame import PageFrame
from desktop.widgets.table import TableView

_WIDTHS = (190, 220, 0)
_ENTRIES = 2000


class LogPage(PageFrame):
    """Newest first; the field keeps the lines that hold a text."""

    def __init__(self, session: Session) -> None:
        super().__init__("log.title", "log.summary")
        self._session = session
        self._kinds: dict[Parameter, Parameter] = {}
        fields = [
            RecordField("log.when", _when),
            RecordField("log.who", lambda entry: f"{entry.user} · {entry.computer}"),
            RecordField("log.what", self._words),
        ]
        self.model: RecordsModel[AuditEntry] = RecordsModel(fields, self)
        self.table = TableView("log.table")
        self.table.setModel(self.model)
        self.table.set_widths(*_WIDTHS, stretch=len(_WIDTHS) - 1)
        self._find = SearchField("log.filter", 220)
        self._find.textChanged.connect(self.refresh)
        card = Card("log.card", flush=True)
        card.add_action(self._find)
        card.add(self.table, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("log.empty.title", "log.empty.detail"))
        self._stack.addWidget(card)
        self.body.addWidget(self._stack)
        for changed in (session.project_changed, session.dataset_changed, session.goal_changed, session.model_changed):
            changed.connect(self._refresh_if_seen)
        session.job_ended.connect(lambda _job, _state: self._refresh_if_seen())

    def refresh(self) -> None:
        """Read the log again."""
        project = self._session.project
        entries = api.audit(project, _ENTRIES) if project is not None else ()
        self._kinds = {
            entry.parameters["run"]: entry.parameters["kind"] for entry in entries if "kind" in entry.parameters
        }
        wanted = self._find.text().strip().casefold()
        self.model.show_records([entry for entry in entries if wanted in self._words(entry).casefold()])
        self._stack.setCurrentIndex(int(bool(entries)))

    def _words(self, entry: AuditEntry) -> str:
        return entry_words(entry, str(self._kinds.get(entry.parameters.get("run", ""), "")))

    def _refresh_if_seen(self) -> None:
        if self.isVisible():
            self.refresh()


def entry_words(entry: AuditEntry, kind: str = "") -> str:
    """Return a line of the log as a sentence; `kind` is that of its run. An action without words is named as it is."""
    key = f"log.action.{entry.action}"
    if not translator().has(key):
        return entry.action
    parameters: dict[str, object] = dict(entry.parameters)
    work = f"log.work.{kind}"
    parameters["work"] = translate(work) if translator().has(work) else translate("log.work.unknown", **parameters)
    if "status" in parameters:
        parameters["status"] = translate(f"log.status.{parameters['status']}")
    return translate(key, **parameters)


def _when(entry: AuditEntry) -> str:
    then = datetime.fromisoformat(entry.time).astimezone()
    return f"{then.date()} {translator().clock(then)}"
