"""Colours, fonts and icons. One dictionary of tokens per theme feeds the style sheet, the painters and the icons."""

import json
import re
from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

import resources

LATIN_FAMILIES = ("Inter", "Segoe UI Variable Text", "Segoe UI", "SF Pro Text")
KOREAN_FAMILIES = ("Pretendard", "Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo")
MONOSPACE_FAMILIES = ("JetBrains Mono", "DejaVu Sans Mono", "Consolas", "Menlo", "Noto Sans Mono CJK KR", "D2Coding")


class ThemeChoice(StrEnum):
    """What the user asked for; `SYSTEM` follows the desktop."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


class Theme(QObject):
    """The colours in use. A child of the application, so that every widget finds the same one."""

    changed = Signal()

    def __init__(self, application: QApplication, choice: ThemeChoice = ThemeChoice.LIGHT) -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        self._tokens: Mapping[str, str] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._drawings: dict[str, str] = {}
        self._sheet_template = resources.path("themes/lathe.qss").read_text(encoding="utf-8")
        application.setStyle("Fusion")
        application.setFont(text_font())
        self._hints = application.styleHints()
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self._hints.accessibility().contrastPreferenceChanged.connect(self._apply)
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        """What the user asked for."""
        return self._choice

    @property
    def name(self) -> str:
        """The theme in use: "light" or "dark"."""
        if self._choice is not ThemeChoice.SYSTEM:
            return self._choice.value
        is_dark = self._hints.colorScheme() is Qt.ColorScheme.Dark
        return "dark" if is_dark else "light"

    def set_choice(self, choice: ThemeChoice) -> None:
        """Switch the whole window at once."""
        if choice is not self._choice:
            self._choice = choice
            self._apply()

    @property
    def tokens(self) -> Mapping[str, str]:
        """Token name to "#rrggbb"."""
        return self._tokens

    def color(self, token: str) -> QColor:
        """The colour of a token. Raises KeyError for an unknown one."""
        return QColor(self._tokens[token])

    def pixmap(self, name: str, token: str, size: int, ratio: float = 1.0) -> QPixmap:
        """The line icon `name` in the colour of `token`, `size` logical pixels wide."""
        key = (name, self._tokens[token], size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = _draw(self._drawing(name).replace("#000", self._tokens[token]), size, ratio)
        return self._pixmaps[key]

    def icon(self, name: str, ink: str = "text-2", size: int = 16) -> QIcon:
        """The line icon as a QIcon for menus and actions; `ink` is a token. It keeps its colour when the theme changes."""
        icon = QIcon()
        for ratio in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, ink, size, ratio))
        return icon

    def paint_icon(self, painter: QPainter, name: str, token: str, rect: QRectF) -> None:
        """Paint the icon into `rect`, sharp on any screen."""
        ratio = painter.device().devicePixelRatioF()
        pixmap = self.pixmap(name, token, round(rect.width()), ratio)
        painter.drawPixmap(rect.topLeft(), pixmap)

    def _drawing(self, name: str) -> str:
        if name not in self._drawings:
            self._drawings[name] = resources.path(f"icons/{name}.svg").read_text(encoding="utf-8")
        return self._drawings[name]

    def _follow_system(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        content = resources.path(f"themes/{self.name}.json").read_text(encoding="utf-8")
        tokens: dict[str, str] = json.loads(content)
        wants_contrast = self._hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
        self._tokens = high_contrast(tokens) if wants_contrast else tokens
        self._application.setPalette(_palette(self._tokens))
        self._application.setStyleSheet(style_sheet(self._sheet_template, self._tokens))
        self.changed.emit()


def theme() -> Theme:
    """The theme of the running application. Raises RuntimeError before one was made."""
    application = QApplication.instance()
    found = application.findChild(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly) if application else None
    if found is None:
        raise RuntimeError("no Theme was made for this application")
    return found


def high_contrast(tokens: Mapping[str, str]) -> dict[str, str]:
    """The tokens for a system set to high contrast: no soft fills, strong edges, no grey text."""
    soft = {name: tokens["surface"] for name in tokens if name.endswith("-soft")}
    edges = {name: tokens["text"] for name in tokens if name.endswith("-line") and name != "s2-line"}
    strong = dict.fromkeys(("border", "border-strong", "text-2", "text-3", "axis"), tokens["text"])
    return {**tokens, **soft, **edges, **strong}


def style_sheet(template: str, tokens: Mapping[str, str]) -> str:
    """The template with every @token@ replaced. Raises KeyError for an unknown token."""
    return re.sub(r"@([a-z0-9-]+)@", lambda match: tokens[match.group(1)], template)


def text_font(pixel_size: int = 13, weight: int = 400) -> QFont:
    """The text font: Latin first, then Korean; figures of equal width."""
    font = QFont()
    font.setFamilies([*LATIN_FAMILIES, *KOREAN_FAMILIES])
    return _adjusted(font, pixel_size, weight)


def monospace_font(pixel_size: int = 12) -> QFont:
    """The font of file text and fingerprints."""
    font = QFont()
    font.setFamilies(list(MONOSPACE_FAMILIES))
    font.setStyleHint(QFont.StyleHint.Monospace)
    return _adjusted(font, pixel_size, 400)


def _adjusted(font: QFont, pixel_size: int, weight: int) -> QFont:
    font.setPixelSize(pixel_size)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _draw(svg: str, size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _palette(tokens: Mapping[str, str]) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "bg",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "surface-2",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.Highlight: "accent",
        QPalette.ColorRole.HighlightedText: "on-accent",
        QPalette.ColorRole.PlaceholderText: "text-3",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.Mid: "border",
        QPalette.ColorRole.Accent: "accent",
    }
    palette = QPalette()
    for role, token in roles.items():
        palette.setColor(role, QColor(tokens[token]))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens["text-3"]))
    return palette
