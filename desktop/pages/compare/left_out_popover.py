"""The list of what was left out of a training, and why: nothing is silent."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from automl.domain.result import LeftOut
from desktop.i18n import translate
from desktop.widgets.card import scrolling
from desktop.widgets.text import label, plain_label

WIDTH, HIGHEST = 440, 360


class LeftOutPopover(QFrame):
    """Closed by the next click or Escape."""

    def __init__(self, parent: QWidget, left_out: Sequence[LeftOut]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("popover", True)
        self.setFixedWidth(WIDTH)
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(0, 0, 8, 0)
        lines.setSpacing(6)
        for one in left_out:
            lines.addWidget(plain_label(translate(one.code, **one.parameters), "secondary", wrap=True))
        lines.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 4, 10)
        column.setSpacing(6)
        column.addWidget(label("compare.left_out.title", "strong"))
        column.addWidget(scrolling(content))
        wanted = lines.totalHeightForWidth(WIDTH - 40)
        self.setFixedHeight(min(HIGHEST, wanted + 76))

    def open_at(self, anchor: QWidget) -> None:
        """Open below `anchor`, inside the screen."""
        area = anchor.screen().availableGeometry()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        if corner.y() + self.height() > area.bottom():
            corner = anchor.mapToGlobal(QPoint(0, -self.height() - 4))
        corner.setX(max(area.left(), min(corner.x(), area.right() - self.width())))
        self.move(corner)
        self.show()
