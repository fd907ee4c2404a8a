"""Honest evaluation: how rows are divided, how models are scored, and how sure a score is."""
