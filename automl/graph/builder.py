"""Collects nodes into one ONNX graph: equal nodes are written once, what no output needs is not written at all."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

from automl.graph.check import check_graph

OPSET = 21
ML_OPSET = 5
IR_VERSION = 10
ML_DOMAIN = "ai.onnx.ml"

Attribute = int | float | str | bytes | Sequence[int] | Sequence[float] | Sequence[str] | npt.NDArray[np.generic]

# Prefix of the tensors in between, so that they never meet the name of a column.
_INSIDE = "lathe/"


class GraphBuilder:
    """One graph in the making. Tensors are named by strings; inputs carry the names of their columns."""

    def __init__(self) -> None:
        self._inputs: dict[str, onnx.ValueInfoProto] = {}
        self._constants: dict[str, onnx.TensorProto] = {}
        self._nodes: dict[str, onnx.NodeProto] = {}
        self._written: dict[bytes, str] = {}

    def input_number(self, column: str) -> str:
        """Return the float64 [N, 1] input of a NUMBER or TIME (epoch seconds) column; NaN is missing."""
        return self._input(column, onnx.TensorProto.DOUBLE)

    def input_text(self, column: str) -> str:
        """Return the string [N, 1] input of a TEXT or YES_NO column; the empty text is missing."""
        return self._input(column, onnx.TensorProto.STRING)

    def constant(self, array: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> str:
        """Return a constant tensor. Equal constants share one name."""
        value = np.ascontiguousarray(array, dtype=dtype).reshape(np.shape(array))
        tensor = numpy_helper.from_array(value)
        key = b"constant" + tensor.SerializeToString(deterministic=True)
        return self._once(key, lambda name: self._keep_constant(name, tensor))

    def node(self, op: str, inputs: Sequence[str], *, domain: str = "", **attributes: Attribute) -> str:
        """Add a node with one output and return its name, or the name of an equal node added before."""
        node = helper.make_node(op, list(inputs), [], domain=domain)
        for name in sorted(attributes):
            node.attribute.append(_attribute(name, attributes[name]))
        key = b"node" + node.SerializeToString(deterministic=True)
        return self._once(key, lambda name: self._keep_node(name, node))

    def build(self, outputs: Mapping[str, tuple[str, int]]) -> bytes:
        """Return the model as bytes; `outputs` gives each float32 [N, width] output as name: (tensor, width).

        Equal calls give equal bytes. An output that would carry the name of an input column gets "/" in front: readers take
        outputs by position.
        """
        needed = self._needed(tensor for tensor, _ in outputs.values())
        nodes = [node for name, node in self._nodes.items() if name in needed]
        infos = []
        for wanted, (tensor, width) in outputs.items():
            name = f"/{wanted}" if wanted in self._inputs else wanted
            nodes.append(helper.make_node("Identity", [tensor], [name]))
            infos.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["N", width]))
        graph = helper.make_graph(
            nodes,
            "lathe",
            [info for name, info in self._inputs.items() if name in needed],
            infos,
            [tensor for name, tensor in self._constants.items() if name in needed],
        )
        imports = [helper.make_opsetid("", OPSET), helper.make_opsetid(ML_DOMAIN, ML_OPSET)]
        model = helper.make_model(graph, opset_imports=imports, ir_version=IR_VERSION, producer_name="lathe")
        check_graph(model)
        written: bytes = model.SerializeToString(deterministic=True)
        return written

    def _input(self, column: str, element: int) -> str:
        if column.startswith(_INSIDE):
            raise ValueError(f"a column may not be called {column!r}: this prefix names tensors inside the graph")
        info = helper.make_tensor_value_info(column, element, ["N", 1])
        if self._inputs.setdefault(column, info).type.tensor_type.elem_type != element:
            raise ValueError(f"column {column!r} is used both as number and as text")
        return column

    def _once(self, key: bytes, keep: Callable[[str], None]) -> str:
        digest = hashlib.sha256(key).digest()
        if digest not in self._written:
            name = f"{_INSIDE}{len(self._written)}"
            keep(name)
            self._written[digest] = name
        return self._written[digest]

    def _keep_constant(self, name: str, tensor: onnx.TensorProto) -> None:
        tensor.name = name
        self._constants[name] = tensor

    def _keep_node(self, name: str, node: onnx.NodeProto) -> None:
        node.output.append(name)
        self._nodes[name] = node

    def _needed(self, tensors: Iterable[str]) -> set[str]:
        needed: set[str] = set()
        open_ends = list(tensors)
        while open_ends:
            name = open_ends.pop()
            if name not in needed:
                needed.add(name)
                open_ends.extend(self._nodes[name].input if name in self._nodes else ())
        return needed


def _attribute(name: str, value: Attribute) -> onnx.AttributeProto:
    if isinstance(value, np.ndarray):
        return helper.make_attribute(name, numpy_helper.from_array(value))
    return helper.make_attribute(name, value)
