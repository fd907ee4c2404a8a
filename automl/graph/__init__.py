"""A small ONNX builder: what a fitted model computes, written down so that any ONNX runtime repeats it."""
