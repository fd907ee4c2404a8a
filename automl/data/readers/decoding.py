"""Which encoding a text file is written in. Characters are never replaced: what cannot be decoded is refused by place."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from automl.data.connection import Progress
from automl.data.readers.files import reading, refusal

_CHUNK = 4 << 20
_SAMPLE = 1 << 16
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SOLID_UTF8_CHARACTERS = 3
_PAIR = re.compile(rb"[\x81-\xfe][\x41-\x5a\x61-\x7a\x81-\xfe]")
_COMMON_KOREAN = re.compile(rb"[\xa1-\xfd][\xa1-\xfe]")


@dataclass(frozen=True)
class TextFile:
    """A text file whose every byte can be decoded. `guessed` tells that another encoding would also have fitted.

    `plain` files are UTF-8 without quotes and with one kind of line end: they need no parser of our own. `lines` counts
    the lines of such a file.
    """

    encoding: str
    guessed: bool
    plain: bool
    lines: int = 0


@dataclass
class _Marks:
    """What bytes were seen: quotes, NULs and each kind of line end."""

    quotes: bool = False
    zero_bytes: bool = False
    zero_characters: bool = False
    newlines: int = 0
    returns: int = 0
    pairs: int = 0
    last: bytes = b""

    def take(self, chunk: bytes) -> None:
        self.quotes = self.quotes or b'"' in chunk
        self.zero_bytes = self.zero_bytes or b"\x00" in chunk
        self.newlines += chunk.count(b"\n")
        self.returns += chunk.count(b"\r")
        self.pairs += chunk.count(b"\r\n") + (self.last == b"\r" and chunk.startswith(b"\n"))
        self.last = chunk[-1:]

    @property
    def lines(self) -> int:
        """Lines of a file that ends them with \\n, the last one with or without it."""
        return self.newlines + (self.last != b"\n")

    @property
    def one_line_end(self) -> bool:
        """Whether all line ends are \\n or all are \\r\\n."""
        return self.returns in (0, self.newlines) and self.pairs == self.returns


@dataclass(frozen=True)
class _Undecodable:
    """Where decoding failed, and how many characters beyond ASCII were fine before."""

    position: int
    solid: int


def detect(path: Path, wanted: str, progress: Progress) -> TextFile:
    """Find the encoding of a file by reading all of it: byte order mark, UTF-8, CP949, UTF-16 without mark, then refusal.

    `wanted` names an encoding and forbids others. Raises Refusal naming byte and line where nothing fits.
    """
    if wanted:
        return _as_wanted(path, wanted, progress)
    head = _head(path)
    marked = next((name for bom, name in _BOMS if head.startswith(bom)), "") or _unmarked_utf16(head)
    marks = _Marks()
    failure = _decode_all(path, marked or "utf-8", progress, marks)
    if failure is None:
        return _checked(path, TextFile(marked or "utf-8", guessed=False, plain=False), marks)
    if marked or failure.solid >= _SOLID_UTF8_CHARACTERS:
        raise _broken("data.encoding_broken", path, marked or "utf-8", failure)
    korean_failure = _decode_all(path, "cp949", progress, marks := _Marks())
    if korean_failure is None and not marks.zero_bytes:
        korean = _mostly_common_korean(path) or _decode_all(path, "cp1252", progress, _Marks()) is not None
        return TextFile("cp949" if korean else "cp1252", guessed=not korean, plain=False)
    raise _broken("data.encoding_unknown", path, "cp949", korean_failure or failure)


def _as_wanted(path: Path, wanted: str, progress: Progress) -> TextFile:
    try:
        name = codecs.lookup(wanted).name
        "".encode(name)
    except (LookupError, ValueError):
        raise refusal("data.encoding_name", path, encoding=wanted) from None
    if name == "utf-8" and _head(path).startswith(codecs.BOM_UTF8):
        name = "utf-8-sig"
    if name == "utf-16" and not _head(path).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        name = _unmarked_utf16(_head(path)) or name
    marks = _Marks()
    failure = _decode_all(path, name, progress, marks)
    if failure is not None:
        raise _broken("data.encoding_wrong", path, wanted, failure)
    return _checked(path, TextFile(name, guessed=False, plain=False), marks)


def _checked(path: Path, text: TextFile, marks: _Marks) -> TextFile:
    is_utf8 = text.encoding in ("utf-8", "utf-8-sig")
    if marks.zero_characters:
        position = _first_zero(path)
        raise refusal("data.file_not_text", path, position=position, line=_line_at(path, position))
    plain = is_utf8 and not marks.quotes and marks.one_line_end
    return TextFile(text.encoding, text.guessed, plain, marks.lines)


def _decode_all(path: Path, encoding: str, progress: Progress, marks: _Marks) -> _Undecodable | None:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    done, solid = 0, 0
    total = path.stat().st_size
    for chunk in _chunks(path):
        marks.take(chunk)
        try:
            text = decoder.decode(chunk)
        except UnicodeError as error:
            # Some decoders refuse a file as a whole, such as one without the mark that UTF-16 asks for.
            if not isinstance(error, UnicodeDecodeError):
                return _Undecodable(done, solid)
            before = done - (len(error.object) - len(chunk))
            good = error.object[: error.start].decode(encoding, "ignore")
            return _Undecodable(before + error.start, solid + _beyond_ascii(good))
        done += len(chunk)
        marks.zero_characters = marks.zero_characters or "\x00" in text
        solid += 0 if text.isascii() else _beyond_ascii(text)
        progress(done, total)
    try:
        decoder.decode(b"", final=True)
    except UnicodeError as error:
        return _Undecodable(max(0, done - len(error.object)) if isinstance(error, UnicodeDecodeError) else done, solid)
    return None


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _chunks(path: Path) -> Iterator[bytes]:
    with reading(path), path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _head(path: Path) -> bytes:
    with reading(path), path.open("rb") as file:
        return file.read(_SAMPLE)


def _unmarked_utf16(head: bytes) -> str:
    """Latin text in UTF-16 has a zero in every second byte."""
    pairs = len(head) // 2
    if pairs == 0:
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 0.4 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return ""


def _mostly_common_korean(path: Path) -> bool:
    """Whether bytes beyond ASCII look like Korean syllables in use, rather than Western letters read in pairs."""
    common = every = 0
    for chunk in _chunks(path):
        found = _PAIR.findall(chunk)
        every += len(found)
        common += sum(1 for pair in found if _COMMON_KOREAN.fullmatch(pair))
        if every > 10_000:
            break
    return 2 * common >= every


def _first_zero(path: Path) -> int:
    done = 0
    for chunk in _chunks(path):
        if (place := chunk.find(0)) >= 0:
            return done + place
        done += len(chunk)
    return done


def _line_at(path: Path, position: int) -> int:
    """The line (from 1) in which a byte (from 0) stands."""
    lines, done = 1, 0
    for chunk in _chunks(path):
        lines += chunk[: max(0, position - done)].count(b"\n")
        done += len(chunk)
        if done > position:
            break
    return lines


def _broken(code: str, path: Path, encoding: str, failure: _Undecodable) -> Exception:
    line = _line_at(path, failure.position)
    return refusal(code, path, encoding=encoding, position=failure.position, line=line)
