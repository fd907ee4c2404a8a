"""Set-up installs what is missing, goes on after an interruption, and costs nothing once it is done."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from subprocess import PIPE

import pytest

import environment
from environment import DEVELOPMENT_LOCK, RUN_LOCK, SetUp, SetUpError, batches
from host import one_at_a_time
from lockfile import Requirement
from tests.packaging.imagined import LOCK, ImaginedHost, Screen, packages_in
from wording import Wording

VERSIONS = {"alpha": "1.0", "gamma": "3.1", "delta": "4.0"}
PACKAGING = Path(environment.__file__).parent


class Checkout:
    """A checkout with small locks, on an imagined machine."""

    def __init__(self, root: Path, screen: Screen | None = None) -> None:
        self.root = root
        self.screen = screen or Screen()
        self.batches: list[list[str]] = []
        self.words: list[str] = []
        self.failing = ""
        (root / "packaging").mkdir(exist_ok=True)
        self.write_lock(LOCK)
        (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
        self.host = ImaginedHost(self._pip)
        self.set_up = SetUp(root, self.host, self.screen.terminal, Wording({}), {})

    def write_lock(self, text: str) -> None:
        (self.root / "packaging" / RUN_LOCK).write_text(text, encoding="utf-8")
        (self.root / "packaging" / DEVELOPMENT_LOCK).write_text(
            text + "delta==4.0 \\\n    --hash=sha256:ee\n", encoding="utf-8"
        )

    def ensure(self, lock: str = RUN_LOCK) -> None:
        self.set_up.ensure(lock, self.make)

    def make(self, folder: Path, clear: bool) -> None:
        environment = self.set_up.environment
        for path in (environment.python.parent, environment.site_packages):
            path.mkdir(parents=True, exist_ok=True)
        environment.python.touch()

    def installed(self, name: str, version: str, *, whole: bool = True) -> Path:
        folder = self.set_up.environment.site_packages / f"{name}-{version}.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").touch()
        if whole:
            (folder / "RECORD").write_text(f"{folder.name}/INSTALLER,sha256=x,4\n", encoding="utf-8")
        return folder

    def _pip(self, command: Sequence[str], on_line: Callable[[str], None]) -> int:
        self.words.append(" ".join(command[3:]))
        names = packages_in(command)
        if names:
            self.batches.append(names)
        for name in names:
            on_line(f"Collecting {name}=={VERSIONS.get(name, '')} (from -r batch.txt)")
            if name == self.failing:
                on_line("ERROR: no route to the index")
                return 1
            if name in VERSIONS:
                self.installed(name, VERSIONS[name])
        return 0


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_a_fresh_checkout_gets_exactly_what_its_lock_names_for_this_machine(checkout: Checkout) -> None:
    checkout.ensure()

    assert checkout.batches == [["alpha", "gamma"]]
    options = next(words for words in checkout.words if "-r" in words)
    assert all(option in options for option in ("--require-hashes", "--no-deps", "--only-binary :all:"))
    assert checkout.words[-1].endswith(f"--no-deps --no-build-isolation --editable {checkout.root}")
    assert "2 of 2 packages" in checkout.screen.text


def test_a_finished_set_up_starts_no_program(checkout: Checkout) -> None:
    checkout.ensure()
    asked = len(checkout.host.asked)

    checkout.ensure()

    assert len(checkout.host.asked) == asked


def test_an_interrupted_set_up_goes_on_where_it_stopped(checkout: Checkout) -> None:
    checkout.failing = "gamma"
    with pytest.raises(SetUpError, match="goes on from here"):
        checkout.ensure()
    assert "ERROR: no route to the index" in checkout.screen.text
    checkout.failing = ""

    checkout.ensure()

    assert checkout.batches[-1] == ["gamma"]
    assert "1 of 2 packages are there" in checkout.screen.text


def test_a_half_written_package_is_installed_again(checkout: Checkout) -> None:
    checkout.make(checkout.root, clear=False)
    half = checkout.installed("alpha", "1.0", whole=False)
    (half / "old").touch()

    checkout.ensure()

    assert checkout.batches == [["alpha", "gamma"]]
    assert not (half / "old").exists()


def test_another_version_is_removed_first(checkout: Checkout) -> None:
    checkout.make(checkout.root, clear=False)
    old = checkout.installed("alpha", "0.9")

    checkout.ensure()

    assert "uninstall --yes alpha" in checkout.words
    assert not old.exists()


def test_a_changed_lock_installs_only_what_changed(checkout: Checkout) -> None:
    checkout.ensure()

    checkout.write_lock(LOCK + "delta==4.0 \\\n    --hash=sha256:ff\n")
    checkout.ensure()

    assert checkout.batches[-1] == ["delta"]


def test_the_development_set_up_serves_the_program_too(checkout: Checkout) -> None:
    checkout.ensure(DEVELOPMENT_LOCK)

    assert checkout.set_up.is_done(RUN_LOCK)
    assert checkout.batches == [["alpha", "gamma", "delta"]]


def test_the_programs_set_up_does_not_serve_development(checkout: Checkout) -> None:
    checkout.ensure(RUN_LOCK)

    assert not checkout.set_up.is_done(DEVELOPMENT_LOCK)


def test_an_environment_that_does_not_start_is_made_again(checkout: Checkout) -> None:
    (checkout.root / ".venv").mkdir()

    checkout.ensure()

    assert "making it again" in checkout.screen.text
    assert checkout.set_up.is_done(RUN_LOCK)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"requirements.lock": 1}'])
def test_a_damaged_stamp_only_costs_a_look(checkout: Checkout, content: str) -> None:
    checkout.ensure()
    (checkout.root / ".venv" / "lathe-set-up.json").write_text(content, encoding="utf-8")

    checkout.ensure()

    assert len(checkout.batches) == 1
    assert checkout.set_up.is_done(RUN_LOCK)


def test_an_environment_that_cannot_be_made_is_explained(checkout: Checkout) -> None:
    def make(folder: Path, clear: bool) -> None:
        raise OSError("the disk is full")

    with pytest.raises(SetUpError, match="the disk is full"):
        checkout.set_up.ensure(RUN_LOCK, make)


def test_large_packages_stand_alone_and_small_ones_travel_together() -> None:
    names = ["torch", *(f"small{number}" for number in range(14)), "triton"]

    parts = batches([Requirement(name, "1", "", "") for name in names])

    assert [len(part) for part in parts] == [1, 12, 2, 1]


def test_a_terminal_shows_one_changing_line_and_a_pipe_a_few_plain_ones(tmp_path: Path) -> None:
    screen = Screen(changing=True)

    Checkout(tmp_path, screen).ensure()

    assert "\r" in screen.text
    assert screen.text.endswith("s.\n")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(None, "not known"), (5, "less than a minute"), (62, "about a minute"), (170, "about 3 minutes")],
)
def test_time_left_is_said_in_words(seconds: float | None, words: str) -> None:
    assert words in Wording({}).time_left(seconds)


def test_only_one_set_up_works_on_a_folder_even_after_its_parent_was_killed(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from host import Host, one_at_a_time\n"
    program += "child = [sys.executable, '-c', 'print(\"installing\", flush=True); input()']\n"
    program += "with one_at_a_time(Path(sys.argv[1]), lambda: None):\n"
    program += "    import subprocess; subprocess.run(child, close_fds=False)"
    lock = tmp_path / "lock"
    waited: list[str] = []
    with subprocess.Popen([sys.executable, "-c", program, str(lock)], stdin=PIPE, stdout=PIPE, cwd=PACKAGING) as first:
        assert first.stdout is not None
        assert first.stdin is not None
        assert first.stdout.readline() == b"installing\n"
        first.kill()
        first.wait()

        def let_the_child_end() -> None:
            waited.append("waited")
            assert first.stdin is not None
            first.stdin.close()

        with one_at_a_time(lock, let_the_child_end):
            assert waited == ["waited"]
