"""What becomes of one file of an import."""

from dataclasses import dataclass

from automl.data.images.measure import Measured


@dataclass(frozen=True)
class StoredImage:
    """One image that was read and stored; the fields are those of `ImageRecord`."""

    name: str
    sha256: str
    size_bytes: int
    width: int
    height: int
    channels: int
    bits: int
    measured: Measured
    shown: str


@dataclass(frozen=True)
class UnreadableFile:
    """One file that is no image we can read, and the code of why; no code when the file could not be read at all."""

    name: str
    code: str = ""
