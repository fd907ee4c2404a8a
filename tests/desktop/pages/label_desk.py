"""The label page on a project of drawn images, with suggestions that a test makes up."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from automl import api
from automl.domain.images import ImageRecord
from automl.domain.labels import Label, LabelPoint, Suggestion, Suggestions
from desktop.jobs.suggestion_service import SuggestionService
from desktop.pages.label.page import LabelPage
from desktop.pages.session import Session
from tests.desktop.clicks import click_cell

NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class QuietService(SuggestionService):
    """Starts no worker; says what the test lets it say, and notes what it is told."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.told: list[int] = []

    def _begin(self, project: api.Project, version: int) -> None:
        del project, version

    def labels_changed(self, count: int) -> None:
        self.told.append(count)

    def say(self, suggestions: Suggestions) -> None:
        self._suggestions = suggestions
        self.suggested.emit()


class Desk:
    """A session, the label page and its service."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.session = Session()
        self.service = QuietService(self.session)
        self.page = LabelPage(self.session, self.service)
        self.places: list[tuple[str, str]] = []
        self.session.page_requested.connect(lambda page, sub_page: self.places.append((page, sub_page)))
        self.said: list[str] = []
        self.session.noticed.connect(lambda notice: self.said.append(notice.key))
        qtbot.addWidget(self.page)
        self.page.resize(1224, 824)
        self.page.show()
        qtbot.waitExposed(self.page)
        assert self.session.open(folder)

    def close(self) -> None:
        self.session.end()
        self.page.close()

    @property
    def records(self) -> tuple[ImageRecord, ...]:
        return self.session.images.records

    @property
    def project(self) -> api.Project:
        assert self.session.project is not None
        return self.session.project

    def record(self, number: int) -> ImageRecord:
        found = self.session.images.record(number)
        assert found is not None
        return found

    def label(self, number: int) -> Label | None:
        """The label as it is written in the project."""
        return api.labels(self.project).get(self.record(number).sha256)

    def class_of(self, number: int) -> str:
        label = self.label(number)
        return label.class_name if label is not None else ""

    def forget_labels(self) -> None:
        """As an unlabelled folder: nothing has a class, nothing can be undone."""
        self.page.labelling.clear([record.number for record in self.records])
        self.session.history.clear()
        self.said.clear()
        self.service.told.clear()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        focused = self.page.focusWidget() or self.page
        QTest.keyClick(focused, key, modifiers)

    def click_image(self, number: int, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Click the card of an image."""
        grid, model = self.page.browse.grid, self.page.browse.model
        index = model.index(*divmod(model.position_of(number), model.columnCount()))
        if modifiers == NONE:
            click_cell(grid, index)
            return
        grid.scrollTo(index)
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifiers, grid.visualRect(index).center())

    def suggest(self, sureness: dict[int, float], suspects: Sequence[int] = ()) -> None:
        """Let the model say the true class of images, so sure; the rest is spread over the others."""
        names = tuple(one.name for one in self.session.images.classes)
        said = []
        for number, sure in sureness.items():
            true, rest = self.record(number).class_name, (1 - sure) / (len(names) - 1)
            said.append(Suggestion(number, tuple(sure if name == true else rest for name in names)))
        self.service.say(
            Suggestions(
                classes=names,
                label_count=8,
                seconds=0.1,
                suggestions=tuple(said),
                queue=tuple(sorted(sureness, key=lambda number: sureness[number])),
                suspects=tuple(suspects),
                lines=(0.5, 0.9),
                acceptable=(10, 4),
                expected_wrong=(5.0, 1.0),
                curve=(LabelPoint(4, 0.5, 0.4, 0.6), LabelPoint(8, 0.7, 0.6, 0.8)),
                enough=False,
            )
        )
