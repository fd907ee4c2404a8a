"""From a trained model to answers for a table, job by job."""

import csv
from collections.abc import Mapping
from pathlib import Path

import duckdb
import msgspec
import openpyxl
import pytest

from automl.domain.event_stream import EventDecoder
from automl.domain.events import ArtifactWritten, Event, IssueRaised
from automl.domain.issues import Refusal
from automl.domain.job import ExportJob, Job, PredictJob, VerifyJob
from automl.domain.result import Leaderboard
from automl.domain.verification import KeyStanding, VerificationReport
from automl.jobs import export, predict, verify
from automl.jobs.context import Controls, EventSink, JobContext
from automl.runtime.opening import open_bundle
from automl.storage.project import Access, Project
from tests.fixtures_training import TrainedProject


def _carry_out(job: Job, folder: Path, project: Project | None = None, controls: Controls | None = None) -> list[Event]:
    folder.mkdir(parents=True, exist_ok=True)
    written: list[bytes] = []
    sink = EventSink(job.job_id, written.append, "test")
    context = JobContext(sink=sink, controls=controls or Controls(), run_folder=folder, project=project)
    match job:
        case ExportJob():
            export.run(job, context)
        case PredictJob():
            predict.run(job, context)
        case VerifyJob():
            verify.run(job, context)
    return EventDecoder().feed(b"".join(written))


def _export(trained: TrainedProject, model_id: str, to: Path) -> VerificationReport:
    job = ExportJob(job_id="e", project=str(trained.folder), run_id=trained.run_id, model_id=model_id, to=str(to))
    with Project.open(trained.folder, Access.WRITE) as project:
        events = _carry_out(job, to.parent / "run", project)
    return _report(events)


def _report(events: list[Event]) -> VerificationReport:
    (path,) = (each.path for each in events if isinstance(each, ArtifactWritten) and each.kind == "verification")
    return msgspec.json.decode(Path(path).read_bytes(), type=VerificationReport)


def _predict(bundle: Path, data: Path, to: Path) -> tuple[list[dict[str, str]], list[str]]:
    job = PredictJob(job_id="p", project="", bundle=str(bundle), data=str(data), to=str(to))
    events = _carry_out(job, to.parent / "run")
    with to.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return rows, [each.issue.code for each in events if isinstance(each, IssueRaised)]


@pytest.mark.parametrize("kind", ["binary", "regression", "multiclass"])
def test_models_of_a_run_become_bundles(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    trained: TrainedProject = request.getfixturevalue(f"trained_{kind}")
    board: Leaderboard = trained.leaderboard
    for model in board.models:
        if kind != "binary" and model.model_id != board.chosen:
            continue
        to = tmp_path / f"{model.model_id}.zip"
        report = _export(trained, model.model_id, to)
        assert report.passed
        assert report.rows >= 1000
        assert report.difference <= 1e-5
        assert report.bundle == to.name
    data = trained.write_csv(tmp_path / "data.csv", 25)
    rows, _ = _predict(tmp_path / f"{board.chosen}.zip", data, tmp_path / "out.csv")
    assert [row["row"] for row in rows] == [str(number) for number in range(1, 26)]
    if kind == "regression":
        assert all(float(row["lower"]) <= float(row["prediction"]) <= float(row["upper"]) for row in rows)
    else:
        assert {row["prediction"] for row in rows} <= set(board.classes)


def test_excel_and_parquet_give_the_same_answers(trained_binary: TrainedProject, tmp_path: Path) -> None:
    bundle = tmp_path / "b"
    _export(trained_binary, trained_binary.leaderboard.chosen, bundle)
    data = trained_binary.write_csv(tmp_path / "data.csv", 40)
    with data.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    book = openpyxl.Workbook()
    assert book.active is not None
    for line in lines:
        book.active.append([_number_or_text(cell) for cell in line])
    book.save(tmp_path / "data.xlsx")
    duckdb.read_csv(str(data)).write_parquet(str(tmp_path / "data.parquet"))
    expected, _ = _predict(bundle, data, tmp_path / "csv.csv")
    for name in ("data.xlsx", "data.parquet"):
        rows, _ = _predict(bundle, tmp_path / name, tmp_path / "other.csv")
        assert [row["probability_yes"] for row in rows] == [row["probability_yes"] for row in expected]


def _number_or_text(cell: str) -> float | str | None:
    try:
        return float(cell)
    except ValueError:
        return cell or None


def test_rows_with_doubts_are_counted(trained_binary: TrainedProject, tmp_path: Path) -> None:
    bundle = tmp_path / "b"
    _export(trained_binary, trained_binary.leaderboard.chosen, bundle)
    data = trained_binary.write_csv(tmp_path / "data.csv", 20)
    data.write_text(data.read_text(encoding="utf-8").replace("IMM-02", "IMM-77"), encoding="utf-8")
    rows, codes = _predict(bundle, data, tmp_path / "out.csv")
    assert "predict.rows_have_issues" in codes
    assert any(row["issues"].startswith("unseen_category") for row in rows)


def test_a_bundle_verifies_later_and_its_key_is_known(trained_binary: TrainedProject, tmp_path: Path) -> None:
    bundle = tmp_path / "b.zip"
    _export(trained_binary, trained_binary.leaderboard.chosen, bundle)
    report = _report(_carry_out(VerifyJob(job_id="v", project="", bundle=str(bundle)), tmp_path / "run"))
    assert report.passed
    assert report.standing is KeyStanding.OWN
    with Project.open(trained_binary.folder, Access.READ) as project:
        record = project.bundles.bundles()[0]
    assert record.path == str(bundle)
    assert record.sha256 == open_bundle(bundle).manifest_sha256


def test_a_damaged_bundle_is_reported_not_raised(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(b"\x80\x04cposix")
    report = _report(_carry_out(VerifyJob(job_id="v", project="", bundle=str(path)), tmp_path / "run"))
    assert not report.passed
    assert [issue.code for issue in report.issues] == ["bundle.can_run_programs"]


@pytest.mark.parametrize("spoil", ["golden", "model"])
def test_what_cannot_be_exported_leaves_nothing(spoil: str, trained_binary: TrainedProject, tmp_path: Path) -> None:
    chosen = trained_binary.leaderboard.chosen
    golden = trained_binary.folder / "runs" / trained_binary.run_id / "models" / chosen / "golden.json"
    content = golden.read_bytes()
    try:
        if spoil == "golden":
            golden.write_bytes(b"{")
        with pytest.raises(Refusal) as caught:
            _export(trained_binary, chosen if spoil == "golden" else "no-such", tmp_path / "out" / "b")
    finally:
        golden.write_bytes(content)
    expected: Mapping[str, str] = {"golden": "bundle.no_golden_rows", "model": "bundle.no_such_model"}
    assert [issue.code for issue in caught.value.issues] == [expected[spoil]]
    assert not (tmp_path / "out" / "b").exists()
