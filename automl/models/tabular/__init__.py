"""Families that learn from tables."""
