"""What front ends offer to choose from is what some reader takes, no more and no less."""

from pathlib import Path

import pytest

from automl.data.readers.registry import known_extensions, reader_for
from automl.domain.table_files import TABLE_EXTENSIONS, is_table_file


def test_the_files_offered_are_those_that_can_be_read() -> None:
    assert sorted(TABLE_EXTENSIONS) == sorted(known_extensions())


@pytest.mark.parametrize("extension", [spelled for one in known_extensions() for spelled in (one, one.upper())])
def test_a_file_offered_finds_its_reader(tmp_path: Path, extension: str) -> None:
    file = tmp_path / f"line 7{extension}"
    file.write_bytes(b"x")
    assert is_table_file(file)
    assert extension.lower() in reader_for(file).extensions
