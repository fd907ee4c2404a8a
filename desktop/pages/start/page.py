"""Start: drop a file, go on with a project, try a sample."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.glance import ProjectGlance
from automl.domain.project import Computer
from desktop.pages.start.computer_card import ComputerCard
from desktop.pages.start.recent_card import RecentCard
from desktop.pages.start.samples_card import SamplesCard, samples
from desktop.widgets.buttons import button, primary_button
from desktop.widgets.drop_zone import DropZone
from desktop.widgets.page_frame import PageFrame

_SIDE, _NARROW_SIDE = 372, 288
_ZONE_HEIGHT, _NARROW_ZONE_HEIGHT = 196, 148


class StartPage(PageFrame):
    """Decides nothing: what a person wants goes out as signals."""

    choose_requested = Signal()
    choose_folder_requested = Signal()
    open_requested = Signal()
    new_requested = Signal()
    files_dropped = Signal(list)
    project_chosen = Signal(str)
    project_forgotten = Signal(str)
    sample_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("start.title", "start.summary")
        open_button = self.header.add_action(button("start.action.open", icon="folder-open"))
        open_button.clicked.connect(self.open_requested)
        new_button = self.header.add_action(primary_button("start.action.new", icon="plus"))
        new_button.clicked.connect(self.new_requested)
        choose = button("start.drop.choose", icon="file")
        choose.clicked.connect(self.choose_requested)
        choose_folder = button("start.drop.choose_folder", icon="folder")
        choose_folder.clicked.connect(self.choose_folder_requested)
        self.zone = DropZone("start.drop.title", "start.drop.formats", "start.drop.promise", [choose, choose_folder])
        self.zone.files_dropped.connect(self.files_dropped)
        self.zone.setFixedHeight(_ZONE_HEIGHT)
        self.recent = RecentCard()
        self.recent.opened.connect(self.project_chosen)
        self.recent.forgotten.connect(self.project_forgotten)
        self.samples = SamplesCard()
        self.samples.opened.connect(self.sample_chosen)
        self.samples.setVisible(bool(samples()))
        self.computer = ComputerCard()
        self._left = QVBoxLayout()
        self._left.setSpacing(16)
        self._left.addWidget(self.zone)
        self._left.addWidget(self.recent, 1)
        self._side = QWidget()
        self._side.setFixedWidth(_SIDE)
        self._right = QVBoxLayout(self._side)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(16)
        self._right.addWidget(self.samples)
        self._right.addWidget(self.computer, 1)
        self._columns = QHBoxLayout()
        self._columns.setSpacing(16)
        self._columns.addLayout(self._left, 1)
        self._columns.addWidget(self._side)
        self.body.addLayout(self._columns, 1)

    def show_projects(self, glances: Sequence[ProjectGlance]) -> None:
        """Show the projects opened before."""
        self.recent.show_projects(glances)

    def show_computer(self, computer: Computer) -> None:
        """Show what this computer brings."""
        self.computer.show_computer(computer)

    def set_narrow(self, narrow: bool) -> None:
        """Give the list of projects more room."""
        super().set_narrow(narrow)
        self._side.setFixedWidth(_NARROW_SIDE if narrow else _SIDE)
        self.zone.setFixedHeight(_NARROW_ZONE_HEIGHT if narrow else _ZONE_HEIGHT)
        self.recent.set_narrow(narrow)
        self.samples.set_narrow(narrow)
        gap = 12 if narrow else 16
        for layout in (self._left, self._right, self._columns):
            layout.setSpacing(gap)
