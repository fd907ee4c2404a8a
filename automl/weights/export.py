"""A torch network as ONNX with the operators of our graphs, so that it can be merged into one."""

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import torch
from tqdm import tqdm

from automl.graph.builder import OPSET

_MOST_AT_ONCE = 4096


def export_network(network: torch.nn.Module, example: torch.Tensor, outputs: Sequence[str]) -> bytes:
    """Return the network in evaluation mode as ONNX: input `images` like `example` [n >= 2, ...] with any n, outputs so named."""
    count = torch.export.Dim("count", min=1, max=_MOST_AT_ONCE)
    with _in_silence():
        program = torch.onnx.export(
            network.eval(),
            (example,),
            dynamo=True,
            opset_version=OPSET,
            dynamic_shapes=({0: count},),
            input_names=["images"],
            output_names=list(outputs),
            verbose=False,
        )
    if program is None:
        raise RuntimeError("the exporter gave no program")
    written: bytes = program.model_proto.SerializeToString()
    return written


@contextmanager
def _in_silence() -> Iterator[None]:
    """The exporter speaks to people who write networks, and its progress bars leave a thread behind."""
    interval = tqdm.monitor_interval
    tqdm.monitor_interval = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        tqdm.monitor_interval = interval
