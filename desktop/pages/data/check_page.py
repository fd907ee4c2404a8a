"""Check and fix: the rows and columns, or the classes of images, and what was found in them."""

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from automl.domain.dataset import ColumnProfile, Dataset, DatasetVersion
from automl.domain.images import CLASS_COLUMN
from automl.domain.issues import Issue
from automl.domain.recipe import LeaveOutRepeatedRows, RecipeStep, SetRole, SetType
from automl.domain.schema import Column, ColumnType, Role
from desktop.actions import PageId
from desktop.itemmodels.columns import column_entries
from desktop.itemmodels.row_source import RowSource
from desktop.pages.data.columns_card import ColumnsCard
from desktop.pages.data.facts_line import FactsLine
from desktop.pages.data.findings_panel import FindingsPanel
from desktop.pages.data.images.overview import ImageOverview
from desktop.pages.data.preview_card import PreviewCard
from desktop.pages.data.step_words import Fixed, done_words
from desktop.pages.issue_words import issue_title
from desktop.pages.session import Session
from desktop.widgets.buttons import button, primary_button
from desktop.widgets.empty_state import EmptyState, Promise
from desktop.widgets.laid_out import laid_out_once
from desktop.widgets.page_frame import PageFrame

_PROMISES = (
    Promise("table", "data.empty.types.title", "data.empty.types.text"),
    Promise("search-check", "data.empty.findings.title", "data.empty.findings.text"),
    Promise("layers", "data.empty.versions.title", "data.empty.versions.text"),
)


class CheckPage(PageFrame):
    """Everything here is computed from the dataset in use; each change is a step of the recipe.

    `choose_requested` asks for the dialog of files, `choose_folder_requested` for that of folders.
    """

    choose_requested = Signal()
    choose_folder_requested = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("data.title", "data.summary.none")
        self._session = session
        self._source: tuple[str, RowSource] | None = None
        self._add = self.header.add_action(
            button("data.action.add", icon="file-plus"), "data.action.add", "data.action.add.short"
        )
        self._add.clicked.connect(lambda: session.go_to(PageId.DATA, "add"))
        self._go_on = self.header.add_action(
            primary_button("data.action.continue", trailing="arrow-right"), "data.action.continue"
        )
        self._go_on.clicked.connect(self._continue)
        self.facts = FactsLine()
        self.facts.version_chosen.connect(session.use_version)
        self.preview = PreviewCard()
        self.columns = ColumnsCard()
        self.columns.role_chosen.connect(self._set_role)
        self.columns.type_chosen.connect(self._set_type)
        self.overview = ImageOverview(session.images)
        self.overview.label_requested.connect(lambda: session.go_to(PageId.DATA, "label"))
        self.findings = FindingsPanel(session.images)
        self.findings.images_requested.connect(self._show_images_of)
        self.findings.again_requested.connect(self._check_again)
        self.findings.fix_requested.connect(self._fix)
        self.findings.undo_requested.connect(self._take_back)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty())
        self._stack.addWidget(self._content())
        self.body.addWidget(self._stack)
        session.dataset_changed.connect(self._show)
        session.images.changed.connect(self._labels_changed)
        self._is_stale = False
        self._shown: DatasetVersion | None = None
        self._show()

    def retranslate(self) -> None:
        """Say again what is composed."""
        self.facts.retranslate()
        self.findings.retranslate()
        if self._session.has_images:
            self.overview.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Take up labels that were given on another page."""
        super().showEvent(event)
        if self._is_stale:
            self._show()

    def set_narrow(self, narrow: bool) -> None:
        """Pass the form of the window on to the cards."""
        super().set_narrow(narrow)
        for part in (self.facts, self.preview, self.columns, self.overview, self.findings):
            part.set_narrow(narrow)
        gap = 12 if narrow else 16
        self._parts.setSpacing(gap)
        self._cards.setSpacing(gap)
        self._middle.setSpacing(gap)

    def _empty(self) -> QWidget:
        choose = primary_button("data.empty.action", icon="file")
        choose.clicked.connect(self.choose_requested)
        choose_folder = button("start.drop.choose_folder", icon="folder")
        choose_folder.clicked.connect(self.choose_folder_requested)
        return EmptyState("data.empty.title", "data.empty.detail", [choose, choose_folder], _PROMISES)

    def _content(self) -> QWidget:
        content = QWidget()
        self._parts = QVBoxLayout(content)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(16)
        self._parts.addWidget(self.facts)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(16)
        of_table = QWidget()
        self._middle = QVBoxLayout(of_table)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(16)
        self._middle.addWidget(self.preview, 52)
        self._middle.addWidget(self.columns, 48)
        self._kinds = QStackedWidget()
        self._kinds.addWidget(of_table)
        self._kinds.addWidget(self.overview)
        self._cards.addWidget(self._kinds, 1)
        self._cards.addWidget(self.findings)
        self._parts.addLayout(self._cards, 1)
        return content

    def _show(self) -> None:
        session, dataset = self._session, self._session.dataset
        has_data = dataset is not None
        with laid_out_once(self._column):
            self._stack.setCurrentIndex(int(has_data))
            self._add.setVisible(has_data)
            self._go_on.setVisible(has_data)
        self._is_stale, self._shown = False, dataset.version if dataset is not None else None
        if dataset is None:
            self.header.set_summary("data.summary.none")
            return
        self._kinds.setCurrentIndex(int(session.has_images))
        if session.has_images:
            self._show_images(dataset)
        else:
            self._show_table(dataset)
        fixed = tuple(self._fixed(step) for step in dataset.steps if self._is_fix(step, dataset))
        self.findings.show_findings(session.open_findings, fixed, checking=session.checking)
        self.findings.offer_again(session.has_images and self._labels_differ())

    def _show_table(self, dataset: Dataset) -> None:
        session, target = self._session, self._session.target
        self._show_summary(dataset)
        self._name_actions("data.action.add", "data.action.add.short", "data.action.continue")
        self.facts.show_table(dataset, session.versions, target)
        schema, profile, findings = dataset.schema(), session.profile, session.open_findings
        entries = {entry.column.name: entry for entry in column_entries(schema, profile, findings)}
        rows = sorted({row for finding in findings for row in finding.rows})
        columns = tuple(_as_target(column, target) for column in schema.columns)
        self.preview.show_rows(self._rows_of(dataset), columns, entries, rows, self._rare_value(target))
        self.columns.show_columns(schema, profile, findings)

    def _show_images(self, dataset: Dataset) -> None:
        images = self._session.images
        self.header.set_summary(
            "data.summary.images",
            file=dataset.version.source.file_name,
            count=dataset.version.row_count,
            classes=len(images.classes),
        )
        go_on = "data.action.continue" if images.progress.labelled else "data.action.label"
        self._name_actions("data.action.add_images", "data.action.add.short", go_on)
        self.facts.show_images(dataset, self._session.versions, images.progress)
        self.overview.show_all()

    def _name_actions(self, add: str, short: str, go_on: str) -> None:
        self.header.name_action(self._add, add, short)
        self.header.name_action(self._go_on, go_on)

    def _continue(self) -> None:
        """Images without any label are labelled first."""
        unlabelled = self._session.has_images and not self._session.images.progress.labelled
        self._session.go_to(*((PageId.DATA, "label") if unlabelled else (PageId.GOAL, "")))

    def _labels_changed(self) -> None:
        """Labels come one by one while the person is elsewhere: they are taken up when this page is seen again."""
        self._is_stale = True
        # Other images are shown when the whole dataset is known.
        same = self._shown == self._session.images.version
        if self.isVisible() and self._session.has_images and same:
            self._show()

    def _labels_differ(self) -> bool:
        """Whether the labels are others than those the findings were made under."""
        facts, counts = self._facts_of(CLASS_COLUMN), self._session.images.counts
        if facts is None:
            return False
        return facts.distinct != len(counts) or any(counts.get(name) != count for name, count in facts.top_values)

    def _check_again(self) -> None:
        self._session.check_again()
        self._show()

    def _show_images_of(self, finding: Issue) -> None:
        self.overview.show_some(lambda: issue_title(finding), finding.rows)

    def _show_summary(self, dataset: Dataset) -> None:
        version, profile = dataset.version, self._session.profile
        shown = {"file": version.source.file_name, "rows": version.row_count, "columns": len(version.schema.columns)}
        leaves_out = any(isinstance(step, LeaveOutRepeatedRows) for step in dataset.steps)
        if leaves_out and profile is not None and profile.row_count < version.row_count:
            self.header.set_summary("data.summary.in_use", in_use=profile.row_count, **shown)
        else:
            self.header.set_summary("data.summary.all", **shown)

    def _rows_of(self, dataset: Dataset) -> RowSource:
        # By content: versions are numbered alike in every project.
        snapshot = dataset.version.snapshot
        if self._source is None or self._source[0] != snapshot:
            self._source = (snapshot, RowSource(self._session.rows, dataset.version.row_count))
        return self._source[1]

    def _rare_value(self, target: str) -> str:
        facts = self._facts_of(target)
        if facts is None or facts.type is not ColumnType.YES_NO or not facts.top_values:
            return ""
        return min(facts.top_values, key=lambda value: value[1])[0]

    def _facts_of(self, name: str) -> ColumnProfile | None:
        profile = self._session.profile
        return next((column for column in profile.columns if column.name == name), None) if profile else None

    def _is_fix(self, step: RecipeStep, dataset: Dataset) -> bool:
        """Whether a step answers a finding; a role or type chosen by hand is no fix."""
        if isinstance(step, SetRole) and step.role is not Role.IGNORE:
            return False
        proposed = step in dataset.version.proposed_steps or self._fixed(step).finding is not None
        return proposed or not isinstance(step, (SetRole, SetType))

    def _fixed(self, step: RecipeStep) -> Fixed:
        profile = self._session.profile
        findings = profile.findings if profile is not None else ()
        return Fixed(step, next((finding for finding in findings if finding.fix == step), None))

    def _set_role(self, column: str, role: Role) -> None:
        self._make(SetRole(column, role))

    def _set_type(self, column: str, column_type: ColumnType) -> None:
        self._make(SetType(column, column_type))

    def _fix(self, step: RecipeStep | None) -> None:
        if step is not None:
            self._make(step)

    def _make(self, step: RecipeStep) -> None:
        words = done_words(step)
        self._session.apply(step, words)
        self._session.notify("data.done", what=words, action="data.findings.undo", act=self._session.undo_and_tell)

    def _take_back(self, step: RecipeStep) -> None:
        words = done_words(step)
        self._session.remove(step, words)
        self._session.notify("data.done.undone", tone="info", what=words)


def _as_target(column: Column, target: str) -> Column:
    return msgspec.structs.replace(column, role=Role.TARGET) if column.name == target else column
