"""A real worker process whose jobs are the scripts of `tests.scripted_jobs`."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from automl import api, worker
from automl.domain.events import Event
from automl.domain.job import ImportJob

GRACE_SECONDS = 0.5
MODULES = {"import": "tests.scripted_jobs", "suggest": "tests.scripted_suggestions"}


def command(run_folder: Path) -> list[str]:
    """Return the command line of a scripted worker."""
    return [sys.executable, "-m", "tests.scripted_worker", str(run_folder)]


def warm_command() -> list[str]:
    """Return the command line of a scripted worker that waits for its run folder."""
    return [sys.executable, "-m", "tests.scripted_worker", "--warm"]


def scripted(project: api.Project, script: str) -> ImportJob:
    """Return a job that carries out a script."""
    return ImportJob(job_id=api.new_job_id(), project=str(project.folder), path=script)


class ScriptedWorker:
    """Starts a worker for a submitted job and reads what it says."""

    def __init__(self, run_folder: Path) -> None:
        self.process = subprocess.Popen(
            command(run_folder),
            env=api.worker_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def __enter__(self) -> "ScriptedWorker":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.hang_up()
        if self.process.stdout is not None:
            self.process.stdout.close()
        self.process.wait()

    def say(self, word: str) -> None:
        """Write a word to the worker's standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{word}\n".encode())
        self.process.stdin.flush()

    def hang_up(self) -> None:
        """Close the worker's standard input, as the death of its parent does."""
        if self.process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()

    def events(self) -> Iterator[Event]:
        """Give every event as it comes, to the end of the stream."""
        assert self.process.stdout is not None
        decoder = api.EventDecoder()
        for line in self.process.stdout:
            yield from decoder.feed(line)
        assert not decoder.refused_lines


if __name__ == "__main__":
    sys.exit(worker.main(modules=MODULES, warm_modules=(), grace_seconds=GRACE_SECONDS))
