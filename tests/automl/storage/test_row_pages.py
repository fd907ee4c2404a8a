"""Any rows of a dataset, from anywhere in it, as they were written."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automl.domain.issues import Refusal
from automl.storage.row_pages import MOST_KEPT_CELLS, ROWS_PER_BLOCK, RowPages, RowPagesWriter


def written(path: Path, rows: list[tuple[int, list[str]]]) -> Path:
    with RowPagesWriter(path) as writer:
        for number, cells in rows:
            writer.add(number, cells)
    return path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(count=st.integers(0, 700), start=st.integers(-5, 800), taken=st.integers(0, 800))
def test_a_screenful_is_what_was_written(tmp_path: Path, count: int, start: int, taken: int) -> None:
    rows = [(number + 1, [f"값 {number}", "", 'a\n"b"']) for number in range(count)]
    with RowPages(written(tmp_path / "pages", rows)) as pages:
        assert len(pages) == count
        assert pages.rows(start, taken) == rows[max(start, 0) : max(start + taken, 0)]


@pytest.mark.parametrize("content", [b"", b"LTHPAGE1", b"LTHPAGE1" + b"\xff" * 8, b"PK\x03\x04" + b"0" * 40])
def test_another_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "pages").write_bytes(content)
    with pytest.raises(Refusal):
        RowPages(tmp_path / "pages")


def test_a_truncated_file_is_refused(tmp_path: Path) -> None:
    content = written(tmp_path / "pages", [(1, ["a"])] * 600).read_bytes()
    for length in range(0, len(content), 7):
        (tmp_path / "cut").write_bytes(content[:length])
        with pytest.raises(Refusal):
            RowPages(tmp_path / "cut")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        RowPages(tmp_path / "none")


@pytest.mark.parametrize("columns", [1, 40, 600])
def test_memory_does_not_grow_with_the_rows_looked_at(tmp_path: Path, columns: int) -> None:
    rows = [(number + 1, [str(number)] * columns) for number in range(ROWS_PER_BLOCK * 40)]
    most = max(MOST_KEPT_CELLS, 2 * ROWS_PER_BLOCK * columns)
    with RowPages(written(tmp_path / "pages", rows)) as pages:
        for start in (*range(0, len(rows), 100), 0):
            assert pages.rows(start, 3) == rows[start : start + 3]
            assert pages.kept_cells <= most
