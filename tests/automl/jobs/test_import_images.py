"""The import job on images end to end: files become a version with a listing, thumbnails, labels and findings, or nothing."""

import itertools
import shutil
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from automl import api
from automl.data.images.listing import read_listing
from automl.data.images.loader import ImageLoader
from automl.domain.dataset import DataKind
from automl.domain.images import CLASS_COLUMN
from automl.domain.issues import Issue, Refusal
from automl.domain.job import ImportJob, ProfileJob
from automl.domain.labels import Label, Provenance
from automl.jobs import import_data, profile_data
from automl.jobs.context import Controls, EventSink, JobContext, Stopped
from automl.storage.project import Project


class Desk:
    """A project and the job at work in it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.controls = Controls()

    def context(self) -> JobContext:
        folder = self.project.run_folder("run")
        folder.mkdir(parents=True, exist_ok=True)
        sink = EventSink("run", lambda _line: None)
        return JobContext(sink=sink, controls=self.controls, run_folder=folder, project=self.project)

    def take_in(self, path: Path, *, adds: bool = False, target: str = "") -> dict[str, Issue]:
        """Import and return the findings by code."""
        job = ImportJob(job_id="run", project=str(self.project.folder), path=str(path), adds=adds, target=target)
        import_data.run(job, self.context())
        return self.findings()

    def findings(self) -> dict[str, Issue]:
        profile = api.profile(self.project)
        assert profile is not None
        return {issue.code: issue for issue in profile.findings}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Project.create(tmp_path / "검사 project") as project:
        yield Desk(project)


@pytest.fixture
def folder(image_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(image_folder, tmp_path / "images"))


def test_a_folder_comes_in_with_everything(desk: Desk, folder: Path) -> None:
    desk.take_in(folder)
    project = desk.project
    dataset = api.current_dataset(project)
    assert dataset is not None
    version = dataset.version
    files = sorted(folder.rglob("*.png"))
    images = api.images(project)
    assert (version.kind, version.row_count, len(images)) == (DataKind.IMAGES, len(files), len(files))
    assert [image.number for image in images] == list(range(1, len(files) + 1))
    assert read_listing(project, 1).images == images
    first = images[0]
    content = (folder / first.path).read_bytes()
    assert api.image_bytes(project, first) == content
    pixels = ImageLoader(project.objects).pixels(first)
    assert pixels.shape == (first.height, first.width, 3)
    assert first.brightness == pytest.approx(pixels.mean() / 255, abs=0.02)
    with Image.open(BytesIO(api.thumbnail(project, version, images[-1]))) as thumbnail:
        assert (thumbnail.format, max(thumbnail.size) <= 192) == ("JPEG", True)
    assert {each.name for each in api.label_classes(project)} == {path.parent.name for path in files}
    assert all(api.labels(project)[i.sha256].class_name == i.class_name == i.path.split("/")[0] for i in images)
    assert api.label_progress(project).imported == len(files)
    assert api.class_counts(project)["good"] == len(list((folder / "good").iterdir()))
    assert api.rows(project, 0, 2) == [(i.number, [i.path, i.class_name]) for i in images[:2]]
    assert api.row_count(project) == len(files)
    assert api.profile_is_current(project)
    assert api.target_in_force(project, dataset) == CLASS_COLUMN
    assert list((project.folder / "tmp").iterdir()) == []


def test_added_images_keep_numbers_labels_and_bytes_of_those_before(desk: Desk, folder: Path, tmp_path: Path) -> None:
    desk.take_in(folder)
    before = api.images(desk.project)
    api.set_labels(desk.project, [Label(before[0].sha256, "mine", Provenance.PERSON)])
    more = tmp_path / "more"
    (more / "crack").mkdir(parents=True)
    (more / "good").mkdir()
    with Image.open(folder / before[0].path) as original:
        original.transpose(Image.Transpose.ROTATE_90).save(more / "crack" / "new.png")
        original.transpose(Image.Transpose.ROTATE_270).save(more / "good" / "other.png")
    shutil.copy(folder / before[1].path, more / "crack" / "copy.png")
    found = desk.take_in(more, adds=True)
    after = api.images(desk.project)
    assert [(i.number, i.path, i.sha256) for i in after[:-3]] == [(i.number, i.path, i.sha256) for i in before]
    assert [i.path for i in after[-3:]] == ["crack/copy.png", "crack/new.png", "good/other.png"]
    assert after[-3].group == after[1].group
    assert "images.repeated" in found
    assert "images.copies_differ" in found
    labels = api.labels(desk.project)
    assert labels[before[0].sha256].class_name == "mine"
    dataset = api.current_dataset(desk.project)
    assert dataset is not None
    for image in after:
        assert api.thumbnail(desk.project, dataset.version, image).startswith(b"\xff\xd8")
    assert [version.row_count for version in api.datasets(desk.project)] == [len(before), len(after)]
    with pytest.raises(Refusal) as refusal:
        desk.take_in(more, adds=True)
    assert refusal.value.issues[0].code == "images.nothing_new"


def test_a_zip_and_a_list_hold_the_same_images_as_the_folder(desk: Desk, folder: Path, tmp_path: Path) -> None:
    desk.take_in(folder)
    expected = {(i.path, i.sha256, i.class_name) for i in api.images(desk.project)}
    archive = tmp_path / "images.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for path in folder.rglob("*.png"):
            target.write(path, path.relative_to(folder))
    desk.take_in(archive)
    assert {(i.path, i.sha256, i.class_name) for i in api.images(desk.project)} == expected
    lines = [f'"{folder.name}\\{path.replace("/", chr(92))}",{class_name}' for path, _, class_name in sorted(expected)]
    table = tmp_path / "목록.csv"
    table.write_text("\n".join(["파일,판정", *lines, "gone.png,good"]), encoding="cp949")
    found = desk.take_in(table)
    assert {(i.sha256, i.class_name) for i in api.images(desk.project)} == {(sha, name) for _, sha, name in expected}
    assert found["images.listed_missing"].parameters["names"] == "gone.png"


def test_a_table_that_only_mentions_images_stays_a_table(desk: Desk, tmp_path: Path) -> None:
    table = tmp_path / "shots.csv"
    rows = [f"{n}.png,{n * 0.5},{n % 3},{n * 7 % 11}" for n in range(40)]
    table.write_text("\n".join(["image,temperature,line,value", *rows]))
    desk.take_in(table)
    dataset = api.current_dataset(desk.project)
    assert dataset is not None
    assert dataset.version.kind is DataKind.TABLE
    assert api.images(desk.project) == ()
    table.write_text("image,label\nnone.png,ok\nhere.png,ng\n")
    with pytest.raises(Refusal) as refusal:
        desk.take_in(table)
    assert refusal.value.issues[0].code == "images.none_listed_found"


def test_unreadable_files_are_told_and_masks_left_out(desk: Desk, folder: Path) -> None:
    (folder / "good" / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    (folder / "notes.txt").write_text("no image")
    (folder / "masks").mkdir()
    Image.new("1", (8, 8)).save(folder / "masks" / "m.png")
    Image.fromarray(np.random.default_rng(0).integers(0, 255, (32, 32), np.uint8)).save(folder / "good" / "pair.jpg")
    Image.new("1", (32, 32)).save(folder / "good" / "pair.png")
    found = desk.take_in(folder)
    assert found["images.unreadable"].parameters == {"count": 1, "names": "good/broken.png"}
    assert found["images.masks_left_out"].parameters == {"count": 2}
    assert found["images.others_left_out"].parameters == {"count": 1, "kinds": ".txt"}
    paths = {image.path for image in api.images(desk.project)}
    assert "good/pair.jpg" in paths
    assert not paths & {"good/pair.png", "masks/m.png", "good/broken.png"}


def test_what_viewers_show_differently_has_a_png_as_models_see_it(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "deep"
    folder.mkdir()
    values = np.linspace(0, 65535, 48 * 40).reshape(40, 48).astype(np.uint16)
    Image.fromarray(values).save(folder / "a.tif")
    desk.take_in(folder)
    (image,) = api.images(desk.project)
    assert (image.bits, image.channels, image.width) == (16, 1, 48)
    with Image.open(BytesIO(api.image_bytes(desk.project, image))) as shown:
        assert shown.format == "PNG"
        assert np.array_equal(np.asarray(shown), ImageLoader(desk.project.objects).pixels(image)[:, :, 0])


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda folder: (folder / "a.txt").write_text("x"), "images.none_found"),
        (lambda folder: (folder / "a.png").write_bytes(b"x"), "images.none_readable"),
    ],
)
def test_what_holds_no_image_is_refused_and_leaves_nothing(
    desk: Desk, tmp_path: Path, make: Callable[[Path], object], code: str
) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    make(folder)
    with pytest.raises(Refusal) as refusal:
        desk.take_in(folder)
    assert refusal.value.issues[0].code == code
    assert api.current_dataset(desk.project) is None


@pytest.mark.parametrize("steps", [0, 40, 100])
def test_a_canceled_import_leaves_nothing(
    desk: Desk, folder: Path, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = itertools.count()
    monkeypatch.setattr(Controls, "cancel_requested", property(lambda _: next(asked) >= steps))
    with pytest.raises(Stopped):
        desk.take_in(folder)
    assert api.current_dataset(desk.project) is None
    assert not [path for path in (desk.project.folder / "objects").rglob("*") if path.is_file()]


def test_a_new_look_follows_the_labels_and_keeps_what_the_files_told(desk: Desk, folder: Path) -> None:
    (folder / "good" / "broken.png").write_bytes(b"x")
    before = desk.take_in(folder)
    images = api.images(desk.project)
    api.set_labels(desk.project, [Label(i.sha256, "rest", Provenance.PERSON) for i in images[3:]])
    job = ProfileJob(job_id="run", project=str(desk.project.folder), version=1, steps=(), target=CLASS_COLUMN)
    profile_data.run(job, desk.context())
    after = desk.findings()
    assert "images.unreadable" in before
    assert "images.unreadable" in after
    profile = api.profile(desk.project)
    assert profile is not None
    assert dict(profile.columns[1].top_values) == api.class_counts(desk.project)


def test_rules_find_images_by_their_path(desk: Desk, folder: Path) -> None:
    desk.take_in(folder)
    images = api.images(desk.project)
    good = tuple(image.number for image in images if image.path.startswith("good/"))
    assert api.match_rule(desk.project, "GOOD/") == good
    assert api.match_rule(desk.project, "good*.png") == good
    assert api.match_rule(desk.project, "g??d/") == good
    assert api.match_rule(desk.project, "good*.jpg") == ()
    assert api.match_rule(desk.project, " ") == ()
