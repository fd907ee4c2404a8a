"""Projects: making, opening, closing; their log; the computer they stand on."""

from pathlib import Path

from automl import __version__
from automl.computer import facts
from automl.domain.project import AuditEntry, Computer
from automl.storage.project import Access, Project, restore_newest_backup


def version() -> str:
    """Return the version of Lathe."""
    return __version__


def create_project(folder: Path, name: str = "") -> Project:
    """Make a project in a folder that is absent or empty and open it for writing."""
    return Project.create(folder, name)


def open_project(folder: Path, *, read_only: bool = False) -> Project:
    """Open a project. When somebody else writes to it, it opens read-only and `holder` says who that is."""
    return Project.open(folder, Access.READ if read_only else Access.WRITE)


def restore_backup(folder: Path) -> Path:
    """Put the newest backup in the place of a damaged project database; return where the damaged file was put."""
    return restore_newest_backup(folder)


def close(project: Project) -> None:
    """Close a project and let others write to it."""
    project.close()


def audit(project: Project, count: int = 200) -> tuple[AuditEntry, ...]:
    """Return the last entries of the audit log, newest first."""
    return project.audit.newest(count)


def computer(folder: Path | None = None) -> Computer:
    """Describe the computer; free disk space is that of `folder`, or of the home folder."""
    return facts.computer(folder or Path.home())
