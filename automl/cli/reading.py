"""The words that say how a table file is read, shared by all commands that read one."""

from argparse import Namespace

from automl.cli.parser import Parser
from automl.cli.words import Words
from automl.domain.dataset import ReadOptions


def add_reading_words(parser: Parser, words: Words) -> None:
    """Let a person say how a file is read where Lathe would find out."""
    parser.options.add_argument("--encoding", metavar="NAME", default="", help=words.text("cli.read.encoding"))
    parser.options.add_argument("--sheet", metavar="NAME", default="", help=words.text("cli.read.sheet"))
    parser.options.add_argument(
        "--skip-damaged-rows", action="store_true", help=words.text("cli.read.skip_damaged_rows")
    )


def read_options(arguments: Namespace) -> ReadOptions:
    """What was said about reading."""
    return ReadOptions(
        encoding=arguments.encoding, sheet=arguments.sheet, skip_damaged_rows=arguments.skip_damaged_rows
    )
