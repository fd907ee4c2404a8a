"""Names of files as people read them, whatever system wrote them."""

import os
import unicodedata
import zipfile

_NAME_IS_UTF8 = 0x800


def readable_name(raw: bytes) -> str:
    """Return a name whose encoding nobody wrote down: UTF-8, else Korean Windows, else what can be read of it."""
    for encoding in ("utf-8", "cp949"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def shown_name(name: str) -> str:
    """Return the name of a file as the system gave it so that it can be shown and written down."""
    return name if name.isascii() else readable_name(os.fsencode(name))


def name_in_zip(entry: zipfile.ZipInfo) -> str:
    """Return the name of a file in a zip; Windows programs write Korean ones without saying so."""
    if entry.flag_bits & _NAME_IS_UTF8:
        return unicodedata.normalize("NFC", entry.filename)
    try:
        return readable_name(entry.filename.encode("cp437")).replace("\\", "/")
    except UnicodeEncodeError:
        return unicodedata.normalize("NFC", entry.filename)
