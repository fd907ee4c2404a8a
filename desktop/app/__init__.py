"""The window of Lathe: `main` starts it. Importing this package loads no library of the core."""

import gc
import sys
from collections.abc import Sequence

from PySide6.QtWidgets import QApplication

from desktop.app.faults import FaultBoundary
from desktop.app.options import Options, options_from
from desktop.app.shell import Shell
from desktop.i18n import Translator
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.focus_ring import FocusRings

__all__ = ["main", "open_shell"]


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window and return when it was closed. `argv` are the words behind the program's name."""
    options = options_from(sys.argv[1:] if argv is None else argv)
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else QApplication([sys.argv[0]])
    application.setApplicationName("Lathe")
    application.setDesktopFileName("lathe")
    with FaultBoundary() as faults:
        shell = open_shell(application, options, Settings())
        faults.show_with(shell.show_fault)
        shell.window.show()
        shell.begin(options.project)
        # What stands now stays to the end: looking through it for garbage would stop the window again and again.
        gc.freeze()
        try:
            return application.exec()
        finally:
            gc.unfreeze()


def open_shell(application: QApplication, options: Options, settings: Settings) -> Shell:
    """Build everything once: words, colours, focus rings, session, pages, window."""
    Translator(application, options.language or settings.language(options.system_language))
    Theme(application, options.theme or settings.theme)
    FocusRings(application)
    return Shell(settings)
