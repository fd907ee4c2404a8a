"""Pages by name, keyboard shortcuts and the undo stack."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QUndoCommand, QUndoStack
from PySide6.QtWidgets import QWidget


class PageId(StrEnum):
    """The pages of the window. Those in `STEPS` stand in the rail."""

    START = "start"
    DATA = "data"
    GOAL = "goal"
    TRAIN = "train"
    COMPARE = "compare"
    DEPLOY = "deploy"
    OPERATE = "operate"
    LOG = "log"


STEPS = (PageId.DATA, PageId.GOAL, PageId.TRAIN, PageId.COMPARE, PageId.DEPLOY, PageId.OPERATE)


class Command(StrEnum):
    """What a shortcut asks for."""

    SEARCH = "search"
    OPEN = "open"
    NEW = "new"
    PRIMARY = "primary"
    UNDO = "undo"
    REDO = "redo"
    HELP = "help"
    NEXT_REGION = "next_region"
    PREVIOUS_REGION = "previous_region"
    ESCAPE = "escape"


KEYS = {
    Command.SEARCH: "Ctrl+K",
    Command.OPEN: "Ctrl+O",
    Command.NEW: "Ctrl+N",
    Command.PRIMARY: "Ctrl+Return",
    Command.UNDO: "Ctrl+Z",
    Command.REDO: "Ctrl+Y",
    Command.HELP: "F1",
    Command.NEXT_REGION: "F6",
    Command.PREVIOUS_REGION: "Shift+F6",
}


class Shortcuts(QObject):
    """The shortcuts of a window."""

    step_requested = Signal(str)
    requested = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        for number, page in enumerate(STEPS, 1):
            self._add(window, f"Alt+{number}", partial(self.step_requested.emit, page.value))
        for command, keys in KEYS.items():
            self._add(window, keys, partial(self.requested.emit, command.value))
        self._add(window, "Ctrl+Enter", partial(self.requested.emit, Command.PRIMARY.value))

    def _add(self, window: QWidget, keys: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), window)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(act)


class Change(QUndoCommand):
    """One step that can be undone, made of two actions."""

    def __init__(self, words: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        super().__init__(words)
        self._do = do
        self._undo = undo

    def redo(self) -> None:
        """Do it, for the first time or again."""
        self._do()

    def undo(self) -> None:
        """Take it back."""
        self._undo()


class UndoHistory(QObject):
    """Every fix, label and choice, in order; Ctrl Z and Ctrl Y walk through it."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = QUndoStack(self)
        self._stack.indexChanged.connect(lambda _index: self.changed.emit())

    def do(self, words: str, do: Callable[[], None], undo: Callable[[], None]) -> None:
        """Do something and remember how to take it back; `words` name it in a toast."""
        self._stack.push(Change(words, do, undo))

    def undo(self) -> str:
        """Take the last step back; its words, "" if there is none."""
        words = self._stack.undoText()
        self._stack.undo()
        return words

    def redo(self) -> str:
        """Do the last undone step again; its words, "" if there is none."""
        words = self._stack.redoText()
        self._stack.redo()
        return words

    def clear(self) -> None:
        """Forget everything, when another project opens."""
        self._stack.clear()
