"""Runs a graph on a table, to compare what was exported with what was trained."""

import numpy as np
import numpy.typing as npt
import onnxruntime

from automl.data.table import Table


def run_graph(model: bytes, table: Table, threads: int = 1) -> npt.NDArray[np.float32]:
    """Return the first output of the model, float32 [rows, width]."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    feeds = {
        node.name: (table.numbers if node.type == "tensor(double)" else table.texts)[node.name].reshape(-1, 1)
        for node in session.get_inputs()
    }
    answer: npt.NDArray[np.float32] = session.run(None, feeds)[0]
    return answer
