"""Folders and zips as people bring them: links in circles, names of other systems, archives that mean harm."""

import os
import unicodedata
import zipfile
from pathlib import Path

import pytest

from automl.data.images.files import FileUnreadableError, FolderFiles
from automl.data.images.zip_files import ZipFiles
from automl.domain.issues import Refusal


def test_a_link_in_a_circle_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.png").write_bytes(b"x")
    (tmp_path / "a" / "again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.png").symlink_to(tmp_path / "nowhere")
    assert FolderFiles.below(tmp_path).names() == ("a/1.png",)


def test_names_are_composed_and_numbers_sorted_as_people_do(tmp_path: Path) -> None:
    for name in ("이미지 10.png", "이미지 9.png", unicodedata.normalize("NFD", "정상.png"), ".hidden.png", "Thumbs.db"):
        (tmp_path / name).write_bytes(name.encode())
    files = FolderFiles.below(tmp_path)
    assert files.names() == ("이미지 9.png", "이미지 10.png", "정상.png")
    assert files.read("정상.png") == unicodedata.normalize("NFD", "정상.png").encode()


def test_names_of_korean_windows_are_read(tmp_path: Path) -> None:
    os.close(os.open(os.fsencode(tmp_path) + b"/" + "불량.png".encode("cp949"), os.O_CREAT))
    assert FolderFiles.below(tmp_path).names() == ("불량.png",)


def test_a_file_that_went_away_is_told(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"x")
    files = FolderFiles.below(tmp_path)
    (tmp_path / "1.png").unlink()
    assert files.size("1.png") == 0
    with pytest.raises(FileUnreadableError):
        files.read("1.png")


def test_what_lathe_wrote_among_the_images_is_none_of_them(tmp_path: Path) -> None:
    for name in (
        "good/1.png",
        "heat/1.png.heatmap.png",
        "line3/project.json",
        "line3/project.sqlite",
        "line3/runs/r/heatmaps/1.png",
        "bundle/manifest.json",
        "bundle/manifest.sig",
        "bundle/golden/images/0001.png",
        "parts/manifest.json",
        "parts/2.png",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert FolderFiles.below(tmp_path).names() == ("good/1.png", "parts/2.png", "parts/manifest.json")


def test_names_in_a_zip_never_leave_it_and_korean_ones_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("ok/1.png", "../2.png", "/3.png", "C:/4.png", "__MACOSX/ok/._1.png", "ok/.DS_Store"):
            archive.writestr(name, name)
        archive.writestr("QWER/1.png", b"k")
        link = zipfile.ZipInfo("ok/link.png")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    path.write_bytes(path.read_bytes().replace(b"QWER", "불량".encode("cp949")))
    with ZipFiles(path) as files:
        assert files.names() == ("ok/1.png", "불량/1.png")
        assert (files.read("ok/1.png"), files.read("불량/1.png")) == (b"ok/1.png", b"k")


def test_a_bomb_in_a_zip_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.png", b"\0" * (32 << 20))
        archive.writestr("2.png", b"fine")
    with ZipFiles(path) as files:
        with pytest.raises(FileUnreadableError):
            files.read("1.png")
        assert files.read("2.png") == b"fine"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no", b"x" * 100])
def test_what_is_no_zip_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "broken.zip"
    path.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        ZipFiles(path)
    assert refusal.value.issues[0].code == "images.zip_damaged"
