"""The kinds of files that hold tables, by extension: what front ends offer to choose from."""

from pathlib import PurePath

TABLE_EXTENSIONS = (
    ".csv",
    ".tsv",
    ".txt",
    ".tab",
    ".dat",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".xlsb",
    ".ods",
    ".parquet",
    ".pq",
)


def is_table_file(path: PurePath) -> bool:
    """Whether the name is that of a table; what is inside may still be something else."""
    return path.suffix.lower() in TABLE_EXTENSIONS
