"""What a bundle judges by: the learning rows as they were, and what a model itself says of some rows (golden answers)."""

import numpy as np

from automl.bundle.learned import LearnedTable, learn_columns
from automl.bundle.probes import GoldenRows, choose_probes, golden_rows
from automl.domain.task import TaskKind
from automl.search.learning_task import TableTask
from automl.training.final_model import FinalModel


def learned_rows(task: TableTask) -> LearnedTable:
    """The ranges and categories of the learning rows, by which a bundle judges new rows."""
    return learn_columns(task.table.select(task.inputs).take(task.plan.learn))


def golden_answers(task: TableTask, model: FinalModel) -> GoldenRows:
    """Answers to up to a thousand rows of the whole table, the holdout included, and to rows at the edges."""
    probes = choose_probes(task.table.select(task.inputs), task.schema, task.seed)
    spread = float(np.std(task.target)) if task.task is TaskKind.REGRESSION else 1.0
    return golden_rows(probes, model.predict(probes), spread)
