"""An ONNX graph run by onnxruntime on the processor, whatever goes in and comes out."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from onnxruntime.capi import onnxruntime_pybind11_state as states

from automl.runtime.member_names import MODEL_FILE
from automl.runtime.problems import RefusedError, refused

Array = NDArray[np.generic]

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
_QUIET = 4
_MOST_THREADS = 4


class Graph:
    """A graph, loaded from memory. Weights outside the file are refused: there is no folder to find them in."""

    def __init__(self, model: bytes, threads: int | None = None) -> None:
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
            raise unusable(_first_line(error)) from error
        self.inputs: dict[str, str] = {each.name: each.type for each in self._session.get_inputs()}
        self.outputs: tuple[str, ...] = tuple(each.name for each in self._session.get_outputs())

    def run(self, outputs: Sequence[str], feed: Mapping[str, Array]) -> list[Array]:
        """Return the named outputs. What only other outputs need is not calculated."""
        options = onnxruntime.RunOptions()
        options.only_execute_path_to_fetches = True
        try:
            found: list[Array] = self._session.run(list(outputs), dict(feed), options)
        except _CANNOT_LOAD as error:
            raise failed(_first_line(error)) from error
        return found


def unusable(reason: str) -> RefusedError:
    """Return the refusal of a graph that is none of ours."""
    return refused("bundle.model_unreadable", file=MODEL_FILE, reason=reason)


def failed(reason: str) -> RefusedError:
    """Return the refusal of a graph that gave no answer, or a senseless one."""
    return refused("bundle.model_failed", file=MODEL_FILE, reason=reason)


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0][:200]
