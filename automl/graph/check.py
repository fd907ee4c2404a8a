"""What a graph may contain: standard operators and its own data, nothing that reaches outside the file."""

import onnx
from google.protobuf.message import DecodeError

ALLOWED_DOMAINS = frozenset({"", "ai.onnx", "ai.onnx.ml"})


class GraphError(ValueError):
    """A graph is broken or reaches outside itself."""


def check_graph(model: onnx.ModelProto | bytes) -> None:
    """Raise GraphError unless the model is valid ONNX of standard operators with all its data inside."""
    if isinstance(model, bytes):
        model = _parsed(model)
    try:
        onnx.checker.check_model(model)
    except onnx.checker.ValidationError as error:
        raise GraphError(f"not a valid ONNX model: {error}") from error
    if model.functions:
        raise GraphError("the model brings functions of its own")
    for tensor in model.graph.initializer:
        if tensor.data_location == onnx.TensorProto.EXTERNAL:
            raise GraphError(f"tensor {tensor.name!r} lies outside the file")
    for node in model.graph.node:
        _check_node(node)


def _parsed(content: bytes) -> onnx.ModelProto:
    try:
        return onnx.load_model_from_string(content)
    except DecodeError as error:
        raise GraphError(f"not an ONNX file: {error}") from error


def _check_node(node: onnx.NodeProto) -> None:
    if node.domain not in ALLOWED_DOMAINS:
        raise GraphError(f"operator {node.op_type} is of the foreign domain {node.domain!r}")
    for attribute in node.attribute:
        if attribute.HasField("g") or attribute.graphs:
            raise GraphError(f"operator {node.op_type} holds a graph of its own")
        if attribute.t.data_location == onnx.TensorProto.EXTERNAL:
            raise GraphError(f"operator {node.op_type} holds data outside the file")
