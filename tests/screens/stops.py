"""The stops of the tour: each leads the window to a page in one state and says when it is there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from automl import api
from automl.domain.dataset import DataKind
from desktop.actions import PageId
from desktop.app.shell import Shell

_DAMAGED_ROWS = {40: "IMM-07,231.5,112.,8,no", 41: "IMM-07,232.1113.9,no"}


@dataclass(frozen=True)
class Stop:
    """`go` brings the window there, `ready` tells that it has arrived."""

    name: str
    go: Callable[[Shell], object]
    ready: Callable[[Shell], bool] = lambda shell: shell.session.running is None


def stops(project: Path, scratch: Path) -> list[Stop]:
    """Return the tour: first without a project, then files that are refused, then a project with a finished training."""
    empty, damaged = scratch / "Lathe projects" / "New project", scratch / "sensors_2026H1.csv"
    _write_damaged(damaged)
    wrong = scratch / "photo.csv"
    wrong.write_bytes(b"\x89PNG\0\0\0")
    return [
        Stop("start-first-time", lambda shell: shell.go_to(PageId.START)),
        *(Stop(f"{page.value}-empty", partial(_show, page)) for page in PageId if page is not PageId.START),
        Stop("data-add", partial(_create, empty)),
        Stop("data-damaged", partial(_drop, damaged)),
        Stop("data-refused", partial(_drop, wrong)),
        Stop("data", lambda shell: shell.projects.open(project)),
        Stop("data-versions", lambda shell: shell.go_to(PageId.DATA, "versions")),
        *(_of_images() if api.glance(project).kind is DataKind.IMAGES else []),
        *(Stop(page.value, partial(_show, page)) for page in PageId if page not in (PageId.START, PageId.DATA)),
        Stop("start", _start),
    ]


def _of_images() -> list[Stop]:
    """Return the pages that only a project of images has."""
    return [
        Stop("data-label", lambda shell: shell.go_to(PageId.DATA, "label"), _has_suggestions),
        Stop("train-weights", lambda shell: shell.go_to(PageId.TRAIN, "weights")),
        Stop("compare-mistakes", lambda shell: shell.go_to(PageId.COMPARE, "mistakes")),
    ]


def _has_suggestions(shell: Shell) -> bool:
    return shell.data.label.labelling.state.suggestions is not None


def _show(page: PageId, shell: Shell) -> None:
    shell.go_to(page)


def _drop(file: Path, shell: Shell) -> None:
    shell.projects.take_files([str(file)], into_open_project=True)


def _create(folder: Path, shell: Shell) -> None:
    shell.session.create(folder)
    shell.go_to(PageId.DATA, "add")


def _start(shell: Shell) -> None:
    shell.projects.refresh()
    shell.go_to(PageId.START)


def _write_damaged(file: Path) -> None:
    lines = [_line(row) for row in range(120)]
    for row, text in _DAMAGED_ROWS.items():
        lines[row] = text
    file.write_text("\n".join(["MACHINE,MELT_TEMP,PRESSURE,DEFECT", *lines]) + "\n", encoding="utf-8")


def _line(row: int) -> str:
    melt, pressure = 230 + row % 9 * 0.7, 108 + row % 13 * 0.9
    return f"IMM-0{7 + row % 2},{melt:.1f},{pressure:.1f},{'yes' if row % 17 == 0 else 'no'}"
