"""Makes `.venv` and fills it from a lock, so that an interrupted set-up goes on and a finished one costs nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from host import Host, Terminal, one_at_a_time
from lockfile import Requirement, applies, normalized, read_lock, sha256, this_machine
from wording import Wording

RUN_LOCK = "requirements.lock"
DEVELOPMENT_LOCK = "requirements-dev.lock"
STAMP = "lathe-set-up.json"
BATCH_SIZE = 400
BATCH_LENGTH = 12
LINES_KEPT = 15
PIP_OPTIONS = ("--disable-pip-version-check", "--no-input", "--progress-bar", "off")


class SetUpError(Exception):
    """Set-up cannot go on; the message is the sentence for the user."""


class Environment(NamedTuple):
    """A virtual environment in a folder, and where its parts are."""

    folder: Path

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def site_packages(self) -> Path:
        """Where its packages are, for the Python that runs this."""
        if os.name == "nt":
            return self.folder / "Lib" / "site-packages"
        return self.folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"

    def installed(self) -> dict[str, set[str]]:
        """Return the versions of every wholly installed package: pip writes the list of files, itself included, last."""
        found: dict[str, set[str]] = {}
        for folder in self.site_packages.glob("*.dist-info"):
            name, _, version = folder.name[: -len(".dist-info")].partition("-")
            record = folder / "RECORD"
            whole = record.is_file() and f"{folder.name}/INSTALLER," in record.read_text(encoding="utf-8")
            found.setdefault(normalized(name), set()).add(version if whole else "")
        return found


class SetUp:
    """Brings one checkout's environment to the state its lock describes."""

    def __init__(
        self, root: Path, host: Host, terminal: Terminal, wording: Wording, variables: Mapping[str, str]
    ) -> None:
        self._root = root
        self._host = host
        self._terminal = terminal
        self._wording = wording
        self._variables = variables
        self.environment = Environment(root / ".venv")

    def is_done(self, lock: str) -> bool:
        """Say whether the environment already holds this lock and this project file."""
        return self.environment.python.exists() and self._stamp().get(lock) == self._state(lock)

    def ensure(self, lock: str, make: Callable[[Path, bool], None] | None = None) -> None:
        """Install what is not there yet. Raises SetUpError with what to do about it."""
        if self.is_done(lock):
            return
        with one_at_a_time(self._root / ".venv.lock", lambda: self._terminal.say(self._wording.text("waiting"))):
            if self.is_done(lock):
                return
            started = self._host.now()
            self._terminal.say(self._wording.text("making_environment", folder=self._root))
            self._make(make or make_environment)
            self._install(lock)
            self._install_project()
            self._write_stamp(lock)
            self._terminal.say(self._wording.text("ready", duration=self._wording.duration(self._host.now() - started)))

    def _state(self, lock: str) -> str:
        return sha256(self._root / "packaging" / lock) + sha256(self._root / "pyproject.toml")

    def _stamp(self) -> dict[str, str]:
        try:
            content = json.loads((self.environment.folder / STAMP).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return content if isinstance(content, dict) else {}

    def _write_stamp(self, lock: str) -> None:
        # The development lock holds everything of the other one, so it serves for both.
        locks = (RUN_LOCK, DEVELOPMENT_LOCK) if lock == DEVELOPMENT_LOCK else (RUN_LOCK,)
        path = self.environment.folder / STAMP
        beside = path.with_suffix(".part")
        beside.write_text(json.dumps({name: self._state(name) for name in locks}, indent=1), encoding="utf-8")
        beside.replace(path)

    def _make(self, make: Callable[[Path, bool], None]) -> None:
        folder = self.environment.folder
        works = self._works()
        if works:
            return
        if folder.exists():
            self._terminal.say(self._wording.text("rebuilding_environment", folder=folder))
        try:
            make(folder, folder.exists())
        except (OSError, subprocess.CalledProcessError) as error:
            raise SetUpError(self._wording.text("environment_failed", folder=folder, reason=error)) from error

    def _works(self) -> bool:
        if not self.environment.python.exists() or not self.environment.site_packages.is_dir():
            return False
        command = [str(self.environment.python), "-m", "pip", "--version"]
        try:
            return self._host.read(command, self._variables, lambda line: None) == 0
        except OSError:
            return False

    def _install(self, lock: str) -> None:
        machine = this_machine()
        wanted = [item for item in read_lock(self._root / "packaging" / lock) if applies(item.marker, machine)]
        installed = self.environment.installed()
        pending = [item for item in wanted if installed.get(item.name) != {item.version}]
        self._remove_others(pending, installed)
        done = len(wanted) - len(pending)
        if done and pending:
            self._terminal.say(self._wording.text("going_on", done=done, total=len(wanted)))
        progress = Progress(wanted, pending, self._host, self._terminal, self._wording)
        for batch in batches(pending):
            self._install_batch(batch, progress)
        self._terminal.close_line()

    def _remove_others(self, pending: Sequence[Requirement], installed: Mapping[str, set[str]]) -> None:
        whole = [item.name for item in pending if installed.get(item.name, set()) - {"", item.version}]
        if whole:
            self._pip(["uninstall", "--yes", *whole], lambda line: None)
        for item in pending:
            for folder in self.environment.site_packages.glob("*.dist-info"):
                if normalized(folder.name.partition("-")[0]) == item.name:
                    shutil.rmtree(folder)

    def _install_batch(self, batch: Sequence[Requirement], progress: Progress) -> None:
        lines: list[str] = []

        def on_line(line: str) -> None:
            lines.append(line)
            progress.read(line)

        with tempfile.TemporaryDirectory() as folder:
            entries = Path(folder) / "batch.txt"
            entries.write_text("\n".join(item.text for item in batch) + "\n", encoding="utf-8")
            options = ["--require-hashes", "--no-deps", "--only-binary", ":all:", "--ignore-installed"]
            code = self._pip(["install", *PIP_OPTIONS, *options, "-r", str(entries)], on_line)
        self._stop_on_failure(code, ", ".join(item.name for item in batch), lines)
        progress.finish(batch)

    def _install_project(self) -> None:
        lines: list[str] = []
        options = ["--no-deps", "--no-build-isolation", "--editable", str(self._root)]
        self._stop_on_failure(self._pip(["install", *PIP_OPTIONS, *options], lines.append), "lathe", lines)

    def _pip(self, words: Sequence[str], on_line: Callable[[str], None]) -> int:
        return self._host.read([str(self.environment.python), "-m", "pip", *words], self._variables, on_line)

    def _stop_on_failure(self, code: int, packages: str, lines: Sequence[str]) -> None:
        if code:
            self._terminal.say("\n".join(lines[-LINES_KEPT:]))
            raise SetUpError(self._wording.text("install_failed", packages=packages))


class Progress:
    """How far the packages are, weighed by their size; a fetched package counts half, an installed one whole."""

    def __init__(
        self,
        wanted: Sequence[Requirement],
        pending: Sequence[Requirement],
        host: Host,
        terminal: Terminal,
        wording: Wording,
    ) -> None:
        self._host, self._terminal, self._wording = host, terminal, wording
        self._sizes = {item.name: item.size for item in pending}
        self._count, self._total_size = len(wanted), sum(item.size for item in wanted)
        self._done = len(wanted) - len(pending)
        self._done_size = float(self._total_size - sum(self._sizes.values()))
        self._start, self._start_size = host.now(), self._done_size
        self._fetching = 0.0

    def read(self, line: str) -> None:
        """Take in one line of pip."""
        collecting = re.match(r"Collecting ([A-Za-z0-9._-]+?)==", line)
        if collecting:
            self._show()
            self._fetching += self._sizes.get(normalized(collecting.group(1)), 0) / 2

    def finish(self, batch: Sequence[Requirement]) -> None:
        """Count a batch as installed."""
        self._done += len(batch)
        self._done_size += sum(item.size for item in batch)
        self._fetching = 0.0
        self._show()

    def _show(self) -> None:
        size = self._done_size + self._fetching
        sentence = self._wording.text(
            "progress_done" if self._done == self._count else "progress",
            done=self._done,
            total=self._count,
            done_mb=f"{size:,.0f}",
            total_mb=f"{self._total_size:,}",
            left=self._wording.time_left(self._seconds_left(size)),
        )
        self._terminal.show(size / self._total_size, sentence)

    def _seconds_left(self, size: float) -> float | None:
        elapsed, gained = self._host.now() - self._start, size - self._start_size
        if elapsed < 5 or gained < self._total_size / 100:
            return None
        return (self._total_size - size) * elapsed / gained


def batches(pending: Sequence[Requirement]) -> list[list[Requirement]]:
    """Cut what is pending into parts small enough that an interruption costs little."""
    parts: list[list[Requirement]] = []
    for item in pending:
        last = parts[-1] if parts else []
        if last and len(last) < BATCH_LENGTH and sum(other.size for other in last) + item.size <= BATCH_SIZE:
            last.append(item)
        else:
            parts.append([item])
    return parts


def make_environment(folder: Path, clear: bool) -> None:
    """Make an empty virtual environment with pip. Raises OSError or CalledProcessError."""
    venv.EnvBuilder(with_pip=True, clear=clear, symlinks=os.name != "nt").create(folder)
