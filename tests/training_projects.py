"""Makes projects from rows in memory and trains in them within seconds."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from automl.data.connection import no_progress
from automl.data.snapshot import csv_relation, text_columns, write_snapshot
from automl.data.typed_sql import snapshot_column
from automl.domain.dataset import DatasetVersion, ReadOptions, Source
from automl.domain.event_stream import EventDecoder
from automl.domain.events import Event
from automl.domain.images import CLASS_COLUMN
from automl.domain.job import TrainJob
from automl.domain.schema import Column, ColumnType, Role, Schema
from automl.domain.task import Family, Goal, ImageGoal
from automl.drawing.parts import draw_parts
from automl.jobs import train
from automl.jobs.context import Controls, EventSink, JobContext
from automl.storage.project import Access, Project
from automl.storage.run_folder import RunFolder
from tests.fixtures_training import Rows, TrainedImages, TrainedProject, write_rows
from tests.image_projects import FOUR_CLASSES, image_project

QUICK_FAMILIES = (Family.LINEAR, Family.FOREST, Family.BOOSTED)


def number_texts(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> list[str]:
    """Numbers as texts, empty where missing."""
    return ["" if np.isnan(value) else f"{value:.5g}" for value in values]


def make_project(folder: Path, rows: Rows, types: Mapping[str, ColumnType], target: str) -> Schema:
    """Make a project with one dataset version of these rows; columns are numbers unless `types` says otherwise."""
    schema = Schema(
        tuple(
            Column(
                name,
                types.get(name, ColumnType.NUMBER),
                Role.TARGET if name == target else Role.INPUT,
                time_format="%Y-%m-%d %H:%M:%S" if types.get(name) is ColumnType.TIME else "",
            )
            for name in rows
        )
    )
    with Project.create(folder, "Test") as project, project.scratch() as scratch:
        source = write_rows(scratch / "rows.csv", rows)
        snapshot = scratch / "snapshot.parquet"
        names = text_columns(len(rows))
        write_snapshot(
            csv_relation(source, names, ",", 1),
            snapshot,
            no_progress,
            source=source,
            row_number="row_number() OVER ()",
            cells=[snapshot_column(place) for place in range(len(rows))],
        )
        sha256 = project.objects.put_file(snapshot)
        version = DatasetVersion(
            number=1,
            source=Source("rows.csv", source.stat().st_size, sha256, ReadOptions()),
            snapshot=sha256,
            pages="",
            fingerprint=sha256,
            row_count=len(next(iter(rows.values()))),
            schema=schema,
            proposed_steps=(),
            created="2026-01-01T00:00:00Z",
        )
        project.datasets.add(version)
    return schema


def train_in(
    folder: Path,
    goal: Goal,
    *,
    run_id: str = "run-1",
    resumes: str = "",
    most_trials: int | None = None,
    controls: Controls | None = None,
    hear: Callable[[bytes, Controls], None] = lambda _line, _controls: None,
    timed: bool = True,
) -> tuple[Event, ...]:
    """Carry out one training job in this process and return its events. Untimed runs are the same every time.

    `hear` sees every event as it is written and may speak to the run through its controls.
    """
    controls = controls or Controls()
    job = TrainJob(job_id=run_id, project=str(folder), version=1, steps=(), goal=goal, resumes=resumes)
    with Project.open(folder, Access.WRITE) as project:
        project.runs.add(job)
        run_folder = project.run_folder(run_id)
        run_folder.mkdir(parents=True)
        RunFolder(run_folder).write_job(job)
        written: list[bytes] = []

        def write(line: bytes) -> None:
            written.append(line)
            hear(line, controls)

        context = JobContext(
            sink=EventSink(run_id, write, "train"),
            controls=controls,
            run_folder=run_folder,
            project=project,
            budget_seconds=goal.budget_seconds if timed else None,
        )
        if most_trials is None:
            train.run(job, context)
        else:
            train.run(job, context, most_trials)
    return tuple(EventDecoder().feed(b"".join(written)))


def trained(folder: Path, rows: Rows, types: Mapping[str, ColumnType], goal: Goal) -> TrainedProject:
    """Make a project of these rows and train in it."""
    schema = make_project(folder, rows, types, goal.target)
    events = train_in(folder, goal)
    leaderboard = RunFolder(folder / "runs" / "run-1").leaderboard()
    assert leaderboard is not None
    return TrainedProject(folder, "run-1", goal, schema, rows, leaderboard, events)


def moulding_rows(count: int = 400, seed: int = 3) -> dict[str, list[str]]:
    """Injection moulding: temperatures, pressure, machine, some missing humidity, and about a fifth defects."""
    random = np.random.default_rng(seed)
    melt, pressure = random.normal(230, 6, count), random.normal(118, 9, count)
    humidity = random.uniform(30, 70, count)
    humidity[random.random(count) < 0.1] = np.nan
    machine = random.choice(["IMM-01", "IMM-02", "IMM-09"], count)
    strain = (melt - 230) / 6 - (pressure - 118) / 9 + 1.5 * (machine == "IMM-09") + np.nan_to_num(humidity - 50) / 30
    defect = strain + random.normal(0, 0.6, count) > 1.6
    return {
        "MELT_TEMP": number_texts(melt),
        "PRESSURE": number_texts(pressure),
        "HUMIDITY": number_texts(humidity),
        "MACHINE": machine.tolist(),
        "STATION": ["A"] * count,
        "DEFECT": np.where(defect, "yes", "no").tolist(),
    }


def coating_rows(count: int = 300, seed: int = 5) -> dict[str, list[str]]:
    """Coating: thickness in micrometres from speed, viscosity and line."""
    random = np.random.default_rng(seed)
    speed, viscosity = random.uniform(5, 20, count), random.normal(32, 4, count)
    line = random.choice(["A", "B"], count)
    thickness = 900 / speed + 0.8 * viscosity + 6 * (line == "B") + random.normal(0, 1.5, count)
    return {
        "SPEED": number_texts(speed),
        "VISCOSITY": number_texts(viscosity),
        "LINE": line.tolist(),
        "THICKNESS": number_texts(thickness),
    }


def fault_rows(count: int = 400, seed: int = 7) -> dict[str, list[str]]:
    """Faults of a pump in four kinds, one of them rare."""
    random = np.random.default_rng(seed)
    vibration, heat = random.gamma(2, 1.5, count), random.normal(60, 8, count)
    noise = random.normal(0, 0.4, count)
    kind = np.full(count, "none", dtype=object)
    kind[vibration + noise > 3.6] = "bearing"
    kind[heat + 8 * noise > 70] = "cooling"
    kind[(vibration + noise > 5) & (heat > 65)] = "seal"
    return {"VIBRATION": number_texts(vibration), "HEAT": number_texts(heat), "FAULT": kind.tolist()}


def binary_project(folder: Path) -> TrainedProject:
    """DEFECT of moulded parts, yes or no, with a holdout."""
    goal = Goal(target="DEFECT", positive="yes", budget_seconds=5.0, families=QUICK_FAMILIES)
    types = {"MACHINE": ColumnType.TEXT, "STATION": ColumnType.TEXT, "DEFECT": ColumnType.YES_NO}
    return trained(folder, moulding_rows(), types, goal)


def regression_project(folder: Path) -> TrainedProject:
    """THICKNESS of a coating, with a holdout."""
    goal = Goal(target="THICKNESS", budget_seconds=4.0, families=QUICK_FAMILIES)
    return trained(folder, coating_rows(), {"LINE": ColumnType.TEXT}, goal)


def multiclass_project(folder: Path) -> TrainedProject:
    """FAULT of pumps in four kinds, without a holdout."""
    goal = Goal(target="FAULT", budget_seconds=4.0, holdout=None, families=QUICK_FAMILIES)
    return trained(folder, fault_rows(), {"FAULT": ColumnType.TEXT}, goal)


def images_project(folder: Path) -> TrainedImages:
    """Drawn parts of four classes, two shots of each part."""
    images = image_project(folder, draw_parts(64, FOUR_CLASSES, shots=2))
    goal = Goal(
        target=CLASS_COLUMN, holdout=None, families=(Family.CLASSICAL,), image=ImageGoal(good=("good",)), seed=1
    )
    events = train_in(folder, goal, most_trials=2, timed=False)
    leaderboard = RunFolder(folder / "runs" / "run-1").leaderboard()
    assert leaderboard is not None
    return TrainedImages(folder, "run-1", goal, images, leaderboard, events)
