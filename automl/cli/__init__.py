"""The lathe command: the same jobs as the window, for scripts and for measuring.

Exit codes: 0 done, 2 bad input, 3 canceled, 1 fault.
"""

import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Protocol

from automl import __version__, api
from automl.cli import doctor, export, inspect, leaderboard, predict, profile, resume, train, verify, weights
from automl.cli.console import BAD_INPUT, CANCELED, DONE, Console
from automl.cli.parser import Parser, UsageError
from automl.cli.words import Words
from automl.domain.issues import Refusal


class _Command(Protocol):
    """What the module of a command offers."""

    def add_words(self, parser: Parser, words: Words) -> None:
        """Name the words the command takes."""
        ...

    def run(self, arguments: Namespace, console: Console) -> int:
        """Carry it out and return the exit code."""
        ...


_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
_COMMANDS: Mapping[str, _Command] = {
    "train": train,
    "leaderboard": leaderboard,
    "export": export,
    "verify": verify,
    "resume": resume,
    "predict": predict,
    "inspect": inspect,
    "profile": profile,
    "weights": weights,
    "doctor": doctor,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command and return the exit code. Without words it opens the window."""
    given = list(sys.argv[1:] if argv is None else argv)
    words = Words.of_terminal()
    console = Console(words)
    if not given:
        return _window(console)
    try:
        return _carried_out(given, words, console)
    except UsageError as error:
        console.problem(str(error))
        console.problem(words.text("cli.usage.see_help", command=_help_command(given)))
        return BAD_INPUT
    except Refusal as refusal:
        console.issues(refusal.issues)
        return BAD_INPUT
    except KeyboardInterrupt:
        console.problem(words.text("cli.canceled_between"))
        return CANCELED


def _carried_out(given: list[str], words: Words, console: Console) -> int:
    _require_text(given, words)
    name, rest = given[0], given[1:]
    if name == "--version":
        console.line(f"Lathe {__version__}")
        return DONE
    if name in ("-h", "--help", "help"):
        _say_overview(console)
        return DONE
    if name not in _COMMANDS:
        known = ", ".join(_COMMANDS)
        raise UsageError(words.text("cli.usage.command", value=name, known=known))
    command = _COMMANDS[name]
    parser = Parser(words, f"lathe {name}", f"cli.about.{name}")
    command.add_words(parser, words)
    if {"-h", "--help"} & set(rest):
        console.write(parser.format_help())
        return DONE
    return command.run(parser.parse_args(rest), console)


def _require_text(given: list[str], words: Words) -> None:
    """Refuse names of files that are no text: they could not be kept in a project nor said."""
    for word in given:
        readable = word.encode("utf-8", "replace").decode("utf-8")
        if readable != word:
            raise UsageError(words.text("cli.usage.no_text", name=readable))


def _say_overview(console: Console) -> None:
    console.say("cli.overview")
    console.line()
    console.line("  lathe " + " " * 13 + console.words.text("cli.about.window"))
    for name in _COMMANDS:
        console.line(f"  lathe {name:<13}{console.words.text(f'cli.about.{name}')}")


def _help_command(given: list[str]) -> str:
    return f"lathe {given[0]} --help" if given[0] in _COMMANDS else "lathe --help"


def _window(console: Console) -> int:
    if sys.platform == "linux" and not any(os.environ.get(name) for name in _DISPLAYS):
        console.problem(console.words.text("cli.no_display"))
        return BAD_INPUT
    # A program of its own: the command line never loads a screen.
    return subprocess.run([sys.executable, "-m", "desktop"], env=api.worker_environment(), check=False).returncode
