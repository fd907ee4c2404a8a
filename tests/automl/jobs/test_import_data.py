"""The import job end to end: a file becomes a dataset version with pages and a profile, or nothing is stored."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import resources
from automl.data.load_dataset import load_dataset
from automl.domain.dataset import ReadOptions
from automl.domain.events import Event
from automl.domain.inspection import FileInspection
from automl.domain.issues import Refusal
from automl.domain.job import ImportJob, ProfileJob
from automl.domain.recipe import LeaveOutRepeatedRows, SetRole
from automl.domain.run_state import RunState, fold
from automl.domain.schema import Role
from automl.jobs import import_data, profile_data
from automl.jobs.context import Controls, EventSink, JobContext, Stopped
from automl.storage.project import Project


class Desk:
    """A project and the events of the job at work in it."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.lines: list[bytes] = []
        self.controls = Controls()

    def context(self) -> JobContext:
        folder = self.project.run_folder("run")
        folder.mkdir(parents=True, exist_ok=True)
        sink = EventSink("run", self.lines.append)
        return JobContext(sink=sink, controls=self.controls, run_folder=folder, project=self.project)

    def take_in(self, path: Path, target: str = "", options: ReadOptions | None = None) -> None:
        job = ImportJob(
            job_id="run",
            project=str(self.project.folder),
            path=str(path),
            target=target,
            options=options or ReadOptions(),
        )
        import_data.run(job, self.context())

    def state(self) -> RunState:
        return fold(msgspec.json.decode(line, type=Event) for line in self.lines)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Project.create(tmp_path / "project", "Moulding") as project:
        yield Desk(project)


def test_the_sample_comes_in_with_everything_found(desk: Desk) -> None:
    desk.take_in(resources.path("samples/moulding.csv"))
    dataset = desk.project.datasets.current()
    assert dataset is not None
    version = dataset.version
    assert version.schema.column("DEFECT").role is Role.TARGET
    assert version.schema.column("TIMESTAMP").role is Role.TIME
    assert set(version.proposed_steps) == {
        LeaveOutRepeatedRows(),
        SetRole("SCREW_DIA", Role.IGNORE),
        SetRole("SHOT_ID", Role.IGNORE),
    }
    profile = desk.project.datasets.profile(1, version.proposed_steps, "")
    assert profile is not None
    assert [issue.code for issue in profile.findings][:3] == [
        "data.leak_filled_after",
        "data.column_missing_in_group",
        "data.column_odd_high",
    ]
    table = load_dataset(desk.project.objects.path(version.snapshot), dataset)
    assert (version.row_count, len(table)) == (3031, 3000)
    assert "SHOT_ID" not in table.names()
    pages = desk.project.row_pages(version.pages)
    assert len(pages) == 3031
    assert pages.rows(3030, 5)[0][0] == 3031
    assert {artifact.kind for artifact in desk.state().artifacts} == {"inspection", "dataset", "profile"}


def test_the_same_cells_have_the_same_fingerprint(desk: Desk, tmp_path: Path) -> None:
    for name, text in (
        ("a.csv", "온도,n\n1,2\n3,4\n"),
        ("b.csv", "온도;n\n1;2\n3;4\n"),
        ("c.csv", "온도,n\n1,2\n3,5\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        desk.take_in(tmp_path / name)
    first, second, third = (version.fingerprint for version in desk.project.datasets.versions())
    assert first == second != third


def test_damaged_rows_stop_the_import_and_are_shown(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "shots.csv"
    path.write_text("a,b\n" + "1,2\n" * 50 + "1\n" + "3,4\n" * 5, encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        desk.take_in(path)
    assert refusal.value.issues[0].code == "data.row_damaged"
    assert desk.project.datasets.current() is None
    (artifact,) = desk.state().artifacts
    inspection = msgspec.json.decode(Path(artifact.path).read_bytes(), type=FileInspection)
    assert (inspection.damaged_count, inspection.row_count) == (1, 56)
    desk.take_in(path, options=ReadOptions(skip_damaged_rows=True))
    dataset = desk.project.datasets.current()
    assert dataset is not None
    assert dataset.version.row_count == 55


def test_an_unknown_target_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("a,b\n1,2\n3,4\n", encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        desk.take_in(path, target="DEFECT")
    assert refusal.value.issues[0].code == "data.target_missing"


def test_a_canceled_import_stores_nothing(desk: Desk) -> None:
    desk.controls.hear("cancel")
    with pytest.raises(Stopped):
        desk.take_in(resources.path("samples/moulding.csv"))
    assert desk.project.datasets.current() is None


def test_a_profile_is_made_again_for_other_steps(desk: Desk) -> None:
    desk.take_in(resources.path("samples/moulding.csv"))
    steps = (SetRole("REWORK_CODE", Role.IGNORE),)
    job = ProfileJob(job_id="run", project=str(desk.project.folder), version=1, steps=steps, target="DEFECT")
    profile_data.run(job, desk.context())
    profile = desk.project.datasets.profile(1, steps, "DEFECT")
    assert profile is not None
    assert "data.leak_filled_after" not in {issue.code for issue in profile.findings}
