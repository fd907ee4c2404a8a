"""Sets Lathe up and starts it: `python3 packaging/launch.py [test | check | words of the lathe command]`.

Needs nothing but Python 3.11 or newer. The first run makes `.venv` beside this folder and fills it from the lock.
"""

from __future__ import annotations

import io
import json
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import system_packages
from environment import DEVELOPMENT_LOCK, LINES_KEPT, RUN_LOCK, SetUp, SetUpError
from host import Host, Terminal
from wording import Wording

ROOT = Path(__file__).resolve().parent.parent
OLDEST_PYTHON = (3, 11)
INTERRUPTED = 130
INVISIBLE_PLATFORMS = ("offscreen", "minimal")
SAMPLES = ROOT / "resources" / "samples"
# The sample has a column that gives the answer away, as real tables do; a person ignores it after reading the findings.
SAMPLE_WORDS = ("--ignore", "REWORK_CODE", "--budget", "60s")


def has_display(variables: Mapping[str, str], platform: str = sys.platform) -> bool:
    """Say whether a window could be seen here."""
    if variables.get("QT_QPA_PLATFORM", "").startswith(INVISIBLE_PLATFORMS):
        return False
    if not platform.startswith("linux"):
        return True
    return any(variables.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


class Launcher:
    """Turns the words after `launch.py` into what they mean. Every method returns an exit code."""

    def __init__(
        self, host: Host, terminal: Terminal, variables: Mapping[str, str], probe: system_packages.Probe, set_up: SetUp
    ) -> None:
        self._host, self._terminal, self._variables, self._probe, self._set_up = (
            host,
            terminal,
            variables,
            probe,
            set_up,
        )
        self._wording = Wording(variables)
        self._python = str(set_up.environment.python)

    def main(self, words: Sequence[str]) -> int:
        """Do what the words say."""
        if sys.version_info < OLDEST_PYTHON:
            self._terminal.say(self._wording.text("old_python", version=sys.version.split()[0]))
            return 1
        try:
            return self._route(words)
        except SetUpError as error:
            self._terminal.say(str(error))
            return 1
        except KeyboardInterrupt:
            self._terminal.say(self._wording.text("interrupted"))
            return INTERRUPTED

    def _route(self, words: Sequence[str]) -> int:
        if not words:
            return self._open_window() if has_display(self._variables) else self._demonstrate()
        if words[0] == "test":
            return self._test(words[1:])
        if words[0] == "check":
            return self._check()
        self._prepare(system_packages.TERMINAL, RUN_LOCK)
        return self._host.become(self._lathe(*words), self._variables)

    def _open_window(self) -> int:
        missing = self._prepare(system_packages.WINDOW, RUN_LOCK)
        if missing.required:
            self._terminal.say(self._wording.text("window_cannot_open"))
            return 1
        return self._host.become([self._python, "-P", "-m", "desktop"], self._variables)

    def _test(self, words: Sequence[str]) -> int:
        self._prepare(system_packages.TEST, DEVELOPMENT_LOCK)
        variables = {**self._variables, "QT_QPA_PLATFORM": "offscreen", "OMP_NUM_THREADS": "1"}
        command = [self._python, "-m", "pytest", "-n", "2", "--dist", "worksteal", *words]
        return self._host.become(command, variables, ROOT)

    def _check(self) -> int:
        self._prepare(system_packages.TERMINAL, DEVELOPMENT_LOCK)
        scripts = Path(self._python).parent
        checks = (
            [self._python, "-m", "ruff", "check", "."],
            [self._python, "-m", "mypy"],
            [self._python, "-m", "mypy", "packaging"],
            [str(scripts / "lint-imports"), "--no-logo"],
        )
        codes = [self._host.run(command, self._variables, ROOT) for command in checks]
        return max(codes)

    def _demonstrate(self) -> int:
        self._terminal.say(self._wording.text("no_display"))
        self._prepare(system_packages.WINDOW, RUN_LOCK)
        folder = Path.home() / "Lathe" / time.strftime("sample-%Y%m%d-%H%M%S")
        folder.parent.mkdir(parents=True, exist_ok=True)
        project, bundle = str(folder), str(folder.with_name(folder.name + "-bundle"))
        sample = json.loads((SAMPLES / "samples.json").read_text(encoding="utf-8"))[0]
        data, target = str(SAMPLES / sample["file"]), sample["target"]
        steps = (
            ["train", data, "--target", target, "--project", project, *SAMPLE_WORDS],
            ["export", project, "--to", bundle],
            ["verify", bundle],
        )
        for step in steps:
            code = self._host.run(self._lathe(*step), self._variables)
            if code:
                self._terminal.say(self._wording.text("demonstration_failed", step=step[0], code=code, folder=project))
                return code
        self._terminal.say(self._wording.text("demonstration_done", bundle=bundle))
        return 0

    def _lathe(self, *words: str) -> list[str]:
        return [self._python, "-P", "-m", "automl", *words]

    def _prepare(self, purpose: str, lock: str) -> system_packages.Missing:
        still_missing = self._system_packages(purpose)
        self._set_up.ensure(lock)
        return still_missing

    def _system_packages(self, purpose: str) -> system_packages.Missing:
        needs_environment = not self._set_up.environment.python.exists()
        venv_package = system_packages.virtual_environment_package(self._probe) if needs_environment else None
        missing = system_packages.missing_packages(purpose, self._probe, self._variables)
        if self._probe.is_root and system_packages.has_apt(self._probe):
            self._install([*([venv_package] if venv_package else []), *missing.required])
            self._install(missing.helpful)
            missing = system_packages.missing_packages(purpose, self._probe, self._variables)
        elif missing.packages:
            self._name(missing.packages)
        if venv_package and not self._probe.has_module("ensurepip"):
            command = system_packages.by_hand([venv_package], self._probe) or venv_package
            raise SetUpError(self._wording.text("no_ensurepip", package=venv_package, command=command))
        return missing

    def _install(self, packages: Sequence[str]) -> None:
        if not packages:
            return
        self._terminal.say(self._wording.text("system_installing", packages=" ".join(packages)))
        variables = {**self._variables, "DEBIAN_FRONTEND": "noninteractive"}
        lines: list[str] = []
        install, update = system_packages.install_command(packages), system_packages.update_command()
        # On a fresh machine the lists of packages are empty, and on an old one they name versions that are gone.
        for command in (install, update, install):
            if self._host.read(command, variables, lines.append) == 0 and command is install:
                return
        self._terminal.say("\n".join(lines[-LINES_KEPT:]))
        self._terminal.say(self._wording.text("system_failed", packages=" ".join(packages)))

    def _name(self, packages: Sequence[str]) -> None:
        command = system_packages.by_hand(packages, self._probe)
        key = "system_missing" if command else "system_missing_elsewhere"
        self._terminal.say(self._wording.text(key, packages=" ".join(packages), command=command))


def main() -> int:
    """Start on this machine."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    host, terminal, variables = Host(), Terminal(sys.stdout), dict(os.environ)
    set_up = SetUp(ROOT, host, terminal, Wording(variables), variables)
    return Launcher(host, terminal, variables, system_packages.this_machine(), set_up).main(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
