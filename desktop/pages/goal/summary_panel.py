"""The panel at the right: the goal in plain sentences, what will be tried, and what was checked before the start."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.issues import Issue, Severity
from automl.domain.task import Family, Goal
from desktop.i18n import translate
from desktop.pages.goal.sentences import Sentence
from desktop.pages.goal.wording import said_all
from desktop.pages.issue_words import issue_detail, issue_title
from desktop.widgets.card import PADDING, Card, line, scrolling
from desktop.widgets.choices import CheckBox
from desktop.widgets.icon_view import IconView
from desktop.widgets.text import label, plain_label, rich, rich_label

SIGNS = {
    Severity.ACT: ("alert-octagon", "bad"),
    Severity.LOOK: ("alert-triangle", "warn-mark"),
    Severity.INFO: ("info", "accent"),
}
MOST_ISSUES = 6


class SummaryPanel(Card):
    """`families_changed` tells the families ticked, in their usual order."""

    families_changed = Signal(object)

    def __init__(self) -> None:
        super().__init__(flush=True)
        self._sentence = rich_label("", "summary")
        self._boxes: dict[Family, CheckBox] = {}
        self._offered: dict[Family, str] = {}
        self._families = QVBoxLayout()
        self._families.setSpacing(0)
        self._checks = QVBoxLayout()
        self._checks.setSpacing(8)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._sentence_part())
        column.addWidget(line())
        column.addWidget(self._families_part())
        column.addWidget(line())
        checks = QWidget()
        inner = QVBoxLayout(checks)
        inner.setContentsMargins(PADDING, 12, PADDING, 12)
        inner.setSpacing(10)
        inner.addWidget(label("goal.checked", "card-title"))
        inner.addLayout(self._checks)
        column.addWidget(checks)
        column.addStretch(1)
        self.add(scrolling(content), 1)
        self.set_footer(label("goal.keep_working", "caption", wrap=True))

    def show_goal(
        self,
        goal: Goal,
        families: Mapping[Family, str],
        sentences: Sequence[Sentence],
        issues: Sequence[Issue],
        facts: Sequence[str],
    ) -> None:
        """Say the goal, tick its families and list what was found.

        `families` are those offered with the key of a few words on each; `facts` are checks that went well, in words.
        """
        self._sentence.setText(rich(said_all(sentences) if sentences else translate("goal.sentence.none")))
        self._offer(families)
        for family, box in self._boxes.items():
            box.setChecked(family in goal.families)
        self._show_checks(issues, facts)

    def _sentence_part(self) -> QWidget:
        part = QFrame()
        part.setProperty("surface", "well")
        part.setStyleSheet("border-top-left-radius: 7px; border-top-right-radius: 7px;")
        column = QVBoxLayout(part)
        column.setContentsMargins(PADDING, 14, PADDING, 14)
        column.setSpacing(6)
        column.addWidget(label("goal.in_one_sentence", "caption-2"))
        column.addWidget(self._sentence)
        return part

    def _families_part(self) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(PADDING, 12, PADDING, 4)
        column.setSpacing(0)
        column.addWidget(label("goal.tries", "card-title"))
        column.addSpacing(8)
        column.addLayout(self._families)
        return part

    def _offer(self, families: Mapping[Family, str]) -> None:
        """Offer these families, in their order."""
        if families == self._offered:
            return
        self._offered = dict(families)
        _empty(self._families)
        self._boxes = {family: CheckBox(f"family.{family.value}") for family in families}
        for family, box in self._boxes.items():
            box.clicked.connect(self._tell)
            self._families.addWidget(line())
            self._families.addSpacing(5)
            self._families.addWidget(box)
            words = label(families[family], "caption", wrap=True)
            words.setContentsMargins(24, 0, 0, 5)
            self._families.addWidget(words)

    def _tell(self) -> None:
        ticked: tuple[Family, ...] = tuple(family for family, box in self._boxes.items() if box.isChecked())
        self.families_changed.emit(ticked)

    def _show_checks(self, issues: Sequence[Issue], facts: Sequence[str]) -> None:
        _empty(self._checks)
        for issue in issues[:MOST_ISSUES]:
            self._checks.addWidget(_check(*SIGNS[issue.severity], issue_title(issue), issue_detail(issue)))
        for fact in facts:
            self._checks.addWidget(_check("check-circle", "ok-mark", fact))


def _empty(column: QVBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.deleteLater()


def _check(icon: str, ink: str, text: str, detail: str = "") -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconView(icon, ink, 16), 0, Qt.AlignmentFlag.AlignTop)
    words = plain_label(text, "body", wrap=True)
    words.setToolTip(detail)
    row.addWidget(words, 1)
    return made
