"""A project opens whole, is written by one, and refuses what it does not know without touching it."""

import errno
import json
import os
import sqlite3
from pathlib import Path

import pytest
from filelock import FileLock

from automl.computer import processes
from automl.domain.issues import Refusal
from automl.domain.project import RunStatus
from automl.storage.project import Access, Project, restore_newest_backup
from tests.automl.storage.records import dataset_version, import_job


def code_of(refusal: pytest.ExceptionInfo[Refusal]) -> str:
    return refusal.value.issues[0].code


def content_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_what_was_written_is_there_after_reopening(folder: Path) -> None:
    with Project.create(folder, "도장") as project:
        project.datasets.add(dataset_version())
        sha256 = project.objects.put_bytes(b"content")
    with Project.open(folder) as project:
        assert project.name == "도장"
        assert project.datasets.versions() == (dataset_version(),)
        assert project.objects.read_bytes(sha256) == b"content"
        assert [entry.action for entry in project.audit.newest()] == ["dataset.added"]


def test_a_folder_with_other_files_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(Refusal) as refusal:
        Project.create(tmp_path)
    assert code_of(refusal) == "project.folder_not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("access", list(Access))
def test_any_folder_is_not_a_project(tmp_path: Path, access: Access) -> None:
    with pytest.raises(Refusal) as refusal:
        Project.open(tmp_path, access)
    assert code_of(refusal) == "project.not_a_project"
    assert not list(tmp_path.iterdir())


def test_a_second_opener_reads_and_learns_who_writes(project: Project) -> None:
    project.datasets.add(dataset_version())
    with Project.open(project.folder) as second:
        assert second.read_only
        assert second.holder is not None
        assert second.holder.process == os.getpid()
        assert second.datasets.current() is not None
        with pytest.raises(Refusal) as refusal:
            second.require_writing()
        assert code_of(refusal) == "project.read_only"
        with pytest.raises(Refusal):
            second.state.set("key", "value")


def test_a_project_on_a_read_only_disk_is_looked_at_but_not_changed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Project.create(folder).close()

    def refuse(_lock: FileLock) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(folder / "project.lock"))

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with Project.open(folder) as project:
        assert project.read_only
        with pytest.raises(Refusal) as refusal:
            project.require_writing()
    assert code_of(refusal) == "storage.not_allowed"


def test_a_project_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Sir", encoding="utf-8")
    with pytest.raises(Refusal) as refusal:
        Project.create(tmp_path / "letter.txt" / "project")
    assert code_of(refusal) == "storage.no_such_place"


def test_the_lock_is_free_after_closing(folder: Path) -> None:
    Project.create(folder).close()
    with Project.open(folder) as first:
        assert not first.read_only
    with Project.open(folder) as second:
        assert not second.read_only


@pytest.mark.parametrize("where", ["project.json", "database"])
def test_a_newer_format_is_refused_and_left_alone(folder: Path, where: str) -> None:
    Project.create(folder).close()
    if where == "project.json":
        about = json.loads((folder / "project.json").read_text())
        (folder / "project.json").write_text(json.dumps({**about, "format": 99, "new_field": [1]}))
    else:
        connection = sqlite3.connect(folder / "project.sqlite")
        connection.execute("PRAGMA user_version = 99")
        connection.close()
    before = content_of(folder)
    with pytest.raises(Refusal) as refusal:
        Project.open(folder)
    assert code_of(refusal) == "project.too_new"
    after = content_of(folder)
    assert {name: after[name] for name in before if "lock" not in name} == {
        name: content for name, content in before.items() if "lock" not in name
    }


@pytest.mark.parametrize("damage", ["overwritten", "truncated", "gone", "empty"])
def test_a_damaged_database_is_named_with_its_backup_and_can_be_restored(folder: Path, damage: str) -> None:
    with Project.create(folder) as project:
        project.datasets.add(dataset_version())
    Project.open(folder).close()
    database = folder / "project.sqlite"
    content = database.read_bytes()
    if damage == "gone":
        database.unlink()
    else:
        damaged = {"overwritten": b"x" * len(content), "truncated": content[: len(content) // 2], "empty": b"x"}
        database.write_bytes(damaged[damage])
    with pytest.raises(Refusal) as refusal:
        Project.open(folder)
    assert code_of(refusal) == "project.damaged"
    assert refusal.value.issues[0].parameters["backup"]
    restore_newest_backup(folder)
    with Project.open(folder) as project:
        assert project.datasets.versions() == (dataset_version(),)


def test_damage_without_a_backup_says_so(folder: Path) -> None:
    Project.create(folder).close()
    for backup in (folder / "backups").iterdir():
        backup.unlink()
    (folder / "project.sqlite").write_bytes(b"no database")
    with pytest.raises(Refusal) as refusal:
        Project.open(folder)
    assert code_of(refusal) == "project.damaged_no_backup"
    with pytest.raises(Refusal) as none:
        restore_newest_backup(folder)
    assert code_of(none) == "project.no_backup"


def test_at_most_three_backups_are_kept(folder: Path) -> None:
    Project.create(folder).close()
    for number in range(6):
        with Project.open(folder) as project:
            project.state.set("count", str(number))
    assert len(list((folder / "backups").glob("project-*.sqlite"))) == 3


def test_opening_marks_runs_of_dead_processes_as_stopped_and_keeps_those_of_living_ones(folder: Path) -> None:
    with Project.create(folder) as project:
        for run_id in ("waits", "dead", "alive", "number reused"):
            project.runs.add(import_job(run_id))
        process, started = processes.myself()
        project.runs.begin("dead", 2**22 + 1, started)
        project.runs.begin("alive", process, started)
        project.runs.begin("number reused", process, started - 1000)
    with Project.open(folder) as project:
        status = {run.run_id: run.status for run in project.runs.runs()}
    assert status == {
        "waits": RunStatus.STOPPED,
        "dead": RunStatus.STOPPED,
        "alive": RunStatus.RUNNING,
        "number reused": RunStatus.STOPPED,
    }


def test_opening_removes_what_a_dead_process_left_half_written(folder: Path) -> None:
    Project.create(folder).close()
    (folder / "tmp" / "import").mkdir()
    (folder / "objects" / ".abc.part").write_bytes(b"half")
    Project.open(folder).close()
    assert not list((folder / "tmp").iterdir())
    assert not list(folder.rglob("*.part"))


def test_a_worker_writes_while_the_window_holds_the_lock(project: Project) -> None:
    project.runs.add(import_job("run"))
    with Project.open(project.folder, Access.WORKER) as worker:
        worker.runs.end("run", RunStatus.COMPLETED)
    assert project.runs.runs()[0].status is RunStatus.COMPLETED


def test_scratch_folders_disappear(project: Project) -> None:
    with project.scratch() as scratch:
        (scratch / "file").write_bytes(b"1")
    assert not scratch.exists()


def test_a_transaction_is_kept_whole_or_not_at_all(project: Project) -> None:
    class Broken(Exception):
        pass

    def change_and_fail() -> None:
        with project.transaction():
            project.datasets.add(dataset_version())
            raise Broken

    with pytest.raises(Broken):
        change_and_fail()
    assert project.datasets.current() is None
    assert project.audit.newest() == ()
