"""Where this computer keeps what belongs to the person and not to a project."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path


def config_folder(environment: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Return the folder for settings of Lathe in the usual place of the system; it may not exist yet."""
    if platform == "win32":
        return Path(environment.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "Lathe"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Lathe"
    return Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "lathe"
