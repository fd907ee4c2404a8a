"""Graphs in 8-bit integers: made of whatever our graphs hold, taken only where they pay."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from automl.bundle import smaller_numbers
from automl.bundle.smaller_numbers import say_smaller_numbers, try_smaller_numbers
from automl.bundle.trial import never_stop
from automl.domain.task import TaskKind
from automl.runtime.image.session import ImageSession
from automl.runtime.image_manifest import INT8, NumbersFacts
from tests.automl.bundle.making_images import image_model, some_images

CLASSES = 3


def _network() -> bytes:
    """Two convolutions that share a bias called b1, and another tensor that is called b11."""
    random = np.random.default_rng(0)
    constants: dict[str, NDArray[np.generic]] = {
        "sizes": np.array([16, 16], np.int64),
        "scale": np.array([1 / 255], np.float32),
        "w1": random.normal(0, 0.3, (3, 3, 3, 3)).astype(np.float32),
        "w2": random.normal(0, 0.3, (3, 3, 3, 3)).astype(np.float32),
        "b1": np.array([0.1, 0.0, -0.1], np.float32),
        "places": np.array([2, 3], np.int64),
        "one": np.array([1], np.int64),
    }
    node = helper.make_node
    nodes = [
        node("Cast", ["pixels"], ["float"], to=TensorProto.FLOAT),
        node("Transpose", ["float"], ["planes"], perm=[0, 3, 1, 2]),
        node("Resize", ["planes", "", "", "sizes"], ["small"], mode="linear", antialias=1, axes=[2, 3]),
        node("Mul", ["small", "scale"], ["unit"]),
        node("Conv", ["unit", "w1", "b1"], ["b11"], pads=[1, 1, 1, 1]),
        node("Relu", ["b11"], ["first"]),
        node("Conv", ["first", "w2", "b1"], ["second"], pads=[1, 1, 1, 1]),
        node("ReduceMean", ["second", "places"], ["logits"], keepdims=0),
        node("Softmax", ["logits"], ["probabilities"], axis=1),
        node("ReduceMax", ["logits", "one"], ["outside"], keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        "network",
        [helper.make_tensor_value_info("pixels", TensorProto.UINT8, ["N", "H", "W", 3])],
        [
            helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["N", CLASSES]),
            helper.make_tensor_value_info("outside", TensorProto.FLOAT, ["N"]),
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    return bytes(model.SerializeToString())


def _tried(graph: bytes, wrong: int = 0) -> tuple[bytes, NumbersFacts]:
    images = some_images(9)
    session = ImageSession(graph, CLASSES, threads=1)

    def judged() -> Iterator[tuple[NDArray[np.uint8], int]]:
        for image in images:
            yield image, (int(session.run(image).probabilities.argmax()) + wrong) % CLASSES

    return try_smaller_numbers(
        graph, CLASSES, None, usual=images[0], calibration=images, judged=judged(), check_stop=never_stop
    )


def test_a_network_in_eight_bits_answers_nearly_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smaller_numbers, "FASTER_BY", 0.0)
    monkeypatch.setattr(smaller_numbers, "MOST_POINTS_LOST", 100.0)
    graph = _network()
    smaller, facts = _tried(graph)
    assert facts.kind == INT8
    assert facts.asked
    before, after = ImageSession(graph, CLASSES, threads=1), ImageSession(smaller, CLASSES, threads=1)
    for image in some_images(5):
        np.testing.assert_allclose(after.run(image).probabilities, before.run(image).probabilities, atol=0.05)
    assert say_smaller_numbers(facts).code == "bundle.smaller_numbers_taken"


def test_what_is_hardly_faster_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smaller_numbers, "FASTER_BY", 1e9)
    graph = _network()
    same, facts = _tried(graph)
    assert same == graph
    assert facts.reason == "not_faster"
    assert say_smaller_numbers(facts).code == "bundle.smaller_numbers_not_faster"


def test_what_loses_right_answers_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smaller_numbers, "FASTER_BY", 0.0)
    monkeypatch.setattr(smaller_numbers, "MOST_POINTS_LOST", -1.0)
    _, facts = _tried(_network())
    assert facts.reason == "loses"
    assert say_smaller_numbers(facts).code == "bundle.smaller_numbers_lose"


def test_a_graph_without_convolutions_is_left_alone() -> None:
    graph = image_model(TaskKind.MULTICLASS).replace(b"Conv", b"Cinv")
    same, facts = try_smaller_numbers(
        graph, CLASSES, None, usual=some_images(1)[0], calibration=[], judged=[], check_stop=never_stop
    )
    assert same == graph
    assert say_smaller_numbers(facts).code == "bundle.smaller_numbers_not_possible"
