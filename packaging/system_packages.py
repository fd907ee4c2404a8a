"""The system packages that Qt, the models and Korean text need: which are missing, and how they get there."""

from __future__ import annotations

import ctypes
import importlib
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

WINDOW = "window"
TERMINAL = "terminal"
TEST = "test"

# Debian's package -> the library Qt asks the loader for. What these depend on comes with them.
QT_LIBRARIES = {
    "libegl1": "libEGL.so.1",
    "libgl1": "libGL.so.1",
    "libdbus-1-3": "libdbus-1.so.3",
    "libfontconfig1": "libfontconfig.so.1",
    "libglib2.0-0": "libgthread-2.0.so.0",
    "libxkbcommon0": "libxkbcommon.so.0",
}
XCB_LIBRARIES = {
    "libx11-xcb1": "libX11-xcb.so.1",
    "libxcb-cursor0": "libxcb-cursor.so.0",
    "libxcb-icccm4": "libxcb-icccm.so.4",
    "libxcb-image0": "libxcb-image.so.0",
    "libxcb-keysyms1": "libxcb-keysyms.so.1",
    "libxcb-randr0": "libxcb-randr.so.0",
    "libxcb-render-util0": "libxcb-render-util.so.0",
    "libxcb-shape0": "libxcb-shape.so.0",
    "libxcb-sync1": "libxcb-sync.so.1",
    "libxcb-xfixes0": "libxcb-xfixes.so.0",
    "libxcb-xkb1": "libxcb-xkb.so.1",
    "libxkbcommon-x11-0": "libxkbcommon-x11.so.0",
}
WAYLAND_LIBRARIES = {"libwayland-cursor0": "libwayland-cursor.so.0"}
MODEL_LIBRARIES = {"libgomp1": "libgomp.so.1"}
# Debian's package -> parts of the file names of fonts that serve as well.
FONTS = {
    "fonts-noto-cjk": ("notosanscjk", "notosanskr", "nanum", "pretendard", "malgun", "unbatang", "baekmuk", "spoqa"),
    "fonts-inter": ("inter-", "inter.", "intervariable", "inter_"),
}
SCREEN = {"xvfb": "Xvfb"}
# LightGBM for macOS comes without OpenMP; it looks where Homebrew and MacPorts put it.
OPENMP_OF_MACOS = (
    "/opt/homebrew/opt/libomp/lib/libomp.dylib",
    "/usr/local/opt/libomp/lib/libomp.dylib",
    "/opt/local/lib/libomp/libomp.dylib",
)
APT_OPTIONS = ("--quiet", "-o", "DPkg::Lock::Timeout=300")


class Probe(NamedTuple):
    """How this machine is asked; tests ask an imagined one."""

    has_library: Callable[[str], bool]
    has_program: Callable[[str], bool]
    font_names: Callable[[], Sequence[str]]
    has_module: Callable[[str], bool]
    is_root: bool
    platform: str


class Missing(NamedTuple):
    """Packages that are not there, by how much depends on them."""

    required: tuple[str, ...]
    helpful: tuple[str, ...]

    @property
    def packages(self) -> tuple[str, ...]:
        """All of them, the required ones first."""
        return self.required + self.helpful


def missing_packages(purpose: str, probe: Probe, environment: Mapping[str, str]) -> Missing:
    """Return what is missing for a window, a job in the terminal or the tests."""
    if probe.platform == "darwin":
        has_openmp = any(probe.has_library(path) for path in OPENMP_OF_MACOS)
        return Missing((), () if has_openmp else ("libomp",))
    if not probe.platform.startswith("linux"):
        return Missing((), ())
    required = _absent_libraries(MODEL_LIBRARIES, probe)
    helpful: list[str] = []
    if purpose in (WINDOW, TEST):
        required += _absent_libraries(QT_LIBRARIES, probe)
        xcb = _absent_libraries(XCB_LIBRARIES, probe)
        if purpose == WINDOW and environment.get("WAYLAND_DISPLAY"):
            required += _absent_libraries(WAYLAND_LIBRARIES, probe)
            helpful += xcb
        elif purpose == WINDOW and environment.get("DISPLAY"):
            required += xcb
        else:
            helpful += xcb
    if purpose == TEST:
        helpful += [package for package, program in SCREEN.items() if not probe.has_program(program)]
    names = [name.lower().replace(" ", "") for name in probe.font_names()]
    fonts = FONTS if purpose != TERMINAL else {"fonts-noto-cjk": FONTS["fonts-noto-cjk"]}
    helpful += [package for package, parts in fonts.items() if not any(name.startswith(parts) for name in names)]
    return Missing(tuple(required), tuple(helpful))


def virtual_environment_package(probe: Probe) -> str | None:
    """Return the package that lets this Python make virtual environments, or None where it already can."""
    if not probe.platform.startswith("linux") or probe.has_module("ensurepip"):
        return None
    return f"python3.{sys.version_info.minor}-venv"


def has_apt(probe: Probe) -> bool:
    """Say whether this is Debian, Ubuntu or one of their family."""
    return probe.has_program("apt-get")


def install_command(packages: Sequence[str]) -> list[str]:
    """Return the command that installs packages as root, waiting for another installation to end."""
    return ["apt-get", *APT_OPTIONS, "install", "--yes", "--no-install-recommends", *packages]


def update_command() -> list[str]:
    """Return the command that fetches the lists of packages as root."""
    return ["apt-get", *APT_OPTIONS, "update"]


def by_hand(packages: Sequence[str], probe: Probe) -> str | None:
    """Return the exact command that installs packages here, or None where their names differ from Debian's."""
    names = " ".join(packages)
    if probe.platform == "darwin":
        return f"brew install {names}"
    if has_apt(probe):
        return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {names}"
    return None


def this_machine() -> Probe:
    """Return the probe of the machine we are on."""
    return Probe(_has_library, _has_program, _font_names, _has_module, _is_root(), sys.platform)


def _absent_libraries(libraries: Mapping[str, str], probe: Probe) -> list[str]:
    return [package for package, library in libraries.items() if not probe.has_library(library)]


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def _has_program(name: str) -> bool:
    return shutil.which(name) is not None


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _has_module(name: str) -> bool:
    importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def _font_names() -> list[str]:
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    roots = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", f"{data}/fonts")
    return [
        file.name
        for root in roots
        for file in Path(root).expanduser().rglob("*")
        if file.suffix.lower() in {".ttf", ".otf", ".ttc", ".otc"}
    ]
