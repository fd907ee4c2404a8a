"""What graphs say of images is computed once, within the time there is, and stays."""

from pathlib import Path

import numpy as np
import pytest

from automl.domain.events import Event, JobProgress, Phase
from automl.domain.images import ImageRecord
from automl.models.image.base import Pixels
from automl.models.image.filter_features import filter_map_graph
from automl.search.cross_validation import OutOfTimeError
from automl.training.image.source import AT_ONCE, KeptFeatures
from tests.automl.explain.test_image_advice import image

GRAPH = filter_map_graph(160)
IMAGES = tuple(image(number) for number in range(1, 3 * AT_ONCE))


class Noise:
    """Different pixels for every image; counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def pixels(self, record: ImageRecord) -> Pixels:
        self.asked += 1
        return np.random.default_rng(record.number).integers(0, 256, (20, 30, 3), dtype=np.uint8)


class Quiet:
    """A host without a deadline that remembers what it was told."""

    finish_requested = False
    deadline = None
    elapsed = 0.0

    def __init__(self) -> None:
        self.told: list[Event] = []

    def emit(self, event: Event) -> None:
        self.told.append(event)

    def check_stop(self) -> None:
        pass


def source(folder: Path, loader: Noise, host: Quiet) -> KeptFeatures:
    return KeptFeatures(folder=folder, images=IMAGES, loader=loader, host=host, threads=1)


def test_every_image_is_described_once_whoever_asks(tmp_path: Path) -> None:
    loader, host = Noise(), Quiet()
    first = source(tmp_path, loader, host)

    features = first.features(GRAPH, IMAGES[5:9])
    again = source(tmp_path, loader, host).features(GRAPH, IMAGES[5:9])

    assert loader.asked == len(IMAGES)
    np.testing.assert_array_equal(features, again)
    assert first.maps(GRAPH, IMAGES[:2]).shape[0] == 2
    assert {event.phase for event in host.told if isinstance(event, JobProgress)} == {Phase.FEATURES}


def test_describing_ends_when_the_clock_says_so_and_what_was_done_stays(tmp_path: Path) -> None:
    loader = Noise()
    kept = source(tmp_path, loader, Quiet())

    with pytest.raises(OutOfTimeError):
        kept.prepare(GRAPH, lambda: 0.0)

    assert 0 < loader.asked < len(IMAGES)
    kept.prepare(GRAPH, lambda: 1000.0)
    assert loader.asked == len(IMAGES)


def test_resized_images_are_those_of_the_graph_and_lie_on_no_disk(tmp_path: Path) -> None:
    loader = Noise()

    small = source(tmp_path, loader, Quiet()).pixels(16, IMAGES[:3])

    assert small.shape == (3, 16, 16, 3)
    assert small.dtype == np.dtype(np.uint8)
    assert abs(float(small[0].mean()) - float(loader.pixels(IMAGES[0]).mean())) < 5
    assert not list(tmp_path.iterdir())
