"""From image files to answers with their issues: the one path the app, the command line and the bundle itself use."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from automl.runtime.csv_writing import predictions_file, require_other_file
from automl.runtime.image.answers import ImageAnswer, answer, cells, titles, unanswered
from automl.runtime.image.decode import Pixels, decode_image
from automl.runtime.image.heatmaps import heatmap_path, overlay, write_heatmap
from automl.runtime.image.session import ImageSession
from automl.runtime.image.sources import ImageSource, image_sources
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.opening import OpenedBundle, open_bundle
from automl.runtime.problems import RefusedError, refused
from automl.runtime.words import Words

Progress = Callable[[int, int], None]

# Images are read ahead while the graph looks at one; few, because each may be a hundred megapixels.
_READ_AHEAD = 3


@dataclass
class ImagesOutcome:
    """What became of the images: how many, how many have issues, how often each code came, how often each verdict."""

    images: int = 0
    images_with_issues: int = 0
    issue_counts: dict[str, int] = field(default_factory=dict)
    verdict_counts: dict[str, int] = field(default_factory=dict)

    @property
    def without_answer(self) -> int:
        """How many images could not be read or judged."""
        return self.images - sum(self.verdict_counts.values())

    def count(self, given: ImageAnswer) -> None:
        """Take one more answer in."""
        self.images += 1
        self.images_with_issues += bool(given.issues)
        for issue in given.issues:
            self.issue_counts[issue.code] = self.issue_counts.get(issue.code, 0) + 1
        if given.verdict:
            self.verdict_counts[given.verdict] = self.verdict_counts.get(given.verdict, 0) + 1


@dataclass(frozen=True)
class JudgedSource:
    """One image with its answer; `pixels` is None when it could not be read, `milliseconds` the time the graph took."""

    name: str
    answer: ImageAnswer
    pixels: Pixels | None
    milliseconds: float = 0.0


class ImagePredictor:
    """A model of images ready to answer."""

    def __init__(self, bundle: OpenedBundle, threads: int | None = None) -> None:
        if not isinstance(bundle.manifest, ImageManifest):
            raise refused("bundle.for_tables", file=bundle.path.name)
        self.bundle = bundle
        self.manifest = bundle.manifest
        self._session = ImageSession(bundle.model, len(self.manifest.classes), threads)

    @classmethod
    def open(cls, path: Path, threads: int | None = None) -> "ImagePredictor":
        """Open a bundle, folder or zip. Raises RefusedError when it is not whole, unchanged and signed."""
        return cls(open_bundle(path), threads)

    @property
    def has_heatmap(self) -> bool:
        """Whether the model can show where it looked."""
        return self._session.has_heatmap

    def predict_pixels(self, pixels: Pixels, *, heatmap: bool = False) -> ImageAnswer:
        """Answer for the pixels [height, width, 3] of one upright image."""
        return answer(self.manifest, self._session.run(pixels, heatmap=heatmap), pixels)

    def predict_source(self, source: ImageSource, *, heatmap: bool = False) -> JudgedSource:
        """Answer for one image file; one that cannot be read has issues and no answer."""
        return self._judged(source.name, _decoded(source), heatmap)

    def predict_sources(self, sources: Iterable[ImageSource], *, heatmap: bool = False) -> Iterator[JudgedSource]:
        """Answer for images in order."""
        remaining = iter(sources)
        with ThreadPoolExecutor(1, thread_name_prefix="decode") as pool:
            waiting: list[tuple[str, Future[Pixels | RefusedError]]] = []
            waiting.extend((each.name, pool.submit(_decoded, each)) for each in islice(remaining, _READ_AHEAD))
            while waiting:
                name, decoded = waiting.pop(0)
                waiting.extend((each.name, pool.submit(_decoded, each)) for each in islice(remaining, 1))
                yield self._judged(name, decoded.result(), heatmap)

    def predict_files(self, paths: Sequence[Path]) -> list[ImageAnswer]:
        """Answer for image files, or for everything in folders, zips and lists."""
        sources = [source for path in paths for source in image_sources(path)]
        return [each.answer for each in self.predict_sources(sources)]

    def predict_to(
        self,
        sources: Sequence[ImageSource],
        to: Path,
        words: Words,
        *,
        heatmaps: Path | None = None,
        progress: Progress = lambda done, total: None,
    ) -> ImagesOutcome:
        """Write the answers to `to`, whole or not at all, and the heatmaps into a folder when one is given."""
        if heatmaps is not None and not self.has_heatmap:
            raise refused("predict.no_heatmap", file=self.bundle.path.name)
        require_other_file(to, {self.bundle.path, *(place for source in sources for place in source.places)})
        outcome = ImagesOutcome()
        with predictions_file(to) as writer:
            writer.write([titles(self.manifest)])
            for judged in self.predict_sources(sources, heatmap=heatmaps is not None):
                shown = keep_heatmap(judged, heatmaps)
                writer.write([cells(judged.name, judged.answer, shown, words)])
                outcome.count(judged.answer)
                progress(outcome.images, len(sources))
        return outcome

    def _judged(self, name: str, decoded: Pixels | RefusedError, heatmap: bool) -> JudgedSource:
        if isinstance(decoded, RefusedError):
            return JudgedSource(name, unanswered(self.manifest, decoded.problems), None)
        began = time.perf_counter()
        try:
            given = self.predict_pixels(decoded, heatmap=heatmap)
        except RefusedError as error:
            # One image the graph cannot take must not cost the answers to all others.
            given = unanswered(self.manifest, error.problems)
        return JudgedSource(name, given, decoded, 1000.0 * (time.perf_counter() - began))


def keep_heatmap(judged: JudgedSource, folder: Path | None) -> str:
    """Write the heatmap of an image and return where it lies; empty when there is none."""
    if folder is None or judged.pixels is None or judged.answer.heatmap is None:
        return ""
    path = heatmap_path(folder, judged.name)
    write_heatmap(path, overlay(judged.pixels, judged.answer.heatmap))
    return str(path)


def _decoded(source: ImageSource) -> Pixels | RefusedError:
    try:
        return decode_image(source.read())
    except RefusedError as error:
        return error
