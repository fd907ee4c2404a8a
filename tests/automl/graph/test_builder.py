import numpy as np
import onnx
import onnxruntime
import pytest

from automl.data.table import Table
from automl.graph.builder import GraphBuilder
from automl.graph.check import GraphError, check_graph
from automl.graph.session import run_graph
from automl.graph.types import FLOAT


def _sum_of(first: str, second: str) -> bytes:
    graph = GraphBuilder()
    total = graph.node("Add", [graph.input_number(first), graph.input_number(second)])
    return graph.build({"prediction": (graph.node("Cast", [total], to=FLOAT), 1)})


def _table(**columns: list[float]) -> Table:
    numbers = {name: np.asarray(values, np.float64) for name, values in columns.items()}
    return Table(np.arange(1, len(next(iter(columns.values()))) + 1), numbers, {})


def test_same_steps_give_the_same_bytes() -> None:
    assert _sum_of("온도", "압력") == _sum_of("온도", "압력")


def test_equal_nodes_and_constants_are_written_once() -> None:
    graph = GraphBuilder()
    column = graph.input_number("a")
    first = graph.node("Add", [column, graph.constant(2.0, np.float64)])
    second = graph.node("Add", [column, graph.constant(2.0, np.float64)])
    assert first == second
    assert first != graph.node("Add", [column, graph.constant(3.0, np.float64)])
    assert graph.constant(2.0, np.float64) != graph.constant([2.0], np.float64)


def test_what_no_output_needs_is_not_written() -> None:
    graph = GraphBuilder()
    graph.node("Sqrt", [graph.input_number("unused")])
    used = graph.node("Cast", [graph.input_number("used")], to=FLOAT)
    model = onnx.load_model_from_string(graph.build({"prediction": (used, 1)}))
    assert [value.name for value in model.graph.input] == ["used"]
    assert [node.op_type for node in model.graph.node] == ["Cast", "Identity"]
    assert not model.graph.initializer


@pytest.mark.parametrize("name", ["prediction", "probabilities", "한 글", "a/b", "0"])
def test_a_column_may_carry_any_name(name: str) -> None:
    answer = run_graph(_sum_of(name, "other"), _table(**{name: [1.0, 2.0], "other": [10.0, 20.0]}))
    assert answer.tolist() == [[11.0], [22.0]]


def test_a_column_is_either_number_or_text() -> None:
    graph = GraphBuilder()
    graph.input_number("a")
    with pytest.raises(ValueError, match="both"):
        graph.input_text("a")


def test_names_inside_the_graph_are_taken() -> None:
    with pytest.raises(ValueError, match="prefix"):
        GraphBuilder().input_number("lathe/0")


def _model() -> onnx.ModelProto:
    return onnx.load_model_from_string(_sum_of("a", "b"))


def test_a_broken_graph_is_refused() -> None:
    model = _model()
    model.graph.node[0].input[0] = "nowhere"
    with pytest.raises(GraphError, match="not a valid"):
        check_graph(model)


def test_foreign_operators_are_refused() -> None:
    model = _model()
    model.graph.node[0].domain = "com.example"
    model.opset_import.append(onnx.helper.make_opsetid("com.example", 1))
    with pytest.raises(GraphError, match="foreign"):
        check_graph(model.SerializeToString())


def test_data_outside_the_file_is_refused() -> None:
    model = _model()
    tensor = onnx.numpy_helper.from_array(np.zeros(2, np.float32), "far")
    tensor.ClearField("raw_data")
    tensor.data_location = onnx.TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="weights.bin")
    model.graph.initializer.append(tensor)
    with pytest.raises(GraphError):
        check_graph(model)


def test_a_graph_inside_an_operator_is_refused() -> None:
    model = _model()
    inner = onnx.helper.make_graph([], "inner", [], [])
    model.graph.node[0].attribute.append(onnx.helper.make_attribute("body", inner))
    with pytest.raises(GraphError):
        check_graph(model)


def test_functions_are_refused() -> None:
    model = _model()
    node = onnx.helper.make_node("Identity", ["x"], ["y"])
    imports = [onnx.helper.make_opsetid("", 21)]
    model.functions.append(onnx.helper.make_function("com.example", "Same", ["x"], ["y"], [node], imports))
    model.opset_import.append(onnx.helper.make_opsetid("com.example", 1))
    with pytest.raises(GraphError, match="functions"):
        check_graph(model)


def test_a_graph_is_merged_with_what_it_shares_written_once() -> None:
    part = GraphBuilder()
    grey = part.node("ReduceMean", [part.node("Cast", [part.input_pixels()], to=1)], keepdims=0)
    top, places = "values", "places"
    model = onnx.load_model_from_string(part.build({"grey": (grey, ())}))
    model.graph.node.append(onnx.helper.make_node("Split", ["pixels"], [top, places], axis=1, num_outputs=2))
    model.graph.output.append(onnx.helper.make_tensor_value_info(top, onnx.TensorProto.UINT8, None))
    model.graph.output.append(onnx.helper.make_tensor_value_info(places, onnx.TensorProto.UINT8, None))
    content = model.SerializeToString()

    whole = GraphBuilder()
    pixels = whole.input_pixels()
    first, second = whole.merge(content, {"pixels": pixels}), whole.merge(content, {"pixels": pixels})
    lower = whole.node("Cast", [first[places]], to=1)
    built = whole.build({"grey": (first["grey"], ()), "lower": (lower, ("N", "h", "W", 3))})

    assert first == second
    assert len(onnx.load_model_from_string(built).graph.node) == 7
    image = np.arange(2 * 4 * 3 * 3, dtype=np.uint8).reshape(2, 4, 3, 3)
    session = onnxruntime.InferenceSession(built, providers=["CPUExecutionProvider"])
    mean, half = session.run(None, {"pixels": image})
    assert mean == pytest.approx(image.mean())
    np.testing.assert_array_equal(half, image[:, 2:].astype(np.float32))
