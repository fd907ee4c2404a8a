"""Golden answers: what a model itself says about some rows, which everything exported from it must repeat."""

import numpy as np

from automl.bundle.probes import GoldenRows, choose_probes, golden_rows
from automl.domain.task import TaskKind
from automl.search.learning_task import TableTask
from automl.training.final_model import FinalModel


def golden_answers(task: TableTask, model: FinalModel) -> GoldenRows:
    """Answers to up to a thousand rows of the whole table, the holdout included, and to rows at the edges."""
    probes = choose_probes(task.table.select(task.inputs), task.schema, task.seed)
    spread = float(np.std(task.target)) if task.task is TaskKind.REGRESSION else 1.0
    return golden_rows(probes, model.predict(probes), spread)
