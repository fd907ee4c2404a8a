"""A folder of tables to measure on: NAME.csv, NAME.test_rows.txt (0-based row numbers), index.json (target, prior_loss)."""

import csv
import json
import os
from dataclasses import dataclass
from pathlib import Path

FOLDER_VARIABLE = "BENCH_TABLES"


@dataclass(frozen=True)
class BenchTable:
    """One table with the rows to learn from and the rows to be judged on in files of their own."""

    name: str
    target: str
    prior_loss: float
    train: Path
    test: Path


def bench_tables(to: Path) -> list[BenchTable]:
    """Split every table of the folder named by the environment into `to`; nothing without that folder."""
    folder = os.environ.get(FOLDER_VARIABLE, "")
    if not folder:
        return []
    index = json.loads((Path(folder) / "index.json").read_text(encoding="utf-8"))
    wanted = os.environ.get("BENCH_TABLE_NAMES", "").split(",")
    names = [name for name in index if not wanted[0] or name in wanted]
    return [_split(Path(folder), name, index[name], to) for name in names]


def _split(folder: Path, name: str, about: dict[str, str], to: Path) -> BenchTable:
    numbers = (folder / f"{name}.test_rows.txt").read_text(encoding="utf-8").split()
    test_rows = {int(number) for number in numbers}
    train, test = to / f"{name}.csv", to / f"{name}.test.csv"
    with (
        (folder / f"{name}.csv").open(encoding="utf-8", newline="") as source,
        train.open("w", encoding="utf-8", newline="") as learn,
        test.open("w", encoding="utf-8", newline="") as check,
    ):
        reader = csv.reader(source)
        header = next(reader)
        writers = (csv.writer(learn, lineterminator="\n"), csv.writer(check, lineterminator="\n"))
        for writer in writers:
            writer.writerow(header)
        for number, row in enumerate(reader):
            writers[number in test_rows].writerow(row)
    return BenchTable(name, about["target"], float(about["prior_loss"]), train, test)
