"""Typed columns become features: one transformation a file, each fitted, applied in float64 and written to a graph."""
