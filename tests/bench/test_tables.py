"""Losses on held-back rows of real tables, beside those of other tools on the same rows.

Run with ``BENCH_TABLES=folder pytest -m bench -s tests/bench/test_tables.py``; BENCH_SECONDS is the budget a table (60).
The figures of others were measured on two cores with 60 s a table: the best of LightGBM and scikit-learn defaults, FLAML,
mljar-supervised (Compete) and AutoGluon (medium, good).
"""

import os
import time
from pathlib import Path

import numpy as np
import pytest

from automl.data.typed_table import load_table
from automl.domain.dataset import Dataset
from automl.domain.event_stream import EventDecoder
from automl.domain.goal_proposal import propose_goal
from automl.domain.job import ImportJob, TrainJob
from automl.domain.run_state import fold
from automl.domain.task import Goal, Metric, TaskKind
from automl.evaluation.metrics import Scoring, score
from automl.jobs import import_data, train
from automl.jobs.context import Controls, EventSink, JobContext
from automl.storage.project import Project
from automl.storage.run_folder import RunFolder
from automl.training.model_session import ModelSession
from automl.training.problem import target_as_text, used_schema
from tests.bench.table_folder import BenchTable, bench_tables

SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
BEST_OF_OTHERS = {
    "ai4i2020": 0.04933,
    "adult": 0.2776,
    "credit_default": 0.4274,
    "german_credit": 0.4571,
    "oil_spill": 0.1499,
    "steel_plates": 0.5328,
    "steel_load_type": 0.5788,
    "concrete": 4.007,
    "naval": 0.0006548,
    "bike_hour": 67.51,
    "airfoil": 1.314,
}


def context(project: Project, run_id: str, written: list[bytes], budget: float | None = None) -> JobContext:
    """A job of its own in this process."""
    folder = project.run_folder(run_id)
    folder.mkdir(parents=True)
    return JobContext(
        sink=EventSink(run_id, written.append, "train"),
        controls=Controls(),
        run_folder=folder,
        project=project,
        budget_seconds=budget,
    )


def judged(project: Project, table: BenchTable, goal: Goal, run_id: str) -> dict[str, float]:
    """Test losses of all models by their exported graphs."""
    first, second = project.datasets.dataset(1), project.datasets.dataset(2)
    schema = used_schema(first.schema(), goal)
    leaderboard = RunFolder(project.run_folder(run_id)).leaderboard()
    assert leaderboard is not None
    if leaderboard.task is not TaskKind.REGRESSION:
        schema = target_as_text(schema, goal)
    snapshot = project.objects.path(second.version.snapshot)
    rows = load_table(snapshot, schema)
    if leaderboard.task is TaskKind.REGRESSION:
        truth, scoring = rows.numbers[table.target], Scoring(Metric.RMSE)
    else:
        codes = {name: code for code, name in enumerate(leaderboard.classes)}
        truth = np.array([codes[text] for text in rows.texts[table.target].tolist()])
        scoring = Scoring(Metric.LOG_LOSS)
    losses = {}
    for model in leaderboard.models:
        record = project.runs.model(run_id, model.model_id)
        session = ModelSession(project.objects.read_bytes(record.onnx), 2)
        losses[model.model_id] = score(scoring, truth, session.answers(rows))
    return losses


def goal_for(dataset: Dataset, project: Project, table: BenchTable) -> Goal:
    """What Lathe proposes, without a holdout: the test rows are the holdout here."""
    profile = project.datasets.newest_profile(1)
    assert profile is not None
    proposed = propose_goal(dataset, profile)
    return Goal(
        target=proposed.target,
        task=proposed.task,
        split=proposed.split,
        positive=proposed.positive,
        budget_seconds=SECONDS,
        holdout=None,
    )


@pytest.mark.bench
@pytest.mark.timeout(3600)
def test_losses_on_held_back_rows(tmp_path: Path) -> None:
    for table in bench_tables(tmp_path):
        print(measure(table, tmp_path), flush=True)


def measure(table: BenchTable, folder: Path) -> str:
    """Train on one table and say how it went in one line."""
    with Project.create(folder / table.name, table.name) as project:
        for number, path in enumerate((table.train, table.test), 1):
            job = ImportJob(job_id=f"import-{number}", project="", path=str(path), target=table.target)
            import_data.run(job, context(project, job.job_id, []))
        dataset = project.datasets.dataset(1)
        goal = goal_for(dataset, project, table)
        written: list[bytes] = []
        start = time.monotonic()
        order = TrainJob(job_id="train", project="", version=1, steps=dataset.steps, goal=goal)
        project.runs.add(order)
        train.run(order, context(project, "train", written, SECONDS))
        seconds = time.monotonic() - start
        losses = judged(project, table, goal, "train")
        state = fold(EventDecoder().feed(b"".join(written)))
        leaderboard = RunFolder(project.run_folder("train")).leaderboard()
    assert leaderboard is not None
    chosen = next(model for model in leaderboard.models if model.model_id == leaderboard.chosen)
    loss, best = losses[leaderboard.chosen], BEST_OF_OTHERS.get(table.name, float("nan"))
    stated = chosen.checking.value
    regret = (loss - best) / (table.prior_loss - best)
    others = ", ".join(f"{name} {value:.4g}" for name, value in losses.items() if name != leaderboard.chosen)
    return (
        f"{table.name}: loss {loss:.5g} (prior {table.prior_loss:.4g}, best other {best:.4g}, regret {regret:+.3f}), "
        f"stated {stated:.5g} (test/stated {loss / stated:.2f}), {len(state.trials)} trials "
        f"({len(state.complete_trials)} complete), {seconds:.1f} s, {chosen.model_id} {dict(chosen.members)} "
        f"{chosen.size_bytes / 1e6:.2f} MB {chosen.milliseconds_per_row:.2f} ms; {others}; split {leaderboard.split.kind}"
    )
