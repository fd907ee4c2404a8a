"""The graph of a bundle for tables: columns in, answers out."""

import numpy as np
from numpy.typing import NDArray

from automl.runtime.inference import Graph, failed, unusable
from automl.runtime.manifest import REGRESSION
from automl.runtime.parsing import NUMBER, TIME
from automl.runtime.table_manifest import TableManifest

Columns = dict[str, NDArray[np.float64] | NDArray[np.object_]]

_TENSOR_OF_NUMBERS, _TENSOR_OF_TEXTS = "tensor(double)", "tensor(string)"


class ModelSession:
    """The graph with inputs and answers as its manifest says."""

    def __init__(self, model: bytes, manifest: TableManifest, threads: int | None = None) -> None:
        self._graph = Graph(model, threads)
        self._outputs = 1 if manifest.task == REGRESSION else len(manifest.classes)
        self._check_inputs(manifest)

    def run(self, columns: Columns) -> NDArray[np.float32]:
        """Return float32 [rows, classes] (or [rows, 1] for a number) for columns of equal length, at least one row.

        Rows with extreme cells may come out as NaN.
        """
        feed = {name: values.reshape(-1, 1) for name, values in columns.items()}
        (found,) = self._graph.run(self._graph.outputs[:1], feed)
        answers = np.asarray(found, dtype=np.float32)
        rows = len(next(iter(columns.values())))
        if answers.shape != (rows, self._outputs):
            raise failed(f"shape {answers.shape}")
        return answers

    def _check_inputs(self, manifest: TableManifest) -> None:
        wanted = {
            column.name: _TENSOR_OF_NUMBERS if column.kind in (NUMBER, TIME) else _TENSOR_OF_TEXTS
            for column in manifest.inputs
        }
        if wanted != self._graph.inputs or not self._graph.outputs:
            raise unusable("inputs")
