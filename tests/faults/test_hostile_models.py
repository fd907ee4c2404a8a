"""Graphs that reach outside themselves or would eat the computer: refused with a reason, by the runtime and by the verifier."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from automl.bundle.manifest_builder import file_facts
from automl.bundle.trust import TrustStore
from automl.bundle.verifier import verify
from automl.bundle.writer import write_bundle
from automl.domain.task import TaskKind
from automl.runtime.manifest_reading import read_manifest
from automl.runtime.predictor import Predictor
from automl.runtime.problems import RefusedError
from tests.automl.bundle.making import make_files, make_key, onnx_model


def _outside_weights() -> bytes:
    model = onnx.load_model_from_string(onnx_model(TaskKind.BINARY))
    tensor = next(each for each in model.graph.initializer if each.dims)
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    for key, value in (("location", "../secret.bin"), ("offset", "0"), ("length", "8")):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, value
    return bytes(model.SerializeToString())


def _foreign_operator() -> bytes:
    model = onnx.load_model_from_string(onnx_model(TaskKind.BINARY))
    model.graph.node[0].domain = "com.example.plugins"
    model.opset_import.append(helper.make_opsetid("com.example.plugins", 1))
    return bytes(model.SerializeToString())


def _deep_graph() -> bytes:
    """Graphs within graphs, far deeper than any reader goes."""
    inner = b""
    for _ in range(10_000):
        # AttributeProto.g = field 6, NodeProto.attribute = field 5, GraphProto.node = field 1; all length-delimited.
        for field in (6, 5, 1):
            inner = bytes([field << 3 | 2]) + _length(len(inner)) + inner
        if len(inner) > 100_000:
            break
    return bytes([7 << 3 | 2]) + _length(len(inner)) + inner


def _length(value: int) -> bytes:
    digits = bytearray()
    while value > 0x7F:
        digits.append(value & 0x7F | 0x80)
        value >>= 7
    digits.append(value)
    return bytes(digits)


def _promised_weights() -> bytes:
    model = onnx.load_model_from_string(onnx_model(TaskKind.BINARY))
    tensor = next(each for each in model.graph.initializer if each.dims)
    del tensor.dims[:]
    tensor.dims.extend([1_000_000_000])
    return bytes(model.SerializeToString())


def _other_inputs() -> bytes:
    node = helper.make_node("Identity", ["x"], ["y"])
    value = helper.make_tensor_value_info
    graph = helper.make_graph([node], "g", [value("x", 1, ["N", 2])], [value("y", 1, ["N", 2])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    return bytes(model.SerializeToString())


def _wrong_shape() -> bytes:
    model = onnx.load_model_from_string(onnx_model(TaskKind.BINARY))
    weights = numpy_helper.from_array(np.ones((1, 7), np.float32), "wide")
    model.graph.initializer.append(weights)
    model.graph.node.append(helper.make_node("MatMul", ["probabilities", "wide"], ["more"]))
    model.graph.output[0].name = "more"
    return bytes(model.SerializeToString())


HOSTILE: list[Callable[[], bytes]] = [
    _outside_weights,
    _foreign_operator,
    _deep_graph,
    _promised_weights,
    _other_inputs,
    _wrong_shape,
    lambda: b"",
    lambda: b"\x00" * 100,
    lambda: b"\x80\x04cposix\nsystem\n.",
]


@pytest.mark.parametrize("make", HOSTILE)
def test_a_hostile_model_is_refused(make: Callable[[], bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.bin").write_bytes(bytes(8))
    monkeypatch.chdir(tmp_path / "in")
    bundle = _bundle_with(make(), tmp_path / "b")
    with pytest.raises(RefusedError) as caught:
        Predictor.open(bundle).predict_rows([dict.fromkeys(("TIME", "온도", "PRESSURE", "MACHINE"), "1")])
    assert caught.value.problems[0].code in {"bundle.model_unreadable", "bundle.model_failed"}
    assert caught.value.problems[0].parameters["reason"]
    report = verify(bundle, TrustStore(tmp_path / "config"))
    assert not report.passed
    assert report.issues


def _bundle_with(model: bytes, to: Path) -> Path:
    key = make_key(4)
    plain = {name: content for name, content in make_files().items() if not name.startswith("manifest.")}
    plain["model/model.onnx"] = model
    manifest = read_manifest(make_files()["manifest.json"])
    signed = dataclasses.replace(manifest, key_id=key.key_id, files=file_facts(plain)).to_json()
    write_bundle({"manifest.json": signed, "manifest.sig": key.sign(signed).to_json(), **plain}, to, lambda path: None)
    return to
