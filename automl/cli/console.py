"""Where the command line speaks: results on standard output, problems on standard error."""

import contextlib
import io
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from automl.cli.words import Words
from automl.domain.issues import Issue

DONE, FAULT, BAD_INPUT, CANCELED = 0, 1, 2, 3
_GAP = "  "


class Console:
    """Says things in the words of the terminal. `quiet` keeps standard output for a machine to read."""

    def __init__(self, words: Words, *, quiet: bool = False) -> None:
        self.words = words
        self.quiet = quiet
        self._said: set[str] = set()
        # Either is None where nobody listens: a program without a terminal, or one started with it closed.
        self.out: TextIO = sys.stdout or io.StringIO()
        self._problems: TextIO = sys.stderr or io.StringIO()
        for stream in (self.out, self._problems):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")

    @property
    def is_terminal(self) -> bool:
        """Whether a person watches standard output."""
        return self.out.isatty()

    def say(self, key: str, **parameters: object) -> None:
        """Say the text under a key."""
        self.line(self.words.text(key, **parameters))

    def line(self, text: str = "") -> None:
        """Say a finished text."""
        if not self.quiet:
            self.write(f"{text}\n")

    def write(self, text: str) -> None:
        """Write to standard output as it is, whether quiet or not; nobody listening any more is no fault."""
        with contextlib.suppress(BrokenPipeError):
            self.out.write(text)
            self.out.flush()

    def problem(self, text: str) -> None:
        """Say what went wrong."""
        with contextlib.suppress(BrokenPipeError):
            self._problems.write(f"{text}\n")
            self._problems.flush()

    def issues(self, issues: Iterable[Issue]) -> None:
        """Say issues, one paragraph each; what was said before in this command is not said again."""
        for issue in issues:
            text = self.words.issue(issue)
            if text not in self._said:
                self._said.add(text)
                self.problem(text)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: frozenset[int]) -> None:
        """Say a table; columns in `numbers` are set to the right."""
        widths = [max(width(line[place]) for line in (head, *rows)) for place in range(len(head))]
        for line in (head, *rows):
            cells = [_set(cell, widths[place], right=place in numbers) for place, cell in enumerate(line)]
            self.line(_GAP.join(cells).rstrip())


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes; Hangul takes two a letter."""
    return sum(_columns(letter) for letter in text)


def quoted(path: str | Path) -> str:
    """Return a path as it can be typed again."""
    return f'"{path}"' if " " in str(path) else str(path)


def shortened(text: str, most: int) -> str:
    """Return the text cut to so many columns of a terminal, with an ellipsis where it was cut."""
    if width(text) <= most:
        return text
    kept, used = [], 0
    for letter in text:
        used += _columns(letter)
        if used > most - 1:
            break
        kept.append(letter)
    return "".join(kept) + "…"


def _columns(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _set(cell: str, columns: int, *, right: bool) -> str:
    space = " " * (columns - width(cell))
    return space + cell if right else cell + space
