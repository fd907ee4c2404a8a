"""A graph that calculates in 8-bit integers: made, measured here, and taken only where it is faster and as good.

Quantisation as onnxruntime does it: static, in QDQ form, per channel, ranges from images learned from. Only convolutions
are worth it; everything around them keeps its float32.
"""

import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper
from onnxruntime.quantization import QuantFormat, QuantType, quantize_static

from automl.domain.issues import Issue, Severity
from automl.graph.check import GraphError, check_graph
from automl.runtime.answers import choose
from automl.runtime.image.decode import Pixels
from automl.runtime.image.session import PIXELS, ImageSession
from automl.runtime.image_manifest import INT8, NumbersFacts
from automl.runtime.problems import RefusedError

FASTER_BY = 1.3
MOST_POINTS_LOST = 0.5
MOST_CALIBRATION_IMAGES = 100
_CONVOLUTION = "Conv"
_TIMED_RUNS = 15
_NOTHING_TO_GAIN, _NOT_POSSIBLE, _NOT_FASTER, _LOSES = "nothing_to_gain", "not_possible", "not_faster", "loses"
# What the quantiser raises for graphs it does not understand.
_CANNOT = (
    ValueError,
    RuntimeError,
    NotImplementedError,
    KeyError,
    AttributeError,
    TypeError,
    onnx.checker.ValidationError,
)


class _Calibration:
    """Hands the quantiser one image after the other; any class with `get_next` will do."""

    def __init__(self, images: Iterable[Pixels], check_stop: Callable[[], None]) -> None:
        self._images = islice(images, MOST_CALIBRATION_IMAGES)
        self._check_stop = check_stop

    def get_next(self) -> dict[str, NDArray[np.uint8]] | None:
        """The next image, None after the last."""
        self._check_stop()
        image = next(self._images, None)
        return None if image is None else {PIXELS: image[None]}


def try_smaller_numbers(
    graph: bytes,
    classes: int,
    alarm_line: float | None,
    *,
    usual: Pixels,
    calibration: Iterable[Pixels],
    judged: Iterable[tuple[Pixels, int]],
    check_stop: Callable[[], None],
) -> tuple[bytes, NumbersFacts]:
    """Return the graph in 8-bit integers and what was measured, or the graph as it is and the reason.

    `usual` is an image to time, `calibration` shows the ranges of values, `judged` are images with the place of their class.
    """
    if not any(node.op_type == _CONVOLUTION for node in onnx.load_model_from_string(graph).graph.node):
        return graph, NumbersFacts(asked=True, reason=_NOTHING_TO_GAIN)
    try:
        smaller = _quantised(graph, calibration, check_stop)
        check_graph(smaller)
        before, after = ImageSession(graph, classes, threads=1), ImageSession(smaller, classes, threads=1)
    except (*_CANNOT, GraphError, RefusedError):
        return graph, NumbersFacts(asked=True, reason=_NOT_POSSIBLE)
    speed_up = milliseconds(before, usual) / max(1e-6, milliseconds(after, usual))
    points_lost = _points_lost(before, after, judged, alarm_line, check_stop)
    reason = _NOT_FASTER if speed_up < FASTER_BY else _LOSES if points_lost > MOST_POINTS_LOST else ""
    if reason:
        return graph, NumbersFacts(asked=True, speed_up=speed_up, points_lost=points_lost, reason=reason)
    return smaller, NumbersFacts(INT8, True, speed_up, points_lost)


def say_smaller_numbers(facts: NumbersFacts) -> Issue:
    """Return what a person who asked for 8-bit integers should know."""
    figures = {"speed_up": f"{facts.speed_up:.2f}", "points": f"{facts.points_lost:.2f}"}
    match facts.reason:
        case "":
            return Issue("bundle.smaller_numbers_taken", Severity.INFO, {**figures})
        case "not_faster":
            return Issue("bundle.smaller_numbers_not_faster", Severity.LOOK, {**figures})
        case "loses":
            return Issue("bundle.smaller_numbers_lose", Severity.LOOK, {**figures})
        case _:
            return Issue("bundle.smaller_numbers_not_possible", Severity.LOOK)


def milliseconds(session: ImageSession, image: Pixels) -> float:
    """Return how long one image usually takes."""
    session.run(image)
    took = []
    for _ in range(_TIMED_RUNS):
        began = time.perf_counter()
        session.run(image)
        took.append(time.perf_counter() - began)
    return 1000.0 * float(np.median(took))


def _quantised(graph: bytes, calibration: Iterable[Pixels], check_stop: Callable[[], None]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        whole, to = Path(folder, "float32.onnx"), Path(folder, "int8.onnx")
        whole.write_bytes(_prepared(graph))
        quantize_static(
            whole,
            to,
            _Calibration(calibration, check_stop),
            quant_format=QuantFormat.QDQ,
            op_types_to_quantize=[_CONVOLUTION],
            per_channel=True,
            activation_type=QuantType.QUInt8,
            weight_type=QuantType.QInt8,
        )
        return to.read_bytes()


def _prepared(graph: bytes) -> bytes:
    """Return the graph as the quantiser of onnxruntime 1.31 needs it to make no mistakes."""
    model = onnx.load_model_from_string(graph)
    _name_constants_apart(model)
    _state_sizes_of_all_axes(model)
    written: bytes = model.SerializeToString()
    return written


def _name_constants_apart(model: onnx.ModelProto) -> None:
    """The quantiser copies constants under their name with digits behind it, which may be the name of another tensor."""
    apart = {tensor.name: f"{tensor.name}_" for tensor in model.graph.initializer}
    for tensor in model.graph.initializer:
        tensor.name = apart[tensor.name]
    for node in model.graph.node:
        node.input[:] = [apart.get(name, name) for name in node.input]


def _state_sizes_of_all_axes(model: onnx.ModelProto) -> None:
    """A Resize that names only two axes is moved wrongly past 8-bit convolutions."""
    nodes: list[onnx.NodeProto] = []
    for place, node in enumerate(model.graph.node):
        axes = [attribute for attribute in node.attribute if attribute.name == "axes"]
        if node.op_type == "Resize" and axes and list(axes[0].ints) == [2, 3] and len(node.input) == 4:
            kept, all_axes = f"lathe/kept_{place}", f"lathe/sizes_{place}"
            nodes.append(helper.make_node("Shape", [node.input[0]], [kept], start=0, end=2))
            nodes.append(helper.make_node("Concat", [kept, node.input[3]], [all_axes], axis=0))
            node.attribute.remove(axes[0])
            node.input[3] = all_axes
        nodes.append(node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def _points_lost(
    before: ImageSession,
    after: ImageSession,
    judged: Iterable[tuple[Pixels, int]],
    alarm_line: float | None,
    check_stop: Callable[[], None],
) -> float:
    """How many answers of a hundred are right before and wrong after, less those the other way round."""
    lost = count = 0
    for image, actual in judged:
        check_stop()
        answers = np.stack([session.run(image).probabilities for session in (before, after)])
        right = choose(answers, alarm_line) == actual
        lost += int(right[0]) - int(right[1])
        count += 1
    return 100.0 * lost / max(1, count)
