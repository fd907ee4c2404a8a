"""Conformance of label readers: however a class is written, from a folder or a zip, every image gets it."""

import json
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from automl.data.connection import no_progress
from automl.data.images.files import FolderFiles, ImageFiles
from automl.data.images.readers.base import FoundLabels, LabelReader, Question
from automl.data.images.readers.class_folders import ClassFolders
from automl.data.images.readers.coco import CocoAnnotations
from automl.data.images.readers.registry import LABEL_READERS
from automl.data.images.readers.table_lists import TableLists
from automl.data.images.readers.voc import VocAnnotations
from automl.data.images.zip_files import ZipFiles
from automl.domain.images import is_image_file

CLASSES = {
    "이미지/정상/a 1.png": "정상",
    "이미지/정상/a 2.png": "정상",
    "이미지/긁힘/b.png": "긁힘",
    "이미지/긁힘/c.png": "긁힘",
}


class Canceled(Exception):
    """Raised by a progress that wants to stop."""


@contextmanager
def opened(folder: Path, *, zipped: bool) -> Iterator[ImageFiles]:
    if not zipped:
        yield FolderFiles.below(folder)
        return
    archive = folder.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w") as target:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                target.write(path, path.relative_to(folder).as_posix())
    with ZipFiles(archive) as files:
        yield files


def question(files: ImageFiles, work: Path) -> Question:
    work.mkdir(exist_ok=True)
    return Question(files, tuple(name for name in files.names() if is_image_file(Path(name))), (), work)


class LabelReaderConformance(ABC):
    """What every reader of labels promises."""

    reader: LabelReader
    marks_places = True

    @abstractmethod
    def write(self, folder: Path, classes: Mapping[str, str]) -> None:
        """Write the labels beside the images of `folder`."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "data"
        for name in CLASSES:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            Image.new("L", (8, 8)).save(folder / name)
        self.write(folder, CLASSES)
        return folder

    def read(self, folder: Path, *, zipped: bool = False) -> FoundLabels:
        with opened(folder, zipped=zipped) as files:
            return self.reader.read(question(files, folder.parent / "work"), no_progress)

    @pytest.mark.parametrize("zipped", [False, True])
    def test_every_image_gets_its_class(self, folder: Path, zipped: bool) -> None:
        found = self.read(folder, zipped=zipped)
        assert {name: said.class_name for name, said in found.said.items()} == CLASSES
        assert not found.issues
        assert all(said.boxes for said in found.said.values()) == self.marks_places

    def test_progress_may_stop_the_reading(self, folder: Path) -> None:
        def stop(done: float, total: float | None) -> None:
            raise Canceled

        with opened(folder, zipped=False) as files, pytest.raises(Canceled):
            self.reader.read(question(files, folder.parent / "work"), stop)

    def test_nothing_is_said_where_nothing_is_written(self, tmp_path: Path) -> None:
        folder = tmp_path / "plain"
        folder.mkdir()
        for number in range(3):
            Image.new("L", (8, 8)).save(folder / f"{number}.png")
        assert not self.read(folder).said


class LabelFileConformance(LabelReaderConformance):
    """What readers of files with labels promise besides."""

    @abstractmethod
    def damage(self, folder: Path) -> None:
        """Damage one file that was written."""

    def test_damage_is_told_and_nothing_fails(self, folder: Path) -> None:
        self.damage(folder)
        found = self.read(folder)
        assert [issue.code for issue in found.issues] == ["images.annotations_unreadable"]
        assert found.issues[0].parameters["count"] == 1


class TestVoc(LabelFileConformance):
    reader = VocAnnotations()

    def write(self, folder: Path, classes: Mapping[str, str]) -> None:
        for name, class_name in classes.items():
            (folder / name).with_suffix(".xml").write_text(
                f"<annotation><filename>{name.rpartition('/')[2]}</filename><object><name> {class_name} </name>"
                "<bndbox><xmin>1</xmin><ymin>2</ymin><xmax>5</xmax><ymax>7.5</ymax></bndbox></object></annotation>",
                encoding="utf-8",
            )

    def damage(self, folder: Path) -> None:
        for path in folder.rglob("b.xml"):
            path.write_bytes(path.read_bytes()[:-30])

    def test_places_are_kept(self, folder: Path) -> None:
        (box,) = self.read(folder).said["이미지/긁힘/b.png"].boxes
        assert (box.class_name, box.left, box.top, box.width, box.height) == ("긁힘", 1.0, 2.0, 4.0, 5.5)

    def test_a_document_with_entities_is_not_read(self, folder: Path) -> None:
        secret = folder.parent / "secret.txt"
        secret.write_text("SECRET")
        bomb = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY y "&x;&x;">]>'
        (folder / "이미지/긁힘/b.xml").write_text(
            f"{bomb}<annotation><filename>b.png</filename><object><name>&x;</name></object></annotation>"
        )
        found = self.read(folder)
        assert "이미지/긁힘/b.png" not in found.said
        assert len(found.issues) == 1


class TestCoco(LabelFileConformance):
    reader = CocoAnnotations()

    def write(self, folder: Path, classes: Mapping[str, str]) -> None:
        names = sorted(set(classes.values()))
        images = [{"id": number, "file_name": name, "width": 8} for number, name in enumerate(classes)]
        annotations = [
            {"id": n, "image_id": n, "category_id": names.index(c), "bbox": [1, 2, 3, 4], "segmentation": [[1, 2]]}
            for n, c in enumerate(classes.values())
        ]
        categories = [{"id": n, "name": name, "supercategory": "x"} for n, name in enumerate(names)]
        document = {"info": {}, "images": images, "annotations": annotations, "categories": categories}
        (folder / "instances.json").write_text(json.dumps(document), encoding="utf-8")

    def damage(self, folder: Path) -> None:
        path = folder / "instances.json"
        path.write_text(path.read_text(encoding="utf-8")[:-5], encoding="utf-8")

    def test_other_json_files_are_passed_over(self, folder: Path) -> None:
        (folder / "notes.json").write_text('{"camera": 1}')
        assert not self.read(folder).issues


class TestTableList(LabelFileConformance):
    reader = TableLists()
    marks_places = False

    def write(self, folder: Path, classes: Mapping[str, str]) -> None:
        lines = ["file,판정,shift", *(f"{name},{class_name},A" for name, class_name in classes.items())]
        (folder / "labels.csv").write_text("\n".join(lines), encoding="cp949")

    def damage(self, folder: Path) -> None:
        (folder / "labels.csv").write_bytes(b"\x00" * 50)

    def test_two_classes_without_a_place_are_no_class(self, folder: Path) -> None:
        with (folder / "labels.csv").open("a", encoding="cp949") as file:
            file.write("\n이미지/긁힘/b.png,정상,A\n")
        found = self.read(folder)
        assert found.said["이미지/긁힘/b.png"].class_name == ""

    def test_marked_places_in_columns_are_kept(self, folder: Path) -> None:
        (folder / "labels.csv").write_text(
            "file,label,xmin,ymin,xmax,ymax\nb.png,dent,1,1,3,3\nb.png,scratch,0,0,8,8\nb.png,dent,2,2,3,3\n"
        )
        said = self.read(folder).said["이미지/긁힘/b.png"]
        assert said.class_name == "dent"
        assert [box.width for box in said.boxes] == [2.0, 8.0, 1.0]


class TestClassFolders(LabelReaderConformance):
    reader = ClassFolders()
    marks_places = False

    def write(self, folder: Path, classes: Mapping[str, str]) -> None:
        """The folders themselves say it."""


def test_every_reader_is_registered() -> None:
    assert [type(reader) for reader in LABEL_READERS] == [ClassFolders, TableLists, VocAnnotations, CocoAnnotations]
