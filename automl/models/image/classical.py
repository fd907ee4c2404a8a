"""Heads on descriptions of whole images: no weights from elsewhere, seconds of learning, and hard to beat on surfaces."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from automl.domain.issues import Parameter
from automl.domain.result import InWords
from automl.domain.task import Family, TaskKind
from automl.graph.builder import GraphBuilder
from automl.graph.image.places import GRID
from automl.models.base import Answers, Care, Features, Parameters, Shape
from automl.models.image.base import EmittedImageModel, Maps, TrainingView
from automl.models.image.classical_heads import USUAL_RESTRAINT, HeadKind, fit_head
from automl.models.image.descriptors import WAVE_RESOLUTIONS, Descriptor, DescriptorSettings, feature_graph
from automl.models.image.feature_session import FEATURES, HEATMAP
from automl.models.image.folding import ANY, MIRROR, UPRIGHT, Folding, folding
from automl.models.image.heads import Head
from automl.models.image.reasons import Reasons, find_reasons
from automl.models.space import Choice, Dimension, Real
from automl.models.words import Switch, Wording, compare, describe

FEWEST_IMAGES = 4
WAVES = "waves+colour"
PATTERNS = "patterns+colour"
BOTH = "waves+patterns+colour"
ALL = "waves+patterns+colour+brightness"
WORDINGS = (
    Wording("restraint", "light_smoothing", 0.12, "strong_smoothing", 0.8, "less_smoothing", "more_smoothing", 1.5),
)
SWITCHES = (
    Switch("head", HeadKind.KERNEL, "kernel"),
    Switch("head", HeadKind.LOGISTIC, "logistic"),
    Switch("head", HeadKind.TREES, "trees"),
    Switch("head", HeadKind.DISCRIMINANT, "discriminant"),
    Switch("descriptors", BOTH, "patterns_too"),
    Switch("descriptors", PATTERNS, "patterns_only"),
    Switch("descriptors", ALL, "brightness_too"),
    Switch("orientations", ANY, "any_orientation"),
    Switch("orientations", UPRIGHT, "upright"),
    Switch("resolution", WAVE_RESOLUTIONS[1], "fine_view"),
)


@dataclass(frozen=True, eq=False)
class ClassicalModel:
    """A head that has learned, the folded features of the graphs it stands on, and where it finds its reasons."""

    graphs: tuple[bytes, ...]
    folding: Folding
    head: Head
    reasons: Reasons

    def logits(self, view: TrainingView) -> Answers:
        """Belief in every class, [n, K]."""
        return self.head.logits(self.folding.apply(_described(view, self.graphs)))

    def heatmap(self, view: TrainingView) -> Maps:
        """Where what goes together with the belief that a part is flawed lies (or with the answer, without good classes)."""
        return view.heatmaps(self._heat_graph)

    def emit(self, graph: GraphBuilder, pixels: str) -> EmittedImageModel:
        """Add descriptions, head and reasons."""
        logits = self._emit_logits(graph, pixels)
        return EmittedImageModel(logits, self.reasons.emit(graph, pixels, logits))

    @cached_property
    def _heat_graph(self) -> bytes:
        """The graph from pixels to the heatmap alone."""
        graph = GraphBuilder()
        pixels = graph.input_pixels()
        heat = self.reasons.emit(graph, pixels, self._emit_logits(graph, pixels))
        return graph.build({HEATMAP: (heat, ("N", GRID, GRID))})

    def _emit_logits(self, graph: GraphBuilder, pixels: str) -> str:
        parts = [graph.merge(part, {"pixels": pixels})[FEATURES] for part in self.graphs]
        features = parts[0] if len(parts) == 1 else graph.node("Concat", parts, axis=1)
        return self.head.emit(graph, self.folding.emit(graph, features))


class Classical:
    """The first thing to try on images, and the model to beat."""

    family = Family.CLASSICAL
    simplicity = 3

    def suits(self, shape: Shape) -> bool:
        """From a handful of images on."""
        return shape.task is not TaskKind.ANOMALY and shape.rows >= FEWEST_IMAGES

    def published(self, shape: Shape) -> tuple[Parameters, ...]:
        """As measured on tiles and steel; the first describes fewest numbers."""
        del shape
        return (
            _recipe(WAVES, HeadKind.DISCRIMINANT),
            _recipe(BOTH, HeadKind.DISCRIMINANT),
            _recipe(BOTH, HeadKind.KERNEL, restraint=0.5),
            _recipe(WAVES, HeadKind.DISCRIMINANT, resolution=WAVE_RESOLUTIONS[1], balanced=True),
            _recipe(ALL, HeadKind.LOGISTIC, restraint=0.5),
            _recipe(ALL, HeadKind.TREES, restraint=0.5),
        )

    def space(self, shape: Shape) -> tuple[Dimension, ...]:
        """What is described, how finely, and which head learns with how much restraint."""
        del shape
        return (
            Choice("descriptors", (BOTH, WAVES, ALL, PATTERNS)),
            Choice("resolution", WAVE_RESOLUTIONS),
            Choice("head", tuple(HeadKind)),
            Real("restraint", 0.0, 1.0, usual=USUAL_RESTRAINT),
            Choice("orientations", (MIRROR, UPRIGHT, ANY)),
            Choice("balanced", (False, True)),
            Real("reach", 0.5, 10.0, usual=1.0, logarithmic=True),
        )

    def feature_graphs(self, parameters: Parameters) -> tuple[bytes, ...]:
        """One graph a description, so that each is computed once whatever stands beside it; waves say where in any case."""
        return tuple(dict.fromkeys((*_graphs(parameters), feature_graph(_waves(parameters)))))

    def fit(self, view: TrainingView, parameters: Parameters, care: Care) -> ClassicalModel:
        """Describe the images, fold what mirroring must not change, fit the head, ask it for its reasons."""
        graphs, orientations = _graphs(parameters), _orientations(parameters)
        fold = folding(_settings(parameters), orientations)
        features = fold.apply(_described(view, graphs))
        care.check_stop()
        head = fit_head(features, view.target, len(view.classes), parameters, care)
        waves = _waves(parameters)
        reasons = find_reasons(
            view.features(feature_graph(waves)),
            folding(waves, orientations),
            head.logits(features),
            view.good,
            waves.resolution,
        )
        return ClassicalModel(graphs, fold, head, reasons)

    def words(self, parameters: Parameters) -> tuple[InWords, ...]:
        """For example: discriminants, local patterns too."""
        return describe("classical", "usual_settings", WORDINGS, SWITCHES, parameters)

    def changes(self, before: Parameters, after: Parameters) -> tuple[InWords, ...]:
        """For example: more smoothing."""
        return compare("classical", WORDINGS, SWITCHES, before, after)


def _recipe(
    descriptors: str,
    head: HeadKind,
    *,
    resolution: int = WAVE_RESOLUTIONS[0],
    balanced: bool = False,
    restraint: float = USUAL_RESTRAINT,
) -> dict[str, Parameter]:
    return {
        "descriptors": descriptors,
        "resolution": resolution,
        "head": head.value,
        "restraint": restraint,
        "orientations": MIRROR,
        "balanced": balanced,
        "reach": 1.0,
    }


def _settings(parameters: Parameters) -> DescriptorSettings:
    names = str(parameters.get("descriptors", BOTH)).split("+")
    resolution = int(parameters.get("resolution", WAVE_RESOLUTIONS[0]))
    return DescriptorSettings(tuple(Descriptor(name) for name in names), resolution)


def _graphs(parameters: Parameters) -> tuple[bytes, ...]:
    return tuple(feature_graph(each) for each in _settings(parameters).apart())


def _waves(parameters: Parameters) -> DescriptorSettings:
    return DescriptorSettings((Descriptor.WAVES,), _settings(parameters).resolution)


def _orientations(parameters: Parameters) -> str:
    """What the goal says of orientation counts more than the recipe."""
    return ANY if parameters.get("any_orientation", False) else str(parameters.get("orientations", MIRROR))


def _described(view: TrainingView, graphs: Sequence[bytes]) -> Features:
    return np.concatenate([view.features(graph) for graph in graphs], axis=1)
