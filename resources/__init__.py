"""Data files of Lathe: icons, themes, translations, samples, help. Holds no code besides what finds and reads them."""

import json
from pathlib import Path

_ROOT = Path(__file__).parent


def path(name: str) -> Path:
    """Where the resource `name` ("icons/check.svg") lies. Raises FileNotFoundError if there is none."""
    found = _ROOT.joinpath(*name.split("/"))
    if not found.exists():
        raise FileNotFoundError(name)
    return found


def texts(language: str) -> dict[str, str]:
    """All texts of a language ("en", "ko") by key. Raises ValueError when two files give the same key."""
    merged: dict[str, str] = {}
    for file in sorted(path(f"translations/{language}").glob("*.json")):
        content: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))
        repeated = merged.keys() & content.keys()
        if repeated:
            raise ValueError(f"given twice, again in {file.name}: {sorted(repeated)}")
        merged |= content
    return merged
