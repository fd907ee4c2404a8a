"""What the code of the product never does."""

import ast
import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PRODUCT, ROOT, calls, dotted_name, imports, nodes, python_files, text

CODE = python_files("automl", "desktop", "resources")
EVERYTHING = python_files(*PRODUCT, "tests")
WINDOW = python_files("desktop")
THIS_FILE = Path(__file__).resolve().relative_to(ROOT)

UNSAFE_MODULES = ("pickle", "cPickle", "_pickle", "dill", "cloudpickle", "marshal", "shelve", "imp")
UNSAFE_CALLS = (
    "eval",
    "exec",
    "compile",
    "__import__",
    "joblib.load",
    "joblib.dump",
    "torch.load",
    "numpy.load",
    "np.load",
)
FORKING_CALLS = ("os.fork", "os.forkpty", "multiprocessing.set_start_method")
WAITING_CALLS = ("time.sleep", "sleep", "processEvents", "QThread.sleep", "QThread.msleep")
# Only a closing window may wait for its worker, so the calls for that stand with the jobs.
PROCESS_WAITING_CALLS = ("waitForStarted", "waitForFinished", "waitForReadyRead", "waitForBytesWritten")
# The three places where a fault of any kind becomes one sentence: the worker, the window, the start of a job.
BOUNDARIES = {"automl/worker.py", "desktop/app/faults.py", "desktop/jobs/job_process.py"}
LOGGER = logging.getLogger(__name__)


def function_lengths() -> dict[str, int]:
    return {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in EVERYTHING
        for node in nodes(path)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def file_lengths() -> dict[str, int]:
    return {str(path): text(path).count("\n") for path in EVERYTHING}


def test_nothing_is_loaded_that_could_run_code() -> None:
    wrong = [
        f"{path}:{line} {name}"
        for path in CODE
        for line, name in imports(path)
        if name.partition(".")[0] in UNSAFE_MODULES
    ]
    wrong += [
        f"{path}:{node.lineno} {name}"
        for path in CODE
        for node, name in calls(path)
        if name in UNSAFE_CALLS and not _is_safe(node)
    ]

    assert not wrong


def test_no_process_is_forked() -> None:
    """A fork after OpenMP has started hangs the child forever."""
    wrong = [f"{path}:{node.lineno} {name}" for path in CODE for node, name in calls(path) if name in FORKING_CALLS]
    wrong += [
        f"{path}:{line} {name}"
        for path in CODE
        for line, name in imports(path)
        if name.partition(".")[0] == "multiprocessing"
    ]

    assert not wrong


def test_the_window_never_waits() -> None:
    wrong = [
        f"{path}:{node.lineno} {name}"
        for path in WINDOW
        for node, name in calls(path)
        if _ends_with(name, WAITING_CALLS if path.parts[1] == "jobs" else WAITING_CALLS + PROCESS_WAITING_CALLS)
    ]

    assert not wrong


def test_no_rule_is_switched_off_in_a_line() -> None:
    marks = re.compile(r"#\s*(type:\s*ignore|noqa|mypy:|pylint:|pragma: no cover)", re.IGNORECASE)

    assert not list(_matching_lines(marks))


def test_no_work_is_left_for_later() -> None:
    marks = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")

    assert not list(_matching_lines(marks))


def test_only_the_boundaries_catch_everything() -> None:
    caught = [(path, handler.lineno) for path in CODE for handler in _handlers(path) if _catches_everything(handler)]
    elsewhere = [f"{path}:{line}" for path, line in caught if path.as_posix() not in BOUNDARIES]

    assert not elsewhere
    assert len(caught) <= len(BOUNDARIES)


def test_the_window_starts_no_program_through_a_shell() -> None:
    wrong = [
        f"{path}:{node.lineno} {name}"
        for path in CODE
        for node, name in calls(path)
        if name in ("os.system", "os.popen")
    ]

    assert not wrong


@pytest.mark.parametrize(
    ("sizes", "longest", "smell"),
    [(function_lengths, 120, 60), (file_lengths, 600, 400)],
    ids=["functions", "files"],
)
def test_size_is_a_smell_before_it_is_a_rule(sizes: Callable[[], dict[str, int]], longest: int, smell: int) -> None:
    measured = sizes()
    for name, length in sorted(measured.items(), key=lambda item: -item[1]):
        if length > smell:
            LOGGER.info("%5d lines: %s", length, name)

    assert not {name: length for name, length in measured.items() if length > longest}


def _matching_lines(pattern: re.Pattern[str]) -> Iterator[str]:
    for path in EVERYTHING:
        if path == THIS_FILE:
            continue
        for number, line in enumerate(text(path).splitlines(), start=1):
            if pattern.search(line):
                yield f"{path}:{number} {line.strip()}"


def _handlers(path: Path) -> Iterator[ast.ExceptHandler]:
    return (node for node in nodes(path) if isinstance(node, ast.ExceptHandler))


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    if isinstance(handler.body[-1], ast.Raise):
        return False
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or dotted_name(kind) in ("Exception", "BaseException") for kind in kinds)


def _ends_with(name: str, ends: tuple[str, ...]) -> bool:
    return any(name == end or name.endswith(f".{end}") for end in ends)


def _is_safe(node: ast.Call) -> bool:
    return any(
        word.arg == "allow_pickle" and isinstance(word.value, ast.Constant) and word.value.value is False
        for word in node.keywords
    )
