"""What stands in the place of a list that is still empty: what will be there, and how it gets there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.text import label


def nothing_yet(title: str, detail: str) -> QWidget:
    """Return two centred sentences; both are keys."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(24, 24, 24, 24)
    column.setSpacing(4)
    column.addStretch(1)
    for key, style in ((title, "card-title"), (detail, "secondary")):
        words = label(key, style, wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(words)
    column.addStretch(1)
    return made
