"""The Train page, shown runs that are told by their events."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from automl.domain.events import (
    Event,
    JobFinished,
    JobProgress,
    JobStarted,
    Outcome,
    Phase,
    ResourceSampled,
    TrialFinished,
    TrialReported,
    TrialStarted,
    TrialState,
)
from automl.domain.language import Language
from automl.domain.result import InWords
from automl.domain.run_state import RunState, fold
from automl.domain.task import Family, Metric
from desktop.actions import PageId
from desktop.charts.learning_curves import LearningCurvesChart
from desktop.i18n import Translator, translate
from desktop.pages.session import Session
from desktop.pages.train.phases import PhaseState, phase_states
from desktop.pages.train.readings import curve_reading, ending, history_reading
from desktop.pages.train.train_page import TrainPage
from desktop.widgets.buttons import Button
from desktop.widgets.note import Note
from desktop.widgets.table import TableView
from tests.desktop.clicks import click
from tests.desktop.sizes import fits_the_smallest_window

NOW = datetime(2026, 6, 27, 14, 2, tzinfo=UTC).isoformat().replace("+00:00", "Z")


class Worker:
    """A training that does what it is told and no more."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.paused = False
        self.canceling = False

    def cancel(self) -> None:
        self.told.append("cancel")
        self.canceling = True

    def pause(self) -> None:
        self.told.append("pause")
        self.paused = True

    def resume(self) -> None:
        self.told.append("resume")
        self.paused = False

    def finish_now(self) -> None:
        self.told.append("finish")


class Desk:
    """A Train page whose newest run and its worker are given."""

    def __init__(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        self.state, self.worker = RunState(), Worker()
        self.works = False
        monkeypatch.setattr(Session, "run_id", property(lambda _: self.state.job_id))
        monkeypatch.setattr(Session, "run_state", property(lambda _: self.state))
        monkeypatch.setattr(Session, "training", property(lambda _: self.worker if self.works else None))
        self.session = Session()
        self.places: list[str] = []
        self.notices: list[str] = []
        self.session.page_requested.connect(lambda page, _sub: self.places.append(page))
        self.session.noticed.connect(lambda notice: self.notices.append(notice.key))
        self.page = TrainPage(self.session)
        qtbot.addWidget(self.page)
        self.page.resize(1224, 824)
        self.page.show()

    def tell(self, *events: Event, works: bool = True) -> None:
        """Let the page see a run by its events."""
        self.state, self.works = fold(events), works
        self.session.run_changed.emit()

    def buttons(self) -> list[str]:
        """Return the words of the buttons that can be seen."""
        return [one.text() for one in self.page.findChildren(Button) if one.isVisible()]

    def press(self, key: str) -> None:
        """Click the button with these words."""
        words = translate(key)
        click(next(one for one in self.page.findChildren(Button) if one.isVisible() and one.text() == words))

    def words(self) -> str:
        """Return all words that can be seen."""
        return " ".join(one.text() for one in self.page.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    made = Desk(qtbot, monkeypatch)
    yield made
    made.session.end()


STARTED = JobStarted(job_id="run-1", time=NOW, kind="train", device_reason=InWords("gpu.no_driver"))
TUNING = JobProgress(phase=Phase.TUNE, done=3, total=10, fraction=0.4, eta_seconds=(100.0, 140.0))
TRYING = TrialStarted(number=4, family=Family.BOOSTED, words=(), reason=None)
SAMPLE = ResourceSampled(
    cpu_percent=80.0, cores_used=1.6, cores=2, memory_used=2 * 1024**3, memory_total=8 * 1024**3, job_memory=1024**3
)


def tried(number: int, value: float | None = 0.5, family: Family = Family.BOOSTED) -> TrialFinished:
    state = TrialState.FAILED if value is None else TrialState.COMPLETE
    lower, upper = (None, None) if value is None else (value - 0.1, value + 0.1)
    return TrialFinished(number=number, family=family, state=state, value=value, lower=lower, upper=upper, seconds=1.0)


TRIED = (tried(1, 0.6, Family.LINEAR), tried(2, 0.4), tried(3, None))


def reported(step: int, checking: float) -> TrialReported:
    return TrialReported(number=4, step=step, steps=100, checking=checking, learning=checking / 2)


def over(outcome: Outcome) -> JobFinished:
    return JobFinished(outcome=outcome)


def test_before_the_first_training_there_is_the_way_to_it(desk: Desk) -> None:
    desk.press("train.empty.action")
    assert desk.places == [PageId.GOAL.value]


def test_from_the_first_moment_it_says_what_is_done(desk: Desk) -> None:
    desk.tell(STARTED)
    assert translate("train.phase.running") in desk.words()
    assert translate("phase.prepare") in desk.words()
    assert translate("train.board.none") in desk.words()


def test_a_live_training_shows_the_best_first_and_what_is_tried(desk: Desk) -> None:
    desk.tell(STARTED, SAMPLE, TUNING, *TRIED, TRYING)
    table = desk.page.findChildren(TableView)[0]
    assert table.model().rowCount() == 2
    assert "0.4" in str(table.model().index(0, 2).data())
    assert translate("train.trying", number=4) in desk.words()
    assert "40%" in desk.words()
    assert "1.6 of 2 cores" in desk.words()


def test_the_learning_of_a_recipe_is_drawn_where_there_is_room(desk: Desk, qtbot: QtBot) -> None:
    curve = [reported(step, 1 / step) for step in (10, 20, 30)]
    desk.tell(STARTED, TUNING, TRYING, *curve)
    chart = desk.page.findChildren(LearningCurvesChart)[0]
    assert chart.isVisible()
    desk.page.resize(1024, 624)
    qtbot.waitUntil(lambda: not chart.isVisible())
    assert translate("train.curve.falling") in desk.words()


def test_cancel_pause_and_finish_reach_the_worker(desk: Desk) -> None:
    desk.tell(STARTED, TUNING, *TRIED)
    desk.press("train.pause")
    assert translate("train.standing.paused") in desk.words()
    desk.press("train.go_on")
    desk.press("train.cancel")
    assert desk.worker.told == ["pause", "resume", "cancel"]
    assert translate("app.job.canceling") in desk.words()


def test_without_a_model_there_is_nothing_to_finish_with(desk: Desk) -> None:
    desk.tell(STARTED, TUNING)
    finish = next(one for one in desk.page.findChildren(Button) if one.text() == translate("train.finish"))
    assert not finish.isEnabled()


@pytest.mark.parametrize(
    ("outcome", "tone", "way_on"),
    [(Outcome.CANCELED, "canceled", "train.resume"), (Outcome.FAILED, "failed", "train.resume")],
)
def test_after_a_stop_it_says_what_was_kept(desk: Desk, outcome: Outcome, tone: str, way_on: str) -> None:
    desk.tell(STARTED, TUNING, *TRIED, over(outcome), works=False)
    note = next(one for one in desk.page.findChildren(Note) if one.isVisible())
    assert translate(f"train.ended.{tone}") in note.accessibleName()
    assert "2 recipes" in note.accessibleName()
    assert translate(way_on) in desk.buttons()
    assert translate("train.pause") not in desk.buttons()


def test_after_the_end_compare_is_next(desk: Desk) -> None:
    desk.tell(STARTED, TUNING, *TRIED, over(Outcome.COMPLETED), works=False)
    assert "100%" in desk.words()
    desk.press("train.compare")
    desk.press("train.again")
    assert desk.places == [PageId.COMPARE.value, PageId.GOAL.value]


def test_composed_sentences_follow_the_language(desk: Desk, words: Translator) -> None:
    desk.tell(STARTED, SAMPLE, TUNING, *TRIED, TRYING)
    before = desk.words()
    words.set_language(Language.KOREAN)
    assert translate("train.trying", number=4) in desk.words()
    words.set_language(Language.ENGLISH)
    assert desk.words() == before


@pytest.mark.parametrize("narrow", [True, False])
def test_it_fits_the_smallest_window(desk: Desk, qtbot: QtBot, narrow: bool) -> None:
    desk.page.set_narrow(narrow)
    curve = [reported(step, 1 / step) for step in (10, 20, 30)]
    desk.tell(STARTED, SAMPLE, TUNING, *TRIED, TRYING, *curve)
    qtbot.waitUntil(lambda: fits_the_smallest_window(desk.page))
    desk.tell(STARTED, SAMPLE, TUNING, *TRIED, over(Outcome.CANCELED), works=False)
    qtbot.waitUntil(lambda: fits_the_smallest_window(desk.page))


def test_phases_before_the_current_one_are_done() -> None:
    done, running, to_come, left_out = PhaseState.DONE, PhaseState.RUNNING, PhaseState.TO_COME, PhaseState.LEFT_OUT
    state = fold((STARTED, TUNING))
    assert phase_states(state, live=True) == (done, done, running, to_come, to_come)
    assert phase_states(state, live=False) == (done, done, left_out, left_out, left_out)
    assert phase_states(fold((STARTED, over(Outcome.COMPLETED))), live=False) == (done,) * 5


def test_the_history_says_how_far_it_came_and_since_when_nothing() -> None:
    values = (0.6, 0.4, 0.5, 0.45, 0.41)
    said = history_reading([tried(place, value) for place, value in enumerate(values)], Metric.LOG_LOSS)
    assert "0.4" in said
    assert "0.6" in said
    assert translate("train.reading.quiet", count=3) in said
    assert history_reading([], Metric.LOG_LOSS) == translate("train.reading.none")


def test_a_learning_curve_is_read_by_where_it_was_lowest() -> None:
    falling = [reported(step, 1 / step) for step in (1, 2, 3, 4)]
    rising = [reported(1, 0.5), reported(2, 0.2), reported(3, 0.3), reported(4, 0.4)]
    assert curve_reading(falling) == translate("train.curve.falling")
    assert curve_reading(rising) == translate("train.curve.rising", step=2)
    assert curve_reading(falling[:2]) == translate("train.curve.early")


def test_a_crash_is_an_ending_of_its_own() -> None:
    assert ending(RunState(crashed=True)) == "crashed"
    assert ending(RunState()) == ""


def test_when_it_is_over_the_page_says_what_was_tried(qtbot: QtBot, desk: Desk) -> None:
    desk.tell(STARTED, TUNING, *TRIED)
    assert translate("train.board.title") in desk.words()
    assert translate("train.outcome") not in desk.words()

    desk.tell(STARTED, TUNING, *TRIED, over(Outcome.COMPLETED), works=False)
    boosted, linear = (translate(f"family.{family.value}") for family in (Family.BOOSTED, Family.LINEAR))
    qtbot.waitUntil(lambda: linear in desk.words())
    words = desk.words()
    assert translate("train.board.title") not in words
    assert "2 recipes with a score, 3 s of computing." in words
    assert words.index(boosted) < words.index(linear)


def test_the_side_does_not_scroll_in_a_window_of_usual_size(qtbot: QtBot, desk: Desk, words: Translator) -> None:
    words.set_language(Language.KOREAN)
    desk.tell(STARTED, TUNING, SAMPLE, *TRIED, TRYING, *(reported(step, 1 / step) for step in range(1, 40)))
    area = next(one for one in desk.page.findChildren(QScrollArea) if one.isVisible())
    qtbot.waitUntil(lambda: translate("train.trying", number=4) in desk.words())
    qtbot.waitUntil(lambda: area.verticalScrollBar().maximum() == 0)
