"""The ONNX graph of a bundle, run by onnxruntime on the processor."""

import os
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as states

from automl.runtime.manifest import REGRESSION, Manifest
from automl.runtime.member_names import MODEL_FILE
from automl.runtime.parsing import NUMBER, TIME
from automl.runtime.problems import refused

Columns = dict[str, NDArray[np.float64] | NDArray[np.object_]]

_CANNOT_LOAD = (
    states.EPFail,
    states.Fail,
    states.InvalidArgument,
    states.InvalidGraph,
    states.InvalidProtobuf,
    states.NotImplemented,
    states.RuntimeException,
    ValueError,
)
_TENSOR_OF_NUMBERS, _TENSOR_OF_TEXTS = "tensor(double)", "tensor(string)"
_QUIET = 4
_MOST_THREADS = 4


class ModelSession:
    """The graph, loaded from memory. Weights outside the file are refused: there is no folder to find them in."""

    def __init__(self, model: bytes, manifest: Manifest, threads: int | None = None) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = _QUIET
        options.intra_op_num_threads = threads or max(1, min(_MOST_THREADS, os.cpu_count() or 1))
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        no_folder = str(Path(os.devnull) / "no-folder")
        options.add_session_config_entry("session.model_external_initializers_file_folder_path", no_folder)
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        except _CANNOT_LOAD as error:
            raise refused("bundle.model_unreadable", file=MODEL_FILE, reason=_first_line(error)) from error
        self._outputs = 1 if manifest.task == REGRESSION else len(manifest.classes)
        self._check_inputs(manifest)
        self._output_name = self._session.get_outputs()[0].name

    def run(self, columns: Columns) -> NDArray[np.float32]:
        """Return float32 [rows, classes] (or [rows, 1] for a number) for columns of equal length, at least one row.

        Rows with extreme cells may come out as NaN.
        """
        feed = {name: values.reshape(-1, 1) for name, values in columns.items()}
        try:
            answers: NDArray[np.float32] = self._session.run([self._output_name], feed)[0]
        except _CANNOT_LOAD as error:
            raise refused("bundle.model_failed", file=MODEL_FILE, reason=_first_line(error)) from error
        rows = len(next(iter(columns.values())))
        if answers.shape != (rows, self._outputs):
            raise refused("bundle.model_failed", file=MODEL_FILE, reason=f"shape {answers.shape}")
        return answers

    def _check_inputs(self, manifest: Manifest) -> None:
        wanted = {
            column.name: _TENSOR_OF_NUMBERS if column.kind in (NUMBER, TIME) else _TENSOR_OF_TEXTS
            for column in manifest.inputs
        }
        found = {each.name: each.type for each in self._session.get_inputs()}
        if wanted != found or len(self._session.get_outputs()) < 1:
            raise refused("bundle.model_unreadable", file=MODEL_FILE, reason="inputs")


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0][:200]
