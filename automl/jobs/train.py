"""Train: search models for a goal and deliver the best with honest scores."""

from collections.abc import Sequence
from dataclasses import replace

from automl.data.recipe_rows import kept_rows
from automl.data.table import Table
from automl.data.typed_table import load_table
from automl.domain.dataset import DataKind, DatasetVersion
from automl.domain.events import JobStarted, Phase
from automl.domain.job import TrainJob
from automl.domain.recipe import apply_to_schema
from automl.domain.result import LeftOut
from automl.domain.schema import Role, Schema
from automl.domain.task import TaskKind
from automl.jobs.context import JobContext
from automl.jobs.train_images import train_on_images
from automl.training.devices import Compute, find_compute
from automl.training.image.trainer import IMAGE_PHASES
from automl.training.problem import Problem, find_task, state_problem, target_as_text, used_schema
from automl.training.run_record import KeptTrial, RunRecord
from automl.training.search_loop import MOST_TRIALS
from automl.training.trainer import PHASES, Trainer


def run(job: TrainJob, context: JobContext, most_trials: int = MOST_TRIALS) -> None:
    """Carry out a training job. Raises Refusal when there is nothing to learn from the data."""
    of_images = context.project.datasets.version(job.version).kind is DataKind.IMAGES
    compute = find_compute(job.goal)
    context.emit(
        JobStarted(
            kind="train",
            phases=IMAGE_PHASES if of_images else PHASES,
            device=compute.name,
            device_reason=compute.reason,
            budget_seconds=job.goal.budget_seconds,
        )
    )
    context.progress(Phase.PREPARE, 0, fraction=0.0)
    record = RunRecord(context.project, job.job_id, context.run_folder)
    kept = _kept_trials(job, context, record)
    if of_images:
        train_on_images(job, context, compute=compute, record=record, kept=kept, most_trials=most_trials)
    else:
        _train_on_table(job, context, compute=compute, record=record, kept=kept, most_trials=most_trials)


def _train_on_table(
    job: TrainJob,
    context: JobContext,
    *,
    compute: Compute,
    record: RunRecord,
    kept: Sequence[KeptTrial],
    most_trials: int,
) -> None:
    problem = _problem(job, context)
    trainer = Trainer(
        task=problem.task,
        goal=job.goal,
        record=record,
        host=context,
        compute=compute,
        left_out=problem.left_out,
        most_trials=most_trials,
    )
    trainer.run(kept)


def _problem(job: TrainJob, context: JobContext) -> Problem:
    version = context.project.datasets.version(job.version)
    schema = used_schema(apply_to_schema(version.schema, job.steps), job.goal)
    table = _table(version, job, context, schema)
    context.check_stop()
    target = _target(version, job, context, schema)
    task = find_task(target, schema, job.goal)
    if task is not TaskKind.REGRESSION:
        schema = target_as_text(schema, job.goal)
        target = _target(version, job, context, schema)
    context.check_stop()
    problem = state_problem(table, target, schema, job.goal, task)
    repeated = version.row_count - len(table)
    if repeated:
        left_out = LeftOut("left_out.repeated_rows", {"rows": repeated})
        return replace(problem, left_out=(left_out, *problem.left_out))
    return problem


def _table(version: DatasetVersion, job: TrainJob, context: JobContext, schema: Schema) -> Table:
    snapshot = context.project.objects.path(version.snapshot)
    columns = [column.name for column in schema.columns if column.role not in (Role.IGNORE, Role.TARGET)]
    return load_table(snapshot, schema, columns, kept_rows(snapshot, schema, job.steps))


def _target(version: DatasetVersion, job: TrainJob, context: JobContext, schema: Schema) -> Table:
    snapshot = context.project.objects.path(version.snapshot)
    return load_table(snapshot, schema, (job.goal.target,), kept_rows(snapshot, schema, job.steps))


def _kept_trials(job: TrainJob, context: JobContext, record: RunRecord) -> tuple[KeptTrial, ...]:
    """Finished trials of the run this one goes on with, if it had the same goal on the same data."""
    if not job.resumes:
        return ()
    earlier = context.project.runs.job(job.resumes)
    alike = (
        isinstance(earlier, TrainJob)
        and (earlier.version, earlier.steps, earlier.labels) == (job.version, job.steps, job.labels)
        and _same_rows(earlier, job)
    )
    return record.kept_trials(job.resumes) if alike else ()


def _same_rows(earlier: TrainJob, job: TrainJob) -> bool:
    """Whether both goals divide the same rows in the same way and want the same answer."""
    parts = ("target", "task", "split", "positive", "holdout", "seed")
    return all(getattr(earlier.goal, part) == getattr(job.goal, part) for part in parts)
