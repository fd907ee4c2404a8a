"""Words of the command line as values: durations, shares, roles, ways to divide rows."""

import math
import re
from argparse import ArgumentTypeError

from automl.cli.words import Words
from automl.domain.schema import Role
from automl.domain.task import GroupSplit, Metric, RandomSplit, Split, TimeSplit

_DURATION = re.compile(r"(\d+(?:\.\d+)?)(s|m|h)?")
_MOST_SECONDS = 30 * 24 * 3600.0
_MOST_SEED = 999_999_999
_SECONDS = {"s": 1.0, "m": 60.0, "h": 3600.0}


class Values:
    """Readers for argparse that refuse in the words of the terminal."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def duration(self, text: str) -> float:
        """Read 60s, 10m, 1h or plain seconds."""
        match = _DURATION.fullmatch(text.strip().lower())
        seconds = float(match[1]) * _SECONDS[match[2] or "s"] if match else 0.0
        if not 0 < seconds <= _MOST_SECONDS:
            raise self._refusal("cli.value.duration", text)
        return seconds

    def share(self, text: str) -> float | None:
        """Read a share of rows such as 0.2 or 20%, or none."""
        if text.lower() == "none":
            return None
        number = self._number(text.removesuffix("%"), "cli.value.share")
        share = number / 100 if text.endswith("%") else number
        if not 0 < share < 1:
            raise self._refusal("cli.value.share", text)
        return share

    def money(self, text: str) -> float:
        """Read an amount larger than zero."""
        amount = self._number(text, "cli.value.money")
        if not 0 < amount < math.inf:
            raise self._refusal("cli.value.money", text)
        return amount

    def seed(self, text: str) -> int:
        """Read a whole number from 0; every library takes it up to the limit."""
        if not text.isdecimal() or len(text) > len(str(_MOST_SEED)):
            raise self._refusal("cli.value.seed", text)
        return int(text)

    def split(self, text: str) -> Split | None:
        """Read auto, random, time:COLUMN or group:COLUMN."""
        kind, _, column = text.partition(":")
        if text == "auto":
            return None
        if text == "random":
            return RandomSplit()
        if kind == "time" and column:
            return TimeSplit(column)
        if kind == "group" and column:
            return GroupSplit(column)
        raise self._refusal("cli.value.split", text)

    def metric(self, text: str) -> Metric:
        """Read the name of a metric; hyphens and capitals do not matter."""
        try:
            return Metric(text.lower().replace("-", "_"))
        except ValueError:
            raise self._refusal("cli.value.metric", text, known=", ".join(Metric)) from None

    def role(self, text: str) -> tuple[str, Role]:
        """Read COLUMN=ROLE; the column's name may itself contain an equals sign."""
        column, equals, role = text.rpartition("=")
        if not equals or not column or role.lower() not in set(Role):
            raise self._refusal("cli.value.role", text, known=", ".join(Role))
        return column, Role(role.lower())

    def _number(self, text: str, key: str) -> float:
        try:
            return float(text.replace(",", ""))
        except ValueError:
            raise self._refusal(key, text) from None

    def _refusal(self, key: str, text: str, **parameters: str) -> ArgumentTypeError:
        return ArgumentTypeError(self._words.text(key, value=text, **parameters))
