"""The effects of set-up in one place: starting programs, saying things, taking turns. Tests put an imagined one here."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TextIO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Host:
    """This machine: its programs and its terminal."""

    def run(self, command: Sequence[str], environment: Mapping[str, str], folder: Path | None = None) -> int:
        """Run a program to its end on our terminal, without input; return its exit code."""
        sys.stdout.flush()
        code = subprocess.call(command, env=dict(environment), cwd=folder, stdin=subprocess.DEVNULL)
        return code if code >= 0 else 128 - code

    def read(self, command: Sequence[str], environment: Mapping[str, str], on_line: Callable[[str], None]) -> int:
        """Run a program and hand over what it prints, line by line; return its exit code."""
        with subprocess.Popen(
            command, env=dict(environment), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            encoding="utf-8", errors="replace", close_fds=False,
        ) as process:  # fmt: skip
            try:
                for line in process.stdout or ():
                    on_line(line.rstrip())
            except KeyboardInterrupt:
                process.terminate()
                raise
        return process.returncode

    def become(self, command: Sequence[str], environment: Mapping[str, str], folder: Path | None = None) -> int:
        """Hand this process over to a program: its signals, its input and its exit code are ours."""
        sys.stdout.flush()
        if os.name == "posix":
            os.chdir(folder or Path.cwd())
            os.execve(command[0], list(command), dict(environment))
        return subprocess.call(command, env=dict(environment), cwd=folder)

    def now(self) -> float:
        """Return seconds on a clock that only goes forward."""
        return time.monotonic()


class Terminal:
    """Says sentences, and shows progress as one line that changes or, in a pipe, as few plain lines."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._changing = stream.isatty()
        self._open_line = False
        self._last_tenth = -1

    def say(self, sentence: str) -> None:
        """Print a sentence on lines of its own."""
        self.close_line()
        print(sentence, file=self._stream, flush=True)

    def show(self, fraction: float, sentence: str) -> None:
        """Show how far we are; in a pipe only when another tenth is done."""
        if self._changing:
            print(f"\r\x1b[K{sentence}", end="", file=self._stream, flush=True)
            self._open_line = True
        elif int(fraction * 10) > self._last_tenth:
            self._last_tenth = int(fraction * 10)
            print(sentence, file=self._stream, flush=True)

    def close_line(self) -> None:
        """End the changing line so that the next sentence starts on its own."""
        if self._open_line:
            print(file=self._stream, flush=True)
            self._open_line = False


@contextlib.contextmanager
def one_at_a_time(path: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Let only one set-up work on a folder; the system frees the lock when the processes end, however they end."""
    with path.open("a+b") as file:
        # A pip whose launch.py was killed goes on for a while; it holds the lock until it ends as well.
        os.set_inheritable(file.fileno(), True)
        if not _lock(file.fileno(), wait=False):
            on_wait()
            while not _lock(file.fileno(), wait=True):
                pass
        yield


if sys.platform == "win32":

    def _lock(descriptor: int, *, wait: bool) -> bool:
        # LK_LOCK tries for ten seconds and then gives up, so the caller asks again.
        try:
            msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:

    def _lock(descriptor: int, *, wait: bool) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
