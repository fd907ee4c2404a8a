"""The exported bundle: a folder of ONNX, JSON and plain files that proves itself. Writing, signing, opening, checking."""
