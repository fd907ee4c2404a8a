"""The card: the only box a page is made of. Cards never stand inside cards."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import bind_accessible_name, bind_text
from desktop.widgets.text import plain_label

PADDING = 16


class Card(QFrame):
    """A white box with an optional header (title, caption, actions at the right), a body and an optional footer.

    With `flush=True` the body has no padding and a line lies under the header: for tables and lists.
    """

    def __init__(self, title: str = "", *, caption: str = "", flush: bool = False) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.title = plain_label("", "card-title")
        self.caption = plain_label("", "caption")
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(1, 1, 1, 1)
        self._outer.setSpacing(0)
        self._header = self._make_header(flush)
        self._outer.addWidget(self._header)
        self._header_line = line()
        self._outer.addWidget(self._header_line)
        self.body = QVBoxLayout()
        edge = 0 if flush else PADDING - 1
        self.body.setContentsMargins(edge, 0 if flush or title else edge, edge, edge)
        self.body.setSpacing(0 if flush else 12)
        self._outer.addLayout(self.body, 1)
        self._header.setVisible(bool(title))
        self._header_line.setVisible(bool(title) and flush)
        if title:
            bind_text(self.title, title)
            bind_accessible_name(self, title)
        if caption:
            bind_text(self.caption, caption)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Put a widget at the end of the body."""
        self.body.addWidget(widget, stretch)

    def add_row(self, *widgets: QWidget, gap: int = 8, stretch_last: bool = False) -> QHBoxLayout:
        """Put widgets side by side at the end of the body."""
        row = QHBoxLayout()
        row.setSpacing(gap)
        for widget in widgets:
            row.addWidget(widget)
        if not stretch_last:
            row.addStretch(1)
        self.body.addLayout(row)
        return row

    def add_stretch(self) -> None:
        """Push what follows to the bottom."""
        self.body.addStretch(1)

    def add_line(self) -> None:
        """A dividing line over the width of the body."""
        self.body.addWidget(line())

    def add_header_widget(self, widget: QWidget) -> None:
        """Put a pill behind the title."""
        self._badges.addWidget(widget)
        self._header.setVisible(True)

    def add_action(self, widget: QWidget) -> None:
        """Put a control at the right end of the header."""
        self._actions.addWidget(widget)
        self._header.setVisible(True)

    def set_footer(self, *widgets: QWidget) -> None:
        """A grey strip at the bottom: text first, the last widget at the right end."""
        self._outer.addWidget(line())
        footer = QFrame()
        footer.setProperty("surface", "well")
        footer.setStyleSheet("border-bottom-left-radius: 7px; border-bottom-right-radius: 7px;")
        row = QHBoxLayout(footer)
        row.setContentsMargins(PADDING - 1, 8, PADDING - 1, 8)
        for place, widget in enumerate(widgets):
            if place and place == len(widgets) - 1:
                row.addStretch(1)
            row.addWidget(widget)
        self._outer.addWidget(footer)

    def _make_header(self, flush: bool) -> QWidget:
        header = QWidget()
        row = QHBoxLayout(header)
        row.setContentsMargins(PADDING - 1, 9 if flush else 13, PADDING - 1, 9)
        row.setSpacing(8)
        row.addWidget(self.title)
        row.addWidget(self.caption)
        self._badges = QHBoxLayout()
        self._badges.setSpacing(8)
        row.addLayout(self._badges)
        row.addStretch(1)
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        row.addLayout(self._actions)
        header.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if flush:
            header.setMinimumHeight(46)
        return header


def line(vertical: bool = False) -> QFrame:
    """A dividing line of one pixel."""
    made = QFrame()
    made.setProperty("line", True)
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made


def scrolling(content: QWidget) -> QScrollArea:
    """`content` in an area that scrolls up and down inside its card."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setProperty("surface", "scroll")
    content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    area.setWidget(content)
    return area
