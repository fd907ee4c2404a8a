"""Running a bundle's program where nothing of Lathe is in reach: a separate Python, only the bundle and its libraries."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from automl.domain.issues import Issue, Refusal

LONGEST_SECONDS = 600.0
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "HOME", "LD_LIBRARY_PATH", "OMP_NUM_THREADS")
_LAST_SIGNS = 300
_LISTENS_EVERY_SECONDS = 0.3


@dataclass(frozen=True)
class CleanRun:
    """How the program ended and what it said."""

    exit_code: int
    output: str
    errors: str

    def failure(self) -> Refusal:
        """Return the refusal for a program that should have ended well."""
        reason = (self.errors or self.output).strip()[-_LAST_SIGNS:] or f"exit code {self.exit_code}"
        return Refusal(Issue("bundle.does_not_run", parameters={"reason": reason}))


def run_program(program: Path, arguments: Sequence[str], folder: Path, check_stop: Callable[[], None]) -> CleanRun:
    """Run ``predict.py`` isolated from this process: no environment of ours, no user packages, `folder` as its place.

    `check_stop` is called while it runs; when it raises, the program is ended.
    """
    check_stop()
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    environment = {**kept, "LATHE_LANGUAGE": "en", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-I", "-X", "utf8", str(program), *arguments]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe
    ) as process:
        try:
            return _ended(process, check_stop)
        finally:
            process.kill()


def _ended(process: subprocess.Popen[bytes], check_stop: Callable[[], None]) -> CleanRun:
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline:
        try:
            output, errors = process.communicate(timeout=_LISTENS_EVERY_SECONDS)
        except subprocess.TimeoutExpired:
            check_stop()
        else:
            return CleanRun(process.returncode, output.decode("utf-8", "replace"), errors.decode("utf-8", "replace"))
    return CleanRun(-1, "", f"no end after {LONGEST_SECONDS:g} s")
