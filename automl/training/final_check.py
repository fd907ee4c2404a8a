"""The end of a run: finished models answer the rows nobody has seen, once, through the graphs that will be delivered."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import numpy as np
from numpy.typing import NDArray

from automl.data.table import Table
from automl.domain.result import ImportanceBar, ModelEvaluation, ModelSummary
from automl.domain.task import TaskKind
from automl.evaluation.chart_data import CheckedRows, evaluate_model
from automl.evaluation.metrics import score
from automl.explain.permutation import MOST_ROWS, permutation_importance
from automl.models.base import Answers
from automl.search.learning_task import TableTask
from automl.training.final_model import FinalModel
from automl.training.model_session import ModelSession

TIMED_ROWS = 200
FEWEST_SHUFFLED_ROWS = 200
CONFORMAL_LEVELS = (0.8, 0.95)


@dataclass(frozen=True, eq=False)
class Finished:
    """A finished model: its line of the leaderboard, its graph, and its honest out-of-fold answers."""

    summary: ModelSummary
    model: FinalModel
    onnx: bytes
    session: ModelSession
    oof: Answers


def judged_rows(task: TableTask) -> tuple[CheckedRows, Table]:
    """The rows models are judged on: the sealed holdout, or the checked rows when nothing was held out."""
    on_holdout = len(task.plan.holdout) > 0
    rows = task.plan.holdout if on_holdout else task.checked
    table = task.table.take(rows)
    return CheckedRows(table.row_numbers, task.target[rows], task.task, task.classes, on_holdout), table


def judged_answers(task: TableTask, finished: Finished, table: Table) -> Answers:
    """A model's answers to the judged rows: by its graph on the holdout, out of fold without one."""
    if len(task.plan.holdout) == 0:
        return finished.oof
    return finished.session.answers(table)


def milliseconds_per_row(session: ModelSession, table: Table) -> float:
    """How long one row takes when it comes alone, warm."""
    row = table.take(np.zeros(1, dtype=np.int64))
    session.answers(row)
    repeats = 20
    start = time.perf_counter()
    for _ in range(repeats):
        session.answers(row)
    return (time.perf_counter() - start) / repeats * 1000


def largest_difference(task: TableTask, finished: Finished) -> float:
    """How far the graph is from the model itself: in probability, or in spreads of the target.

    Numbers far beyond that spread are compared relative to their own size, as a bundle is: single precision does no better.
    """
    count = len(task.table)
    places = np.unique(np.linspace(0, count - 1, min(TIMED_ROWS, count)).round().astype(np.int64))
    table = task.table.take(places)
    expected = finished.model.predict(table)
    differences = np.abs(finished.session.answers(table) - expected)
    if task.task is TaskKind.REGRESSION:
        differences = differences / np.maximum(float(np.std(task.target)), np.abs(expected))
    return float(differences.max())


def importance(
    task: TableTask,
    finished: Finished,
    rows: CheckedRows,
    table: Table,
    *,
    seconds: float,
    go_on: Callable[[], bool],
) -> tuple[ImportanceBar, ...]:
    """How much worse the steering score gets when a column is shuffled, for the columns the model looks at.

    So many rows are shuffled that one round over all columns fits into `seconds`.
    """
    columns = [name for name in task.inputs if name in finished.session.columns]
    affordable = seconds / (seconds_per_row(finished.session, table) * (len(columns) + 1))
    most_rows = int(min(max(affordable, FEWEST_SHUFFLED_ROWS), MOST_ROWS))

    def loss(shuffled: Table, positions: NDArray[np.int64]) -> float:
        return score(task.guide, rows.target[positions], finished.session.answers(shuffled))

    return permutation_importance(table, columns, loss, most_rows=most_rows, seed=task.seed, go_on=go_on)


def seconds_per_row(session: ModelSession, table: Table) -> float:
    """How long one of many rows takes, warm."""
    rows = table.take(np.arange(min(TIMED_ROWS, len(table)), dtype=np.int64))
    session.answers(rows)
    start = time.perf_counter()
    session.answers(rows)
    return max(time.perf_counter() - start, 1e-6) / max(len(rows), 1)


def evaluation(
    task: TableTask, finished: Finished, rows: CheckedRows, answers: Answers, bars: tuple[ImportanceBar, ...]
) -> ModelEvaluation:
    """The numbers behind the charts; for numbers also how wide their likely range is."""
    found = evaluate_model(finished.summary.model_id, rows, answers, finished.summary.alarm_line, bars)
    if task.task is not TaskKind.REGRESSION:
        return found
    return msgspec.structs.replace(found, interval_halfwidths=conformal_halfwidths(task, finished.oof))


def conformal_halfwidths(task: TableTask, oof: Answers) -> tuple[float, float]:
    """Half-widths of ranges that hold 80 % and 95 % of true numbers, from out-of-fold errors (Papadopoulos et al. 2002)."""
    errors = np.sort(np.abs(task.checked_target - oof))
    count = len(errors)
    places = [min(count, int(np.ceil((count + 1) * level))) - 1 for level in CONFORMAL_LEVELS]
    return float(errors[places[0]]), float(errors[places[1]])
