"""Everything of the window, built once and wired: session, pages, frame, rail, status, projects."""

from pathlib import Path

from PySide6.QtCore import QTimer

from automl import api
from automl.domain.dataset import DataKind
from desktop.actions import PageId
from desktop.app.faults import Fault
from desktop.app.projects import ProjectDoor
from desktop.app.rail_lines import RailLines
from desktop.app.search_items import search_items
from desktop.app.status_line import StatusLine
from desktop.app.step_pages import step_pages
from desktop.dialogs.fault_card import FaultCard
from desktop.dialogs.help_window import HelpWindow
from desktop.i18n import translator
from desktop.itemmodels.recent_projects import KIND_ICONS
from desktop.main_window import MainWindow
from desktop.pages.data.page import ADD, DataPage
from desktop.pages.log_page import LogPage
from desktop.pages.notice import Notice
from desktop.pages.session import Session
from desktop.pages.start.page import StartPage
from desktop.pages.sub_pages import PageWithSubPages
from desktop.settings import Settings
from desktop.theme import theme


class Shell:
    """Holds the objects that live as long as the window."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.session = Session()
        self.start = StartPage()
        self.data = DataPage(self.session)
        pages = {PageId.START: self.start, PageId.DATA: self.data, **step_pages(self.session)}
        self.window = MainWindow(pages)
        self.session.setParent(self.window)
        self._pages = pages
        self._rail = RailLines(self.window.rail, self.session, self.data)
        self._status = StatusLine(self.window, self.session)
        self.projects = ProjectDoor(self.window, self.session, settings, self.start, self.window.top_bar.project)
        self._help: HelpWindow | None = None
        self._connect_session()
        self._connect_window()
        self._connect_pages()
        self._remember_choices()
        self._show_projects_folder()
        self.projects.projects_folder_changed.connect(self._projects_folder_changed)
        self.window.restore(settings.window_geometry)
        self.window.show_page(PageId.START)

    def begin(self, project: Path | None = None) -> None:
        """Do what the first picture need not wait for: open a project, look at recent ones, warm a worker."""
        self.start.show_computer(api.computer(self.settings.projects_folder))
        self.projects.refresh()
        if project is not None:
            self.projects.open(project)
        QTimer.singleShot(0, self.session, self.session.warm_up)

    def show_fault(self, fault: Fault) -> None:
        """Tell the person about a fault of the program, without stopping anything."""
        self.window.toasts.show_toast(
            "app.fault.toast",
            tone="bad",
            action="app.fault.details",
            act=lambda: FaultCard(self.window, fault.code, fault.details).show(),
            code=fault.code,
        )

    def go_to(self, page_name: str, sub_page: str = "") -> None:
        """Show a page; a step whose page is not there yet stays where it is."""
        page = PageId(page_name)
        if page not in self._pages:
            return
        shown = self._pages[page]
        if isinstance(shown, PageWithSubPages):
            if page is PageId.DATA and sub_page == ADD:
                self.data.add.offer()
            shown.show_sub_page(sub_page)
            sub_page = shown.sub_page()
        self.window.show_page(page, sub_page)
        if isinstance(shown, LogPage):
            shown.refresh()

    def _connect_session(self) -> None:
        session = self.session
        session.page_requested.connect(self.go_to)
        session.noticed.connect(self._show_notice)
        for changed in (session.project_changed, session.dataset_changed):
            changed.connect(self._show_project)

    def _connect_window(self) -> None:
        window, session = self.window, self.session
        window.page_requested.connect(self.go_to)
        window.sub_page_requested.connect(self.go_to)
        window.log_requested.connect(lambda: self.go_to(PageId.LOG.value))
        window.help_requested.connect(self._show_help)
        window.undo_requested.connect(session.undo_and_tell)
        window.redo_requested.connect(session.redo_and_tell)
        window.project_open_requested.connect(self.projects.choose_project)
        window.project_new_requested.connect(self.projects.make_project)
        window.project_chosen.connect(lambda folder: self.projects.open(Path(folder)))
        window.files_dropped.connect(self._take_dropped)
        window.closing.connect(self._close)
        window.settings_panel.folder_requested.connect(self.projects.choose_projects_folder)
        window.top_bar.search.set_source(lambda: search_items(session, self.data))

    def _connect_pages(self) -> None:
        start, add = self.start, self.data.add
        start.choose_requested.connect(lambda: self.projects.choose_file(into_open_project=False))
        start.choose_folder_requested.connect(lambda: self.projects.choose_image_folder(into_open_project=False))
        start.open_requested.connect(self.projects.choose_project)
        start.new_requested.connect(self.projects.make_project)
        start.files_dropped.connect(lambda paths: self.projects.take_files(paths, into_open_project=False))
        start.project_chosen.connect(lambda folder: self.projects.open(Path(folder)))
        start.project_forgotten.connect(lambda folder: self.projects.forget(Path(folder)))
        start.sample_chosen.connect(self.projects.take_sample)
        for asking in (self.data.check, add):
            asking.choose_requested.connect(lambda: self.projects.choose_file(into_open_project=True))
            asking.choose_folder_requested.connect(lambda: self.projects.choose_image_folder(into_open_project=True))
        add.files_dropped.connect(lambda paths: self.projects.take_files(paths, into_open_project=True))

    def _remember_choices(self) -> None:
        settings = self.settings

        def remember_theme() -> None:
            settings.theme = theme().choice

        theme().changed.connect(remember_theme)
        translator().language_changed.connect(lambda: settings.set_language(translator().language))

    def _show_projects_folder(self) -> None:
        folder = self.settings.projects_folder
        self.window.settings_panel.show_projects_folder(folder)
        self.start.computer.show_projects_folder(folder)

    def _projects_folder_changed(self) -> None:
        self._show_projects_folder()
        self.start.show_computer(api.computer(self.settings.projects_folder))

    def _take_dropped(self, paths: list[str]) -> None:
        """A file dropped on the start page begins a project; elsewhere it is the next version of the open one."""
        on_start = self.window.current_page() is PageId.START
        self.projects.take_files(paths, into_open_project=not on_start)

    def _show_project(self) -> None:
        project, dataset = self.session.project, self.session.dataset
        kind = dataset.version.kind if dataset is not None else DataKind.TABLE
        self.window.set_project(project.name if project is not None else "", KIND_ICONS[kind])

    def _show_notice(self, notice: Notice) -> None:
        self.window.toasts.show_toast(
            notice.key, tone=notice.tone, action=notice.action, act=notice.act, **notice.parameters
        )

    def _show_help(self) -> None:
        if self._help is None:
            self._help = HelpWindow(self.window)
        self._help.open_at(self.window.current_page().value)

    def _close(self) -> None:
        self.settings.window_geometry = self.window.saveGeometry()
        self.settings.save()
        self.session.end()
