"""lathe inspect: a verdict for every new image of a folder, until Ctrl C."""

import importlib
from argparse import Namespace
from pathlib import Path

from automl.cli.console import DONE, Console
from automl.cli.parser import Parser
from automl.cli.words import Words

# Looked up by name, so that no other command loads what looks at images.
_INSPECTOR = "automl.jobs.inspect_folder"


def add_words(parser: Parser, words: Words) -> None:
    """Name the words this command takes."""
    parser.positions.add_argument("bundle", metavar="BUNDLE", type=Path, help=words.text("cli.bundle"))
    parser.positions.add_argument("folder", metavar="FOLDER", type=Path, help=words.text("cli.inspect.folder"))
    parser.options.add_argument("--to", metavar="verdicts.csv", type=Path, help=words.text("cli.inspect.to"))
    parser.options.add_argument("--heatmaps", metavar="FOLDER", type=Path, help=words.text("cli.predict.heatmaps"))
    parser.options.add_argument("--trust-key", action="store_true", help=words.text("cli.predict.trust_key"))
    parser.options.add_argument("--json", action="store_true", help=words.text("cli.inspect.json"))


def run(arguments: Namespace, console: Console) -> int:
    """Watch the folder."""
    importlib.import_module(_INSPECTOR).inspect_folder(
        arguments.bundle,
        arguments.folder,
        lambda issue: console.issues([issue]),
        language=console.words.language.value,
        to=arguments.to,
        heatmaps=arguments.heatmaps,
        as_json=arguments.json,
        trust_key=arguments.trust_key,
    )
    return DONE
