"""Everything a bundle is made from, gathered in one record."""

from dataclasses import dataclass

from automl.bundle.learned import LearnedTable
from automl.bundle.learned_images import LearnedImages
from automl.bundle.probes import GoldenRows
from automl.bundle.proof_images import ProofImage
from automl.data.table import Table
from automl.domain.dataset import DatasetVersion
from automl.domain.image_result import ImageEvaluation, WeightsUsed
from automl.domain.project import ProjectInfo
from automl.domain.recipe import RecipeStep
from automl.domain.result import Leaderboard, ModelEvaluation, ModelSummary
from automl.domain.schema import Schema
from automl.runtime.image_manifest import NumbersFacts


@dataclass(frozen=True, kw_only=True)
class BundleSource:
    """One trained model with all that is known of every model."""

    project: ProjectInfo
    version: DatasetVersion
    leaderboard: Leaderboard
    summary: ModelSummary
    evaluation: ModelEvaluation
    onnx: bytes
    model_name: str
    created: str


@dataclass(frozen=True, kw_only=True)
class TableSource(BundleSource):
    """A model of tables. `raw_texts` holds the golden rows of the file as they stand there."""

    steps: tuple[RecipeStep, ...]
    schema: Schema
    learned: LearnedTable
    golden: GoldenRows
    raw_texts: Table


@dataclass(frozen=True, kw_only=True)
class ImagesSource(BundleSource):
    """A model of images. `golden` are the images with known answers that travel in the bundle.

    `numbers` says what the graph calculates with, `milliseconds` how long it takes for one image here, one thread.
    """

    images: ImageEvaluation
    learned: LearnedImages
    golden: tuple[ProofImage, ...]
    weights: tuple[WeightsUsed, ...]
    numbers: NumbersFacts
    milliseconds: float
