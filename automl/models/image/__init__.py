"""Families of models that learn from images."""
