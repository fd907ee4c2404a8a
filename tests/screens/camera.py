"""Drives the window from stop to stop and takes its picture in every form."""

import itertools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from automl import api
from automl.domain.language import Language
from desktop.app import open_shell
from desktop.app.options import Options
from desktop.i18n import translator
from desktop.settings import Settings
from desktop.theme import ThemeChoice, theme
from tests.screens.stops import Stop, stops

SIZES = ((1440, 900), (1100, 700))
THEMES = (ThemeChoice.LIGHT, ThemeChoice.DARK)
_PATIENCE_MS = 120_000
_SETTLE_MS = 60


class Camera:
    """Pictures are called ``stop.language.theme.width.png``."""

    def __init__(self, out: Path, scratch: Path) -> None:
        self._out = out
        self._scratch = scratch
        found = QApplication.instance()
        self._application = found if isinstance(found, QApplication) else QApplication(["lathe"])
        settings = Settings(scratch / "settings.ini")
        settings.projects_folder = scratch / "Lathe projects"
        self._shell = open_shell(self._application, Options(language=Language.ENGLISH), settings)
        self._shell.window.show()
        self._shell.start.show_computer(api.computer())

    def take_all(self, project: Path, only: str = "") -> int:
        """Visit all stops and return how many pictures were taken."""
        taken = 0
        for stop in stops(project, self._scratch):
            # Later stops stand on earlier ones, so the way is always gone whole.
            self._go(stop)
            taken += self._take(stop.name) if only in stop.name else 0
        self._shell.window.close()
        return taken

    def _go(self, stop: Stop) -> None:
        stop.go(self._shell)
        self.wait(lambda: stop.ready(self._shell))

    def _take(self, name: str) -> int:
        window = self._shell.window
        window.toasts.dismiss_all()
        forms = list(itertools.product(Language, THEMES, SIZES))
        for language, choice, (width, height) in forms:
            translator().set_language(language)
            theme().set_choice(choice)
            window.resize(width, height)
            self.settle()
            window.grab().save(str(self._out / f"{name}.{language.value}.{choice.value}.{width}.png"))
        return len(forms)

    def settle(self) -> None:
        """Let layouts and animations come to rest; a slow change of style may leave some for a second round."""
        for _ in range(2):
            loop = QEventLoop()
            QTimer.singleShot(_SETTLE_MS, loop.quit)
            loop.exec()
            self._application.sendPostedEvents()

    def wait(self, ready: Callable[[], bool]) -> None:
        """Run the window until something holds. Raises TimeoutError when it never does."""
        loop = QEventLoop()
        asking = QTimer(interval=20)
        asking.timeout.connect(lambda: loop.quit() if ready() else None)
        late = QTimer(singleShot=True, interval=_PATIENCE_MS)
        late.timeout.connect(lambda: loop.exit(1))
        asking.start()
        late.start()
        if loop.exec():
            raise TimeoutError("the window never got there")
