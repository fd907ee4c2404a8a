"""The command line inside a bundle: ``python predict.py data.csv out.csv`` and ``python predict.py --selftest``."""

import argparse
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from automl.runtime.member_names import WORDS_FILES
from automl.runtime.opening import open_bundle
from automl.runtime.predictor import Predictor, TableOutcome
from automl.runtime.problems import RefusedError
from automl.runtime.selftest import SelfTest, run_selftest
from automl.runtime.words import LANGUAGES, Words, preferred_language

DONE, DIFFERENT, REFUSED = 0, 1, 2


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
        predictor = Predictor(open_bundle(order.bundle or folder))
        if order.selftest:
            return _selftest(predictor, words, order.json)
        if order.data is None:
            _parser().print_usage()
            return REFUSED
        to = order.to or order.data.with_name(f"{order.data.stem}_predictions.csv")
        outcome = predictor.predict_file(order.data, to, words, trust_columns=order.trust_columns)
    except RefusedError as error:
        for problem in error.problems:
            sys.stderr.write(f"{words.problem(problem)}\n")
        return REFUSED
    _tell(outcome, to, words)
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="predict.py")
    parser.add_argument("data", nargs="?", type=Path, metavar="data.csv")
    parser.add_argument("to", nargs="?", type=Path, metavar="out.csv")
    parser.add_argument("--selftest", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--trust-columns", action="store_true")
    parser.add_argument("--bundle", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--language", choices=LANGUAGES, default=preferred_language())
    return parser


def _selftest(predictor: Predictor, words: Words, as_json: bool) -> int:
    result: SelfTest = run_selftest(predictor)
    if as_json:
        sys.stdout.write(f"{json.dumps(result.as_dict())}\n")
    else:
        key = "selftest.passed" if result.passed else "selftest.failed"
        shown = {**result.as_dict(), "difference": f"{result.difference:.1e}", "key_id": predictor.bundle.key_id}
        shown["milliseconds_per_row"] = f"{result.milliseconds_per_row:.2f}"
        sys.stdout.write(f"{words.say(key, shown)}\n")
    return DONE if result.passed else DIFFERENT


def _tell(outcome: TableOutcome, to: Path, words: Words) -> None:
    for note in outcome.notes:
        sys.stderr.write(f"{words.problem(note)}\n")
    sys.stdout.write(f"{words.say('predict.done', {'rows': outcome.rows, 'file': to.name})}\n")
    if outcome.rows_with_issues:
        counts = ", ".join(f"{code} {count}" for code, count in sorted(outcome.issue_counts.items()))
        said = words.say("predict.rows_with_issues", {"rows": outcome.rows_with_issues, "counts": counts})
        sys.stdout.write(f"{said}\n")
