"""Writing predictions: whole or not at all, safe to open in a spreadsheet."""

import csv
import os
import re
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from automl.runtime.problems import refused

_FORMULA_STARTS = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"[+-]?([0-9][0-9.,]*|[.,][0-9]+)([eE][+-]?[0-9]+)?%?")


class PredictionsWriter:
    """Takes rows of texts, in order."""

    def __init__(self, file: TextIO) -> None:
        self._writer = csv.writer(file)

    def write(self, rows: Iterable[Sequence[str]]) -> None:
        """Write rows; texts that a spreadsheet would take for a formula are marked as text."""
        # Most cells are harmless by their first sign; a call for each of them would cost more than writing it.
        self._writer.writerows(
            [harmless(text) if text[:1] in _FORMULA_STARTS else text for text in row] for row in rows
        )


@contextmanager
def predictions_file(path: Path) -> Iterator[PredictionsWriter]:
    """Give a writer for `path` (UTF-8 with mark, for spreadsheets). The file appears when the block ends well."""
    scratch = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with scratch.open("w", encoding="utf-8-sig", newline="") as file:
            yield PredictionsWriter(file)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except OSError as error:
        raise refused("predict.cannot_write", file=path.name, reason=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)


def require_other_file(to: Path, read: Iterable[Path]) -> None:
    """Refuse to write answers over one of the files they come from."""
    if to.exists() and any(path.exists() and to.samefile(path) for path in read):
        raise refused("predict.same_file", file=to.name)


def harmless(text: str) -> str:
    """Put an apostrophe before a text that would run as a formula; numbers stay as they are."""
    if text[:1] in _FORMULA_STARTS and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def as_meant(text: str) -> str:
    """Return a text as it was before `harmless`."""
    return text[1:] if text[:1] == "'" and harmless(text[1:]) == text else text
