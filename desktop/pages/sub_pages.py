"""A page made of several sub-pages, each with its own title and actions; the window sees one page."""

from PySide6.QtWidgets import QStackedWidget

from desktop.widgets.buttons import Button
from desktop.widgets.page_frame import PageFrame


class PageWithSubPages(PageFrame):
    """Shows one of its sub-pages at a time; the first one added is shown first."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self._sub_pages: dict[str, PageFrame] = {}
        self._stack = QStackedWidget()
        self.header.hide()
        self.body.addWidget(self._stack)
        self._drop_margins()

    def add_sub_page(self, name: str, page: PageFrame) -> None:
        """Add a sub-page under a name."""
        self._sub_pages[name] = page
        self._stack.addWidget(page)

    def sub_page(self) -> str:
        """Return the name of the sub-page shown."""
        return next(name for name, page in self._sub_pages.items() if page is self._stack.currentWidget())

    def show_sub_page(self, name: str) -> None:
        """Bring a sub-page to the front; an unknown name means the first."""
        first = next(iter(self._sub_pages.values()))
        self._stack.setCurrentWidget(self._sub_pages.get(name, first))

    def set_narrow(self, narrow: bool) -> None:
        """Pass the form of the window on; the sub-pages have the margins."""
        super().set_narrow(narrow)
        self._drop_margins()
        for page in self._sub_pages.values():
            page.set_narrow(narrow)

    def primary_action(self) -> Button | None:
        """Return the primary button of the sub-page shown."""
        shown = self._stack.currentWidget()
        return shown.primary_action() if isinstance(shown, PageFrame) else None

    def _drop_margins(self) -> None:
        if (column := self.layout()) is not None:
            column.setContentsMargins(0, 0, 0, 0)
