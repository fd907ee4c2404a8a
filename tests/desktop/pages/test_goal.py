"""The Goal page: four questions about the moulding sample, answered by mouse and keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from automl.domain.job import Job, TrainJob
from automl.domain.language import Language
from automl.domain.task import Family, GroupSplit, Metric, MistakeCost, RandomSplit, Split, TaskKind, TimeSplit
from desktop.actions import PageId
from desktop.i18n import Translator, translate
from desktop.pages.goal.goal_page import GoalPage
from desktop.pages.goal.table_sheet import TableSheet
from desktop.pages.session import Session
from desktop.widgets.buttons import Button, IconButton
from desktop.widgets.choice_card import ChoiceCard
from desktop.widgets.choices import CheckBox
from desktop.widgets.fields import ComboBox, TextField
from desktop.widgets.slider import MarkedSlider
from tests.desktop.clicks import click, press, write
from tests.desktop.sizes import fits_the_smallest_window


class Desk:
    """A session with its Goal page; jobs are noted instead of started."""

    def __init__(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.session = Session()
        self.jobs: list[Job] = []
        self.places: list[str] = []
        monkeypatch.setattr(self.session, "start", self._start)
        self.session.page_requested.connect(lambda page, _sub: self.places.append(page))
        self.page = GoalPage(self.session)
        qtbot.addWidget(self.page)
        self.page.resize(1224, 824)
        self.page.show()

    def _start(self, job: Job) -> bool:
        self.jobs.append(job)
        return True

    @property
    def questions(self) -> TableSheet:
        """The questions about a table."""
        return self.page.findChildren(TableSheet)[0]

    def button(self, key: str) -> Button:
        """Return the button with these words that can be seen."""
        words = translate(key)
        return next(one for one in self.page.findChildren(Button) if one.isVisible() and one.text() == words)

    def card(self, key: str) -> ChoiceCard:
        """Return a way of using the model."""
        return next(one for one in self.page.findChildren(ChoiceCard) if one.text() == translate(key))

    def money(self) -> tuple[TextField, TextField]:
        """Return the fields of both costs."""
        first, second, *_ = [one for one in self.page.findChildren(TextField) if one.isVisible()]
        return first, second

    def words(self) -> str:
        """Return all words that can be seen."""
        return " ".join(one.text() for one in self.page.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def empty(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk(qtbot, monkeypatch)
    yield made
    made.session.end()


@pytest.fixture
def desk(empty: Desk, moulding_project: Path) -> Desk:
    assert empty.session.open(moulding_project)
    return empty


def type_into(field: TextField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    write(field, text)
    press(field, Qt.Key.Key_Return)


def test_without_data_there_is_the_way_to_them(empty: Desk) -> None:
    click(empty.button("goal.empty.action"))
    assert empty.places == [PageId.DATA.value]
    assert empty.page.primary_action() is None


def test_lathe_has_filled_in_what_the_data_show(desk: Desk) -> None:
    draft = desk.page.draft
    assert (draft.target, draft.task, draft.positive) == ("DEFECT", TaskKind.BINARY, "yes")
    assert isinstance(draft.split, TimeSplit)
    assert "DEFECT" in desk.words()


def test_costs_move_the_alarm_line_and_can_be_forgotten(desk: Desk) -> None:
    miss, false_alarm = desk.money()
    type_into(miss, "42,000")
    assert desk.page.draft.cost is None
    type_into(false_alarm, "3500")
    assert desk.page.draft.cost == MistakeCost(42000, 3500)
    assert "7.7%" in desk.words()
    click(desk.button("goal.cost.unknown"))
    assert desk.page.draft.cost is None


@pytest.mark.parametrize("typed", ["0", "-5", "much", "inf", "nan"])
def test_what_is_no_amount_is_said_beside_the_field(desk: Desk, typed: str) -> None:
    miss, false_alarm = desk.money()
    type_into(false_alarm, "10")
    type_into(miss, typed)
    assert desk.page.draft.cost is None
    assert translate("goal.cost.wrong") in desk.words()


@pytest.mark.parametrize(
    ("way", "split"), [("group", GroupSplit("MACHINE")), ("random", RandomSplit()), ("time", TimeSplit("TIMESTAMP"))]
)
def test_the_use_decides_how_it_is_checked(desk: Desk, way: str, split: Split) -> None:
    click(desk.card("goal.use.random"))
    click(desk.card(f"goal.use.{way}"))
    assert desk.page.draft.split == split


def test_the_time_is_taken_from_the_slider_or_typed(desk: Desk) -> None:
    slider = desk.questions.findChildren(MarkedSlider)[0]
    press(slider, Qt.Key.Key_Left)
    assert desk.page.draft.budget_seconds == 60
    for _ in range(3):
        press(slider, Qt.Key.Key_Right)
    minutes = next(one for one in desk.page.findChildren(TextField) if one.hasFocus())
    type_into(minutes, "2.5")
    assert desk.page.draft.budget_seconds == 150
    type_into(minutes, "0")
    assert desk.page.draft.budget_seconds == 150


def test_families_can_be_left_out_and_without_any_nothing_starts(desk: Desk) -> None:
    boxes = {box.text(): box for box in desk.page.findChildren(CheckBox)}
    press(boxes["Forest"], Qt.Key.Key_Space)
    assert Family.FOREST not in desk.page.draft.families
    for name in ("Straight-line model", "Boosted trees", "Neural network"):
        press(boxes[name], Qt.Key.Key_Space)
    assert desk.page.draft.families == ()
    assert not desk.button("goal.start").isEnabled()
    assert desk.button("goal.start").toolTip() == translate("goal.start.blocked")


def test_another_target_begins_anew_but_keeps_the_time(desk: Desk) -> None:
    press(desk.questions.findChildren(MarkedSlider)[0], Qt.Key.Key_Left)
    desk.questions.findChildren(ComboBox)[0].chosen.emit("CYCLE_TIME")
    draft = desk.page.draft
    assert (draft.target, draft.task, draft.budget_seconds) == ("CYCLE_TIME", TaskKind.REGRESSION, 60)
    assert not any(
        one.isVisible() and one.text() == translate("goal.cost.miss") for one in desk.page.findChildren(QLabel)
    )


def test_more_options_are_folded_until_asked_for(desk: Desk) -> None:
    metric = next(one for one in desk.questions.findChildren(ComboBox) if one.accessibleName() == "Measure to improve")
    assert not metric.isVisible()
    click(next(one for one in desk.questions.findChildren(IconButton) if one.accessibleName() == "More options"))
    assert metric.isVisible()
    metric.chosen.emit(Metric.ROC_AUC.value)
    assert desk.page.draft.metric is Metric.ROC_AUC


def test_a_start_saves_the_goal_and_goes_to_train(desk: Desk) -> None:
    click(desk.card("goal.use.random"))
    click(desk.button("goal.start"))
    job = desk.jobs[-1]
    assert isinstance(job, TrainJob)
    assert job.goal == desk.page.draft == desk.session.goal
    assert desk.places == [PageId.TRAIN.value]


def test_a_goal_saved_for_later_is_there_again(desk: Desk, moulding_project: Path) -> None:
    click(desk.card("goal.use.random"))
    click(desk.button("goal.save"))
    desk.session.close()
    assert desk.session.open(moulding_project)
    assert desk.page.draft.split == RandomSplit()


def test_all_sentences_follow_the_language(desk: Desk, words: Translator) -> None:
    before = desk.words()
    words.set_language(Language.KOREAN)
    assert translate("goal.use.question") in desk.words()
    words.set_language(Language.ENGLISH)
    assert desk.words() == before


def test_it_fits_the_smallest_window(desk: Desk, qtbot: QtBot) -> None:
    desk.page.set_narrow(True)
    qtbot.waitUntil(lambda: fits_the_smallest_window(desk.page))
