"""Names for new project folders, made from the name of the file they begin with."""

import re
import unicodedata
from pathlib import Path

_LONGEST = 60
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")


def project_name(file_name: str, fallback: str) -> str:
    """Return a name any file system takes: letters of all languages stay, `fallback` when nothing is left."""
    text = unicodedata.normalize("NFC", Path(file_name).stem)
    text = "".join(letter for letter in text if unicodedata.category(letter) not in ("Cf", "Cs", "Co", "Cn"))
    text = _FORBIDDEN.sub(" ", text)
    text = re.sub(r"\s+", " ", text).strip(" .")[:_LONGEST].strip(" .")
    if not text:
        return fallback
    return f"{text}_" if _RESERVED.match(text) else text


def free_folder(parent: Path, name: str) -> Path:
    """Return a folder in `parent` that does not exist yet: the name, or the name with a number behind it."""
    candidate, number = parent / name, 2
    while candidate.exists():
        candidate = parent / f"{name} {number}"
        number += 1
    return candidate
