"""JSON into frozen dataclasses: every field known, of the stated type, none missing, no name twice."""

import json
import math
import types
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Record = TypeVar("Record", bound="DataclassInstance")


class JsonError(ValueError):
    """JSON that is not what was expected; the message names the place."""


def read_json(content: bytes) -> object:
    """Parse UTF-8 JSON. Raises JsonError for damaged text, repeated names, NaN or infinity, and nesting too deep."""
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=_without_repeats, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise JsonError(str(error)) from error


def canonical_json(value: object) -> bytes:
    """Write JSON in its one canonical form: names sorted, one space of indent, UTF-8, a newline at the end."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return f"{text}\n".encode()


def as_record(kind: type[Record], value: object, where: str = "manifest") -> Record:
    """Turn a JSON object into the dataclass `kind`. Raises JsonError naming the first place that does not fit."""
    if not isinstance(value, dict):
        raise JsonError(f"{where}: an object is expected")
    known: dict[str, Field[Any]] = {each.name: each for each in fields(kind)}
    unknown = sorted(set(value) - set(known))
    if unknown:
        raise JsonError(f"{where}.{unknown[0]}: unknown field")
    hints = get_type_hints(kind)
    given: dict[str, object] = {}
    for name, each in known.items():
        if name in value:
            given[name] = _as_type(hints[name], value[name], f"{where}.{name}")
        elif each.default is MISSING and each.default_factory is MISSING:
            raise JsonError(f"{where}.{name}: missing field")
    return kind(**given)


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise JsonError("a name stands twice in one object")
    return result


def _refuse_constant(name: str) -> object:
    raise JsonError(f"{name} is not a number")


def _as_type(hint: Any, value: object, where: str) -> object:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _as_optional(hint, value, where)
    if origin is tuple:
        if not isinstance(value, list):
            raise JsonError(f"{where}: a list is expected")
        item = get_args(hint)[0]
        return tuple(_as_type(item, each, f"{where}[{position}]") for position, each in enumerate(value))
    if origin is dict:
        if not isinstance(value, dict):
            raise JsonError(f"{where}: an object is expected")
        item = get_args(hint)[1]
        return {name: _as_type(item, each, f"{where}.{name}") for name, each in value.items()}
    if is_dataclass(hint) and isinstance(hint, type):
        return as_record(hint, value, where)
    return _as_plain(hint, value, where)


def _as_optional(hint: Any, value: object, where: str) -> object:
    if value is None:
        return None
    inner = next(each for each in get_args(hint) if each is not type(None))
    return _as_type(inner, value, where)


def _as_plain(hint: Any, value: object, where: str) -> object:
    if hint is object:
        return value
    if hint is float and isinstance(value, int) and not isinstance(value, bool):
        value = _finite_float(value, where)
    if type(value) is not hint or (isinstance(value, float) and not math.isfinite(value)):
        raise JsonError(f"{where}: {getattr(hint, '__name__', hint)} is expected")
    return value


def _finite_float(value: int, where: str) -> float:
    try:
        return float(value)
    except OverflowError as error:
        raise JsonError(f"{where}: the number is too large") from error
