import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from automl.domain.images import ImageRecord
from automl.drawing.parts import draw_parts
from automl.models.image.descriptors import Descriptor, DescriptorSettings, feature_graph
from automl.models.image.feature_cache import SUFFIX, FeatureCache
from automl.models.image.feature_session import FeatureSession

COLOUR = feature_graph(DescriptorSettings((Descriptor.COLOUR,)))
IMAGES = [part.pixels for part in draw_parts(6, seed=3, size=48)]


class _Album:
    """Images in memory that count how often they are asked for."""

    def __init__(self, images: Sequence[NDArray[np.uint8]]) -> None:
        self.records = tuple(_record(number, image) for number, image in enumerate(images, start=1))
        self._images = {record.sha256: image for record, image in zip(self.records, images, strict=True)}
        self.asked: list[int] = []

    def pixels(self, record: ImageRecord) -> NDArray[np.uint8]:
        self.asked.append(record.number)
        return self._images[record.sha256]


class _StopError(Exception):
    """Raised in place of a wish to stop."""


def _record(number: int, image: NDArray[np.uint8]) -> ImageRecord:
    digest = hashlib.sha256(image.tobytes()).hexdigest()
    return ImageRecord(number, f"{number}.png", digest, 0, 48, 48, 3, 8, "", number, 0.5, 0.1, 0.1, (0, 0))


def test_features_are_those_of_the_graph_and_computed_once(tmp_path: Path) -> None:
    album = _Album(IMAGES)
    first = FeatureCache(tmp_path, COLOUR, threads=2).features(album.records, album)
    again = FeatureCache(tmp_path, COLOUR).features(album.records[::-1], album)

    assert sorted(album.asked) == [1, 2, 3, 4, 5, 6]
    np.testing.assert_array_equal(first, FeatureSession(COLOUR).run(IMAGES).features)
    np.testing.assert_array_equal(again, first[::-1])


def test_only_new_images_are_described_and_progress_counts_all(tmp_path: Path) -> None:
    album = _Album(IMAGES)
    cache = FeatureCache(tmp_path, COLOUR)
    cache.features(album.records[:4], album)
    told: list[tuple[int, int]] = []
    cache.features(album.records, album, lambda done, images: told.append((done, images)))

    assert sorted(album.asked) == [1, 2, 3, 4, 5, 6]
    assert told[-1] == (6, 6)
    assert cache.missing(album.records) == 0


def test_a_record_half_written_is_described_again(tmp_path: Path) -> None:
    album = _Album(IMAGES)
    whole = FeatureCache(tmp_path, COLOUR).features(album.records, album)
    (shard,) = tmp_path.rglob(f"*{SUFFIX}")
    content = bytearray(shard.read_bytes()[:-3])
    content[40] ^= 1
    shard.write_bytes(content)
    album.asked.clear()

    np.testing.assert_array_equal(FeatureCache(tmp_path, COLOUR).features(album.records, album), whole)
    assert sorted(album.asked) == [1, 6]


def test_a_wish_to_stop_is_heard_before_the_work(tmp_path: Path) -> None:
    def stop() -> None:
        raise _StopError

    album = _Album(IMAGES)
    with pytest.raises(_StopError):
        FeatureCache(tmp_path, COLOUR).features(album.records, album, check_stop=stop)
    assert not album.asked


def test_a_graph_without_maps_has_none_to_give(tmp_path: Path) -> None:
    album = _Album(IMAGES[:1])
    with pytest.raises(KeyError):
        FeatureCache(tmp_path, COLOUR).maps(album.records, album)
