"""A user without a past: home folder, settings and language of one test."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": ".run",
}


def move_into(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `home` the folder in which programs find and keep what belongs to the user."""
    for variable, folder in FOLDERS.items():
        path = home / folder
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        monkeypatch.setenv(variable, str(path))
    for variable in [name for name in os.environ if name.startswith("LATHE_")]:
        monkeypatch.delenv(variable)
    for file_format in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        for scope, folder in ((QSettings.Scope.UserScope, ".config"), (QSettings.Scope.SystemScope, ".system")):
            QSettings.setPath(file_format, scope, str(home / folder))
