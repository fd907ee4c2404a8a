"""Running a bundle's program where nothing of Lathe is in reach: a separate Python, only the bundle and its libraries."""

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from automl.domain.issues import Issue, Refusal

LONGEST_SECONDS = 600.0
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "HOME", "LD_LIBRARY_PATH", "OMP_NUM_THREADS")
_LAST_SIGNS = 300


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


def run_program(program: Path, arguments: Sequence[str], folder: Path) -> CleanRun:
    """Run ``predict.py`` isolated from this process: no environment of ours, no user packages, `folder` as its place."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    environment = {**kept, "LATHE_LANGUAGE": "en", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-I", "-X", "utf8", str(program), *arguments]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return CleanRun(-1, "", f"no end after {LONGEST_SECONDS:g} s")
    return CleanRun(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))
