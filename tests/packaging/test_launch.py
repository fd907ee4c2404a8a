"""The words after `launch.py` reach the program they mean, and its exit code comes back."""

import ast
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from environment import RUN_LOCK, SetUp
from launch import Launcher, has_display
from system_packages import Probe
from tests.packaging.imagined import ImaginedHost, Screen, probe
from wording import SENTENCES, Wording

X11 = {"DISPLAY": ":0"}


class ReadySetUp(SetUp):
    """An environment that is always there already; it remembers for which lock."""

    def __init__(self, host: ImaginedHost, screen: Screen) -> None:
        super().__init__(Path("checkout"), host, screen.terminal, Wording({}), {})
        self.locks: list[str] = []

    def ensure(self, lock: str, make: object = None) -> None:
        self.locks.append(lock)


class Start:
    """One start of launch.py on an imagined machine."""

    def __init__(
        self, *words: str, codes: Sequence[int] = (), variables: Mapping[str, str] = X11, machine: Probe | None = None
    ) -> None:
        left = list(codes)
        self.host = ImaginedHost(lambda command, line: left.pop(0) if left else 0)
        self.screen = Screen()
        self.set_up = ReadySetUp(self.host, self.screen)
        launcher = Launcher(
            self.host, self.screen.terminal, variables, machine or probe(programs=["Xvfb"]), self.set_up
        )
        self.code = launcher.main(words)

    @property
    def became(self) -> str:
        return " ".join(self.host.became[-1].command[1:]) if self.host.became else ""

    @property
    def ran(self) -> list[str]:
        return [" ".join(asked.command[1:]) for asked in self.host.asked]


def test_no_words_open_the_window() -> None:
    start = Start()

    assert start.became == "-P -m desktop"
    assert start.set_up.locks == [RUN_LOCK]


def test_other_words_go_to_the_lathe_command_and_its_exit_code_comes_back() -> None:
    start = Start("train", "a table.csv", "--target", "불량", codes=[3])

    assert start.host.became[-1].command[1:] == ["-P", "-m", "automl", "train", "a table.csv", "--target", "불량"]
    assert start.code == 3


def test_test_runs_the_suite_without_a_screen_from_the_checkout() -> None:
    start = Start("test", "-k", "words", "-n", "0")

    assert start.became == "-m pytest -n 2 --dist worksteal -k words -n 0"
    assert start.host.became[-1].variables["QT_QPA_PLATFORM"] == "offscreen"
    assert start.host.became[-1].folder is not None
    assert start.set_up.locks == ["requirements-dev.lock"]


def test_check_runs_every_check_and_fails_when_one_fails() -> None:
    start = Start("check", codes=[0, 1, 0, 0])

    assert [words for words in start.ran if "ruff" in words or "mypy" in words] == [
        "-m ruff check .",
        "-m mypy",
        "-m mypy packaging",
    ]
    assert start.host.asked[-1].command[0].endswith("lint-imports")
    assert start.code == 1


def test_without_a_display_the_main_job_runs_in_the_terminal_and_ends_with_the_bundle() -> None:
    start = Start(variables={"LANG": "en_US.UTF-8"})

    assert [words.split()[3] for words in start.ran] == ["train", "export", "verify"]
    assert start.screen.text.startswith("There is no display here")
    bundle = start.ran[-1].split()[-1]
    assert start.screen.text.rstrip().endswith(bundle)
    assert bundle.startswith(str(Path.home()))


def test_the_main_job_in_the_terminal_stops_at_the_first_failure() -> None:
    start = Start(variables={}, codes=[0, 1])

    assert [words.split()[3] for words in start.ran] == ["train", "export"]
    assert start.code == 1
    assert "“export” ended with exit code 1" in start.screen.text


@pytest.mark.parametrize(
    ("variables", "platform", "seen"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_where_a_window_can_be_seen(variables: dict[str, str], platform: str, seen: bool) -> None:
    assert has_display(variables, platform) is seen


def test_as_root_missing_packages_are_installed_with_fresh_lists_when_needed() -> None:
    bare = probe(libraries=False, programs=["apt-get"], is_root=True)

    start = Start("train", codes=[100, 0, 0], machine=bare)

    assert [words.split()[3] for words in start.ran] == ["install", "update", "install"]
    assert start.ran[0].endswith("libgomp1")
    assert start.host.asked[0].variables["DEBIAN_FRONTEND"] == "noninteractive"


def test_everybody_else_gets_the_exact_command_and_no_window_that_cannot_open() -> None:
    start = Start(machine=probe(libraries=False, programs=["apt-get"]))

    assert "sudo apt-get install -y --no-install-recommends libgomp1 libegl1" in start.screen.text
    assert start.code == 1
    assert not start.host.became


def test_other_distributions_get_the_names() -> None:
    start = Start("doctor", machine=probe(libraries=False))

    assert "libgomp1 (Debian's names)" in start.screen.text
    assert start.became.endswith("doctor")


def test_a_missing_font_does_not_keep_the_window_closed() -> None:
    start = Start(machine=probe(fonts=[]))

    assert "fonts-noto-cjk" in start.screen.text
    assert start.became == "-P -m desktop"


def test_a_python_without_environments_is_explained() -> None:
    start = Start(machine=probe(modules=False, programs=["apt-get"]))

    assert start.code == 1
    assert f"python3.{sys.version_info.minor}-venv" in start.screen.text


def test_an_old_python_gets_one_clear_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 8, 18))

    start = Start()

    assert start.code == 1
    assert "needs Python 3.11 or newer" in start.screen.text


def test_an_old_python_can_read_everything_it_needs_to_say_so(repository: Path) -> None:
    for path in (repository / "packaging").glob("*.py"):
        ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_stopping_by_the_keyboard_says_how_to_go_on() -> None:
    def stop(command: Sequence[str], line: object) -> int:
        raise KeyboardInterrupt

    host, screen = ImaginedHost(stop), Screen()

    code = Launcher(host, screen.terminal, X11, probe(), ReadySetUp(host, screen)).main(["doctor"])

    assert code == 130
    assert "goes on where it stopped" in screen.text


def test_sentences_have_the_same_placeholders_in_both_languages() -> None:
    for english, korean in SENTENCES.values():
        assert _placeholders(english) == _placeholders(korean)


@pytest.mark.parametrize("variables", [{"LANG": "ko_KR.UTF-8"}, {"LC_ALL": "ko_KR", "LANG": "en_US"}])
def test_korean_users_read_korean(variables: dict[str, str]) -> None:
    assert "창을 열 수 없습니다" in Wording(variables).text("window_cannot_open")


def _placeholders(sentence: str) -> set[str]:
    return {part.partition("}")[0] for part in sentence.split("{")[1:]}
