"""Element types of ONNX tensors, as the attribute `to` of Cast wants them."""

from typing import Final

import onnx

FLOAT: Final[int] = onnx.TensorProto.FLOAT
DOUBLE: Final[int] = onnx.TensorProto.DOUBLE
INT64: Final[int] = onnx.TensorProto.INT64
