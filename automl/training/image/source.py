"""What feature graphs say of the images of a run: computed once by the very graphs that ship, kept on disk and at hand."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache, partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from automl.domain.events import JobProgress, Phase
from automl.domain.images import ImageRecord
from automl.graph.builder import GraphBuilder
from automl.graph.image.resize import emit_resized
from automl.models.base import Features
from automl.models.image.base import Maps, Pixels
from automl.models.image.feature_cache import FeatureCache, silent
from automl.models.image.feature_session import FEATURES, HEATMAP, MAP, FeatureSession
from automl.search.cross_validation import OutOfTimeError
from automl.training.host import Host
from automl.training.image.drawn_flaws import PixelLoader

RESIZED = "resized"
MOST_BYTES_AT_HAND = 2_000_000_000
AT_ONCE = 32
# How often describing all images is held against the clock.
PARTS = 24


class KeptFeatures:
    """Answers of feature graphs about some images; all images of the run are described when a graph is first asked."""

    def __init__(
        self, *, folder: Path, images: Sequence[ImageRecord], loader: PixelLoader, host: Host, threads: int
    ) -> None:
        self._folder = folder
        self._images = tuple(images)
        self._rows = {image.sha256: row for row, image in enumerate(images)}
        self._loader = loader
        self._host = host
        self._threads = threads
        self._caches: dict[bytes, FeatureCache] = {}
        self._at_hand: dict[tuple[bytes, str], NDArray[np.float32]] = {}
        self._resized: dict[int, dict[str, Pixels]] = {}
        self._bytes = 0

    def prepare(self, graph: bytes, time_left: Callable[[], float]) -> None:
        """Describe all images of the run. Raises OutOfTimeError once it shows that there is not enough time for it.

        What was described until then is kept for the next recipe that looks through this graph.
        """
        if (graph, FEATURES) in self._at_hand:
            return
        cache = self._cache(graph)
        missing, done, begun = cache.missing(self._images), 0, time.monotonic()
        size = max(AT_ONCE, len(self._images) // PARTS)
        for start in range(0, len(self._images) if missing else 0, size):
            block = self._images[start : start + size]
            done += cache.missing(block)
            cache.features(block, self._loader, check_stop=self._host.check_stop)
            seconds_each = (time.monotonic() - begun) / max(done, 1)
            if seconds_each * (missing - done) > time_left():
                raise OutOfTimeError
        self._describe(graph, FEATURES)

    def features(self, graph: bytes, images: tuple[ImageRecord, ...]) -> Features:
        """Float32 [n, D]."""
        return self._answers(graph, FEATURES, images)

    def maps(self, graph: bytes, images: tuple[ImageRecord, ...]) -> Maps:
        """Float32 [n, C, h, w]."""
        return self._answers(graph, MAP, images)

    def pixels(self, resolution: int, images: tuple[ImageRecord, ...]) -> Pixels:
        """Uint8 [n, resolution, resolution, 3]. Made anew rather than read from disk, where they would fill it."""
        known = self._resized.setdefault(resolution, {})
        missing = [image for image in images if image.sha256 not in known]
        made = self._made(resolution, missing)
        size = sum(one.nbytes for one in made.values())
        if self._bytes + size <= MOST_BYTES_AT_HAND:
            known.update(made)
            self._bytes += size
        everything = {**known, **made}
        return np.stack([everything[image.sha256] for image in images])

    def heatmaps(self, graph: bytes, images: tuple[ImageRecord, ...]) -> Maps:
        """Float32 [n, h, w], computed anew: no other model will ask for them."""
        session = _heat_session(graph)
        with ThreadPoolExecutor(self._threads) as workers:
            return np.stack(list(workers.map(partial(self._heatmap, session), images)))

    def _heatmap(self, session: FeatureSession, image: ImageRecord) -> NDArray[np.float32]:
        self._host.check_stop()
        return session.one(self._loader.pixels(image))[HEATMAP]

    def _made(self, resolution: int, images: Sequence[ImageRecord]) -> dict[str, Pixels]:
        session = FeatureSession(resized_graph(resolution))
        made: dict[str, Pixels] = {}
        with ThreadPoolExecutor(self._threads) as workers:
            for start in range(0, len(images), AT_ONCE):
                self._host.check_stop()
                block = images[start : start + AT_ONCE]
                small = workers.map(partial(self._small, session), block)
                made.update((image.sha256, one) for image, one in zip(block, small, strict=True))
        return made

    def _small(self, session: FeatureSession, image: ImageRecord) -> Pixels:
        planes = session.one(self._loader.pixels(image))[RESIZED]
        return np.asarray(np.rint(np.moveaxis(planes, 0, 2)), dtype=np.uint8)

    def _answers(self, graph: bytes, output: str, images: tuple[ImageRecord, ...]) -> NDArray[np.float32]:
        if (graph, output) not in self._at_hand:
            self._describe(graph, output)
        if (graph, output) in self._at_hand:
            rows = [self._rows[image.sha256] for image in images]
            return self._at_hand[graph, output][rows]
        return self._caches[graph].answers(output, images, self._loader, check_stop=self._host.check_stop)

    def _cache(self, graph: bytes) -> FeatureCache:
        if graph not in self._caches:
            self._caches[graph] = FeatureCache(self._folder, graph, self._threads)
        return self._caches[graph]

    def _describe(self, graph: bytes, output: str) -> None:
        """Describe all images that are not described yet; keep the answers at hand while memory allows."""
        cache = self._cache(graph)
        some = cache.answers(output, self._images[:1], self._loader, check_stop=self._host.check_stop)
        expected = some.nbytes * len(self._images)
        if self._bytes + expected > MOST_BYTES_AT_HAND:
            return
        # Describing images for the first graph is a phase of its own; for later ones it is a part of their trial.
        progress = silent if self._at_hand else self._tell
        self._at_hand[graph, output] = cache.answers(
            output, self._images, self._loader, progress, self._host.check_stop
        )
        self._bytes += expected

    def _tell(self, done: int, images: int) -> None:
        self._host.emit(JobProgress(phase=Phase.FEATURES, done=done, total=images))


@lru_cache(maxsize=8)
def _heat_session(graph: bytes) -> FeatureSession:
    """Models of folds take turns at being asked, a few images at a time."""
    return FeatureSession(graph)


@lru_cache(maxsize=4)
def resized_graph(resolution: int) -> bytes:
    """The graph from pixels to `resized`, float32 [N, 3, resolution, resolution] of 0 to 255."""
    graph = GraphBuilder()
    planes = emit_resized(graph, graph.input_pixels(), resolution)
    grey_levels = graph.node("Mul", [planes, graph.constant(255.0, np.float32)])
    return graph.build({RESIZED: (grey_levels, ("N", 3, resolution, resolution))})
