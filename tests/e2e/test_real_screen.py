"""The window on a real X11 screen, through the platform that people have and the other tests do not."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

pytestmark = [
    pytest.mark.xcb,
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="there is no virtual screen (Xvfb)"),
]

# Starts the program as a person does, looks at the screen once the window is on it, and closes it.
PROGRAM = """
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication
from desktop.app import main

class Onlooker(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Expose and isinstance(watched, QWindow) and watched.isExposed():
            application.removeEventFilter(self)
            QTimer.singleShot(0, look)
        return False

def look():
    picture = QGuiApplication.primaryScreen().grabWindow(0).toImage().scaled(160, 100)
    colours = {picture.pixel(x, y) for x in range(160) for y in range(100)}
    window = next(widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget.isWindow())
    print(QGuiApplication.platformName(), window.windowTitle(), len(colours), sep="|")
    QApplication.closeAllWindows()

application = QApplication(["lathe"])
onlooker = Onlooker()
application.installEventFilter(onlooker)
raise SystemExit(main([]))
"""


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual screen of its own, as the value of DISPLAY."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as screen:
        os.close(writing)
        with os.fdopen(reading) as number:
            yield f":{number.readline().strip()}"
        screen.terminate()


def test_the_window_opens_draws_and_closes_on_a_real_screen(display: str) -> None:
    environment = {**os.environ, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=False, timeout=60
    )

    assert answer.returncode == 0, answer.stderr
    platform, title, colours = answer.stdout.strip().split("|")
    assert platform == "xcb"
    assert "Lathe" in title
    assert int(colours) > 20
    assert "Traceback" not in answer.stderr
