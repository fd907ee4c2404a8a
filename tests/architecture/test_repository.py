"""What may lie in the repository."""

import os
import re
from pathlib import Path

import pytest

from tests.architecture.sources import GENERATED, ROOT, text, tracked_files

TOP_LEVEL = {
    *("automl", "desktop", "docs", "packaging", "resources", "tests", ".ci"),
    *("ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "DECISIONS.md", "GLOSSARY.md", "README.md"),
    *("LICENSE", "pyproject.toml", ".gitattributes", ".gitignore"),
}
TEXT = frozenset(
    {".py", ".md", ".toml", ".json", ".qss", ".svg", ".lock", ".html", ".css", ".txt", ".sql", ".yml", ".sh", ""}
)
LARGEST = 2_000_000  # bytes
MACHINE_PATHS = re.compile(r"(?<![\w.])(/work/|/root/|/home/\w+/|/Users/\w+/|C:\\Users\\\w+)")
REGISTRIES = re.compile(
    r"https?://\S*/simple\b|(pypi|pythonhosted|npmjs)[.]org|--(extra-)?index-url|--find-links", re.IGNORECASE
)
HOUSEKEEPING = {Path("tests/architecture/test_repository.py")}


def text_files() -> list[Path]:
    return [path for path in tracked_files() if path.suffix in TEXT and path not in HOUSEKEEPING]


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number} {line.strip()[:120]}"
        for path in text_files()
        for number, line in enumerate(text(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_every_top_level_entry_is_expected() -> None:
    assert {path.parts[0] for path in tracked_files()} <= TOP_LEVEL


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert not lines_with(MACHINE_PATHS)


def test_no_file_names_a_package_registry() -> None:
    assert not [line for line in lines_with(REGISTRIES) if not line.startswith("packaging/relock.py")]


def test_files_are_small() -> None:
    assert not [str(path) for path in tracked_files() if (ROOT / path).stat().st_size > LARGEST]


def test_texts_are_utf8_with_plain_line_ends() -> None:
    for path in text_files():
        content = (ROOT / path).read_bytes()
        assert b"\r" not in content, path
        content.decode("utf-8")


def test_the_packaging_folder_is_no_package() -> None:
    """It would hide the library of the same name."""
    assert Path("packaging/__init__.py") not in tracked_files()


@pytest.mark.skipif(os.name != "posix", reason="other systems keep no mode of execution")
def test_the_commit_check_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_nothing_generated_is_kept() -> None:
    assert not [
        str(path)
        for path in tracked_files()
        if GENERATED & set(path.parts) or path.suffix in {".pyc", ".pkl", ".joblib"}
    ]
