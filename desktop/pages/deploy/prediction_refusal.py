"""Why a prediction gave no answers, and the ways on."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.issues import Issue
from desktop.pages.issue_words import issue_detail, issue_next, issue_title
from desktop.widgets.buttons import button
from desktop.widgets.note import Note


class PredictionRefusal(QWidget):
    """Why there are no answers, and the ways on."""

    def __init__(self) -> None:
        super().__init__()
        self.note = Note("bad")
        self._ways = QHBoxLayout()
        self._ways.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.note)
        column.addLayout(self._ways)

    def show_issues(self, issues: Sequence[Issue]) -> None:
        """Show the first issue with its way on, and the titles of the others."""
        while (item := self._ways.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._ways.addStretch(1)
        first, others = issues[0], issues[1:]
        said = [issue_detail(first), issue_next(first), *(issue_title(issue) for issue in others)]
        self.note.set_words("bad", issue_title(first), " ".join(words for words in said if words))

    def add_way(self, key: str, act: Callable[[], None]) -> None:
        """Add a button that goes on."""
        way = button(key, small=True)
        way.clicked.connect(lambda _checked=False: act())
        self._ways.insertWidget(self._ways.count() - 1, way)
