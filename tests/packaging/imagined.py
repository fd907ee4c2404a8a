"""A machine that only exists in tests: it remembers what it was asked and answers as told."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from host import Host, Terminal
from system_packages import Probe

EVERY_FONT = ["NotoSansCJK-Regular.ttc", "Inter-Regular.otf"]
LOCK = """\
alpha==1.0 \\
    --hash=sha256:aa
beta-tool==2.0 ; sys_platform == 'nowhere' \\
    --hash=sha256:bb
gamma==3.1 \\
    --hash=sha256:cc \\
    --hash=sha256:dd
"""


class Asked(NamedTuple):
    """One program that was started."""

    command: list[str]
    variables: dict[str, str]
    folder: Path | None


class ImaginedHost(Host):
    """Starts nothing. `answer` decides the exit code of a command and may print lines or touch files."""

    def __init__(self, answer: Callable[[Sequence[str], Callable[[str], None]], int] = lambda command, line: 0) -> None:
        self.asked: list[Asked] = []
        self.became: list[Asked] = []
        self._answer = answer
        self._seconds = 0.0

    def run(self, command: Sequence[str], environment: Mapping[str, str], folder: Path | None = None) -> int:
        self.asked.append(Asked(list(command), dict(environment), folder))
        return self._answer(command, lambda line: None)

    def read(self, command: Sequence[str], environment: Mapping[str, str], on_line: Callable[[str], None]) -> int:
        self.asked.append(Asked(list(command), dict(environment), None))
        return self._answer(command, on_line)

    def become(self, command: Sequence[str], environment: Mapping[str, str], folder: Path | None = None) -> int:
        self.became.append(Asked(list(command), dict(environment), folder))
        return self._answer(command, lambda line: None)

    def now(self) -> float:
        self._seconds += 1
        return self._seconds


class _Stream(io.StringIO):
    def __init__(self, changing: bool) -> None:
        super().__init__()
        self._changing = changing

    def isatty(self) -> bool:
        return self._changing


class Screen:
    """A terminal (or, not changing, a pipe) and what was written to it."""

    def __init__(self, *, changing: bool = False) -> None:
        self._stream = _Stream(changing)
        self.terminal = Terminal(self._stream)

    @property
    def text(self) -> str:
        return self._stream.getvalue()


def probe(
    *,
    libraries: bool = True,
    programs: Sequence[str] = (),
    fonts: Sequence[str] = EVERY_FONT,
    is_root: bool = False,
    platform: str = "linux",
    modules: bool = True,
) -> Probe:
    return Probe(
        lambda name: libraries, lambda name: name in programs, lambda: fonts, lambda name: modules, is_root, platform
    )


def packages_in(command: Sequence[str]) -> list[str]:
    """Return the names in the requirement file that a pip command was given."""
    if "-r" not in command:
        return []
    return re.findall(r"^([\w.-]+)==", Path(command[command.index("-r") + 1]).read_text(encoding="utf-8"), re.MULTILINE)
