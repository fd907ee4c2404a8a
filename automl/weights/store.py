"""The weights a project can build on, ready to be used: as a feature graph, or as a network to be trained further."""

from dataclasses import dataclass
from pathlib import Path

import torch

from automl.domain.weights import WeightsRecord
from automl.storage import atomic
from automl.storage.project import Project
from automl.weights.built_in import built_in
from automl.weights.feature_graph import export_feature_graph
from automl.weights.network import load_network


@dataclass(frozen=True)
class UsableWeights:
    """Weights and where they lie; `graphs` is the folder that keeps the graphs made of them."""

    record: WeightsRecord
    file: Path
    graphs: Path

    def feature_graph(self, resolution: int) -> bytes:
        """The ONNX feature graph for a resolution, made once: see `export_feature_graph`."""
        kept = self.graphs / f"{self.record.sha256}-{resolution}.onnx"
        if not kept.is_file():
            with atomic.refused(kept):
                self.graphs.mkdir(parents=True, exist_ok=True)
            atomic.write_bytes(kept, export_feature_graph(self.file, self.record.architecture, resolution))
        return kept.read_bytes()

    def network(self, resolution: int) -> torch.nn.Module:
        """The timm network with these weights, float32, in evaluation mode, without a head."""
        return load_network(self.file, resolution)


def available(project: Project) -> tuple[UsableWeights, ...]:
    """All weights a project can build on: built-in ones first, then its own, oldest first."""
    graphs = project.weights.folder
    shipped = (UsableWeights(record, file, graphs) for record, file in built_in())
    own = (UsableWeights(record, project.weights.path(record.sha256), graphs) for record in project.weights.records())
    return (*shipped, *own)
