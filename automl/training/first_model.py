"""The first model: small, saved within seconds, so that there is something to predict with whatever happens next."""

import time

import numpy as np

from automl.domain.events import ModelFitted
from automl.domain.result import Interval, ModelSummary
from automl.domain.task import Family, TaskKind
from automl.evaluation.metrics import score
from automl.evaluation.thresholds import best_alarm_line
from automl.models.base import Answers, Care
from automl.models.registry import family_of
from automl.models.target_scale import fit_model
from automl.search.encoding import encoding_of, model_parameters
from automl.search.fold_rows import FoldRows
from automl.search.learning_task import TableTask
from automl.search.portfolio import quick_recipe
from automl.training.final_model import FinalModel, Member
from automl.training.host import Host
from automl.training.run_record import RunRecord

FIRST_MODEL_ID = "first"


def keep_first_model(task: TableTask, rows: FoldRows, record: RunRecord, host: Host, threads: int) -> None:
    """Fit quick boosted trees on the first fold, score them on its checking rows, store them."""
    host.check_stop()
    start = time.monotonic()
    recipe = quick_recipe()
    family = family_of(recipe.family)
    fold = rows.fold(encoding_of(recipe, task), 0)
    care = Care(seed=task.seed, threads=threads, check_stop=host.check_stop)
    fitted = fit_model(family, fold.learn, model_parameters(recipe), care, fold.check)
    model = FinalModel((Member(fold.encoder, fitted),), task.task, max(1, len(task.classes)))
    answers = fitted.predict(fold.check.features)
    onnx = model.to_onnx()
    summary = _summary(task, answers, time.monotonic() - start, len(onnx))
    record.keep_model(summary, onnx, model.encoders)
    host.emit(ModelFitted(summary=summary))


def _summary(task: TableTask, answers: Answers, seconds: float, size: int) -> ModelSummary:
    recipe = quick_recipe()
    truth = task.target[task.plan.folds[0].check]
    scoring = task.guide
    line = None
    if task.task is TaskKind.BINARY:
        line = best_alarm_line(truth.astype(np.int64), answers[:, 1], task.scoring.cost)
    value = score(scoring, truth, answers)
    return ModelSummary(
        model_id=FIRST_MODEL_ID,
        family=Family.BOOSTED,
        number=0,
        words=family_of(recipe.family).words(recipe.parameters),
        metric=scoring.metric,
        checking=Interval(value, value, value),
        holdout=None,
        metrics={},
        seconds=seconds,
        milliseconds_per_row=0.0,
        size_bytes=size,
        simplicity=family_of(recipe.family).simplicity,
        alarm_line=line,
    )
