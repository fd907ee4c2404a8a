"""The verbs of front ends, through the door the window uses."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from automl import api
from automl.domain.issues import Refusal
from automl.domain.job import ExportJob, PredictJob
from automl.domain.recipe import FillMissing, SetRole
from automl.domain.schema import Role
from automl.domain.task import Goal, TaskKind
from automl.storage.row_pages import RowPagesWriter
from tests.automl.storage.records import LEFT_OUT, dataset_profile, dataset_version, import_job, train_job

ROWS = [(number, ["1", f"{number}.5", f"L{number}", "OK"]) for number in range(1, 101)]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[api.Project]:
    opened = api.create_project(tmp_path / "p", "도장 두께")
    yield opened
    api.close(opened)


@pytest.fixture
def with_data(project: api.Project) -> api.Project:
    with project.scratch() as scratch:
        with RowPagesWriter(scratch / "pages") as writer:
            for number, cells in ROWS:
                writer.add(number, cells)
        pages = project.objects.put_file(scratch / "pages")
    project.datasets.add(dataset_version(pages=pages))
    project.datasets.save_profile(1, (LEFT_OUT,), "", dataset_profile())
    return project


def test_an_empty_project_answers_every_question(project: api.Project) -> None:
    assert api.current_dataset(project) is None
    assert api.profile(project) is None
    assert not api.profile_is_current(project)
    assert (api.rows(project, 0, 10), api.row_count(project)) == ([], 0)
    assert api.goal(project) is None
    assert (api.runs(project), api.bundles(project), api.audit(project)) == ((), (), ())
    assert api.latest_leaderboard(project) is None
    assert not api.can_undo(project)
    with pytest.raises(Refusal):
        api.apply_step(project, LEFT_OUT)


def test_rows_come_from_anywhere(with_data: api.Project) -> None:
    assert api.row_count(with_data) == 100
    assert api.rows(with_data, 97, 10) == ROWS[97:]


def test_steps_are_applied_undone_redone_and_taken_out(with_data: api.Project) -> None:
    fill = FillMissing("온도")
    assert api.apply_step(with_data, fill).steps == (LEFT_OUT, fill)
    assert api.can_undo(with_data)
    assert api.undo(with_data).steps == (LEFT_OUT,)
    assert api.can_redo(with_data)
    assert api.redo(with_data).steps == (LEFT_OUT, fill)
    assert api.remove_step(with_data, LEFT_OUT).steps == (fill,)
    assert api.undo(with_data).steps == (LEFT_OUT, fill)
    actions = [entry.action for entry in api.audit(with_data)]
    assert actions == [
        "recipe.undone",
        "recipe.changed",
        "recipe.redone",
        "recipe.undone",
        "recipe.changed",
        "dataset.added",
    ]


def test_a_step_that_changes_nothing_is_no_change(with_data: api.Project) -> None:
    api.apply_step(with_data, SetRole("온도", Role.INPUT))
    assert not api.can_undo(with_data)


def test_a_step_on_an_unknown_column_names_the_nearest(with_data: api.Project) -> None:
    with pytest.raises(Refusal) as refusal:
        api.apply_step(with_data, FillMissing("온 도"))
    (issue,) = refusal.value.issues
    assert (issue.code, issue.parameters["nearest"]) == ("recipe.unknown_column", "온도")


def test_a_profile_stays_in_sight_until_a_newer_one_is_there(with_data: api.Project) -> None:
    assert api.profile_is_current(with_data)
    dataset = api.apply_step(with_data, FillMissing("온도"))
    assert not api.profile_is_current(with_data)
    assert api.profile(with_data) == dataset_profile()
    with_data.datasets.save_profile(1, dataset.steps, "", dataset_profile())
    assert api.profile_is_current(with_data)


def test_the_target_is_that_of_the_recipe_else_of_the_goal(with_data: api.Project) -> None:
    dataset = api.current_dataset(with_data)
    assert dataset is not None
    assert api.target_in_force(with_data, dataset) == ""
    api.save_goal(with_data, Goal(target="결과", task=TaskKind.BINARY))
    assert api.target_in_force(with_data, dataset) == "결과"
    changed = api.apply_step(with_data, SetRole("온도", Role.TARGET))
    assert api.target_in_force(with_data, changed) == "온도"


def test_jobs_are_checked_before_they_start(with_data: api.Project, tmp_path: Path) -> None:
    folder = str(with_data.folder)
    missing = PredictJob(job_id="j", project="", bundle=str(tmp_path / "no.zip"), data=str(tmp_path), to="out.csv")
    unknown = ExportJob(job_id="j", project=folder, run_id="r", model_id="m", to="b.zip")
    checked = {
        "import": api.validate(with_data, import_job("j", folder)),
        "predict": api.validate(None, missing),
        "export": api.validate(with_data, unknown),
        "train": api.validate(with_data, train_job("j", folder, target="")),
    }
    assert {kind: [issue.code for issue in issues] for kind, issues in checked.items()} == {
        "import": ["job.file_missing"],
        "predict": ["job.file_missing"],
        "export": ["job.no_such_model"],
        "train": ["goal.no_target"],
    }
    assert all(api.blocks(issue) for issues in checked.values() for issue in issues)
    assert api.validate(with_data, train_job("j", folder)) == ()


def test_a_read_only_project_refuses_every_change(with_data: api.Project) -> None:
    second = api.open_project(with_data.folder)
    changes = (
        lambda: api.apply_step(second, LEFT_OUT),
        lambda: api.undo(second),
        lambda: api.save_goal(second, Goal(target="결과")),
        lambda: api.choose_model(second, "r", "m"),
        lambda: api.use_dataset(second, 1),
        lambda: api.submit(second, import_job("j")),
    )
    for change in changes:
        with pytest.raises(Refusal) as refusal:
            change()
        assert refusal.value.issues[0].code == "project.read_only"
    assert api.current_dataset(second) is not None
    api.close(second)


def test_ids_sort_by_time_and_never_repeat() -> None:
    ids = [api.new_job_id() for _ in range(100)]
    assert len(set(ids)) == 100
    assert ids[0][:15] <= ids[-1][:15]


def test_the_computer_is_described() -> None:
    computer = api.computer()
    assert computer.cores >= 1
    assert 0 < computer.memory_used < computer.memory_total
    assert computer.disk_free > 0
    assert (computer.gpu is None) == bool(computer.no_gpu_reason)


def test_the_verbs_load_nothing_heavy() -> None:
    heavy = ("numpy", "pandas", "duckdb", "sklearn", "lightgbm", "torch", "optuna", "onnx", "onnxruntime", "PySide6")
    code = f"import sys, automl.api, automl.worker; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], env=api.worker_environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
