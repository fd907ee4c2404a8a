"""The network that comes with Lathe, learned on drawn images only; an installation may be without it."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

import resources
from automl.domain.weights import WeightsRecord

FOLDER = "weights"


class TrainingCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How built-in weights came to be: what drew the images, how many, the figures of the gate, and the record of the file."""

    file: str
    record: WeightsRecord
    generator: str
    images: int
    seconds: float
    device: str
    figures: Mapping[str, float]


def built_in() -> tuple[tuple[WeightsRecord, Path], ...]:
    """The weights in resources/weights with the files they lie in; none when this installation has none."""
    try:
        folder = resources.path(FOLDER)
    except FileNotFoundError:
        return ()
    cards = (msgspec.json.decode(path.read_bytes(), type=TrainingCard) for path in sorted(folder.glob("*.json")))
    return tuple((card.record, folder / card.file) for card in cards if (folder / card.file).is_file())
