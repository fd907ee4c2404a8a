"""The card of a fault: what it means for the person, a code and details for the IT team. It never blocks the window."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from desktop.i18n import follow_language, translate
from desktop.theme import monospace_font
from desktop.widgets.buttons import button, primary_button
from desktop.widgets.error_card import ProblemBanner
from desktop.widgets.text import label


class FaultCard(QDialog):
    """Shows one fault; closed by the person."""

    def __init__(self, parent: QWidget, code: str, details: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(640, 420)
        banner = ProblemBanner()
        follow_language(banner, lambda: banner.set_words(translate("app.fault.title"), translate("app.fault.detail")))
        follow_language(self, lambda: self.setWindowTitle(translate("app.fault.title")))
        text = QPlainTextEdit(details)
        text.setReadOnly(True)
        text.setFont(monospace_font())
        follow_language(text, lambda: text.setAccessibleName(translate("app.fault.details")))
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
        column.setSpacing(12)
        column.addWidget(banner)
        column.addWidget(text, 1)
        column.addLayout(actions)
