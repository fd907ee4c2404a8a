"""Every test runs alone: its own home, no network, one thread per library, and nothing left alive behind it."""

import itertools
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

# Read once, when Qt, NumPy and the models are first imported, so they stand before every other import.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["LC_ALL"] = "C.UTF-8"
os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))
os.environ["OMP_WAIT_POLICY"] = "passive"

import hypothesis
import pytest

from tests.isolation import home, leaks
from tests.isolation.offline import sitecustomize

pytest_plugins = ("tests.fixtures_training", "tests.fixtures_images")

REPOSITORY = Path(__file__).resolve().parent.parent
OFFLINE = Path(sitecustomize.__file__).parent

# The same examples every time: a commit is judged by itself, not by luck. New ones are looked for with "deep".
hypothesis.settings.register_profile("quick", max_examples=25, deadline=None, database=None, derandomize=True)
hypothesis.settings.register_profile("deep", max_examples=1000, deadline=None)
hypothesis.settings.load_profile("quick")

_network_attempts: list[str] = []
_home_numbers = itertools.count()


def pytest_configure(config: pytest.Config) -> None:
    """Close the network and keep the caches that are the same for every test."""
    # matplotlib looks through all fonts once for every new home; that takes seconds.
    cache: pytest.Cache | None = getattr(config, "cache", None)
    if cache is not None:
        os.environ["MPLCONFIGDIR"] = str(cache.mkdir("matplotlib"))
    only_hands_out_tests = config.getoption("numprocesses", None) and not hasattr(config, "workerinput")
    if not only_hands_out_tests:
        sitecustomize.refuse_network(_network_attempts.append)
        others = os.environ.get("PYTHONPATH")
        os.environ["PYTHONPATH"] = os.pathsep.join([str(OFFLINE), *([others] if others else [])])
        leaks.watch_timers()


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of this checkout."""
    return REPOSITORY


@pytest.fixture(scope="session", autouse=True)
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("homes")
    with pytest.MonkeyPatch.context() as monkeypatch:
        home.move_into(folder / "shared", monkeypatch)
        yield folder


@pytest.fixture(autouse=True)
def _nothing_left_alive() -> Iterator[None]:
    census = leaks.Census()
    yield
    left = census.left_behind()
    assert not left, f"this test left alive: {', '.join(left)}"


@pytest.fixture(autouse=True)
def _no_network(_nothing_left_alive: None) -> Iterator[None]:
    _network_attempts.clear()
    yield
    assert not _network_attempts, f"this test asked for {', '.join(_network_attempts)}"


@pytest.fixture(autouse=True)
def isolated_home(_no_network: None, _homes: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The test's own home folder; settings, caches and documents of the user live under it."""
    folder = _homes / str(next(_home_numbers))
    home.move_into(folder, monkeypatch)
    yield folder
    shutil.rmtree(folder, ignore_errors=sys.platform == "win32")
