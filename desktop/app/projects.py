"""Ways into a project: dropped or chosen data, a sample, the list of recent ones, the file dialogs."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from automl import api
from automl.domain.table_files import TABLE_EXTENSIONS
from desktop.actions import PageId
from desktop.app.dropped import ARCHIVE_EXTENSION, DroppedKind, dropped
from desktop.i18n import translate
from desktop.pages.data.page import ADD, CHECK
from desktop.pages.project_names import free_folder, project_name
from desktop.pages.session import Session
from desktop.pages.start.page import StartPage
from desktop.pages.start.samples_card import Sample
from desktop.settings import Settings
from desktop.widgets.top_bar import ProjectEntry, ProjectSwitcher


class ProjectDoor(QObject):
    """Opens and makes projects and keeps the list of recent ones."""

    projects_folder_changed = Signal()

    def __init__(
        self, window: QWidget, session: Session, settings: Settings, start: StartPage, switcher: ProjectSwitcher
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._settings = settings
        self._start = start
        self._switcher = switcher
        self._glances: dict[Path, api.ProjectGlance] = {}
        self._unread: list[Path] = []
        self._reading = QTimer(self, singleShot=True, interval=0)
        self._reading.timeout.connect(self._glance_at_next)
        session.project_changed.connect(self._project_changed)

    def take_files(self, paths: Sequence[str], *, into_open_project: bool) -> None:
        """Take what was dropped: data are read, a project folder opened, anything else is told why not."""
        if not paths:
            return
        found = dropped([Path(path) for path in paths])
        match found.kind:
            case DroppedKind.PROJECT:
                self.open(found.path)
            case DroppedKind.UNKNOWN:
                self._session.notify("start.drop.unknown", tone="warn", file=found.path.name)
            case DroppedKind.ONE_IMAGE:
                self._offer_folder_of(found.path, into_open_project=into_open_project)
            case DroppedKind.TABLE | DroppedKind.IMAGES:
                if found.leaves_others:
                    self._session.notify("start.drop.several", tone="info", file=found.path.name)
                self.take_data(found.path, into_open_project=into_open_project)

    def take_data(self, path: Path, *, into_open_project: bool) -> None:
        """Read a table or images into the open project, or into a new one named after them."""
        self._settings.last_folder = path.parent
        dataset = self._session.dataset
        table_is_open = dataset is not None and not self._session.has_images
        if into_open_project and table_is_open and dropped([path]).kind is DroppedKind.IMAGES:
            self._session.notify("start.drop.own_project", tone="info", file=path.name)
            into_open_project = False
        if not (into_open_project and self._session.project is not None):
            folder = self._new_folder(project_name(path.name, translate("start.data_name")))
            if not self._session.create(folder):
                return
        if self._session.import_file(path):
            self._session.go_to(PageId.DATA, ADD)

    def take_sample(self, sample: Sample) -> None:
        """Make a project of a sample and read it."""
        folder = self._new_folder(project_name(translate(f"{sample.key}.title"), sample.file))
        if self._session.create(folder) and self._session.import_file(sample.path, target=sample.target):
            self._session.go_to(PageId.DATA, ADD)

    def choose_file(self, *, into_open_project: bool) -> None:
        """Ask for a file in the system's own dialog and read it."""
        patterns = " ".join(f"*{extension}" for extension in (*TABLE_EXTENSIONS, ARCHIVE_EXTENSION))
        filters = f"{translate('start.file_filter')} ({patterns});;{translate('start.file_filter.all')} (*)"
        title = translate("start.choose_file")
        path, _ = QFileDialog.getOpenFileName(self._window, title, str(self._settings.last_folder), filters)
        if path:
            self.take_data(Path(path), into_open_project=into_open_project)

    def choose_image_folder(self, *, into_open_project: bool) -> None:
        """Ask for a folder of images in the system's own dialog and read it; a project folder is opened."""
        title, start_in = translate("start.choose_image_folder"), str(self._settings.last_folder)
        folder = QFileDialog.getExistingDirectory(self._window, title, start_in)
        if folder:
            self.take_files([folder], into_open_project=into_open_project)

    def choose_project(self) -> None:
        """Ask for a project folder and open it."""
        start_in = self._settings.projects_folder
        folder = QFileDialog.getExistingDirectory(
            self._window, translate("start.choose_folder"), str(start_in if start_in.exists() else Path.home())
        )
        if folder:
            self.open(Path(folder))

    def make_project(self) -> None:
        """Ask for a name and a place and make an empty project."""
        suggestion = free_folder(self._settings.projects_folder, translate("start.action.new"))
        suggestion.parent.mkdir(parents=True, exist_ok=True)
        chosen, _ = QFileDialog.getSaveFileName(self._window, translate("start.choose_new"), str(suggestion))
        if chosen and self._session.create(Path(chosen)):
            self.set_projects_folder(Path(chosen).parent)
            self._session.go_to(PageId.DATA, CHECK)

    def choose_projects_folder(self) -> None:
        """Ask for the folder new projects are to be made in; those there are stay where they are."""
        start_in = self._settings.projects_folder
        folder = QFileDialog.getExistingDirectory(
            self._window, translate("settings.projects"), str(start_in if start_in.exists() else Path.home())
        )
        if folder:
            self.set_projects_folder(Path(folder))

    def set_projects_folder(self, folder: Path) -> None:
        """Make new projects in another folder from now on."""
        self._settings.projects_folder = folder
        self.projects_folder_changed.emit()

    def open(self, folder: Path) -> None:
        """Open a project and go to where it stands."""
        if self._session.open(folder):
            self._session.go_to(PageId.DATA, CHECK)

    def forget(self, folder: Path) -> None:
        """Take a project off the list; its folder stays."""
        self._settings.remove_recent_project(folder)
        self._show()

    def refresh(self) -> None:
        """Look at the recent projects again, one at a time so that the window never waits."""
        self._unread = list(self._settings.recent_projects)
        self._show()
        self._reading.start()

    def _offer_folder_of(self, image: Path, *, into_open_project: bool) -> None:
        """One image teaches nothing; its folder may."""
        self._session.notify(
            "start.drop.one_image",
            tone="info",
            action="start.drop.its_folder",
            act=lambda: self.take_data(image.parent, into_open_project=into_open_project),
            file=image.name,
        )

    def _new_folder(self, name: str) -> Path:
        return free_folder(self._settings.projects_folder, name)

    def _project_changed(self) -> None:
        project = self._session.project
        if project is not None:
            self._settings.add_recent_project(project.folder)
            self._glances.pop(project.folder, None)
        self.refresh()

    def _glance_at_next(self) -> None:
        if not self._unread:
            return
        folder = self._unread.pop(0)
        self._glances[folder] = api.glance(folder)
        if self._unread:
            self._reading.start()
        else:
            self._show()

    def _show(self) -> None:
        glances = [self._glances[path] for path in self._settings.recent_projects if path in self._glances]
        self._start.show_projects(glances)
        self._switcher.set_recent([ProjectEntry(one.folder, one.name) for one in glances if one.found])
