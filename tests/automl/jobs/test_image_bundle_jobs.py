"""From a trained model of images to verdicts on new ones, job by job."""

import csv
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import PIPE, Popen

import msgspec
import numpy as np
import openpyxl
import pytest

from automl.bundle import smaller_numbers
from automl.bundle.learned_images import GOLDEN_IMAGES_FILE, LEARNED_IMAGES_FILE, GoldenImages
from automl.bundle.writer import write_bundle
from automl.domain.event_stream import EventDecoder
from automl.domain.events import ArtifactWritten, Event, IssueRaised
from automl.domain.issues import Refusal
from automl.domain.job import ExportJob, PredictJob, TrainJob, VerifyJob
from automl.domain.task import TaskKind
from automl.domain.verification import VerificationReport
from automl.drawing.parts import DrawnImage
from automl.jobs import export, predict, verify
from automl.jobs.context import Controls, EventSink, JobContext, Stopped
from automl.runtime.image.session import ImageSession
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.opening import open_bundle
from automl.storage.project import Access, Project
from automl.storage.run_folder import RunFolder
from tests.automl.bundle.making import make_files
from tests.automl.bundle.making_images import make_image_source, pixels, some_images, write_image_bundle, write_images
from tests.fixtures_training import TrainedImages
from tests.image_projects import image_project

GOLDEN = 8


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a run as training leaves it: one model whose own answers are those of its graph."""
    folder = tmp_path_factory.mktemp("finished") / "project"
    source = make_image_source()
    classes = source.images.classes
    drawn = [
        DrawnImage(
            pixels(number % 3, width=40, height=40, seed=number), classes[number % 3], np.zeros((40, 40), bool), number
        )
        for number in range(30)
    ]
    image_project(folder, drawn)
    session = ImageSession(source.onnx, len(classes), threads=1)
    seen = [session.run(one.pixels) for one in drawn[:GOLDEN]]
    golden = GoldenImages(
        numbers=tuple(range(1, GOLDEN + 1)),
        probabilities=tuple(tuple(map(float, each.probabilities)) for each in seen),
    )
    with Project.open(folder, Access.WRITE) as project:
        project.runs.add(TrainJob(job_id="r1", project=str(folder), version=1, steps=(), goal=source.leaderboard.goal))
        run = RunFolder(project.run_folder("r1"))
        run.model_folder("m1").mkdir(parents=True)
        run.leaderboard_path.write_bytes(msgspec.json.encode(source.leaderboard))
        run.evaluation_path("m1").write_bytes(msgspec.json.encode(source.evaluation))
        run.image_evaluation_path("m1").write_bytes(msgspec.json.encode(source.images))
        (run.model_folder("m1") / GOLDEN_IMAGES_FILE).write_bytes(msgspec.json.encode(golden))
        (project.run_folder("r1") / LEARNED_IMAGES_FILE).write_bytes(msgspec.json.encode(source.learned))
        project.runs.record_model("r1", source.summary, project.objects.put_bytes(source.onnx), "{}")
    return folder


def _context(
    folder: Path, project: Project | None = None, controls: Controls | None = None
) -> tuple[JobContext, list[bytes]]:
    folder.mkdir(parents=True, exist_ok=True)
    written: list[bytes] = []
    sink = EventSink("j", written.append, "test")
    return JobContext(sink=sink, controls=controls or Controls(), run_folder=folder, project=project), written


def _export(
    finished: Path, to: Path, *, smaller_numbers: bool = False, controls: Controls | None = None
) -> list[Event]:
    job = ExportJob(
        job_id="e", project=str(finished), run_id="r1", model_id="m1", to=str(to), smaller_numbers=smaller_numbers
    )
    with Project.open(finished, Access.WRITE) as project:
        context, written = _context(to.parent / "run", project, controls)
        export.run(job, context)
    return EventDecoder().feed(b"".join(written))


def _report(events: list[Event]) -> VerificationReport:
    (path,) = (each.path for each in events if isinstance(each, ArtifactWritten) and each.kind == "verification")
    return msgspec.json.decode(Path(path).read_bytes(), type=VerificationReport)


def test_a_model_of_images_becomes_a_bundle_that_judges(finished: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "b.zip"
    report = _report(_export(finished, bundle))
    assert report.passed
    assert report.rows == GOLDEN + 5 * GOLDEN
    assert report.bundle == "b.zip"
    folder = write_images(tmp_path / "new", some_images(6))
    (folder / "odd.png").write_bytes(b"no image")
    to = tmp_path / "out.csv"
    job = PredictJob(
        job_id="p", project="", bundle=str(bundle), data=str(folder), to=str(to), heatmaps=str(tmp_path / "heat")
    )
    context, written = _context(tmp_path / "run2")
    predict.run(job, context)
    events = EventDecoder().feed(b"".join(written))
    told = {each.issue.code: each.issue.parameters for each in events if isinstance(each, IssueRaised)}
    assert told["predict.images_judged"]["unanswered"] == 1
    assert "predict.images_have_issues" in told
    with to.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["verdict"] for row in rows] == ["", *["ok", "not_good", "not_good"] * 2]
    assert len(list((tmp_path / "heat").iterdir())) == 6
    context, written = _context(tmp_path / "run3")
    verify.run(VerifyJob(job_id="v", project="", bundle=str(bundle)), context)
    assert _report(EventDecoder().feed(b"".join(written))).passed


@pytest.mark.parametrize("data", ["new", "new/부품 000.png"])
def test_images_are_not_for_a_bundle_for_tables(data: str, tmp_path: Path) -> None:
    write_images(tmp_path / "new", some_images(1))
    bundle = tmp_path / "table"
    write_bundle(make_files(), bundle, lambda path: None)
    job = PredictJob(
        job_id="p", project="", bundle=str(bundle), data=str(tmp_path / data), to=str(tmp_path / "out.csv")
    )
    context, _ = _context(tmp_path / "run")
    with pytest.raises(Refusal) as caught:
        predict.run(job, context)
    assert [issue.code for issue in caught.value.issues] == ["bundle.for_tables"]
    assert not (tmp_path / "out.csv").exists()


def test_a_workbook_may_list_the_images(finished: Path, tmp_path: Path) -> None:
    bundle = write_image_bundle(tmp_path / "b.zip")
    folder = write_images(tmp_path / "new", some_images(2))
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in (["lot", "image"], *[["x", f"new/{path.name}"] for path in sorted(folder.iterdir())]):
        book.active.append(line)
    book.save(tmp_path / "list.xlsx")
    to = tmp_path / "out.csv"
    context, _ = _context(tmp_path / "run")
    predict.run(
        PredictJob(job_id="p", project="", bundle=str(bundle), data=str(tmp_path / "list.xlsx"), to=str(to)), context
    )
    with to.open(encoding="utf-8-sig", newline="") as file:
        assert [row["prediction"] for row in csv.DictReader(file)] == ["good", "scratch"]


def test_smaller_numbers_that_pay_are_taken_and_proven(
    finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smaller_numbers, "FASTER_BY", 0.0)
    monkeypatch.setattr(smaller_numbers, "MOST_POINTS_LOST", 100.0)
    events = _export(finished, tmp_path / "b", smaller_numbers=True)
    codes = [each.issue.code for each in events if isinstance(each, IssueRaised)]
    assert codes == ["bundle.smaller_numbers_taken"]
    assert _report(events).passed
    manifest = open_bundle(tmp_path / "b").manifest
    assert isinstance(manifest, ImageManifest)
    assert (manifest.numbers.asked, manifest.numbers.kind) == (True, "int8")


def _without(path: Path) -> None:
    path.unlink()


def _lying(path: Path) -> None:
    golden = msgspec.json.decode(path.read_bytes(), type=GoldenImages)
    turned = tuple(tuple(reversed(each)) for each in golden.probabilities)
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(golden, probabilities=turned)))


def _elsewhere(path: Path) -> None:
    golden = msgspec.json.decode(path.read_bytes(), type=GoldenImages)
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(golden, numbers=(999, *golden.numbers[1:]))))


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_without, "bundle.no_golden_images"),
        (_elsewhere, "bundle.no_golden_images"),
        (_lying, "bundle.answers_differ_images"),
    ],
)
def test_what_cannot_prove_itself_is_not_exported(
    spoil: Callable[[Path], None], code: str, finished: Path, tmp_path: Path
) -> None:
    path = finished / "runs" / "r1" / "models" / "m1" / GOLDEN_IMAGES_FILE
    content = path.read_bytes()
    try:
        spoil(path)
        with pytest.raises(Refusal) as caught:
            _export(finished, tmp_path / "out" / "b")
    finally:
        path.write_bytes(content)
    assert caught.value.issues[0].code == code
    assert not (tmp_path / "out" / "b").exists()


def test_a_canceled_export_leaves_nothing(finished: Path, tmp_path: Path) -> None:
    controls = Controls()
    controls.hear("cancel")
    with pytest.raises(Stopped):
        _export(finished, tmp_path / "out" / "b", controls=controls)
    assert not (tmp_path / "out" / "b").exists()


def test_the_command_inspects_a_folder_until_its_input_closes(tmp_path: Path) -> None:
    bundle = write_image_bundle(tmp_path / "b.zip", TaskKind.BINARY)
    folder = write_images(tmp_path / "in", [pixels(1)])
    command = [sys.executable, "-m", "automl.cli", "inspect", str(bundle), str(folder), "--to", str(tmp_path / "o.csv")]
    with Popen(command, stdin=PIPE, stdout=PIPE, stderr=PIPE, encoding="utf-8") as process:
        assert process.stdout is not None
        assert process.stdin is not None
        titles = process.stdout.readline().strip().split(",")
        verdict = dict(zip(titles, process.stdout.readline().strip().split(","), strict=False))
        process.stdin.close()
        assert process.wait(30) == 0
    assert verdict["path"] == "부품 000.png"
    assert verdict["verdict"] == "not_good"


def test_what_training_left_becomes_a_bundle(trained_images: TrainedImages, tmp_path: Path) -> None:
    job = ExportJob(
        job_id="e",
        project=str(trained_images.folder),
        run_id=trained_images.run_id,
        model_id=trained_images.leaderboard.chosen,
        to=str(tmp_path / "b"),
    )
    with Project.open(trained_images.folder, Access.WRITE) as project:
        context, written = _context(tmp_path / "run", project)
        export.run(job, context)
        record = project.bundles.bundles()[0]
    report = _report(EventDecoder().feed(b"".join(written)))
    assert report.passed
    assert report.difference <= 1e-4
    opened = open_bundle(tmp_path / "b")
    assert record.sha256 == opened.manifest_sha256
    assert opened.manifest.classes == trained_images.leaderboard.classes
