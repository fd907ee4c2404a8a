"""Lathe without a screen: from a table to a model that proves itself."""

__version__ = "0.1.0"
