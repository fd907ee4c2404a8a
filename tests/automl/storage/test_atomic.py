"""A write is whole or absent, whichever step of it fails."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from automl.domain.issues import Refusal
from automl.storage import atomic
from automl.storage.objects import ObjectStore
from automl.storage.project import Project
from tests.automl.storage.records import dataset_version


class Faults:
    """Lets the n-th call of the disk's functions fail."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, number: int, code: int) -> None:
        self.calls = 0
        self.failed = False
        for owner, name in ((os, "fsync"), (Path, "replace"), (Path, "mkdir"), (Path, "chmod")):
            monkeypatch.setattr(owner, name, self._counted(getattr(owner, name), number, code))

    def _counted(self, call: Callable[..., object], number: int, code: int) -> Callable[..., object]:
        def counted(*arguments: object, **named: object) -> object:
            self.calls += 1
            if self.calls == number:
                self.failed = True
                raise OSError(code, os.strerror(code))
            return call(*arguments, **named)

        return counted


@pytest.mark.parametrize("number", range(1, 4))
def test_a_file_is_old_or_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    path = tmp_path / "기록.json"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        faults = Faults(patch, number, errno.EIO)
        with pytest.raises(OSError, match="error"):
            atomic.write_bytes(path, b"new")
    assert faults.failed
    assert path.read_bytes() in (b"old", b"new")
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("code", "issue"),
    [
        (errno.ENOSPC, "storage.disk_full"),
        (errno.EACCES, "storage.not_allowed"),
        (errno.EROFS, "storage.not_allowed"),
        (errno.ENAMETOOLONG, "storage.name_too_long"),
    ],
)
def test_troubles_a_person_can_solve_are_refusals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, issue: str
) -> None:
    with monkeypatch.context() as patch:
        Faults(patch, 1, code)
        with pytest.raises(Refusal) as refusal:
            atomic.write_bytes(tmp_path / "a", b"new")
    assert refusal.value.issues[0].code == issue


def test_an_object_is_whole_or_absent_at_every_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number, failed = 0, True
    while failed:
        number += 1
        store = ObjectStore(tmp_path / str(number))
        with monkeypatch.context() as patch:
            faults = Faults(patch, number, errno.EIO)
            try:
                store.put_bytes(b"content")
            except OSError:
                assert faults.failed
            failed = faults.failed
        sha256 = store.put_bytes(b"content")
        assert store.read_bytes(sha256) == b"content"
        files = [path for path in (tmp_path / str(number)).rglob("*") if path.is_file()]
        assert files == [store.path(sha256)]
    assert number > 4


def test_a_project_is_made_and_filled_whole_at_every_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number, failed = 0, True
    while failed:
        number += 1
        folder = tmp_path / str(number)
        with monkeypatch.context() as patch:
            faults = Faults(patch, number, errno.EIO)
            try:
                with Project.create(folder) as project:
                    sha256 = project.objects.put_bytes(b"snapshot")
                    project.datasets.add(dataset_version(pages=sha256))
            except OSError:
                assert faults.failed
            failed = faults.failed
        assert _is_absent_or_whole(folder)
        if not (folder / "project.json").exists():
            Project.create(folder).close()
        assert _is_absent_or_whole(folder)
    assert number > 10


def _is_absent_or_whole(folder: Path) -> bool:
    try:
        project = Project.open(folder)
    except Refusal as refusal:
        return refusal.issues[0].code == "project.not_a_project"
    with project:
        current = project.datasets.current()
        return current is None or project.objects.read_bytes(current.version.pages) == b"snapshot"


def test_a_full_database_is_a_refusal_and_keeps_what_it_had(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p") as project:
        project.state.set("key", "old")
        project._database.run("PRAGMA max_page_count = 1")
        with pytest.raises(Refusal) as refusal:
            project.state.set("key", "new" * 100_000)
        assert refusal.value.issues[0].code == "storage.disk_full"
        assert project.state.get("key") == "old"


def test_objects_are_immutable_and_stored_once(tmp_path: Path) -> None:
    store = ObjectStore(tmp_path / "objects")
    (tmp_path / "file").write_bytes(b"same")
    assert store.put_bytes(b"same") == store.put_file(tmp_path / "file")
    path = store.path(store.put_bytes(b"same"))
    assert not path.stat().st_mode & 0o222
    assert len([one for one in (tmp_path / "objects").rglob("*") if one.is_file()]) == 1


def test_a_changed_or_missing_object_is_refused(tmp_path: Path) -> None:
    store = ObjectStore(tmp_path)
    sha256 = store.put_bytes(b"content")
    store.path(sha256).chmod(0o644)
    store.path(sha256).write_bytes(b"other")
    with pytest.raises(Refusal) as damaged:
        store.read_bytes(sha256)
    with pytest.raises(Refusal) as missing:
        store.read_bytes("0" * 64)
    assert damaged.value.issues[0].code == "storage.object_damaged"
    assert missing.value.issues[0].code == "storage.object_missing"
