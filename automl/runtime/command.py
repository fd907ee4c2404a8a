"""The command line inside a bundle: ``python predict.py DATA out.csv`` and ``python predict.py --selftest``."""

import argparse
import importlib
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from automl.runtime.image_manifest import ImageManifest
from automl.runtime.member_names import WORDS_FILES
from automl.runtime.opening import OpenedBundle, open_bundle
from automl.runtime.predictor import Predictor, TableOutcome
from automl.runtime.problems import RefusedError
from automl.runtime.selftest import SelfTest, run_selftest
from automl.runtime.words import LANGUAGES, Words, preferred_language

DONE, DIFFERENT, REFUSED = 0, 1, 2
_IMAGE_COMMAND = "automl.runtime.image.command"


def main(folder: Path, arguments: Sequence[str]) -> int:
    """Carry out one command of the program in this folder, for the bundle it lies in unless another one is named.

    Returns the exit code: 0 done, 2 refused, 1 self-test failed.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    order = _parser().parse_args(arguments)
    words = Words.read(folder.joinpath(WORDS_FILES[order.language]))
    try:
        bundle = open_bundle(order.bundle or folder)
        if isinstance(bundle.manifest, ImageManifest):
            # Only a bundle for images carries what looks at images, and only there Pillow is needed.
            result = importlib.import_module(_IMAGE_COMMAND).carry_out(bundle, order, words)
        else:
            result = _carry_out(bundle, order, words)
    except RefusedError as error:
        tell_refusal(error, words)
        return REFUSED
    if result is None:
        _parser().print_usage()
        return REFUSED
    return tell_selftest(result, bundle, words, order.json) if isinstance(result, SelfTest) else DONE


def tell_refusal(error: RefusedError, words: Words) -> None:
    """Say on standard error why something was refused."""
    for problem in error.problems:
        sys.stderr.write(f"{words.problem(problem)}\n")


def tell_selftest(result: SelfTest, bundle: OpenedBundle, words: Words, as_json: bool) -> int:
    """Say how a self-test ended and return the exit code."""
    if as_json:
        sys.stdout.write(f"{json.dumps(result.as_dict())}\n")
    else:
        kind = "selftest.images" if isinstance(bundle.manifest, ImageManifest) else "selftest"
        shown = {**result.as_dict(), "difference": f"{result.difference:.1e}", "key_id": bundle.key_id}
        shown["milliseconds_per_row"] = f"{result.milliseconds_per_row:.2f}"
        sys.stdout.write(f"{words.say(f'{kind}.passed' if result.passed else f'{kind}.failed', shown)}\n")
    return DONE if result.passed else DIFFERENT


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="predict.py")
    parser.add_argument("data", nargs="?", type=Path, metavar="DATA")
    parser.add_argument("to", nargs="?", type=Path, metavar="out.csv")
    parser.add_argument("--selftest", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--trust-columns", action="store_true", help="tables only")
    parser.add_argument("--heatmaps", type=Path, metavar="FOLDER", help="images only")
    parser.add_argument("--watch", action="store_true", help="images only")
    parser.add_argument("--bundle", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--language", choices=LANGUAGES, default=preferred_language())
    return parser


def _carry_out(bundle: OpenedBundle, order: argparse.Namespace, words: Words) -> SelfTest | bool | None:
    """Carry out an order for a table; returns None when it is not clear what is wanted."""
    predictor = Predictor(bundle)
    if order.selftest:
        return run_selftest(predictor)
    if order.data is None or order.watch:
        return None
    to = order.to or order.data.with_name(f"{order.data.stem}_predictions.csv")
    outcome = predictor.predict_file(order.data, to, words, trust_columns=order.trust_columns)
    _tell(outcome, to, words)
    return True


def _tell(outcome: TableOutcome, to: Path, words: Words) -> None:
    for note in outcome.notes:
        sys.stderr.write(f"{words.problem(note)}\n")
    sys.stdout.write(f"{words.say('predict.done', {'rows': outcome.rows, 'file': to.name})}\n")
    if outcome.rows_with_issues:
        counts = ", ".join(f"{code} {count}" for code, count in sorted(outcome.issue_counts.items()))
        said = words.say("predict.rows_with_issues", {"rows": outcome.rows_with_issues, "counts": counts})
        sys.stdout.write(f"{said}\n")
