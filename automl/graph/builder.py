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

Shape = int | tuple[int | str, ...]

# Prefix of the tensors in between, so that they never meet the name of a column.
_INSIDE = "lathe/"


class GraphBuilder:
    """One graph in the making. Tensors are named by strings; inputs carry the names of their columns."""

    def __init__(self) -> None:
        self._inputs: dict[str, onnx.ValueInfoProto] = {}
        self._constants: dict[str, onnx.TensorProto] = {}
        self._nodes: dict[str, onnx.NodeProto] = {}
        self._node_of: dict[str, str] = {}
        self._written: dict[bytes, str] = {}

    def input_number(self, column: str) -> str:
        """Return the float64 [N, 1] input of a NUMBER or TIME (epoch seconds) column; NaN is missing."""
        return self._input(column, onnx.TensorProto.DOUBLE)

    def input_text(self, column: str) -> str:
        """Return the string [N, 1] input of a TEXT or YES_NO column; the empty text is missing."""
        return self._input(column, onnx.TensorProto.STRING)

    def input_pixels(self, name: str = "pixels") -> str:
        """Return the uint8 [N, H, W, 3] input for images of any size, equal within one call."""
        self._inputs[name] = helper.make_tensor_value_info(name, onnx.TensorProto.UINT8, ["N", "H", "W", 3])
        return name

    def constant(self, array: npt.ArrayLike, dtype: npt.DTypeLike | None = None) -> str:
        """Return a constant tensor. Equal constants share one name."""
        value = np.ascontiguousarray(array, dtype=dtype).reshape(np.shape(array))
        return self._constant(numpy_helper.from_array(value))

    def node(self, op: str, inputs: Sequence[str], *, domain: str = "", **attributes: Attribute) -> str:
        """Add a node with one output and return its name, or the name of an equal node added before."""
        return self.nodes(op, inputs, 1, domain=domain, **attributes)[0]

    def nodes(
        self, op: str, inputs: Sequence[str], outputs: int, *, domain: str = "", **attributes: Attribute
    ) -> list[str]:
        """Add a node with several outputs and return their names, or those of an equal node added before."""
        node = helper.make_node(op, list(inputs), [], domain=domain)
        for name in sorted(attributes):
            node.attribute.append(_attribute(name, attributes[name]))
        return self._node(node, outputs)

    def merge(self, model: bytes, inputs: Mapping[str, str]) -> dict[str, str]:
        """Add a whole graph whose inputs become the given tensors; return the tensors of its outputs by name.

        What two graphs share is written once. Raises ValueError for a graph of another version of the operators.
        """
        other = onnx.load_model_from_string(model)
        versions = {opset.domain: opset.version for opset in other.opset_import}
        if versions.get("", OPSET) != OPSET:
            raise ValueError(f"the graph has operators of version {versions['']}, not {OPSET}")
        tensors = {"": "", **inputs}
        for tensor in other.graph.initializer:
            tensors[tensor.name] = self._constant(_copy(tensor))
        for node in other.graph.node:
            copy = helper.make_node(node.op_type, [tensors[name] for name in node.input], [], domain=node.domain)
            copy.attribute.extend(node.attribute)
            written = self._node(copy, len(node.output))
            tensors.update((name, new) for name, new in zip(node.output, written, strict=True) if name)
        return {output.name: tensors[output.name] for output in other.graph.output}

    def build(self, outputs: Mapping[str, tuple[str, Shape]]) -> bytes:
        """Return the model as bytes; `outputs` gives each float32 output as name: (tensor, shape), a width for [N, width].

        Equal calls give equal bytes. An output that would carry the name of an input column gets "/" in front: readers take
        outputs by position.
        """
        needed = self._needed(tensor for tensor, _ in outputs.values())
        nodes = [node for name, node in self._nodes.items() if name in needed]
        infos = []
        for wanted, (tensor, shape) in outputs.items():
            name = f"/{wanted}" if wanted in self._inputs else wanted
            nodes.append(helper.make_node("Identity", [tensor], [name]))
            infos.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, _dimensions(shape)))
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

    def _constant(self, tensor: onnx.TensorProto) -> str:
        key = b"constant" + tensor.SerializeToString(deterministic=True)
        return self._once(key, lambda name: self._keep_constant(name, tensor))

    def _node(self, node: onnx.NodeProto, outputs: int) -> list[str]:
        """Write a node without outputs, or find the equal one written before; return its outputs, the first its own name."""
        key = b"node" + node.SerializeToString(deterministic=True)
        first = self._once(key, lambda name: self._keep_node(name, node))
        for place in range(len(self._nodes[first].output), outputs):
            self._nodes[first].output.append(f"{first}.{place}")
            self._node_of[f"{first}.{place}"] = first
        return list(self._nodes[first].output)[:outputs]

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
            name = self._node_of.get(name, name)
            if name not in needed:
                needed.add(name)
                open_ends.extend(self._nodes[name].input if name in self._nodes else ())
        return needed


def _copy(tensor: onnx.TensorProto) -> onnx.TensorProto:
    copy = onnx.TensorProto()
    copy.CopyFrom(tensor)
    copy.ClearField("name")
    return copy


def _dimensions(shape: Shape) -> list[int | str]:
    return ["N", shape] if isinstance(shape, int) else list(shape)


def _attribute(name: str, value: Attribute) -> onnx.AttributeProto:
    if isinstance(value, np.ndarray):
        return helper.make_attribute(name, numpy_helper.from_array(value))
    return helper.make_attribute(name, value)
