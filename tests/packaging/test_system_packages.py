"""Missing system packages are found by asking for the libraries, programs and fonts themselves."""

import pytest

from system_packages import TERMINAL, TEST, WINDOW, by_hand, missing_packages, this_machine, virtual_environment_package
from tests.packaging.imagined import probe


def test_nothing_is_missing_where_everything_is_there() -> None:
    assert missing_packages(TEST, probe(programs=["Xvfb"]), {}).packages == ()


def test_a_bare_linux_lacks_what_qt_the_models_and_korean_text_need() -> None:
    missing = missing_packages(WINDOW, probe(libraries=False, fonts=["DejaVuSans.ttf"]), {"DISPLAY": ":0"})

    assert {"libgomp1", "libegl1", "libgl1", "libxcb-cursor0", "libxkbcommon-x11-0"} <= set(missing.required)
    assert missing.helpful == ("fonts-noto-cjk", "fonts-inter")


def test_wayland_does_not_need_the_libraries_of_x11() -> None:
    missing = missing_packages(WINDOW, probe(libraries=False), {"WAYLAND_DISPLAY": "wayland-0"})

    assert "libxcb-cursor0" in missing.helpful
    assert "libegl1" in missing.required


def test_the_terminal_needs_only_what_models_and_reports_need() -> None:
    missing = missing_packages(TERMINAL, probe(libraries=False, fonts=[]), {})

    assert missing.packages == ("libgomp1", "fonts-noto-cjk")


def test_tests_use_a_virtual_screen_where_there_is_one() -> None:
    assert missing_packages(TEST, probe(), {}).helpful == ("xvfb",)


@pytest.mark.parametrize(
    "font", ["NanumGothic.ttf", "NotoSansKR-Medium.otf", "Noto Sans CJK.ttc", "Pretendard-Bold.otf"]
)
def test_any_korean_font_will_do(font: str) -> None:
    assert missing_packages(WINDOW, probe(fonts=[font, "Inter-Bold.otf"]), {}).packages == ()


def test_windows_brings_these_things_along() -> None:
    assert missing_packages(WINDOW, probe(libraries=False, fonts=[], platform="win32"), {}).packages == ()


def test_macos_only_lacks_the_openmp_library_of_the_models() -> None:
    bare, homebrew = probe(libraries=False, fonts=[], platform="darwin"), probe(platform="darwin")

    assert missing_packages(WINDOW, bare, {}).packages == ("libomp",)
    assert by_hand(["libomp"], bare) == "brew install libomp"
    assert missing_packages(WINDOW, homebrew, {}).packages == ()


def test_a_python_without_ensurepip_needs_a_package_for_environments() -> None:
    assert virtual_environment_package(probe()) is None
    assert str(virtual_environment_package(probe(modules=False))).endswith("-venv")


def test_this_machine_can_be_asked() -> None:
    here = this_machine()

    assert here.has_module("ensurepip") in (True, False)
    assert not here.has_library("libno-such-thing.so.1")
    assert not here.has_module("no_such_module")
