"""A dataset as a typed table: its recipe applied to its snapshot."""

from pathlib import Path

from automl.data.recipe_rows import kept_rows
from automl.data.table import Table
from automl.data.typed_table import load_table
from automl.domain.dataset import Dataset


def load_dataset(snapshot: Path, dataset: Dataset) -> Table:
    """Read all columns that are not ignored and all rows the recipe keeps."""
    schema = dataset.schema()
    return load_table(snapshot, schema, rows=kept_rows(snapshot, schema, dataset.steps))
