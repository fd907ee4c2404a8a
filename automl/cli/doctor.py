"""lathe doctor: what this computer offers and what is missing, in plain words."""

import importlib.metadata
import platform
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from automl import __version__, api
from automl.cli.console import DONE, FAULT, Console
from automl.cli.parser import Parser
from automl.cli.words import Words
from automl.domain.issues import Refusal
from automl.storage import atomic

_PACKAGES = (
    "numpy", "pandas", "scikit-learn", "lightgbm", "torch", "optuna", "onnx", "onnxruntime", "duckdb", "PySide6-Essentials",
)  # fmt: skip
_LEAST_DISK = 2 * 1024**3
_LEAST_MEMORY = 4 * 1024**3
_KOREAN_FONTS = ("NotoSansCJK", "NanumGothic", "Pretendard", "UnDotum")


def add_words(parser: Parser, words: Words) -> None:
    """Take no words."""


def run(arguments: Namespace, console: Console) -> int:
    """Say every finding; a fault is only what keeps Lathe from working at all."""
    del arguments
    console.line(f"Lathe {__version__} · Python {platform.python_version()} · {sys.executable}")
    checks: tuple[Callable[[Console], bool], ...] = (_packages, _machine, _graphics_card, _writing, _fonts)
    results = [check(console) for check in checks]
    console.say("cli.doctor.fine" if all(results) else "cli.doctor.trouble")
    return DONE if all(results) else FAULT


def _packages(console: Console) -> bool:
    versions = {name: _version(name) for name in _PACKAGES}
    missing = [name for name, version in versions.items() if not version]
    _mark(console, not missing, ", ".join(f"{name} {version}" for name, version in versions.items() if version))
    if missing:
        console.say("cli.doctor.packages_missing", names=", ".join(missing))
    return not missing


def _machine(console: Console) -> bool:
    computer = api.computer()
    text = console.words.text
    _mark(console, True, text("cli.doctor.computer", system=computer.system, processor=computer.processor))
    enough = computer.memory_total >= _LEAST_MEMORY
    _mark(console, enough, text("cli.doctor.memory", cores=computer.cores, total=computer.memory_total))
    space = computer.disk_free >= _LEAST_DISK
    _mark(console, space, text("cli.doctor.disk", free=computer.disk_free, folder=str(Path.home())))
    return space


def _graphics_card(console: Console) -> bool:
    computer = api.computer()
    if computer.gpu is not None:
        _mark(
            console,
            True,
            f"{computer.gpu.name}, {console.words.text('cli.doctor.card', size=computer.gpu.memory_total)}",
        )
    else:
        console.line(f"–  {console.words.text(f'words.{computer.no_gpu_reason}')}")
    return True


def _writing(console: Console) -> bool:
    """Whether files can be written whole in the temporary folder, as every project needs."""
    with tempfile.TemporaryDirectory(prefix="lathe-") as folder:
        try:
            atomic.write_bytes(Path(folder) / "한글 이름.txt", b"whole")
        except Refusal as refusal:
            console.issues(refusal.issues)
            return False
        _mark(console, True, console.words.text("cli.doctor.writing"))
        return True


def _fonts(console: Console) -> bool:
    """Korean text in the window needs a Korean font; only Linux may come without one."""
    if sys.platform != "linux":
        return True
    folders = (Path("/usr/share/fonts"), Path.home() / ".fonts", Path.home() / ".local/share/fonts")
    names = [path.name for folder in folders if folder.is_dir() for path in folder.rglob("*.[to]t[fc]")]
    found = any(name.startswith(_KOREAN_FONTS) for name in names)
    _mark(console, found, console.words.text("cli.doctor.korean_font" if found else "cli.doctor.no_korean_font"))
    if shutil.which("xdg-open") is None:
        console.line(f"–  {console.words.text('cli.doctor.no_desktop')}")
    return True


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _mark(console: Console, good: bool, text: str) -> None:
    console.line(f"{console.words.text('cli.verify.ok' if good else 'cli.verify.not_ok')} {text}")
