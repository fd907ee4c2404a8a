"""Checks of a dataset: one file a check, each returning findings with the step that repairs them."""
