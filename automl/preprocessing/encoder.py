"""From a table to the float32 features a model learns from, and the same recipe as ONNX."""

from enum import StrEnum

import msgspec
import numpy as np
import numpy.typing as npt

from automl.data.table import Table
from automl.domain.result import LeftOut
from automl.graph.builder import GraphBuilder
from automl.graph.types import FLOAT
from automl.preprocessing.arithmetic import Arithmetic
from automl.preprocessing.calendar_parts import CalendarParts
from automl.preprocessing.codes import Codes
from automl.preprocessing.hinges import Hinges
from automl.preprocessing.level_values import LevelValues
from automl.preprocessing.missing_flags import MissingFlags
from automl.preprocessing.numbers import Numbers
from automl.preprocessing.one_hot import OneHot
from automl.preprocessing.scaled import ScaledNumbers
from automl.preprocessing.transformation import Transformation, emit_columns

Step = Numbers | ScaledNumbers | Hinges | MissingFlags | CalendarParts | Codes | OneHot | LevelValues | Arithmetic

Features = npt.NDArray[np.float32]


class Style(StrEnum):
    """What kind of model the features are for.

    TREE keeps missing numbers and codes categories; LINEAR fills, standardises and spreads categories over 0/1 features;
    NETWORK does the same on a robust scale that bends outliers.
    """

    TREE = "tree"
    LINEAR = "linear"
    NETWORK = "network"


class Encoder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Fitted steps, side by side. `left_out` tells which columns or parts were not used, and why."""

    style: Style
    steps: tuple[Step, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def feature_names(self) -> tuple[str, ...]:
        """Readable names, one a feature."""
        return tuple(name for step in self.steps for name in step.names)

    @property
    def feature_columns(self) -> tuple[str, ...]:
        """For every feature the input column it stems from."""
        return tuple(column for step in self.steps for column in step.sources)

    @property
    def categorical_features(self) -> tuple[int, ...]:
        """Positions of the features that hold category codes, for models that split categories by themselves."""
        kinds = [isinstance(step, Codes) for step in self.steps for _ in step.names]
        return tuple(position for position, is_code in enumerate(kinds) if is_code)

    @property
    def input_columns(self) -> tuple[str, ...]:
        """The columns a row must have, in the order of the graph's inputs."""
        return tuple(dict.fromkeys(column for step in self.steps for column in _inputs(step)))

    def transform(self, table: Table) -> Features:
        """Return the features, float32[n, features]. Works on any rows: unseen texts and missing cells have their place."""
        features = np.empty((len(table), len(self.feature_names)), np.float32)
        position = 0
        with np.errstate(all="ignore"):
            for step in self.steps:
                for values in step.features(table):
                    features[:, position] = values
                    position += 1
        return features

    def emit(self, graph: GraphBuilder) -> str:
        """Write the recipe and return its float32 [N, features] tensor; equal encoders are written once."""
        features = emit_columns(graph, [step.emit(graph) for step in self.steps])
        return graph.node("Cast", [features], to=FLOAT)

    def to_json(self) -> bytes:
        """Return the encoder as JSON."""
        return msgspec.json.encode(self)

    @classmethod
    def from_json(cls, text: bytes) -> "Encoder":
        """Read what `to_json` wrote; msgspec.ValidationError for anything else."""
        return msgspec.json.decode(text, type=cls)


def _inputs(step: Transformation) -> tuple[str, ...]:
    if isinstance(step, Arithmetic):
        return tuple(column for term in step.terms for column in (term.first, term.second))
    return step.sources
