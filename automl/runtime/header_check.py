"""Do the columns of a table fit the model? Judged by name, never by place."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

from automl.runtime.problems import INFO, Parameter, Problem, RefusedError
from automl.runtime.table_manifest import TableManifest

_NAMED_AT_MOST = 5


@dataclass(frozen=True)
class HeaderMatch:
    """Where each input stands in a row, by input name; and what is said about the other columns."""

    positions: dict[str, int]
    width: int
    notes: tuple[Problem, ...]


def match_header(manifest: TableManifest, names: Sequence[str], file: str = "") -> HeaderMatch:
    """Find every input by name. Raises RefusedError with one problem a missing column; extra columns are noted once."""
    places = {name: position for position, name in reversed(list(enumerate(names)))}
    wanted = [column.name for column in manifest.inputs]
    spare = [name for name in names if name not in set(wanted)]
    missing = [name for name in wanted if name not in places]
    if missing:
        raise RefusedError(*(_missing(name, spare, file) for name in missing))
    ignored = [name for name in spare if name != manifest.target]
    notes = (_ignored(ignored, file),) if ignored else ()
    return HeaderMatch({name: places[name] for name in wanted}, len(names), notes)


def _missing(name: str, spare: Sequence[str], file: str) -> Problem:
    by_plain_name = {_plain(each): each for each in spare}
    close = difflib.get_close_matches(_plain(name), list(by_plain_name), n=1, cutoff=0.6)
    if close:
        parameters: dict[str, Parameter] = {"column": name, "nearest": by_plain_name[close[0]]}
        return Problem("predict.column_renamed", parameters, file=file, column=name)
    return Problem("predict.column_missing", {"column": name}, file=file, column=name)


def _plain(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _ignored(names: Sequence[str], file: str) -> Problem:
    listed = ", ".join(names[:_NAMED_AT_MOST]) + (", …" if len(names) > _NAMED_AT_MOST else "")
    return Problem("predict.columns_ignored", {"count": len(names), "names": listed}, INFO, file)
