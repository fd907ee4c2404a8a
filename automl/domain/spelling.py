"""The word a person probably meant."""

import difflib
import unicodedata
from collections.abc import Iterable


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like `word`, ignoring case and width; empty only when none is known."""
    plain = {_plain(one): one for one in known}
    found = difflib.get_close_matches(_plain(word), plain, n=1, cutoff=0.0)
    return plain[found[0]] if found else ""


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().strip()
