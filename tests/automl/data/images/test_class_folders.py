"""How people sort images into folders, and which class each image gets."""

from pathlib import Path

import pytest

from automl.data.connection import no_progress
from automl.data.images.files import FolderFiles
from automl.data.images.readers.base import FoundLabels, Question
from automl.data.images.readers.class_folders import ClassFolders


def read(*names: str, known: tuple[str, ...] = (), folder: str = "import") -> FoundLabels:
    root = Path(folder)
    files = FolderFiles(root, {name: root / name for name in names})
    return ClassFolders().read(Question(files, names, known, root), no_progress)


def classes(*names: str, known: tuple[str, ...] = (), folder: str = "import") -> dict[str, str]:
    return {name: said.class_name for name, said in read(*names, known=known, folder=folder).said.items()}


@pytest.mark.parametrize(
    ("layout", "expected"),
    [
        ({"ok/1.png": "ok", "ok/2.png": "ok", "ng/1.png": "ng", "ng/2.png": "ng"}, "folder is class"),
        ({"train/OK/1.png": "OK", "train/OK/2.png": "OK", "test/ok/3.png": "OK", "test/ng/4.png": "ng"}, "splits join"),
        ({"OK/1.png": "OK", "NG/scratch/2.png": "scratch", "NG/dent/3.png": "dent", "OK/4.png": "OK"}, "kinds of NG"),
        ({"ok/cam1/1.png": "ok", "ok/cam2/2.png": "ok", "ng/cam1/3.png": "ng", "ng/cam2/4.png": "ng"}, "cameras"),
        ({"ok/2024-05-01/1.png": "ok", "ok/20240502/2.png": "ok", "ng/20240501/3.png": "ng"}, "dates"),
        ({"a/Imgs/1.jpg": "a", "a/Imgs/2.jpg": "a", "b/Imgs/1.jpg": "b", "b/Imgs/2.jpg": "b"}, "containers"),
        ({"0/1.png": "0", "0/2.png": "0", "1/1.png": "1", "1/2.png": "1"}, "digits"),
        ({"정상/1.png": "정상", "정상/2.png": "정상", "불량/1.png": "불량"}, "Korean"),
        ({"good/1.png": "good", "good/2.png": "good"}, "only good parts"),
    ],
)
def test_folders_name_classes(layout: dict[str, str], expected: str) -> None:
    assert classes(*layout) == layout, expected


def test_folders_of_masks_are_left_out() -> None:
    found = read("good/1.png", "good/2.png", "crack/3.png", "ground_truth/crack/3_mask.png")
    assert found.left_out == {"ground_truth/crack/3_mask.png"}
    assert set(found.said) == {"good/1.png", "good/2.png", "crack/3.png"}


def test_splits_are_told() -> None:
    (issue,) = read("train/ok/1.png", "train/ok/2.png", "val/ng/1.png", "val/ng/2.png").issues
    assert (issue.code, issue.parameters["names"]) == ("images.split_folders", "train, val")


def test_a_folder_called_test_beside_others_is_a_folder_like_others() -> None:
    assert set(classes("template/1.png", "template/2.png", "test/1.png", "test/2.png").values()) == {"template", "test"}


def test_flat_folders_name_no_class_unless_they_mean_good_or_a_known_class() -> None:
    assert classes("1.png", "2.png") == {}
    assert classes("1.png", folder="양품") == {"1.png": "양품"}
    assert classes("1.png", folder="Crack", known=("crack",)) == {"1.png": "Crack"}


def test_one_folder_or_a_folder_for_every_image_is_no_class() -> None:
    assert classes("export/1.png", "export/2.png") == {}
    found = read(*(f"part {number}/1.png" for number in "abcdefgh"))
    assert not found.said
    assert [issue.code for issue in found.issues] == ["images.folders_not_classes"]


def test_images_outside_of_class_folders_have_no_class() -> None:
    assert "loose.png" not in classes("ok/1.png", "ok/2.png", "ng/1.png", "loose.png")
