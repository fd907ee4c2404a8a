"""What Lathe remembers of a user between two starts; a broken file means defaults, never a failed start."""

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from automl.domain.language import Language
from desktop.theme import ThemeChoice

MOST_RECENT = 12
Choice = TypeVar("Choice", bound=StrEnum)


class Settings:
    """Typed access to the settings file. Whatever cannot be read is as if it were not there."""

    def __init__(self, file: Path | None = None) -> None:
        """`file` for tests; otherwise the place the system has for it."""
        if file is None:
            self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Lathe", "Lathe")
        else:
            self._store = QSettings(str(file), QSettings.Format.IniFormat)

    @property
    def theme(self) -> ThemeChoice:
        """Light unless chosen otherwise."""
        return self._choice("theme", ThemeChoice.LIGHT)

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._store.setValue("theme", choice.value)

    def language(self, fallback: Language) -> Language:
        """The chosen language, `fallback` before the first choice."""
        return self._choice("language", fallback)

    def set_language(self, language: Language) -> None:
        """Remember the language."""
        self._store.setValue("language", language.value)

    @property
    def recent_projects(self) -> tuple[Path, ...]:
        """Projects opened before, newest first; folders that are gone are still named."""
        stored = self._store.value("recent_projects", [])
        paths = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return tuple(Path(path) for path in paths if isinstance(path, str) and path and "\0" not in path)[:MOST_RECENT]

    def add_recent_project(self, project: Path) -> None:
        """Put a project at the head of the list."""
        others = [path for path in self.recent_projects if path != project]
        self._store.setValue("recent_projects", [str(path) for path in [project, *others][:MOST_RECENT]])

    def remove_recent_project(self, project: Path) -> None:
        """Take a project off the list; its folder stays."""
        self._store.setValue("recent_projects", [str(path) for path in self.recent_projects if path != project])

    @property
    def window_geometry(self) -> QByteArray:
        """As `QWidget.saveGeometry` gave it; empty before the first time. `restoreGeometry` refuses a broken one."""
        stored = self._store.value("window_geometry")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    @window_geometry.setter
    def window_geometry(self, geometry: QByteArray) -> None:
        self._store.setValue("window_geometry", geometry)

    @property
    def projects_folder(self) -> Path:
        """Where new projects are made; "Lathe projects" among the documents at first."""
        stored = self._store.value("projects_folder")
        if isinstance(stored, str) and stored and "\0" not in stored:
            return Path(stored)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return Path(documents or Path.home()) / "Lathe projects"

    @projects_folder.setter
    def projects_folder(self, folder: Path) -> None:
        self._store.setValue("projects_folder", str(folder))

    @property
    def last_folder(self) -> Path:
        """Where the last file was chosen; the home folder at first."""
        stored = self._store.value("last_folder")
        usable = isinstance(stored, str) and stored and "\0" not in stored
        return Path(stored) if usable and isinstance(stored, str) else Path.home()

    @last_folder.setter
    def last_folder(self, folder: Path) -> None:
        self._store.setValue("last_folder", str(folder))

    def save(self) -> None:
        """Write now; otherwise it is written when the program ends."""
        self._store.sync()

    def _choice(self, name: str, fallback: Choice) -> Choice:
        stored = self._store.value(name)
        known = {choice.value: choice for choice in type(fallback)}
        return known.get(stored, fallback) if isinstance(stored, str) else fallback
