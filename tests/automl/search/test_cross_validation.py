"""One trial: out-of-fold answers, one number of steps for all folds, early ends for hopeless recipes."""

from dataclasses import replace

import numpy as np
import pytest

from automl.domain.events import TrialState
from automl.domain.task import Family, Metric, MistakeCost, TaskKind
from automl.evaluation.metrics import score
from automl.evaluation.splits import Fold
from automl.models.base import Care
from automl.search.cross_validation import CrossValidation, Yardsticks
from automl.search.fold_rows import FoldRows
from automl.search.learning_task import TableTask
from automl.search.recipe import Recipe
from automl.search.table_folds import TableFolds
from automl.training.guessing import guessed_answers
from tests.automl.search.tasks import learning_task

BOOSTED = Recipe(Family.BOOSTED, {"learning_rate": 0.2, "num_leaves": 4, "rounds": 60})
LINEAR = Recipe(Family.LINEAR, {"strength": 1.0})


def validation(task: TableTask) -> CrossValidation:
    return CrossValidation(task, TableFolds(task, FoldRows(task)))


@pytest.mark.parametrize("kind", [TaskKind.BINARY, TaskKind.MULTICLASS, TaskKind.REGRESSION])
@pytest.mark.parametrize("recipe", [BOOSTED, LINEAR], ids=["boosted", "linear"])
def test_a_trial_answers_every_row_and_beats_guessing(kind: TaskKind, recipe: Recipe) -> None:
    task = learning_task(kind)

    trial = validation(task).run(1, recipe, Care(seed=0), Yardsticks())

    assert trial.complete
    assert trial.answers is not None
    assert len(trial.answers) == len(task.table)
    assert trial.guide_loss < score(task.guide, task.checked_target, guessed_answers(task))
    assert trial.checking is not None
    assert trial.checking.lower <= trial.checking.value <= trial.checking.upper


@pytest.mark.parametrize("metric", [Metric.ROC_AUC, Metric.BALANCED_ACCURACY])
def test_folds_of_one_class_are_scored_together_by_the_metric_that_was_asked(metric: Metric) -> None:
    task = learning_task(metric=metric)
    every = np.arange(len(task.table))
    folds = tuple(
        Fold(np.setdiff1d(every, np.flatnonzero(task.target == code)[:40]), np.flatnonzero(task.target == code)[:40])
        for code in (0, 1)
    )
    task = replace(task, plan=replace(task.plan, folds=folds))
    risk = task.checked_target * 0.6 + 0.2

    checking = validation(task).checking(np.column_stack([1 - risk, risk]))

    assert checking.value == 1.0


def test_no_row_is_answered_by_a_model_that_learned_from_it() -> None:
    """On pure noise a model that had seen the rows would look good; out of fold nobody beats guessing."""
    task = learning_task()
    noise = np.random.default_rng(1).integers(0, 2, len(task.table))
    task = TableTask(**{**vars(task), "target": noise})

    trial = validation(task).run(1, BOOSTED, Care(seed=0), Yardsticks())

    assert trial.guide_loss > 0.65


def test_the_same_seed_gives_the_same_answers_to_the_last_bit() -> None:
    first, second = (validation(learning_task()).run(1, BOOSTED, Care(seed=5), Yardsticks()) for _ in range(2))

    assert first.answers is not None
    np.testing.assert_array_equal(first.answers, second.answers)
    assert first.steps == second.steps


def test_all_folds_learn_for_the_same_number_of_steps() -> None:
    trial = validation(learning_task()).run(1, BOOSTED, Care(seed=0), Yardsticks())

    assert 1 <= trial.steps < 60


def test_a_trial_much_worse_than_the_best_ends_after_its_first_fold() -> None:
    task = learning_task()
    good = validation(task).run(1, LINEAR, Care(seed=0), Yardsticks())
    guessing = validation(task).fold_losses(guessed_answers(task))
    bad = Recipe(Family.LINEAR, {"strength": 1e9})

    trial = validation(task).run(2, bad, Care(seed=0), Yardsticks(good.guide_losses, guessing))

    assert trial.state is TrialState.PRUNED
    assert trial.reason is not None
    assert trial.reason.code == "trial.clearly_worse"
    assert len(trial.guide_losses) < len(task.plan.folds)


def test_a_trial_that_cannot_finish_in_time_says_so() -> None:
    trial = validation(learning_task()).run(1, BOOSTED, Care(seed=0, time_left=lambda: 0.0), Yardsticks())

    assert trial.state is TrialState.PRUNED
    assert trial.reason is not None
    assert trial.reason.code == "trial.no_time"


def test_a_trial_that_must_finish_does() -> None:
    care = Care(seed=0, time_left=lambda: 0.0)

    assert validation(learning_task()).run(1, BOOSTED, care, Yardsticks(), must_finish=True).complete


def test_a_trial_restored_from_its_answers_is_the_same() -> None:
    task = learning_task(TaskKind.MULTICLASS)
    trial = validation(task).run(3, LINEAR, Care(seed=0), Yardsticks())
    assert trial.answers is not None

    restored = validation(task).restored(3, LINEAR, trial.answers, trial.seconds, trial.steps)

    assert (restored.checking, restored.guide_losses) == (trial.checking, trial.guide_losses)


def test_money_is_judged_at_an_alarm_line_of_the_models_own() -> None:
    task = learning_task(metric=Metric.COST, cost=MistakeCost(miss=900.0, false_alarm=10.0))

    trial = validation(task).run(1, LINEAR, Care(seed=0), Yardsticks())

    assert trial.answers is not None
    assert validation(task).scoring(trial.answers).alarm_line < 0.2
    assert trial.checking is not None
    assert trial.checking.value < 1000 * 10


def test_guessing_gets_the_line_of_theory_whatever_the_folds_hold() -> None:
    cost = MistakeCost(miss=42.0, false_alarm=3.5)
    task = learning_task(metric=Metric.COST, cost=cost)
    of_fold = np.linspace(0.02, 0.4, len(task.plan.folds))
    risk = np.zeros(len(task.checked_target))
    for fold, stated in enumerate(of_fold):
        risk[task.places(fold)] = stated

    scoring = validation(task).scoring(np.column_stack([1 - risk, risk]))

    assert scoring.alarm_line == pytest.approx(cost.alarm_line())
