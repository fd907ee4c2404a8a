"""A project: a folder that survives. It opens whole, is written by one at a time and refuses what it does not know."""

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from types import TracebackType

import msgspec

from automl.computer import processes
from automl.domain.issues import Issue, Refusal, Where
from automl.domain.project import Holder, ProjectInfo, RunStatus
from automl.storage import atomic, clock
from automl.storage.audit_log import AuditLog
from automl.storage.backups import Backups
from automl.storage.bundle_store import BundleStore
from automl.storage.database import Database
from automl.storage.dataset_store import DatasetStore
from automl.storage.goal_store import GoalStore
from automl.storage.image_store import ImageStore
from automl.storage.label_store import LabelStore
from automl.storage.lock import ProjectLock
from automl.storage.migrations import MIGRATIONS
from automl.storage.objects import ObjectStore
from automl.storage.recipe_store import RecipeStore
from automl.storage.row_pages import RowPages
from automl.storage.run_folder import RunFolder
from automl.storage.run_store import RunStore
from automl.storage.state_store import StateStore
from automl.storage.weights_store import WeightsStore

FORMAT = 1
_ABOUT = "project.json"
_DATABASE = "project.sqlite"
_FOLDERS = ("objects", "runs", "bundles", "tmp", "backups")


class Access(Enum):
    """WRITE takes the lock or falls back to reading. READ changes nothing. WORKER writes for the process that has the lock."""

    WRITE = "write"
    READ = "read"
    WORKER = "worker"


class Project:
    """An open project. `holder` says who has it open for writing when this is why it is read-only."""

    def __init__(self, folder: Path, info: ProjectInfo, database: Database, lock: ProjectLock | None) -> None:
        self.folder = folder
        self.info = info
        self.holder: Holder | None = None
        self.obstacle: Issue | None = None
        self.read_only = False
        self.objects = ObjectStore(folder / "objects")
        self.audit = AuditLog(database)
        self.state = StateStore(database)
        self.recipes = RecipeStore(database, self.state)
        self.datasets = DatasetStore(database, self.state, self.recipes, self.audit)
        self.goals = GoalStore(database, self.audit)
        self.images = ImageStore(self.objects)
        self.labels = LabelStore(database, self.state, self.objects)
        self.runs = RunStore(database, self.audit)
        self.bundles = BundleStore(database, self.audit)
        self.weights = WeightsStore(folder / "weights")
        self._database = database
        self._lock = lock
        self._pages: dict[str, RowPages] = {}

    @staticmethod
    def create(folder: Path, name: str = "") -> "Project":
        """Make a new project in a folder that is absent, empty or was left half-made, and open it for writing."""
        folder = folder.resolve()
        if not _is_free(folder):
            raise Refusal(Issue("project.folder_not_empty", parameters={"folder": str(folder)}))
        info = ProjectInfo(format=FORMAT, name=name or folder.name, id=uuid.uuid4().hex, created=clock.now())
        with atomic.refused(folder):
            _make_folders(folder)
            for leftover in folder.glob(f"{_DATABASE}*"):
                leftover.unlink()
        _new_database(folder)
        # project.json comes last: a folder without it is not a project, so a half-made one is never opened.
        atomic.write_bytes(folder / _ABOUT, msgspec.json.format(msgspec.json.encode(info)))
        return Project.open(folder)

    @staticmethod
    def open(folder: Path, access: Access = Access.WRITE) -> "Project":
        """Open a project. Raises Refusal when it is none, damaged, or made by a newer Lathe; nothing is changed then."""
        folder = folder.resolve()
        info = _read_info(folder)
        if access is not Access.WRITE:
            return _opened(folder, info, access)
        lock = ProjectLock(folder)
        try:
            holder = lock.acquire()
        except Refusal as refusal:
            # A folder of a read-only disk can still be looked at.
            if refusal.issues[0].code != "storage.not_allowed":
                raise
            project = _opened(folder, info, Access.READ)
            project.obstacle = refusal.issues[0]
            return project
        if holder is not None:
            project = _opened(folder, info, Access.READ)
            project.holder = holder
            return project
        try:
            project = _opened(folder, info, access, lock)
            project.tidy()
        except BaseException:
            lock.release()
            raise
        return project

    @property
    def name(self) -> str:
        """What people call the project."""
        return self.info.name

    def require_writing(self) -> None:
        """Raise Refusal when this project may only be read."""
        if self.obstacle is not None:
            raise Refusal(self.obstacle)
        if self.read_only:
            holder = self.holder or Holder(user="", computer="", since="", process=0)
            raise Refusal(
                Issue(
                    "project.read_only",
                    parameters={"user": holder.user, "computer": holder.computer, "since": holder.since},
                )
            )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all changes of the block or none. Raises Refusal when this project may only be read."""
        self.require_writing()
        with self._database.transaction():
            yield

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Give an empty folder on the project's disk that disappears with the block."""
        folder = self.folder / "tmp" / uuid.uuid4().hex
        with atomic.refused(folder):
            folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def run_folder(self, run_id: str) -> Path:
        """Where a run keeps its job, events, log, leaderboard and models."""
        return self.folder / "runs" / run_id

    def row_pages(self, sha256: str) -> RowPages:
        """Return the pages of a dataset version, opened once."""
        if sha256 not in self._pages:
            self._pages[sha256] = RowPages(self.objects.path(sha256))
        return self._pages[sha256]

    def tidy(self) -> None:
        """Note the end of runs whose process is gone; remove what it left unfinished. What it finished stays."""
        alive = False
        for run_id, process, started in self.runs.open_processes():
            if process and processes.is_alive(process, started):
                alive = True
            else:
                last = RunFolder(self.run_folder(run_id)).last_word()
                self.runs.end(run_id, RunStatus(last.outcome.value) if last else RunStatus.STOPPED)
        if not alive:
            for leftover in (self.folder / "tmp").glob("*"):
                shutil.rmtree(leftover, ignore_errors=True)
            for part in self.folder.rglob(f".*{atomic.SCRATCH_SUFFIX}"):
                part.unlink(missing_ok=True)

    def close(self) -> None:
        """Close files and give the lock back."""
        for pages in self._pages.values():
            pages.close()
        self._pages.clear()
        self.images.close()
        self._database.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> "Project":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def restore_newest_backup(folder: Path) -> Path:
    """Put the newest backup in the place of a damaged database; return where the damaged file lies now."""
    folder = folder.resolve()
    backups = Backups(folder)
    newest = backups.newest()
    if newest is None:
        raise Refusal(Issue("project.no_backup", parameters={"folder": str(folder)}))
    lock = ProjectLock(folder)
    holder = lock.acquire()
    if holder is not None:
        raise Refusal(Issue("project.busy", parameters={"path": str(folder), "folder": str(folder)}))
    try:
        return backups.restore(newest)
    finally:
        lock.release()


def _make_folders(folder: Path) -> None:
    try:
        for part in _FOLDERS:
            (folder / part).mkdir(parents=True, exist_ok=True)
    except (FileNotFoundError, NotADirectoryError):
        raise Refusal(Issue("storage.no_such_place", parameters={"path": str(folder)})) from None


def _is_free(folder: Path) -> bool:
    if not folder.exists():
        return True
    return folder.is_dir() and all(_is_leftover(path) for path in folder.iterdir())


def _is_leftover(path: Path) -> bool:
    """Whether a path is what an interrupted `create` leaves: empty folders of ours, an unfinished database."""
    if path.is_dir():
        return path.name in _FOLDERS and not any(path.iterdir())
    return path.name.startswith(_DATABASE) or path.name.endswith(atomic.SCRATCH_SUFFIX)


def _read_info(folder: Path) -> ProjectInfo:
    about = folder / _ABOUT
    try:
        with atomic.refused(about):
            content = about.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise Refusal(Issue("project.not_a_project", parameters={"folder": str(folder)})) from None
    try:
        info = msgspec.json.decode(content, type=ProjectInfo)
    except msgspec.DecodeError:
        issue = Issue("project.about_damaged", parameters={"folder": str(folder)}, where=Where(file=_ABOUT))
        raise Refusal(issue) from None
    if info.format > FORMAT:
        raise Refusal(Issue("project.too_new", parameters={"name": info.name, "format": info.format, "known": FORMAT}))
    return info


def _new_database(folder: Path) -> None:
    database = Database(folder / _DATABASE)
    try:
        database.migrate()
    finally:
        database.close()


def _opened(folder: Path, info: ProjectInfo, access: Access, lock: ProjectLock | None = None) -> Project:
    backups = Backups(folder)
    if not (folder / _DATABASE).is_file():
        raise _damaged(folder, backups)
    try:
        database = Database(folder / _DATABASE, read_only=access is Access.READ)
    except Refusal as refusal:
        raise _with_backup(refusal, folder, backups) from refusal
    try:
        if database.shape > len(MIGRATIONS):
            raise Refusal(
                Issue(
                    "project.too_new",
                    parameters={"name": info.name, "format": database.shape, "known": len(MIGRATIONS)},
                )
            )
        # SQLite takes an emptied file for a new database; a project's own has always seen a migration.
        if database.shape == 0:
            raise _damaged(folder, backups)
        if access is Access.WRITE:
            if not database.healthy():
                raise _damaged(folder, backups)
            backups.make(database)
            database.migrate()
        project = Project(folder, info, database, lock)
        project.read_only = access is Access.READ
    except Refusal as refusal:
        database.close()
        raise _with_backup(refusal, folder, backups) from refusal
    except BaseException:
        database.close()
        raise
    return project


def _damaged(folder: Path, backups: Backups) -> Refusal:
    newest = backups.newest()
    code = "project.damaged" if newest else "project.damaged_no_backup"
    return Refusal(
        Issue(
            code,
            parameters={"folder": str(folder), "backup": newest.name if newest else ""},
            where=Where(file=_DATABASE),
        )
    )


def _with_backup(refusal: Refusal, folder: Path, backups: Backups) -> Refusal:
    damaged = any(issue.code == "project.damaged" for issue in refusal.issues)
    return _damaged(folder, backups) if damaged else refusal
