"""What a prediction came to: rows, what is unusual about them in words, the first answers, and where they are."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.issues import Issue, Severity
from automl.domain.run_state import RunState
from desktop.i18n import translate
from desktop.itemmodels.file_rows import FileRowsModel
from desktop.itemmodels.unit_words import said_of
from desktop.pages.deploy.readings import PredictionCounts, file_notes, first_rows, images_judged, prediction_counts
from desktop.pages.issue_words import issue_detail, issue_title
from desktop.widgets.buttons import button, text_button
from desktop.widgets.icon_view import IconView
from desktop.widgets.note import Note
from desktop.widgets.table import DENSE_ROW_HEIGHT, HEADER_HEIGHT, TableView
from desktop.widgets.text import ElidedLabel, plain_label

_SHOWN_ROWS = 8
_WIDEST_COLUMN = 220
_MOST_NOTES = 3


class PredictionResult(QWidget):
    """`another_requested` asks for the next table."""

    another_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._to = Path()
        self._title = plain_label("", "strong")
        self._unusual = plain_label("", "secondary", wrap=True)
        self._notes = [Note("plain") for _ in range(_MOST_NOTES)]
        self.model = FileRowsModel(self)
        self.table = TableView("deploy.predict.preview", row_height=DENSE_ROW_HEIGHT)
        self.table.show_model(self.model)
        self._place, self._heatmaps = ElidedLabel("", "text-2", 12), ElidedLabel("", "text-2", 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._head())
        for note in self._notes:
            column.addWidget(note)
        column.addWidget(self.table)
        column.addLayout(self._actions())

    def show_result(self, state: RunState, to: Path, heatmaps: str = "") -> None:
        """Show what was written to `to`, and to the folder `heatmaps` if any were wished for."""
        self._to = to
        counts, judged = prediction_counts(state), images_judged(state)
        of_images = judged is not None
        self._title.setText(said_of(of_images, "deploy.predict.done", rows=counts.rows))
        verdicts = translate("deploy.predict.verdicts", **judged.parameters) if judged is not None else ""
        self._unusual.setText(" ".join(words for words in (verdicts, _unusual(counts, of_images=of_images)) if words))
        notes = file_notes(state)[:_MOST_NOTES]
        for place, note in enumerate(self._notes):
            note.setVisible(place < len(notes))
            if place < len(notes):
                note.set_words(_tone(notes[place]), issue_title(notes[place]), issue_detail(notes[place]))
        names, rows = first_rows(to, _SHOWN_ROWS)
        self.model.show_rows(names, rows)
        self.table.setVisible(bool(rows))
        self.table.setFixedHeight(HEADER_HEIGHT + DENSE_ROW_HEIGHT * len(rows) + 14)
        self.table.resizeColumnsToContents()
        for place in range(len(names)):
            self.table.setColumnWidth(place, min(_WIDEST_COLUMN, self.table.columnWidth(place) + 12))
        self._place.set_text(translate("deploy.predict.place", path=str(to)))
        self._heatmaps.setVisible(bool(heatmaps))
        self._heatmaps.set_text(translate("deploy.predict.place.heatmaps", path=heatmaps))
        self.another.set_text("deploy.predict.another.images" if of_images else "deploy.predict.another")

    def words(self) -> str:
        """The sentences on the rows."""
        return f"{self._title.text()} {self._unusual.text()}"

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._unusual)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(IconView("check-circle", "ok-mark", 20), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return row

    def _actions(self) -> QVBoxLayout:
        self.open_table = button("deploy.predict.open", icon="external-link", small=True)
        self.open_table.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._to))))
        self.open_folder = button("deploy.open_folder", icon="folder-open", small=True)
        self.open_folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._to.parent))))
        self.another = text_button("deploy.predict.another")
        self.another.clicked.connect(lambda _checked=False: self.another_requested.emit())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.open_table)
        row.addWidget(self.open_folder)
        row.addStretch(1)
        row.addWidget(self.another)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._place)
        column.addWidget(self._heatmaps)
        column.addLayout(row)
        return column


def _unusual(counts: PredictionCounts, *, of_images: bool) -> str:
    if not counts.unusual:
        return said_of(of_images, "deploy.predict.all_usual")
    kinds = ", ".join(translate(f"deploy.unusual.{kind}", count=count) for kind, count in counts.kinds)
    return said_of(of_images, "deploy.predict.unusual", rows=counts.unusual, kinds=kinds)


def _tone(issue: Issue) -> str:
    return "plain" if issue.severity is Severity.INFO else "warn"
