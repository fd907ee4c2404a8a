"""Runs that are finished early, canceled, resumed or repeated."""

from collections.abc import Callable
from pathlib import Path

import pytest

from automl.domain.events import TrialFinished, TrialState
from automl.domain.issues import Refusal
from automl.domain.result import Leaderboard
from automl.domain.schema import ColumnType
from automl.domain.task import Family, Goal, GroupSplit, Metric, MistakeCost, TaskKind, TimeSplit
from automl.jobs.context import Controls, Stopped
from automl.storage.project import Access, Project
from automl.storage.run_folder import RunFolder
from tests.training_projects import coating_rows, make_project, moulding_rows, train_in

TYPES = {"MACHINE": ColumnType.TEXT, "STATION": ColumnType.TEXT, "DEFECT": ColumnType.YES_NO}
GOAL = Goal(target="DEFECT", positive="yes", budget_seconds=60.0, families=(Family.LINEAR, Family.BOOSTED))


def say(word: str, when: bytes, times: int = 1) -> Callable[[bytes, Controls], None]:
    """Say a word to the run when an event of this kind is written the given time."""
    seen = 0

    def hear(line: bytes, controls: Controls) -> None:
        nonlocal seen
        seen += b'"event":"' + when + b'"' in line
        if seen == times:
            controls.hear(word)

    return hear


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_project(tmp_path / "project", moulding_rows(240), TYPES, "DEFECT")
    return tmp_path / "project"


def leaderboard_of(folder: Path, run_id: str = "run-1") -> Leaderboard:
    leaderboard = RunFolder(folder / "runs" / run_id).leaderboard()
    assert leaderboard is not None
    return leaderboard


def trials_of(folder: Path, run_id: str) -> list[tuple[int, str, float | None, str]]:
    with Project.open(folder, Access.READ) as project:
        return [(trial.number, trial.family, trial.value, trial.oof) for trial in project.runs.trials(run_id)]


def test_the_same_seed_gives_the_same_trials_to_the_last_bit(folder: Path) -> None:
    for run_id in ("run-1", "run-2"):
        train_in(folder, GOAL, run_id=run_id, most_trials=6, timed=False)

    assert trials_of(folder, "run-1") == trials_of(folder, "run-2")
    first, second = leaderboard_of(folder, "run-1"), leaderboard_of(folder, "run-2")
    assert [(model.model_id, model.checking) for model in first.models] == [
        (model.model_id, model.checking) for model in second.models
    ]


def test_finish_now_keeps_the_best(folder: Path) -> None:
    events = train_in(folder, GOAL, hear=say("finish", b"trial.finished", 2))

    kept = [event for event in events if isinstance(event, TrialFinished) and event.state is TrialState.COMPLETE]
    assert kept
    assert len(leaderboard_of(folder).models) >= 2


def test_finish_now_before_any_trial_is_done_still_gives_a_model(folder: Path) -> None:
    train_in(folder, GOAL, hear=say("finish", b"job.progress"))

    assert leaderboard_of(folder).models[0].family is not Family.BASELINE


def test_cancel_ends_the_run_and_keeps_finished_trials(folder: Path) -> None:
    with pytest.raises(Stopped):
        train_in(folder, GOAL, hear=say("cancel", b"trial.finished", 2))

    assert trials_of(folder, "run-1")
    assert RunFolder(folder / "runs" / "run-1").leaderboard() is None


def test_resume_goes_on_from_finished_trials(folder: Path) -> None:
    with pytest.raises(Stopped):
        train_in(folder, GOAL, hear=say("cancel", b"trial.finished", 3))
    before = [trial for trial in trials_of(folder, "run-1") if trial[3]]

    events = train_in(folder, GOAL, run_id="run-2", resumes="run-1", most_trials=len(before) + 2, timed=False)

    after = trials_of(folder, "run-2")
    assert after[: len(before)] == before
    assert len(after) > len(before)
    numbers = [event.number for event in events if isinstance(event, TrialFinished)]
    assert len(numbers) == len(set(numbers))


def test_a_goal_that_divides_rows_differently_takes_nothing_over(folder: Path) -> None:
    train_in(folder, GOAL, most_trials=2, timed=False)
    other = Goal(target="DEFECT", positive="yes", seed=9, families=(Family.LINEAR,))

    train_in(folder, other, run_id="run-2", resumes="run-1", most_trials=1, timed=False)

    assert [family for _, family, _, _ in trials_of(folder, "run-2")] == ["linear"]


def test_money_decides_when_costs_are_known(folder: Path) -> None:
    goal = Goal(
        target="DEFECT",
        positive="yes",
        cost=MistakeCost(miss=4000.0, false_alarm=100.0),
        families=(Family.LINEAR,),
    )

    train_in(folder, goal, most_trials=1, timed=False)

    best = leaderboard_of(folder).models[0]
    assert best.metric is Metric.COST
    assert best.alarm_line is not None
    assert best.alarm_line < 0.3


def test_a_forecast_is_checked_on_later_rows(tmp_path: Path) -> None:
    rows = {"WHEN": [f"2026-01-{1 + hour // 24:02d} {hour % 24:02d}:00:00" for hour in range(300)], **coating_rows(300)}
    make_project(tmp_path / "project", rows, {"WHEN": ColumnType.TIME, "LINE": ColumnType.TEXT}, "THICKNESS")
    goal = Goal(target="THICKNESS", split=TimeSplit("WHEN"), families=(Family.LINEAR, Family.BOOSTED))

    train_in(tmp_path / "project", goal, most_trials=3, timed=False)

    leaderboard = leaderboard_of(tmp_path / "project")
    assert leaderboard.split.kind == "time"
    assert leaderboard.split.boundary.startswith("2026-01-11")
    assert any(left_out.code == "left_out.absolute_time" for left_out in leaderboard.left_out)


def test_answers_with_a_large_offset_are_learned(tmp_path: Path) -> None:
    rows = coating_rows(240)
    rows["THICKNESS"] = [f"{200_000 + float(value or 0):.4f}" for value in rows["THICKNESS"]]
    make_project(tmp_path / "project", rows, {"LINE": ColumnType.TEXT}, "THICKNESS")

    train_in(tmp_path / "project", Goal(target="THICKNESS", families=(Family.LINEAR,)), most_trials=1, timed=False)

    assert leaderboard_of(tmp_path / "project").models[0].family is not Family.BASELINE


def test_a_running_number_orders_the_rows_and_is_no_input(tmp_path: Path) -> None:
    rows = {"STEP": [str(10**12 + step) for step in range(240)], **coating_rows(240)}
    make_project(tmp_path / "project", rows, {"LINE": ColumnType.TEXT}, "THICKNESS")
    goal = Goal(target="THICKNESS", split=TimeSplit("STEP"), families=(Family.LINEAR,))

    train_in(tmp_path / "project", goal, most_trials=1, timed=False)

    leaderboard = leaderboard_of(tmp_path / "project")
    assert (leaderboard.split.kind, leaderboard.split.boundary) == ("time", "")
    assert [left.parameters for left in leaderboard.left_out if left.code == "left_out.order_column"] == [
        {"column": "STEP"}
    ]


def test_a_group_column_is_no_input(tmp_path: Path) -> None:
    make_project(tmp_path / "project", moulding_rows(240), TYPES, "DEFECT")
    goal = Goal(target="DEFECT", split=GroupSplit("MACHINE"), families=(Family.LINEAR,))

    train_in(tmp_path / "project", goal, most_trials=1, timed=False)

    leaderboard = leaderboard_of(tmp_path / "project")
    assert leaderboard.split.kind == "group"
    assert "left_out.group_column" in [left_out.code for left_out in leaderboard.left_out]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ({"A": ["1", "2"] * 20, "T": ["yes"] * 40}, "training.one_answer_only"),
        ({"A": ["1", "2", "3"], "T": ["yes", "no", "yes"]}, "training.too_few_rows"),
        ({"A": ["5"] * 40, "T": ["yes", "no"] * 20}, "training.no_usable_column"),
    ],
)
def test_what_cannot_be_learned_is_refused_in_words(tmp_path: Path, rows: dict[str, list[str]], code: str) -> None:
    make_project(tmp_path / "project", rows, {"T": ColumnType.YES_NO}, "T")

    with pytest.raises(Refusal) as refused:
        train_in(tmp_path / "project", Goal(target="T"), most_trials=2, timed=False)

    assert [issue.code for issue in refused.value.issues] == [code]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (["1e40", "-2e40"], "training.answers_too_large"),
        (["1000000000001", "1000000000002"], "training.answers_too_close"),
    ],
)
def test_answers_that_single_precision_cannot_hold_are_refused(tmp_path: Path, answers: list[str], code: str) -> None:
    make_project(tmp_path / "project", {"A": ["1", "2", "3", "5"] * 10, "N": answers * 20}, {}, "N")

    with pytest.raises(Refusal) as refused:
        train_in(tmp_path / "project", Goal(target="N", task=TaskKind.REGRESSION), most_trials=1, timed=False)

    assert [issue.code for issue in refused.value.issues] == [code]


@pytest.mark.parametrize("count", [12, 40])
def test_a_handful_of_rows_is_enough_for_an_answer(tmp_path: Path, count: int) -> None:
    make_project(tmp_path / "project", moulding_rows(count), TYPES, "DEFECT")

    train_in(tmp_path / "project", Goal(target="DEFECT", families=GOAL.families), most_trials=3, timed=False)

    assert leaderboard_of(tmp_path / "project").holdout_reads == 0


def test_a_class_of_two_rows_does_not_end_the_run(tmp_path: Path) -> None:
    rows = moulding_rows(120)
    rows["DEFECT"] = ["rare", "rare", *["often", "seldom", "often"] * 40][:120]
    make_project(tmp_path / "project", rows, {**TYPES, "DEFECT": ColumnType.TEXT}, "DEFECT")
    goal = Goal(target="DEFECT", families=(Family.LINEAR, Family.FOREST, Family.BOOSTED))

    train_in(tmp_path / "project", goal, most_trials=4, timed=False)

    assert leaderboard_of(tmp_path / "project").classes == ("often", "rare", "seldom")
