"""What travels in a bundle and also serves the app: one path from a row of text to an answer with its issues.

Imports the standard library, numpy and onnxruntime only, so that a copy of this folder runs without Lathe.
"""
