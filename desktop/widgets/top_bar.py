"""The top bar: mark, project switcher, search, language, settings."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from desktop.i18n import LANGUAGE_NAMES, follow_language, translate, translator
from desktop.theme import theme
from desktop.widgets.buttons import IconButton
from desktop.widgets.painting import draw_box, draw_mark, draw_text, font, painting, text_width
from desktop.widgets.search_box import SearchBox

HEIGHT = 48


@dataclass(frozen=True)
class ProjectEntry:
    """One line of the project switcher."""

    path: str
    name: str
    icon: str = "table"


class Mark(QWidget):
    """The mark with the name of the product; the mark alone when narrow."""

    def __init__(self) -> None:
        super().__init__()
        self._is_narrow = False
        self.setAccessibleName("Lathe")
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Hide the name."""
        self._is_narrow = narrow
        self.setFixedWidth(64 if narrow else 200)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw mark and name."""
        del event
        with painting(self) as painter:
            draw_mark(painter, QRectF(0, self.height() / 2 - 9, 20, 18), "accent")
            if not self._is_narrow:
                draw_text(painter, QRectF(28, 0, 120, self.height()), "Lathe", "text", font(14, 600))


class ProjectSwitcher(QAbstractButton):
    """Shows the open project and opens the list of recent ones."""

    project_chosen = Signal(str)
    open_requested = Signal()
    new_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self._icon = "folder"
        self._recent: Sequence[ProjectEntry] = ()
        self.setMinimumWidth(300)
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open_menu)
        follow_language(self, self._announce)

    def set_project(self, name: str, icon: str = "table") -> None:
        """The open project; "" for none."""
        self._name = name
        self._icon = icon if name else "folder"
        self._announce()

    def set_recent(self, recent: Sequence[ProjectEntry]) -> None:
        """Projects the menu offers."""
        self._recent = tuple(recent)

    def sizeHint(self) -> QSize:
        """Room for the name, between 300 and 420."""
        words = text_width(translate("top.project"), font(13)) + text_width(self._name, font(13, 600))
        return QSize(max(300, min(420, round(words) + 86)), 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw icon, words and arrow."""
        del event
        with painting(self) as painter:
            hovered = self.underMouse() or self.isDown()
            draw_box(painter, QRectF(self.rect()), "surface-2" if hovered else "surface", "border", 6)
            theme().paint_icon(painter, self._icon, "text-3", QRectF(11, 8, 16, 16))
            theme().paint_icon(painter, "chevron-down", "text-2", QRectF(self.width() - 25, 8, 16, 16))
            room = self.width() - 35 - 32
            if not self._name:
                draw_text(painter, QRectF(35, 0, room, 32), translate("top.no_project"), "text-2", font(13))
                return
            word = translate("top.project")
            taken = text_width(word, font(13)) + 8
            draw_text(painter, QRectF(35, 0, room, 32), word, "text-3", font(13))
            draw_text(painter, QRectF(35 + taken, 0, room - taken, 32), self._name, "text", font(13, 600))

    def _announce(self) -> None:
        self.setText(f"{translate('top.project')} {self._name}" if self._name else translate("top.no_project"))
        self.setAccessibleName(self.text())
        self.setToolTip(self._name)
        self.updateGeometry()
        self.update()

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for entry in self._recent:
            action = menu.addAction(theme().icon(entry.icon), entry.name)
            action.triggered.connect(lambda _checked=False, path=entry.path: self.project_chosen.emit(path))
        if self._recent:
            menu.addSeparator()
        menu.addAction(theme().icon("folder-open"), translate("top.open_project")).triggered.connect(
            self.open_requested
        )
        menu.addAction(theme().icon("plus"), translate("top.new_project")).triggered.connect(self.new_requested)
        menu.setMinimumWidth(self.width())
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))


class LanguageSwitch(QAbstractButton):
    """The language in its own words; opens the list of languages."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._open_menu)
        follow_language(self, self._announce)

    def sizeHint(self) -> QSize:
        """Room for the word and the arrow."""
        return QSize(round(text_width(self.text(), font(13))) + 40, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw word and arrow."""
        del event
        with painting(self) as painter:
            if self.underMouse() or self.isDown():
                draw_box(painter, QRectF(self.rect()), "surface-3", None, 6)
            draw_text(painter, QRectF(8, 0, self.width() - 32, 32), self.text(), "text-2", font(13))
            theme().paint_icon(painter, "chevron-down", "text-3", QRectF(self.width() - 24, 9, 14, 14))

    def _announce(self) -> None:
        self.setText(LANGUAGE_NAMES[translator().language])
        self.setAccessibleName(f"{translate('top.language')}: {self.text()}")
        self.setToolTip(translate("top.language"))
        self.updateGeometry()
        self.update()

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for language, name in LANGUAGE_NAMES.items():
            action = menu.addAction(name)
            action.setCheckable(True)
            action.setChecked(language is translator().language)
            action.triggered.connect(lambda _checked=False, chosen=language: translator().set_language(chosen))
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 4)))


class TopBar(QWidget):
    """Everything above the pages; never moves."""

    settings_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "top-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self.mark = Mark()
        self.project = ProjectSwitcher()
        self.search = SearchBox()
        self.language = LanguageSwitch()
        self.settings = IconButton("gear", "top.settings", size=32)
        self.settings.clicked.connect(self.settings_requested)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(0)
        row.addWidget(self.mark)
        row.addWidget(self.project)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addSpacing(8)
        row.addWidget(self.language)
        row.addSpacing(8)
        row.addWidget(self.settings)
        follow_language(self, lambda: self.setAccessibleName(translate("top.name")))

    def set_narrow(self, narrow: bool) -> None:
        """The mark alone and a shorter search field."""
        self.mark.set_narrow(narrow)
        self.search.set_narrow(narrow)
