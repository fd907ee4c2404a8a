"""Calibration: taken when it clearly helps, never when it does not, never changing the order."""

import numpy as np

from automl.domain.task import Metric, TaskKind
from automl.evaluation.metrics import Scoring, score
from automl.models.base import Answers
from automl.training.calibration import calibrate
from tests.automl.search.tasks import learning_task


def risks(task_rows: int, sharpness: float) -> tuple[np.ndarray[tuple[int, ...], np.dtype[np.int64]], Answers]:
    random = np.random.default_rng(0)
    odds = random.normal(0, 1.5, task_rows)
    truth = (random.random(task_rows) < 1 / (1 + np.exp(-odds))).astype(np.int64)
    said = 1 / (1 + np.exp(-sharpness * odds))
    return truth, np.column_stack([1 - said, said])


def test_a_model_too_sure_of_itself_is_cooled() -> None:
    truth, answers = risks(1200, sharpness=2.5)
    task = learning_task(rows=1200)
    task = type(task)(**{**vars(task), "target": truth})

    temperature, honest = calibrate(task, answers)

    assert temperature is not None
    assert 2.0 < temperature.temperature < 3.0
    log_loss = Scoring(Metric.LOG_LOSS)
    assert score(log_loss, truth, honest) < score(log_loss, truth, answers)
    np.testing.assert_array_equal(temperature.apply(answers).argmax(axis=1), answers.argmax(axis=1))


def test_an_honest_model_is_left_alone() -> None:
    truth, answers = risks(1200, sharpness=1.0)
    task = learning_task(rows=1200)

    temperature, same = calibrate(type(task)(**{**vars(task), "target": truth}), answers)

    assert temperature is None
    assert same is answers


def test_few_rows_and_numbers_are_left_alone() -> None:
    truth, answers = risks(200, sharpness=3.0)
    few, numbers = learning_task(rows=200), learning_task(TaskKind.REGRESSION, rows=1200)

    assert calibrate(type(few)(**{**vars(few), "target": truth}), answers)[0] is None
    assert calibrate(numbers, numbers.target.astype(np.float64))[0] is None
