"""The verdict on a run, how it was judged, what was left out, and warnings."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.issues import Issue
from automl.domain.result import Leaderboard, LeftOut
from desktop.i18n import translate
from desktop.itemmodels.leaderboard import leads
from desktop.itemmodels.model_words import model_name, model_of
from desktop.itemmodels.score_words import spoken
from desktop.pages.compare.left_out_popover import LeftOutPopover
from desktop.pages.issue_words import issue_detail, issue_title
from desktop.widgets.buttons import text_button
from desktop.widgets.explain import ExplainLabel, Explanation
from desktop.widgets.note import Note

TONES = {
    "good_enough": "ok",
    "better_than_guessing": "info",
    "not_proven": "warn",
    "too_good": "warn",
    "too_few": "warn",
}
JUDGED = Explanation(
    "compare.judged.question", "compare.judged.answer", "compare.judged.example", "compare.judged.name"
)


class Verdict(QWidget):
    """A note in the tone of the verdict; under it one note a warning."""

    def __init__(self) -> None:
        super().__init__()
        self._left_out: tuple[LeftOut, ...] = ()
        self._note = Note("info")
        self._missing = text_button("compare.left_out", small=True, count=0)
        self._missing.clicked.connect(lambda _checked=False: self._show_left_out())
        actions = QWidget()
        row = QHBoxLayout(actions)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._missing)
        row.addWidget(ExplainLabel("compare.judged", JUDGED, ink="accent"))
        self._note.add_action(actions)
        self._warnings = QVBoxLayout()
        self._warnings.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._note)
        column.addLayout(self._warnings)

    def show_leaderboard(self, leaderboard: Leaderboard, selected: str) -> None:
        """Show the verdict. It speaks of the model suggested: said when another one is selected, or has a better score."""
        level = leaderboard.verdict.code.split(".")[1]
        text = f"**{translate(f'verdict.title.{level}')}** {spoken(leaderboard.verdict)}"
        self._note.set_words(TONES[level], text, _of_which_model(leaderboard, selected))
        self._left_out = leaderboard.left_out
        self._missing.setVisible(bool(leaderboard.left_out))
        self._missing.set_text("compare.left_out", count=len(leaderboard.left_out))
        self._show_warnings(leaderboard.warnings)

    def _show_warnings(self, issues: Sequence[Issue]) -> None:
        while (item := self._warnings.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for issue in issues:
            note = Note("warn")
            note.set_words("warn", f"**{issue_title(issue)}**", issue_detail(issue))
            self._warnings.addWidget(note)

    def _show_left_out(self) -> None:
        LeftOutPopover(self._missing, self._left_out).open_at(self._missing)


def _of_which_model(leaderboard: Leaderboard, selected: str) -> str:
    judged = model_of(leaderboard, leaderboard.chosen)
    if judged is None:
        return ""
    if selected != leaderboard.chosen:
        return translate("compare.judged.of", name=model_name(judged))
    if leads(leaderboard):
        return ""
    sealed = leaderboard.split.holdout_rows > 0
    return translate("compare.judged.before" if sealed else "compare.judged.truest", name=model_name(judged))
