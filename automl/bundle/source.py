"""Everything a bundle is made from, gathered in one record."""

from dataclasses import dataclass

from automl.bundle.learned import LearnedTable
from automl.bundle.probes import GoldenRows
from automl.data.table import Table
from automl.domain.dataset import DatasetVersion
from automl.domain.project import ProjectInfo
from automl.domain.recipe import RecipeStep
from automl.domain.result import Leaderboard, ModelEvaluation, ModelSummary
from automl.domain.schema import Schema


@dataclass(frozen=True, kw_only=True)
class BundleSource:
    """One trained model with all that is known of it. `raw_texts` holds the golden rows of the file as they stand there."""

    project: ProjectInfo
    version: DatasetVersion
    steps: tuple[RecipeStep, ...]
    schema: Schema
    leaderboard: Leaderboard
    summary: ModelSummary
    evaluation: ModelEvaluation
    learned: LearnedTable
    golden: GoldenRows
    raw_texts: Table
    onnx: bytes
    model_name: str
    created: str
