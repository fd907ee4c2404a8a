"""A field under a button where a class gets its name."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.buttons import accent_button
from desktop.widgets.fields import FieldRow, TextField

_WIDTH = 300


class NamePopover(QFrame):
    """`take` gets the name and returns why it cannot be, empty when all is well; then the popover closes by itself."""

    def __init__(self, parent: QWidget, title: str, action: str, take: Callable[[str], str], name: str = "") -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("popover", True)
        self.setFixedWidth(_WIDTH)
        self._take_name = take
        self.field = TextField(placeholder="label.class.example")
        self.field.setText(name)
        self.field.selectAll()
        self.field.returnPressed.connect(self._take)
        self._row = FieldRow(title, self.field)
        self.done = accent_button(action)
        self.done.clicked.connect(lambda _checked=False: self._take())
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.done)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._row)
        column.addLayout(buttons)

    def open_below(self, anchor: QWidget) -> None:
        """Open with the left edges in line, within the screen."""
        self.adjustSize()
        corner, area = anchor.mapToGlobal(QPoint(0, anchor.height() + 4)), anchor.screen().availableGeometry()
        corner.setX(max(area.left(), min(corner.x(), area.right() - self.width())))
        corner.setY(min(corner.y(), area.bottom() - self.height()))
        self.move(corner)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _take(self) -> None:
        why_not = self._take_name(self.field.text())
        self._row.set_error(why_not)
        if why_not:
            self.adjustSize()
        else:
            self.close()
