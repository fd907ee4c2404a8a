"""The Compare page on projects in which models were trained."""

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from automl.domain.issues import Issue
from automl.domain.language import Language
from automl.domain.task import Family, Goal
from desktop.actions import PageId
from desktop.charts.chart import Chart
from desktop.i18n import Translator, translate
from desktop.itemmodels.leaderboard import BoardField, Order
from desktop.itemmodels.model_words import model_name
from desktop.pages.compare.compare_page import RESULTS, WHY, ComparePage
from desktop.pages.compare.left_out_popover import LeftOutPopover
from desktop.pages.compare.pair_card import PairCard
from desktop.pages.compare.verdict import Verdict
from desktop.pages.notice import Notice
from desktop.pages.session import Session
from desktop.widgets.buttons import Button
from desktop.widgets.fields import ComboBox, TextField
from desktop.widgets.note import Note
from desktop.widgets.slider import Slider
from desktop.widgets.table import TableView
from tests.desktop.clicks import click, click_cell, press
from tests.desktop.results import leaderboard
from tests.desktop.sizes import fits_the_smallest_window
from tests.fixtures_training import TrainedProject

KINDS = ("binary", "regression", "multiclass")


class Desk:
    """A session with its Compare page, and what they said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.session = Session()
        self.page = ComparePage(self.session)
        self.notices: list[Notice] = []
        self.places: list[tuple[str, str]] = []
        self.session.noticed.connect(self.notices.append)
        self.session.page_requested.connect(lambda page, sub: self.places.append((page, sub)))
        qtbot.addWidget(self.page)
        self.page.resize(1224, 824)
        self.page.show()

    def button(self, words: str) -> Button:
        """Return the button with these words that can be seen."""
        return next(one for one in self.page.findChildren(Button) if one.isVisible() and one.text() == words)

    def readings(self) -> list[str]:
        """Return what the charts that can be seen say."""
        charts = [one for one in self.page.findChildren(QWidget) if isinstance(one, Chart)]
        return [one.accessibleName() for one in charts if one.isVisible()]

    def table(self) -> TableView:
        """Return the leaderboard."""
        return self.page.results.board.findChildren(TableView)[0]

    def cell(self, model_id: str, field: BoardField) -> QModelIndex:
        """Return a cell of the leaderboard."""
        ids = [row.model.model_id for row in self.page.results.board.rows()]
        return self.table().model().index(ids.index(model_id), field)


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    """A desk that is left before its project is deleted."""
    assert tmp_path.exists()
    made = Desk(qtbot)
    yield made
    made.session.end()


@pytest.fixture
def trained(request: pytest.FixtureRequest) -> TrainedProject:
    found: TrainedProject = request.getfixturevalue(f"trained_{request.param}")
    return found


@pytest.fixture
def opened(desk: Desk, trained: TrainedProject, tmp_path: Path) -> Desk:
    """The page with a copy of a trained project."""
    folder = tmp_path / "project"
    shutil.copytree(trained.folder, folder)
    assert desk.session.open(folder)
    return desk


binary = pytest.mark.parametrize("trained", ["binary"], indirect=True)
any_kind = pytest.mark.parametrize("trained", KINDS, indirect=True)


def test_before_the_first_model_there_is_the_way_to_it(desk: Desk) -> None:
    click(desk.button(translate("compare.empty.data")))
    assert desk.places == [(PageId.DATA.value, "")]
    assert desk.page.primary_action() is None
    desk.page.show_sub_page(WHY)
    assert desk.page.why.isVisible()


@any_kind
def test_every_chart_is_read_in_both_languages(opened: Desk, trained: TrainedProject, words: Translator) -> None:
    silent = translate("chart.without_reading")
    english = opened.readings()
    assert len(english) >= 3
    assert silent not in english
    words.set_language(Language.KOREAN)
    korean = opened.readings()
    assert len(korean) == len(english)
    assert translate("chart.without_reading") not in korean
    assert not set(english) & set(korean)


@any_kind
def test_it_opens_on_the_suggested_model(opened: Desk, trained: TrainedProject) -> None:
    board = trained.leaderboard
    suggested = next(one for one in board.models if one.model_id == board.chosen)
    assert opened.button(translate("compare.use", name=model_name(suggested))).is_primary()
    assert opened.table().currentIndex().row() == opened.cell(board.chosen, BoardField.MODEL).row()
    assert opened.table().model().rowCount() == len(board.models)


@any_kind
def test_the_verdict_stands_with_its_tone(opened: Desk, trained: TrainedProject) -> None:
    verdict = opened.page.findChildren(Verdict)[0]
    level = trained.leaderboard.verdict.code.split(".")[1]
    note = verdict.findChildren(Note)[0]
    assert translate(f"verdict.title.{level}") in note.accessibleName()


@binary
def test_another_model_is_shown_in_detail_but_the_verdict_stays(opened: Desk, trained: TrainedProject) -> None:
    guessing = next(one for one in trained.leaderboard.models if one.family is Family.BASELINE)
    before = opened.readings()
    click_cell(opened.table(), opened.cell(guessing.model_id, BoardField.MODEL))
    assert opened.readings() != before
    suggested = next(one for one in trained.leaderboard.models if one.model_id == trained.leaderboard.chosen)
    note = opened.page.findChildren(Verdict)[0].findChildren(Note)[0]
    assert translate("compare.judged.of", name=model_name(suggested)) in note.accessibleName()


@binary
def test_the_model_taken_is_in_use_from_then_on(opened: Desk, trained: TrainedProject) -> None:
    other = next(one for one in trained.leaderboard.models if one.model_id != trained.leaderboard.chosen)
    click_cell(opened.table(), opened.cell(other.model_id, BoardField.MODEL))
    click(opened.button(translate("compare.use", name=model_name(other))))
    assert opened.session.chosen_model == other.model_id
    assert opened.places == [(PageId.DEPLOY.value, "")]
    assert [notice.key for notice in opened.notices] == ["compare.used"]
    assert opened.session.model_was_chosen


@binary
def test_two_rows_are_set_side_by_side_by_mouse_and_keyboard(opened: Desk, trained: TrainedProject) -> None:
    board = opened.page.results.board
    pair_card = opened.page.findChildren(PairCard)[0]
    first, second = board.pair()
    click_cell(opened.table(), opened.cell(first, BoardField.PICK))
    assert board.pair() == (second,)
    hint = translate("compare.pair.hint")
    assert hint in visible_words(pair_card)
    opened.table().setCurrentIndex(opened.cell("baseline", BoardField.MODEL))
    press(opened.table(), Qt.Key.Key_Space)
    assert board.pair() == (second, "baseline")
    assert hint not in visible_words(pair_card)


@binary
def test_the_alarm_line_is_tried_out_without_changing_the_model(opened: Desk, trained: TrainedProject) -> None:
    alarm = opened.page.results.details.alarm
    own = alarm.point()
    before = opened.readings()
    slider, field = alarm.findChildren(Slider)[0], alarm.findChildren(TextField)[0]
    press(slider, Qt.Key.Key_End)
    last = alarm.point()
    assert own is not None
    assert last is not None
    assert last.found == last.false_alarms == 0
    assert opened.readings() != before
    field.setText("0")
    field.editingFinished.emit()
    every = alarm.point()
    assert every is not None
    assert every.missed == every.let_through == 0
    click(opened.button(translate("compare.alarm.back")))
    assert alarm.point() == own
    assert opened.readings() == before
    field.setText("nonsense")
    field.editingFinished.emit()
    assert alarm.point() == own


@binary
def test_what_was_left_out_can_be_read(opened: Desk, trained: TrainedProject) -> None:
    left_out = trained.leaderboard.left_out
    assert left_out
    click(opened.button(translate("compare.left_out", count=len(left_out))))
    popover = opened.page.findChildren(LeftOutPopover)[0]
    assert popover.isVisible()
    first = left_out[0]
    assert translate(first.code, **first.parameters) in visible_words(popover)
    popover.close()


@binary
def test_the_table_is_exported_in_the_order_shown(
    opened: Desk, trained: TrainedProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = tmp_path / "순위표.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(to), ""))
    combo = opened.page.results.board.findChildren(ComboBox)[0]
    combo.chosen.emit(Order.SIZE.value)
    click(opened.button(translate("compare.export")))
    with to.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    sizes = [int(row["Bytes"]) for row in rows]
    assert sizes == sorted(sizes)
    assert len(rows) == len(trained.leaderboard.models)
    assert opened.notices[-1].key == "compare.export.done"


@binary
def test_a_table_that_cannot_be_written_is_said(opened: Desk, trained: TrainedProject, tmp_path: Path) -> None:
    assert not opened.page.results.export_to(tmp_path)
    assert opened.notices[-1].key == "compare.export.failed"


@any_kind
def test_why_it_decides_speaks_of_the_selected_model(opened: Desk, trained: TrainedProject) -> None:
    opened.page.show_sub_page(WHY)
    assert opened.page.why.isVisible()
    assert any("its error would be" in words or "matter" in words or "measured" in words for words in opened.readings())
    click(opened.button(translate("compare.why.back")))
    assert opened.places == [(PageId.COMPARE.value, RESULTS)]


@any_kind
def test_it_fits_the_smallest_window(opened: Desk, trained: TrainedProject, qtbot: QtBot) -> None:
    opened.page.set_narrow(True)
    for name in (RESULTS, WHY):
        opened.page.show_sub_page(name)
        qtbot.waitUntil(lambda: fits_the_smallest_window(opened.page))


@binary
def test_results_of_a_former_goal_say_so(
    opened: Desk, trained: TrainedProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Another target would have the table checked again.
    monkeypatch.setattr(opened.session, "start", lambda _job: False)
    former = opened.session.goal
    assert former is None or former.target == trained.goal.target
    assert opened.session.save_goal(Goal(target="MELT_TEMP"))
    assert translate("compare.former_goal", former="DEFECT", target="MELT_TEMP").replace("**", "") in said(opened.page)
    opened.session.save_goal(trained.goal)
    assert not any("MELT_TEMP" in words for words in said(opened.page))


def test_without_sealed_rows_nothing_is_said_of_them(qtbot: QtBot) -> None:
    sealed = leaderboard()
    split = msgspec.structs.replace(sealed.split, holdout_rows=0)
    for board, key in ((sealed, "before"), (msgspec.structs.replace(sealed, split=split), "truest")):
        verdict = Verdict()
        qtbot.addWidget(verdict)
        verdict.show_leaderboard(board, board.chosen)
        note = verdict.findChildren(Note)[0]
        assert translate(f"compare.judged.{key}", name="Recipe 3") in note.accessibleName()


def test_warnings_stand_under_the_verdict(qtbot: QtBot) -> None:
    verdict = Verdict()
    qtbot.addWidget(verdict)
    warned = msgspec.structs.replace(leaderboard(), warnings=(Issue("data.column_empty", parameters={"column": "X"}),))
    verdict.show_leaderboard(warned, warned.chosen)
    assert [note for note in verdict.findChildren(Note) if "X" in note.accessibleName()]
    verdict.show_leaderboard(leaderboard(), warned.chosen)
    assert not [note for note in verdict.findChildren(Note) if not note.isHidden() and "X" in note.accessibleName()]


@binary
def test_closing_the_project_leaves_nothing_behind(opened: Desk, trained: TrainedProject) -> None:
    opened.session.close()
    assert opened.button(translate("compare.empty.data")).isVisible()


def visible_words(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def said(page: QWidget) -> list[str]:
    return [note.accessibleName() for note in page.findChildren(Note) if note.isVisible()]


@any_kind
def test_everything_fits_into_a_window_of_usual_size(
    qtbot: QtBot, opened: Desk, trained: TrainedProject, words: Translator
) -> None:
    assert not trained.leaderboard.warnings
    area = next(one for one in opened.page.results.findChildren(QScrollArea) if one.isVisible())
    for language in Language:
        words.set_language(language)
        qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
        cards = opened.page.results.details.cards()
        assert {card.y() for card in cards} == {0}
