"""A graph at work, fed with tables: the same engine that answers in a bundle."""

from functools import cached_property

import numpy as np
import onnxruntime

from automl.data.table import Table
from automl.models.base import Answers

ROWS_AT_ONCE = 50_000
_NUMBER = "tensor(double)"


class ModelSession:
    """One loaded graph."""

    def __init__(self, model: bytes, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])

    @cached_property
    def columns(self) -> dict[str, bool]:
        """Input columns; True for numbers."""
        return {node.name: node.type == _NUMBER for node in self._session.get_inputs()}

    def answers(self, table: Table) -> Answers:
        """Probabilities [n, classes] or numbers [n]."""
        blocks = [
            self._block(table, start, min(start + ROWS_AT_ONCE, len(table)))
            for start in range(0, max(len(table), 1), ROWS_AT_ONCE)
        ]
        answers = np.concatenate(blocks).astype(np.float64)
        return answers[:, 0] if answers.shape[1] == 1 else answers

    def _block(self, table: Table, start: int, end: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        feeds = {
            name: (table.numbers if is_number else table.texts)[name][start:end].reshape(-1, 1)
            for name, is_number in self.columns.items()
        }
        block: np.ndarray[tuple[int, ...], np.dtype[np.float32]] = self._session.run(None, feeds)[0]
        return block
