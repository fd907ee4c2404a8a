"""lathe leaderboard: the models of the last training."""

from argparse import Namespace
from pathlib import Path

import msgspec

from automl import api
from automl.cli.console import DONE, Console
from automl.cli.parser import Parser
from automl.cli.projects import last_leaderboard, opened
from automl.cli.standings import say_leaderboard
from automl.cli.words import Words


def add_words(parser: Parser, words: Words) -> None:
    """Name the words this command takes."""
    parser.positions.add_argument("project", metavar="PROJECT", type=Path, help=words.text("cli.project"))
    parser.options.add_argument("--json", action="store_true", help=words.text("cli.leaderboard.json"))


def run(arguments: Namespace, console: Console) -> int:
    """Say the newest leaderboard, or write it as JSON."""
    with opened(arguments.project, read_only=True) as project:
        board = last_leaderboard(project)
        if arguments.json:
            console.write(msgspec.json.encode(board).decode() + "\n")
        else:
            say_leaderboard(console, board, api.image_evaluation(project, board.run_id, board.chosen))
    return DONE
