"""What feature graphs say of images, kept on disk by the content of both: computed once for every image, ever.

A graph has a folder with one file a writer, so that two jobs may write at once. A file is a row of records of equal length
with a check sum each: what a sudden end left half written is not counted, and computed again.
"""

import hashlib
import uuid
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from automl.domain.images import ImageRecord
from automl.models.base import Features, never_stop
from automl.models.image.base import Maps, Pixels
from automl.models.image.feature_session import FEATURES, MAP, FeatureSession
from automl.storage.atomic import refused

AT_ONCE = 32
SUFFIX = ".features"

Progress = Callable[[int, int], None]
Records = NDArray[np.void]


class Loader(Protocol):
    """Gives the pixels of a stored image. Any thread may ask."""

    def pixels(self, record: ImageRecord) -> Pixels:
        """Return uint8 [H, W, 3]."""
        ...


def silent(done: int, images: int) -> None:
    """Tell nobody how far the work is."""


class FeatureCache:
    """The features of one graph for images of one project; `threads` images are described at the same time."""

    def __init__(self, folder: Path, graph: bytes, threads: int = 1) -> None:
        self._folder = folder / hashlib.sha256(graph).hexdigest()[:32]
        self._session = FeatureSession(graph)
        self._threads = threads
        self._layout = _layout(self._session)
        self._places: dict[bytes, tuple[Records, int]] = {}

    def features(
        self,
        records: Sequence[ImageRecord],
        loader: Loader,
        progress: Progress = silent,
        check_stop: Callable[[], None] = never_stop,
    ) -> Features:
        """Return float32 [n, D] in the order of the records; what is missing is computed first.

        `check_stop` raises to end the work; what was computed until then is kept. Raises Refusal for a full disk and what
        the loader raises.
        """
        return self.answers(FEATURES, records, loader, progress, check_stop)

    def maps(
        self,
        records: Sequence[ImageRecord],
        loader: Loader,
        progress: Progress = silent,
        check_stop: Callable[[], None] = never_stop,
    ) -> Maps:
        """Return float32 [n, C, h, w] likewise; KeyError for a graph without maps."""
        return self.answers(MAP, records, loader, progress, check_stop)

    def answers(
        self,
        output: str,
        records: Sequence[ImageRecord],
        loader: Loader,
        progress: Progress = silent,
        check_stop: Callable[[], None] = never_stop,
    ) -> NDArray[np.float32]:
        """Return one output of the graph by name, float32 [n, ...], likewise."""
        answer = np.empty((len(records), *self._session.shapes[output]), np.float32)
        self._look()
        unknown = self._unknown(records)
        if unknown:
            known = len(records) - len(unknown)
            self._describe(unknown, loader, lambda done, _: progress(known + done, len(records)), check_stop)
            self._look()
        progress(len(records), len(records))
        for place, record in enumerate(records):
            shard, row = self._places[bytes.fromhex(record.sha256)]
            answer[place] = shard[output][row]
        return answer

    def missing(self, records: Sequence[ImageRecord]) -> int:
        """How many of these images are still to be described."""
        self._look()
        return len(self._unknown(records))

    def _unknown(self, records: Sequence[ImageRecord]) -> list[ImageRecord]:
        return list({each.sha256: each for each in records if bytes.fromhex(each.sha256) not in self._places}.values())

    def _look(self) -> None:
        """Learn of every whole record on disk, those of other writers too."""
        for path in sorted(self._folder.glob(f"*{SUFFIX}")) if self._folder.is_dir() else []:
            whole = path.stat().st_size // self._layout.itemsize
            if not whole:
                continue
            shard: Records = np.memmap(path, self._layout, "r", shape=(whole,))
            for row in range(whole):
                key = bytes(shard["sha256"][row])
                if key not in self._places and _sum(shard[row : row + 1]) == int(shard["check"][row]):
                    self._places[key] = (shard, row)

    def _describe(
        self, records: Sequence[ImageRecord], loader: Loader, progress: Progress, check_stop: Callable[[], None]
    ) -> None:
        def one(record: ImageRecord) -> Records:
            entry: Records = np.zeros(1, self._layout)
            entry["sha256"] = np.frombuffer(bytes.fromhex(record.sha256), "V32")
            for name, answer in self._session.one(loader.pixels(record)).items():
                entry[name] = answer
            entry["check"] = _sum(entry)
            return entry

        with refused(self._folder):
            self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{uuid.uuid4().hex}{SUFFIX}"
        with refused(path), path.open("ab") as file, ThreadPoolExecutor(self._threads) as workers:
            done = 0
            for block in _blocks(records):
                check_stop()
                for entry in workers.map(one, block):
                    file.write(entry.tobytes())
                file.flush()
                done += len(block)
                progress(done, len(records))


def _layout(session: FeatureSession) -> np.dtype[np.void]:
    answers = [(name, "<f4", shape) for name, shape in session.shapes.items()]
    return np.dtype([("sha256", "V32", ()), *answers, ("check", "<u4", ())])


def _sum(entry: Records) -> int:
    """The check sum of everything before it."""
    return zlib.crc32(entry.tobytes()[:-4])


def _blocks(records: Sequence[ImageRecord]) -> Iterator[Sequence[ImageRecord]]:
    for start in range(0, len(records), AT_ONCE):
        yield records[start : start + AT_ONCE]
