"""argparse in the words of the terminal: one clear message for a wrong word, and never an exit from within."""

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from automl.cli.words import Words

_KNOWN_MESSAGES = (
    (re.compile(r"the following arguments are required: (?P<names>.+)"), "cli.usage.required"),
    (re.compile(r"unrecognized arguments: (?P<names>.+)"), "cli.usage.unknown"),
    (
        re.compile(r"argument (?P<name>[^:]+): invalid choice: '?(?P<value>.*?)'? \(choose from (?P<known>.+)\)"),
        "cli.usage.choice",
    ),
    (re.compile(r"argument (?P<name>[^:]+): expected (?:one argument|at least one argument)"), "cli.usage.needs_value"),
    (re.compile(r"ambiguous option: (?P<name>.+?) could match (?P<known>.+)"), "cli.usage.ambiguous"),
    (re.compile(r"argument (?P<name>[^:]+): (?P<message>.+)"), "cli.usage.value"),
)


class UsageError(Exception):
    """The words cannot be understood; the message says why and is meant to be read."""


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError and prints its help in the chosen language."""

    def __init__(self, words: Words, prog: str, about: str = "") -> None:
        super().__init__(
            prog=prog,
            description=words.text(about) if about else None,
            add_help=False,
            allow_abbrev=False,
            formatter_class=lambda prog: _Formatter(words, prog),
        )
        self._words = words
        self.positions = self.add_argument_group(words.text("cli.help.values"))
        self.options = self.add_argument_group(words.text("cli.help.options"))
        self.options.add_argument("-h", "--help", action="help", help=words.text("cli.help.help"))

    def error(self, message: str) -> NoReturn:
        """Raise UsageError with the message in the chosen language."""
        for pattern, key in _KNOWN_MESSAGES:
            match = pattern.fullmatch(message)
            if match is not None:
                raise UsageError(self._words.text(key, **match.groupdict()))
        raise UsageError(message)


class _Formatter(argparse.HelpFormatter):
    """Help whose frame is in the chosen language too."""

    def __init__(self, words: Words, prog: str) -> None:
        super().__init__(prog, max_help_position=34)
        self._usage = words.text("cli.help.usage")

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or f"{self._usage} ")
