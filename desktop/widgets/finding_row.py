"""A finding: how bad, what, why in one sentence, one fix. After the fix one green line with Undo."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.buttons import button, text_button
from desktop.widgets.explain import ExplainPopover, Explanation
from desktop.widgets.fitting import FitsItsWords
from desktop.widgets.icon_view import IconView
from desktop.widgets.spinner import Spinner
from desktop.widgets.text import ElidedLabel, plain_label


class Severity(StrEnum):
    """How much it matters; rows are ordered by it."""

    ACT = "act"
    LOOK = "look"
    INFO = "info"


SIGNS = {
    Severity.ACT: ("alert-octagon", "bad"),
    Severity.LOOK: ("alert-triangle", "warn"),
    Severity.INFO: ("info", "accent"),
}


class FindingRow(FitsItsWords):
    """An open finding. Sentences come translated; `fix` and `why` are keys or explanations."""

    fix_requested = Signal()

    def __init__(
        self,
        severity: Severity,
        title: str,
        words: str,
        fix: str = "",
        why: Explanation | None = None,
        **parameters: object,
    ) -> None:
        super().__init__()
        self._why = why
        self._parameters = parameters
        self.title = plain_label(title, "strong", wrap=True)
        self.words = plain_label(words, "secondary", wrap=True)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.words)
        column.addSpacing(4)
        self._column, self._actions = column, self._make_actions(fix)
        column.addLayout(self._actions)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(10)
        row.addWidget(IconView(*SIGNS[severity]), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.setAccessibleName(f"{title}. {words}")

    def add_below(self, widget: QWidget) -> None:
        """Put what shows the finding between its words and its links."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def add_link(self, link: QWidget) -> None:
        """Put a link behind the fix."""
        self._actions.insertWidget(1 if self._fix is not None else 0, link)

    def set_busy(self, busy: bool) -> None:
        """While the fix is being made."""
        if self._fix is not None:
            self._fix.set_busy(busy)

    def _make_actions(self, fix: str) -> QHBoxLayout:
        actions = QHBoxLayout()
        actions.setSpacing(12)
        self._fix = button(fix, small=True, icon="", trailing="", hint="", **self._parameters) if fix else None
        if self._fix is not None:
            self._fix.clicked.connect(self.fix_requested)
            actions.addWidget(self._fix)
        if self._why is not None:
            link = text_button("finding.why_it_matters", small=True)
            link.clicked.connect(lambda: self._explain(link))
            actions.addWidget(link)
        actions.addStretch(1)
        return actions

    def _explain(self, anchor: QWidget) -> None:
        if self._why is not None:
            popover = ExplainPopover(anchor, self._why, self._parameters, closes_by_click=True)
            popover.open_at(anchor)


class FixedRow(QWidget):
    """A finding that is dealt with: a green line and Undo; or the work on it, with a spinner."""

    undo_requested = Signal()

    def __init__(self, text: str, *, working: bool = False, detail: str = "") -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(8)
        row.addWidget(Spinner() if working else IconView("check-circle", "ok"))
        row.addWidget(ElidedLabel(text, "text-2"), 1)
        if working:
            row.addWidget(plain_label(detail, "caption-2"))
        else:
            undo = text_button("finding.undo", icon="undo", small=True)
            undo.setAccessibleDescription(text)
            undo.clicked.connect(self.undo_requested)
            row.addWidget(undo)
        self.setFixedHeight(40)
        self.setAccessibleName(text)
