"""300 damaged tables: each is read, or refused with an issue that names the file. Never a traceback, never a shifted value."""

import random
from pathlib import Path

import pytest

from automl.data.connection import no_progress
from automl.data.infer_schema import infer_schema
from automl.data.profiler import profile
from automl.data.readers.base import DamagedRows
from automl.data.readers.csv_reader import CsvReader
from automl.data.typed_table import load_table, load_texts
from automl.domain.dataset import ReadOptions
from automl.domain.inspection import FileInspection
from automl.domain.issues import Issue, Refusal
from automl.domain.schema import Column, ColumnType, Schema

MUTANTS = 300
GROUPS = 10
SEPARATORS = ",;\t|"
ENCODINGS = ("utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le")
INSERTED = (
    b"\x00",
    b'"',
    b"\r",
    b"\n",
    b",",
    b";",
    b"\t",
    b"\xff",
    b"\xfe",
    b"\x80",
    b"\xef\xbb\xbf",
    b"''",
    b"\\",
    b"\x1a",
    b'""',
    b"1e400",
    b"=1+1",
)


def table(chance: random.Random) -> str:
    """A small table with numbers, times, texts, gaps and now and then quotes."""
    separator = chance.choice(SEPARATORS)
    names = ["ID", "시각", "압력 [bar]", "temp", "판정", "note"]
    rows = [names]
    for place in range(chance.randint(1, 60)):
        note = chance.choice(["", "ok", f'"a{separator} b"', '"two\nlines"', "it's", "가 나"])
        pressure = f"{chance.uniform(90, 120):.1f}"
        rows.append(
            [str(place), f"2026-01-{place % 28 + 1:02d}", pressure, chance.choice(["", "1", "2.5"]), "양품", note]
        )
    return chance.choice(["\n", "\r\n"]).join(separator.join(row) for row in rows) + chance.choice(["", "\n", "\n\n"])


def mutate(content: bytes, chance: random.Random) -> bytes:
    """Damage a file in one to four places."""
    for _ in range(chance.randint(1, 4)):
        if not content:
            return content
        place = chance.randrange(len(content))
        kind = chance.randrange(8)
        if kind == 0:
            content = content[:place]
        elif kind == 1:
            content = content[:place] + content[place + chance.randint(1, 40) :]
        elif kind == 2:
            content = content[:place] + chance.choice(INSERTED) + content[place:]
        elif kind == 3:
            content = content[:place] + bytes([chance.randrange(256)]) + content[place + 1 :]
        elif kind == 4:
            content = content[:place] + content[place : place + 60] * 2 + content[place + 60 :]
        elif kind == 5:
            lines = content.split(b"\n")
            chance.shuffle(lines)
            content = b"\n".join(lines)
        elif kind == 6:
            content = content[:place] + content[place:].replace(b",", b";", 3)
        else:
            content = content[:place] + bytes(chance.randrange(256) for _ in range(20)) + content[place:]
    return content


def survives(path: Path, folder: Path, skip: bool) -> str:
    """Read, type and profile one file, and say how it ended."""
    folder.mkdir(exist_ok=True)
    snapshot = folder / "snapshot"
    options = ReadOptions(skip_damaged_rows=skip)
    try:
        result = CsvReader().read(path, options, snapshot, folder, no_progress)
    except DamagedRows as damaged:
        return _told((damaged.issue,), path, damaged.inspection)
    except Refusal as refusal:
        return _told(refusal.issues, path, None)
    texts = load_texts(snapshot, Schema(tuple(Column(name, ColumnType.TEXT) for name in result.names)))
    assert len(texts) == result.inspection.row_count - (result.inspection.damaged_count if skip else 0)
    schema = infer_schema(snapshot, result.names, False, no_progress).schema
    assert len(load_table(snapshot, schema)) == len(texts)
    assert profile(snapshot, schema, "", no_progress).row_count == len(texts)
    return "read"


def _told(issues: tuple[Issue, ...], path: Path, inspection: FileInspection | None) -> str:
    assert issues
    assert all(issue.where.file == path.name for issue in issues)
    assert inspection is None or any(line.damaged for line in inspection.lines)
    return "refused" if inspection is None else "damaged"


@pytest.mark.parametrize("group", range(GROUPS))
def test_mutants_end_in_a_table_or_an_issue(group: int, tmp_path: Path) -> None:
    ends: set[str] = set()
    for number in range(MUTANTS // GROUPS):
        chance = random.Random(group * 1000 + number)
        path = tmp_path / f"{number}.csv"
        path.write_bytes(mutate(table(chance).encode(chance.choice(ENCODINGS)), chance))
        ends.add(survives(path, tmp_path / str(number), skip=chance.random() < 0.5))
    assert "read" in ends
    assert ends & {"damaged", "refused"}
