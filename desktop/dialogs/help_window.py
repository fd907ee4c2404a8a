"""The user guide beside the window, opened at the page a person is on."""

from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QDialog, QTextBrowser, QVBoxLayout, QWidget

import resources
from desktop.i18n import follow_language, translate, translator

_FIRST = "index"


class HelpWindow(QDialog):
    """Shows ``resources/help/<language>/<page>.md``; a page without its own chapter opens at the beginning."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._page = _FIRST
        self.resize(720, 640)
        self.text = QTextBrowser()
        self.text.setOpenExternalLinks(False)
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        follow_language(self, self._show)

    def open_at(self, page: str) -> None:
        """Open the chapter of a page."""
        self._page = page
        self._show()
        self.show()
        self.raise_()
        self.activateWindow()

    def _follow(self, link: QUrl) -> None:
        self._page = link.fileName().removesuffix(".md")
        self._show()

    def _show(self) -> None:
        self.setWindowTitle(translate("rail.help"))
        self.text.setAccessibleName(self.windowTitle())
        self.text.document().setDocumentMargin(24)
        self.text.setMarkdown(_chapter(translator().language.value, self._page))
        self.text.moveCursor(self.text.textCursor().MoveOperation.Start)


def _chapter(language: str, page: str) -> str:
    for name in (page, _FIRST):
        try:
            return resources.path(f"help/{language}/{name}.md").read_text(encoding="utf-8")
        except FileNotFoundError:
            continue
    return translate("app.help.missing")
