"""The card of a fault: what it means for the person, and a code and details for the IT team. It never blocks the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import follow_language, translate
from desktop.widgets.buttons import button, primary_button
from desktop.widgets.error_card import ProblemBanner
from desktop.widgets.text import label

_WIDTH = 560


class FaultCard(QDialog):
    """Tells of one fault; its details are copied, not shown, and the person closes it."""

    def __init__(self, parent: QWidget, code: str, details: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedWidth(_WIDTH)
        banner = ProblemBanner()
        follow_language(banner, lambda: banner.set_words(translate("app.fault.title"), translate("app.fault.detail")))
        follow_language(self, lambda: self.setWindowTitle(translate("app.fault.title")))
        copy = button("app.fault.copy", icon="copy")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(f"{code}\n{details}"))
        copy.clicked.connect(lambda: copy.set_text("app.fault.copied"))
        close = primary_button("app.fault.close")
        close.clicked.connect(self.accept)
        actions = QHBoxLayout()
        actions.addWidget(label("app.fault.code", "caption", code=code), 1)
        actions.addWidget(copy)
        actions.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(banner)
        column.addLayout(actions)
