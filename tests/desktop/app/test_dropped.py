"""What was dropped is told by its name, and the first thing that can be read counts."""

from pathlib import Path

import pytest

from desktop.app.dropped import Dropped, DroppedKind, dropped


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "images").mkdir()
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "project.json").write_text("{}", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("images", DroppedKind.IMAGES),
        ("project", DroppedKind.PROJECT),
        ("이미지.ZIP", DroppedKind.IMAGES),
        ("labels.csv", DroppedKind.TABLE),
        ("part.PNG", DroppedKind.ONE_IMAGE),
        ("notes.docx", DroppedKind.UNKNOWN),
    ],
)
def test_names_tell_what_was_dropped(folder: Path, name: str, kind: DroppedKind) -> None:
    assert dropped([folder / name]) == Dropped(folder / name, kind)


def test_the_first_that_can_be_read_counts(folder: Path) -> None:
    found = dropped([folder / "notes.docx", folder / "labels.csv", folder / "images"])

    assert found == Dropped(folder / "labels.csv", DroppedKind.TABLE, leaves_others=True)


def test_many_images_stand_for_their_folder(folder: Path) -> None:
    assert not dropped([folder / "a.png", folder / "b.png"]).leaves_others


def test_nothing_dropped_is_a_fault_of_the_caller() -> None:
    with pytest.raises(ValueError, match="nothing"):
        dropped([])
