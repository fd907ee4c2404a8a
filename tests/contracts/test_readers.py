"""Conformance of readers: subclass `ReaderConformance`, say how a table is written to a file, and every promise is checked."""

import zipfile
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path

import duckdb
import openpyxl
import pytest

from automl.data.connection import no_progress
from automl.data.readers.base import Reader, ReadResult
from automl.data.readers.csv_reader import CsvReader
from automl.data.readers.excel_reader import ExcelReader
from automl.data.readers.parquet_reader import ParquetReader
from automl.data.readers.registry import READERS, reader_for
from automl.data.table import Table
from automl.data.typed_sql import select
from automl.data.typed_table import load_texts
from automl.domain.dataset import ReadOptions
from automl.domain.issues import Refusal
from automl.domain.schema import Column, ColumnType, Schema

NAMES = ("LOT", "온도", "비고")
ROWS = (("00123", "231.5", "양품"), ("1E10", "", "with, comma"), ("NA", "-3", '"quoted"'), ("12", "1e-3", "=1+1"))


class Canceled(Exception):
    """Raised by a progress that wants to stop."""


def stop(done: float, total: float | None) -> None:
    raise Canceled


def read(reader: Reader, path: Path, folder: Path, options: ReadOptions | None = None) -> tuple[ReadResult, Table]:
    """The result and all cells as text."""
    folder.mkdir(exist_ok=True)
    result = reader.read(path, options or ReadOptions(), folder / "snapshot", folder, no_progress)
    schema = Schema(tuple(Column(name, ColumnType.TEXT) for name in result.names))
    return result, load_texts(folder / "snapshot", schema)


class ReaderConformance(ABC):
    """What every reader promises."""

    reader: Reader

    @abstractmethod
    def write(self, path: Path, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table of texts as a file of this kind."""

    @pytest.fixture
    def file(self, tmp_path: Path) -> Path:
        path = tmp_path / f"표 [1] it's{self.reader.extensions[0]}"
        self.write(path, NAMES, ROWS)
        return path

    def test_no_cell_changes(self, file: Path, tmp_path: Path) -> None:
        result, table = read(self.reader, file, tmp_path / "work")
        assert result.names == NAMES
        assert table.row_numbers.tolist() == [1, 2, 3, 4]
        assert list(zip(*(table.texts[name].tolist() for name in NAMES), strict=True)) == list(ROWS)

    def test_what_was_found_out_reads_the_same_again(self, file: Path, tmp_path: Path) -> None:
        first, _ = read(self.reader, file, tmp_path / "first")
        second, table = read(self.reader, file, tmp_path / "second", first.options)
        assert (second.names, second.options, len(table)) == (first.names, first.options, len(ROWS))

    def test_a_first_look_sees_names_and_rows(self, file: Path) -> None:
        probe = self.reader.probe(file, ReadOptions())
        assert (probe.names, probe.rows) == (NAMES, ROWS)

    def test_inspection_counts_rows_and_columns(self, file: Path, tmp_path: Path) -> None:
        inspection = read(self.reader, file, tmp_path / "work")[0].inspection
        assert (inspection.file_name, inspection.row_count, inspection.column_count) == (file.name, 4, 3)
        assert inspection.damaged_count == 0

    def test_progress_may_stop_the_reading(self, file: Path, tmp_path: Path) -> None:
        with pytest.raises(Canceled):
            self.reader.read(file, ReadOptions(), tmp_path / "snapshot", tmp_path, stop)

    def test_names_become_unique(self, tmp_path: Path) -> None:
        path = tmp_path / f"names{self.reader.extensions[0]}"
        self.write(path, ("Temp", "temp ", "temp"), [("a", "b", "c")])
        result, _ = read(self.reader, path, tmp_path / "work")
        assert len(set(result.names)) == 3
        assert result.names[0] == "Temp"

    @pytest.mark.parametrize("content", [b"", b"\x00" * 300, b"PK\x03\x04 not a zip", b"PAR1 nothing PAR1"])
    def test_files_that_are_no_tables_are_refused_by_name(self, content: bytes, tmp_path: Path) -> None:
        path = tmp_path / f"broken{self.reader.extensions[0]}"
        path.write_bytes(content)
        with pytest.raises(Refusal) as refusal:
            read(self.reader, path, tmp_path / "work")
        assert refusal.value.issues[0].where.file == path.name

    def test_missing_files_and_folders_are_refused(self, tmp_path: Path) -> None:
        folder = tmp_path / f"folder{self.reader.extensions[0]}"
        folder.mkdir()
        for path, code in ((tmp_path / "absent.csv", "data.file_missing"), (folder, "data.file_is_folder")):
            with pytest.raises(Refusal) as refusal:
                self.reader.read(path, ReadOptions(), tmp_path / "snapshot", tmp_path, no_progress)
            assert refusal.value.issues[0].code == code


class TestCsv(ReaderConformance):
    reader = CsvReader()

    def write(self, path: Path, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in (names, *rows)]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    @pytest.mark.parametrize("content", [b"", b"\x00" * 300])
    def test_files_that_are_no_tables_are_refused_by_name(self, content: bytes, tmp_path: Path) -> None:
        super().test_files_that_are_no_tables_are_refused_by_name(content, tmp_path)


class TestExcel(ReaderConformance):
    reader = ExcelReader()

    def write(self, path: Path, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        assert sheet is not None
        for row in (names, *rows):
            sheet.append(list(row))
            for cell in sheet[sheet.max_row]:
                cell.data_type = "s"
        workbook.save(path)

    def test_a_workbook_that_unpacks_to_far_too_much_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "bomb.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sheet.xml", "w") as part:
            for _ in range(80):
                part.write(b"\x00" * (1 << 20))
        with pytest.raises(Refusal) as refusal:
            read(self.reader, path, tmp_path / "work")
        assert refusal.value.issues[0].code == "data.workbook_too_large"


class TestParquet(ReaderConformance):
    reader = ParquetReader()

    def write(self, path: Path, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        columns = [[row[place] for row in rows] for place in range(len(names))]
        cells = [f"unnest(?::VARCHAR[]) AS c{place}" for place in range(len(names))]
        renamed = [f'c{place} AS "{name}"' for place, name in enumerate(names)]
        target = str(path).replace("'", "''")
        with duckdb.connect() as connection:
            connection.execute(f"CREATE TABLE cells AS {select(cells, 'range(1)')}", columns)
            connection.execute(f"COPY ({select(renamed, 'cells')}) TO '{target}' (FORMAT parquet)")


def test_every_reader_is_found_by_its_extensions(tmp_path: Path) -> None:
    for reader in READERS:
        for extension in reader.extensions:
            path = tmp_path / f"table{extension.upper()}"
            path.write_bytes(b"x")
            assert reader_for(path) is reader


def test_unknown_kinds_are_refused_with_the_known_ones(tmp_path: Path) -> None:
    path = tmp_path / "model.pkl"
    path.write_bytes(b"\x80\x04")
    with pytest.raises(Refusal) as refusal:
        reader_for(path)
    assert refusal.value.issues[0].code == "data.kind_unknown"
    assert ".csv" in str(refusal.value.issues[0].parameters["kinds"])
