"""The shell: top bar, rail, the pages on top of each other, status bar, toasts."""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.actions import STEPS, Command, PageId, Shortcuts
from desktop.widgets.focus_order import next_stop, scroll_to, tab_stops
from desktop.widgets.page_frame import PageFrame
from desktop.widgets.rail import Rail
from desktop.widgets.settings_panel import SettingsPanel
from desktop.widgets.status_bar import HEIGHT as STATUS_HEIGHT
from desktop.widgets.status_bar import StatusBar
from desktop.widgets.toast import ToastStack
from desktop.widgets.top_bar import TopBar

NARROW_BELOW = 1200
SMALLEST = (1024, 680)
FIRST_SIZE = (1440, 900)


class MainWindow(QMainWindow):
    """Shows one page at a time inside the frame that never moves. It decides nothing: what it is asked goes out as signals."""

    page_requested = Signal(str)
    sub_page_requested = Signal(str, str)
    project_open_requested = Signal()
    project_new_requested = Signal()
    project_chosen = Signal(str)
    files_dropped = Signal(list)
    undo_requested = Signal()
    redo_requested = Signal()
    help_requested = Signal()
    log_requested = Signal()
    job_clicked = Signal()
    closing = Signal()

    def __init__(self, pages: Mapping[PageId, PageFrame]) -> None:
        super().__init__()
        self._pages = dict(pages)
        self._current = PageId.START
        self._is_narrow = False
        self.setWindowTitle("Lathe")
        self.setAcceptDrops(True)
        self.top_bar = TopBar()
        self.rail = Rail([(page.value, f"page.{page.value}") for page in STEPS])
        self.stack = QStackedWidget()
        self.status_bar = StatusBar()
        for page in self._pages.values():
            self.stack.addWidget(page)
        self.setCentralWidget(self._frame())
        self.toasts = ToastStack(self, STATUS_HEIGHT + 16)
        self.settings_panel = SettingsPanel(self)
        self._connect()
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)

    def page(self, page: PageId) -> PageFrame:
        """The widget of a page. Raises KeyError if the window has none."""
        return self._pages[page]

    def current_page(self) -> PageId:
        """The page shown."""
        return self._current

    def show_page(self, page: PageId, sub_page: str = "") -> None:
        """Bring a page to the front."""
        self._current = page
        self.stack.setCurrentWidget(self._pages[page])
        self.rail.set_current(page.value, sub_page)

    def set_project(self, name: str, icon: str = "table") -> None:
        """Name the open project in the top bar and the window title; "" for none."""
        self.top_bar.project.set_project(name, icon)
        self.setWindowTitle(f"{name} – Lathe" if name else "Lathe")

    def restore(self, geometry: QByteArray) -> None:
        """Take up the place and size of last time; a broken record changes nothing."""
        if not geometry.isEmpty() and not self.restoreGeometry(geometry):
            self.resize(*FIRST_SIZE)

    def is_narrow(self) -> bool:
        """Whether the window is under 1200 wide."""
        return self._is_narrow

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change to the narrow form and back."""
        super().resizeEvent(event)
        self._set_narrow(self.width() < NARROW_BELOW)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell those who must save."""
        self.closing.emit()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes toasts."""
        if event.key() == Qt.Key.Key_Escape:
            self.toasts.dismiss_all()
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Go through the window as it is laid out; messages come last."""
        target = next_stop([*self._regions(), self.toasts], forward=forward)
        if target is not None:
            reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
            target.setFocus(reason)
            scroll_to(target)
        return target is not None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome anywhere in the window."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand over the paths dropped."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(paths)

    def _frame(self) -> QWidget:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addLayout(middle, 1)
        column.addWidget(self.status_bar)
        return frame

    def _connect(self) -> None:
        self.rail.step_chosen.connect(self.page_requested)
        self.rail.sub_page_chosen.connect(self.sub_page_requested)
        self.rail.log_requested.connect(self.log_requested)
        self.rail.help_requested.connect(self.help_requested)
        self.status_bar.job_clicked.connect(self.job_clicked)
        self.top_bar.project.project_chosen.connect(self.project_chosen)
        self.top_bar.project.open_requested.connect(self.project_open_requested)
        self.top_bar.project.new_requested.connect(self.project_new_requested)
        self.top_bar.settings_requested.connect(lambda: self.settings_panel.open_below(self.top_bar.settings))
        shortcuts = Shortcuts(self)
        shortcuts.step_requested.connect(self.page_requested)
        shortcuts.requested.connect(self._obey)

    def _obey(self, command: str) -> None:
        signals = {
            Command.OPEN: self.project_open_requested,
            Command.NEW: self.project_new_requested,
            Command.UNDO: self.undo_requested,
            Command.REDO: self.redo_requested,
            Command.HELP: self.help_requested,
        }
        asked = Command(command)
        if asked in signals:
            signals[asked].emit()
        elif asked is Command.SEARCH:
            self.top_bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.top_bar.search.selectAll()
        elif asked is Command.PRIMARY:
            self._press_primary()
        else:
            self._move_region(1 if asked is Command.NEXT_REGION else -1)

    def _press_primary(self) -> None:
        action = self._pages[self._current].primary_action()
        if action is not None:
            action.click()

    def _regions(self) -> list[QWidget]:
        return [self.top_bar, self.rail, self._pages[self._current], self.status_bar]

    def _move_region(self, step: int) -> None:
        regions = self._regions()
        focused = QApplication.focusWidget()
        here = next((place for place, region in enumerate(regions) if focused and region.isAncestorOf(focused)), -1)
        for offset in range(1, len(regions) + 1):
            target = next(tab_stops(regions[(here + step * offset) % len(regions)]), None)
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _set_narrow(self, narrow: bool) -> None:
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        self.top_bar.set_narrow(narrow)
        self.rail.set_narrow(narrow)
        self.status_bar.set_narrow(narrow)
        for page in self._pages.values():
            page.set_narrow(narrow)
