"""The command line of a bundle for images: ``predict.py IMAGES out.csv`` and ``predict.py --watch FOLDER out.csv``."""

import csv
import os
import signal
import stat
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

from automl.runtime.image.inspector import InspectedImage, Inspector
from automl.runtime.image.predictor import ImagePredictor, ImagesOutcome
from automl.runtime.image.selftest import run_selftest
from automl.runtime.image.sources import image_sources
from automl.runtime.image.verdicts import VERDICTS
from automl.runtime.opening import OpenedBundle
from automl.runtime.problems import Problem
from automl.runtime.selftest import SelfTest
from automl.runtime.words import Words


def carry_out(bundle: OpenedBundle, order: Namespace, words: Words) -> SelfTest | bool | None:
    """Carry out an order for images; returns None when it is not clear what is wanted."""
    if order.selftest:
        return run_selftest(ImagePredictor(bundle, threads=1))
    if order.data is None:
        return None
    if order.watch:
        inspector = Inspector(ImagePredictor(bundle), order.data, words, to=order.to, heatmaps=order.heatmaps)
        watch(inspector, words, as_json=order.json, classes=bundle.manifest.classes)
        return True
    to = order.to or order.data.with_name(f"{order.data.stem}_predictions.csv")
    outcome = ImagePredictor(bundle).predict_to(image_sources(order.data), to, words, heatmaps=order.heatmaps)
    _tell(outcome, to, words)
    return True


def watch(inspector: Inspector, words: Words, *, as_json: bool, classes: tuple[str, ...]) -> None:
    """Write a line for every new image to standard output until Ctrl C, or until standard input closes."""
    lines = csv.writer(sys.stdout, lineterminator="\n")

    def say(inspected: InspectedImage) -> None:
        if as_json:
            sys.stdout.write(f"{inspected.as_json(words, classes)}\n")
        else:
            lines.writerow(inspected.as_cells(words))
        sys.stdout.flush()

    def note(problem: Problem) -> None:
        sys.stderr.write(f"{words.problem(problem)}\n")
        sys.stderr.flush()

    with _stopping() as stop, suppress(BrokenPipeError):
        if not as_json:
            lines.writerow(inspector.titles)
            sys.stdout.flush()
        inspector.run(stop, say, note)


@contextmanager
def _stopping() -> Iterator[Event]:
    """Give an event that is set by Ctrl C, by a request to end, and when whoever started us closes standard input."""
    stop = Event()

    def asked(_number: int, _frame: object) -> None:
        stop.set()

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    if _somebody_holds_stdin():
        Thread(target=_wait_for_end, args=(stop.set,), name="stdin", daemon=True).start()
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _somebody_holds_stdin() -> bool:
    """Whether standard input is a pipe or a terminal. A service has none, or an empty file, and watches all the same."""
    try:
        descriptor = sys.stdin.fileno()
        return stat.S_ISFIFO(os.fstat(descriptor).st_mode) or os.isatty(descriptor)
    except (AttributeError, OSError, ValueError):
        return False


def _wait_for_end(end: Callable[[], None]) -> None:
    with suppress(OSError, ValueError):
        while os.read(sys.stdin.fileno(), 4096):
            pass
    end()


def _tell(outcome: ImagesOutcome, to: Path, words: Words) -> None:
    counts = {verdict: outcome.verdict_counts.get(verdict, 0) for verdict in VERDICTS}
    facts: dict[str, str | int] = {
        "images": outcome.images,
        "file": to.name,
        "unanswered": outcome.without_answer,
        **counts,
    }
    sys.stdout.write(f"{words.say('predict.images.done', facts)}\n")
    if outcome.images_with_issues:
        named = ", ".join(f"{code} {count}" for code, count in sorted(outcome.issue_counts.items()))
        said = words.say("predict.images_with_issues", {"images": outcome.images_with_issues, "counts": named})
        sys.stdout.write(f"{said}\n")
