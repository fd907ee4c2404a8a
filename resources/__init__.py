"""Data files of Lathe: icons, themes, translations, samples, help. Holds no code besides `path`."""

from pathlib import Path

_ROOT = Path(__file__).parent


def path(name: str) -> Path:
    """Where the resource `name` ("icons/check.svg") lies. Raises FileNotFoundError if there is none."""
    found = _ROOT.joinpath(*name.split("/"))
    if not found.exists():
        raise FileNotFoundError(name)
    return found
