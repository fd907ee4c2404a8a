"""The user guide beside the window, opened at the page a person is on."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

import resources
from automl import api
from desktop.i18n import follow_language, translate, translator
from desktop.widgets.text import label

_FIRST = "index"
_AIR = 14.0
_LINE_PERCENT = 120.0


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
        column.addWidget(self.text, 1)
        column.addWidget(_about())
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
        _give_air(self.text.document())
        self.text.moveCursor(QTextCursor.MoveOperation.Start)


def _give_air(document: QTextDocument) -> None:
    """Set paragraphs apart; Markdown comes without any space between them."""
    cursor = QTextCursor(document)
    while True:
        if cursor.currentTable() is None:
            spaced = cursor.blockFormat()
            spaced.setTopMargin(_AIR if spaced.headingLevel() else _AIR / 2)
            spaced.setBottomMargin(_AIR / 2)
            spaced.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            cursor.setBlockFormat(spaced)
        if not cursor.movePosition(QTextCursor.MoveOperation.NextBlock):
            return


def _about() -> QWidget:
    """What this program is: its version and under which licences it comes."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(24, 8, 24, 12)
    row.setSpacing(16)
    row.addWidget(label("app.about.version", "caption-strong", version=api.version()))
    row.addWidget(label("app.about.licence", "caption"), 1)
    return made


def _chapter(language: str, page: str) -> str:
    for name in (page, _FIRST):
        try:
            return resources.path(f"help/{language}/{name}.md").read_text(encoding="utf-8")
        except FileNotFoundError:
            continue
    return translate("app.help.missing")
