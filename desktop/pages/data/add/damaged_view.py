"""The decision about lines that could not be read: what is in the file, what can be done, how it was read."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.dataset import ReadOptions
from automl.domain.inspection import FileInspection
from automl.domain.issues import Issue
from desktop.i18n import translate
from desktop.itemmodels.column_words import share_words
from desktop.pages.data.add.how_read_card import HowReadCard
from desktop.pages.data.add.lines_card import LinesCard
from desktop.pages.issue_words import issue_detail, issue_next, issue_title
from desktop.widgets.error_card import ProblemBanner, WayOut, WaysOut

_SIDE, _NARROW_SIDE = 296, 264


class DamagedView(QWidget):
    """Lines that are no rows, or a file that could not be read at all; each with its ways out."""

    read_again = Signal(object)
    choose_requested = Signal()
    open_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._inspection: FileInspection | None = None
        self._issues: tuple[Issue, ...] = ()
        self._banner = ProblemBanner()
        self._lines = LinesCard()
        self._how = HowReadCard()
        self._how.read_again.connect(self.read_again)
        self._how.setFixedWidth(_SIDE)
        self._ways = QVBoxLayout()
        left = QVBoxLayout()
        left.setSpacing(16)
        left.addWidget(self._lines, 1)
        left.addLayout(self._ways)
        cards = QHBoxLayout()
        cards.setSpacing(16)
        cards.addLayout(left, 1)
        cards.addWidget(self._how)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self._banner)
        column.addLayout(cards, 1)

    def show_problem(self, issues: Sequence[Issue], inspection: FileInspection | None) -> None:
        """Show why a file was refused, and its damaged lines if that is why."""
        self._issues, self._inspection = tuple(issues), inspection
        damaged = self.damaged_count() > 0
        self._lines.setVisible(damaged)
        self._how.setVisible(inspection is not None)
        if inspection is not None:
            self._lines.show_inspection(inspection)
            self._how.show_inspection(inspection)
        self.retranslate()

    def damaged_count(self) -> int:
        """Return how many rows need a decision; 0 when the file was refused for another reason."""
        return self._inspection.damaged_count if self._inspection else 0

    def set_narrow(self, narrow: bool) -> None:
        """Give the lines more room."""
        self._how.setFixedWidth(_NARROW_SIDE if narrow else _SIDE)

    def retranslate(self) -> None:
        """Say everything again."""
        if not self._issues:
            return
        first, inspection = self._issues[0], self._inspection
        self._how.retranslate()
        if inspection is not None and inspection.damaged_count:
            self._banner.set_words(issue_title(first), issue_detail(first))
            self._lines.show_inspection(inspection)
            self._set_ways(self._ways_for(inspection))
        else:
            detail = " ".join(part for part in (issue_detail(first), issue_next(first)) if part)
            self._banner.set_words(issue_title(first), detail)
            self._set_ways([self._other_way(), self._editor_way()])

    def without_damaged(self) -> ReadOptions:
        """Return the options that leave the damaged rows out."""
        return ReadOptions(skip_damaged_rows=True)

    def _ways_for(self, inspection: FileInspection) -> list[WayOut]:
        count = inspection.damaged_count
        ways = [
            WayOut(
                "arrow-right-circle",
                translate("add.without.title", count=count),
                translate("add.without.detail", share=share_words(count, inspection.row_count)),
                suggested=True,
            )
        ]
        repairs = sum(line.damaged and line.repair is not None for line in inspection.lines)
        if repairs:
            rest = count - repairs
            words = translate("add.accept.rest" if rest else "add.accept.detail", count=repairs, rest=rest)
            accept = ReadOptions(accept_repairs=True, skip_damaged_rows=rest > 0)
            title = translate("add.accept.title", count=repairs)
            ways.append(WayOut("pencil", title, words, "add.accept.action", lambda: self.read_again.emit(accept)))
        return [*ways, self._editor_way()]

    def _editor_way(self) -> WayOut:
        words = translate("add.editor.detail")
        return WayOut(
            "external-link", translate("add.editor.title"), words, "add.editor.action", self.open_requested.emit
        )

    def _other_way(self) -> WayOut:
        title, words = translate("add.other.title"), translate("add.other.detail")
        return WayOut("file", title, words, "add.choose", self.choose_requested.emit, suggested=True)

    def _set_ways(self, ways: Sequence[WayOut]) -> None:
        while (item := self._ways.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        code = self._issues[0].code if self._issues else "data.damaged_rows"
        self._ways.addWidget(WaysOut(ways, code, self._details()))

    def _details(self) -> str:
        parts = [f"{issue.code} {dict(issue.parameters)} {issue.where}" for issue in self._issues]
        if self._inspection is not None:
            parts.extend(f"{line.row}: {line.text}" for line in self._inspection.lines if line.damaged)
        return "\n".join(parts)
