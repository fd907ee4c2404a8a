"""A training run as a person gets it: models that predict, honest scores, nothing silent."""

from datetime import datetime

import msgspec
import numpy as np
import pytest

from automl.domain.events import JobProgress, ModelFitted, TrialFinished, TrialStarted, TrialState
from automl.domain.run_state import fold
from automl.domain.task import Family, TaskKind
from automl.storage.project import Access, Project
from automl.storage.run_folder import RunFolder
from tests.fixtures_training import TrainedProject


@pytest.fixture(params=["trained_binary", "trained_regression", "trained_multiclass"])
def project(request: pytest.FixtureRequest) -> TrainedProject:
    found: TrainedProject = request.getfixturevalue(request.param)
    return found


def test_the_best_model_beats_guessing(project: TrainedProject) -> None:
    baseline = next(model for model in project.leaderboard.models if model.family is Family.BASELINE)
    best = project.leaderboard.models[0]

    assert best.model_id == project.leaderboard.chosen
    assert best.checking.value < 0.75 * baseline.checking.value, fold(project.events).trials


def test_every_model_is_stored_as_a_graph_with_its_evaluation_and_golden_answers(project: TrainedProject) -> None:
    run = RunFolder(project.folder / "runs" / project.run_id)
    with Project.open(project.folder, Access.READ) as opened:
        for summary in project.leaderboard.models:
            record = opened.runs.model(project.run_id, summary.model_id)
            assert len(opened.objects.read_bytes(record.onnx)) == summary.size_bytes
            evaluation = run.evaluation(summary.model_id)
            assert evaluation is not None
            assert evaluation.row_count == (
                project.leaderboard.split.holdout_rows or project.leaderboard.split.learn_rows
            )
            assert (run.model_folder(summary.model_id) / "golden.json").is_file()


def test_the_first_model_comes_before_any_trial_ends(project: TrainedProject) -> None:
    kinds = [type(event) for event in project.events]

    assert kinds.index(ModelFitted) < kinds.index(TrialFinished)


def test_trials_begin_in_words_and_end_with_a_range(project: TrainedProject) -> None:
    started = [event for event in project.events if isinstance(event, TrialStarted)]
    finished = [event for event in project.events if isinstance(event, TrialFinished)]

    assert [event.number for event in started] == [event.number for event in finished]
    assert all(event.words and event.reason for event in started)
    for event in finished:
        if event.state is TrialState.COMPLETE:
            assert event.lower is not None
            assert event.upper is not None
            assert event.value is not None
            assert event.lower <= event.value <= event.upper
        else:
            assert event.reason is not None


def test_progress_never_falls(project: TrainedProject) -> None:
    fractions = [event.fraction for event in project.events if isinstance(event, JobProgress)]

    assert all(fraction is not None for fraction in fractions)
    assert fractions == sorted(fraction or 0.0 for fraction in fractions)
    assert fractions[-1] == 1.0


def test_the_events_fold_into_a_finished_picture(project: TrainedProject) -> None:
    state = fold(project.events)

    assert {model.model_id for model in project.leaderboard.models} <= {model.model_id for model in state.models}
    assert state.started is not None
    assert state.started.device_reason is not None


def test_no_record_holds_a_number_json_does_not_know(project: TrainedProject) -> None:
    text = msgspec.json.encode(project.leaderboard).decode()

    assert msgspec.json.decode(text, type=type(project.leaderboard)) == project.leaderboard
    for model in project.leaderboard.models:
        assert np.isfinite([model.checking.value, model.checking.lower, model.checking.upper]).all()


def test_the_run_holds_to_its_budget(project: TrainedProject) -> None:
    begun, ended = (datetime.fromisoformat(event.time) for event in (project.events[0], project.events[-1]))

    # A busy machine may starve any process for a moment; the product's own bound is 1.05.
    assert (ended - begun).total_seconds() < 1.4 * project.goal.budget_seconds


def test_a_number_comes_with_likely_ranges(trained_regression: TrainedProject) -> None:
    run = RunFolder(trained_regression.folder / "runs" / trained_regression.run_id)
    evaluation = run.evaluation(trained_regression.leaderboard.chosen)

    assert trained_regression.leaderboard.task is TaskKind.REGRESSION
    assert evaluation is not None
    assert evaluation.interval_halfwidths is not None
    narrow, wide = evaluation.interval_halfwidths
    assert 0 < narrow < wide


def test_without_a_holdout_nothing_is_read_from_one(trained_multiclass: TrainedProject) -> None:
    assert trained_multiclass.leaderboard.holdout_reads == 0
    assert all(model.holdout is None for model in trained_multiclass.leaderboard.models)


def test_the_holdout_is_read_once_a_model(trained_binary: TrainedProject) -> None:
    assert trained_binary.leaderboard.holdout_reads == len(trained_binary.leaderboard.models)
