"""The settings that belong to the person, not to the project: theme, language, where new projects are made."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import LANGUAGE_NAMES, follow_language, translate, translator
from desktop.theme import ThemeChoice, theme
from desktop.widgets.buttons import text_button
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.text import ElidedLabel, label

FOLDER_WIDTH = 240


class SettingsPanel(QFrame):
    """A popover below the gear; every choice works at once. `folder_requested` asks for another projects folder."""

    folder_requested = Signal()

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
        column.addSpacing(8)
        column.addWidget(label("settings.projects", "caption"))
        self.projects_folder = ElidedLabel()
        self.projects_folder.setMinimumWidth(FOLDER_WIDTH)
        self.projects_folder.setMaximumWidth(FOLDER_WIDTH)
        self.change_folder = text_button("settings.projects.change", small=True)
        self.change_folder.clicked.connect(lambda _checked=False: self._ask_folder())
        folder = QHBoxLayout()
        folder.setSpacing(8)
        folder.addWidget(self.projects_folder, 1)
        folder.addWidget(self.change_folder)
        column.addLayout(folder)
        self.theme_choice.chosen.connect(lambda value: theme().set_choice(ThemeChoice(value)))
        self.language_choice.chosen.connect(self._choose_language)
        follow_language(self, self._show_choices)

    def show_projects_folder(self, folder: Path) -> None:
        """Name the folder new projects are made in."""
        self.projects_folder.set_text(str(folder))

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

    def _ask_folder(self) -> None:
        # The popover would lie over the system's dialog.
        self.close()
        self.folder_requested.emit()

    def _choose_language(self, value: str) -> None:
        translator().set_language(next(one for one in LANGUAGE_NAMES if one.value == value))
