"""The settings that belong to the person, not to the project: theme and language."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.i18n import LANGUAGE_NAMES, follow_language, translate, translator
from desktop.theme import ThemeChoice, theme
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.text import label


class SettingsPanel(QFrame):
    """A popover below the gear; every choice works at once."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("popover", True)
        self.theme_choice = SegmentedControl(
            [(choice.value, f"settings.theme.{choice.value}") for choice in ThemeChoice]
        )
        self.language_choice = SegmentedControl([(language.value, "") for language in LANGUAGE_NAMES])
        for language, name in LANGUAGE_NAMES.items():
            self.language_choice.set_text(language.value, name)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(4)
        column.addWidget(label("settings.theme", "caption"))
        column.addWidget(self.theme_choice)
        column.addSpacing(8)
        column.addWidget(label("settings.language", "caption"))
        column.addWidget(self.language_choice)
        self.theme_choice.chosen.connect(lambda value: theme().set_choice(ThemeChoice(value)))
        self.language_choice.chosen.connect(self._choose_language)
        follow_language(self, self._show_choices)

    def open_below(self, anchor: QWidget) -> None:
        """Open with the right edges in line."""
        self._show_choices()
        self.adjustSize()
        self.move(anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + 4)))
        self.show()

    def _show_choices(self) -> None:
        self.setAccessibleName(translate("top.settings"))
        self.theme_choice.set_value(theme().choice.value)
        self.language_choice.set_value(translator().language.value)

    def _choose_language(self, value: str) -> None:
        translator().set_language(next(one for one in LANGUAGE_NAMES if one.value == value))
