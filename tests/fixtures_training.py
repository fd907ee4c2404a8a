"""Projects in which models were trained within seconds, made once a session: name the fixture to get one.

Only a session that needs one pays for loading what trains it.
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

from automl.domain.events import Event
from automl.domain.images import ImageRecord
from automl.domain.result import Leaderboard
from automl.domain.schema import Schema
from automl.domain.task import Goal

Rows = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class TrainedProject:
    """A closed project folder with one finished training run, and what it was made of."""

    folder: Path
    run_id: str
    goal: Goal
    schema: Schema
    rows: Rows
    leaderboard: Leaderboard
    events: tuple[Event, ...]

    def write_csv(self, path: Path, count: int = 20) -> Path:
        """Write the first rows of the table without the target as a CSV file."""
        names = [name for name in self.rows if name != self.goal.target]
        return write_rows(path, {name: self.rows[name][:count] for name in names})


def write_rows(path: Path, rows: Rows) -> Path:
    """Write a table as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(rows)
        writer.writerows(zip(*rows.values(), strict=True))
    return path


@dataclass(frozen=True)
class TrainedImages:
    """A closed project folder of drawn images with one finished training run."""

    folder: Path
    run_id: str
    goal: Goal
    images: tuple[ImageRecord, ...]
    leaderboard: Leaderboard
    events: tuple[Event, ...]


def _made(kind: str, tmp_path_factory: pytest.TempPathFactory) -> TrainedProject:
    makers = import_module("tests.training_projects")
    project: TrainedProject = getattr(makers, f"{kind}_project")(tmp_path_factory.mktemp(kind) / "project")
    return project


@pytest.fixture(scope="session")
def trained_binary(tmp_path_factory: pytest.TempPathFactory) -> TrainedProject:
    """A yes/no project: DEFECT of moulded parts, with a holdout."""
    return _made("binary", tmp_path_factory)


@pytest.fixture(scope="session")
def trained_regression(tmp_path_factory: pytest.TempPathFactory) -> TrainedProject:
    """A number project: THICKNESS of a coating, with a holdout."""
    return _made("regression", tmp_path_factory)


@pytest.fixture(scope="session")
def trained_multiclass(tmp_path_factory: pytest.TempPathFactory) -> TrainedProject:
    """A project of several classes: FAULT of pumps, without a holdout."""
    return _made("multiclass", tmp_path_factory)


@pytest.fixture(scope="session")
def trained_images(tmp_path_factory: pytest.TempPathFactory) -> TrainedImages:
    """A project of drawn parts: good, scratch, pit or stain, two shots each, good ones named; no holdout."""
    makers = import_module("tests.training_projects")
    project: TrainedImages = makers.images_project(tmp_path_factory.mktemp("images") / "project")
    return project
