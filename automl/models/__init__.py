"""Families of models behind one Protocol: how each learns, predicts, explains its settings and becomes a graph."""
