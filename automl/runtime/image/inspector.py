"""The inspector: a verdict for every new image of a folder, as it comes, until somebody stops it."""

import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from automl.runtime.image.answers import cells, issue_text
from automl.runtime.image.predictor import ImagePredictor, JudgedSource, keep_heatmap
from automl.runtime.image.sources import file_source
from automl.runtime.image.verdict_log import VerdictLog, log_titles
from automl.runtime.image.watching import FileState, FolderWatch
from automl.runtime.problems import Problem, RefusedError, refused
from automl.runtime.words import Words

POLL_SECONDS = 0.5
# A file that cannot be read may still be on its way over a slow network: so many more looks before it counts as damaged.
PATIENCE = 6
_LOOKING_SHARE = 0.25


@dataclass(frozen=True)
class InspectedImage:
    """One verdict: when it was given, about which file, and where its heatmap lies (empty: none)."""

    time: str
    file: FileState
    judged: JudgedSource
    heatmap: str

    def as_cells(self, words: Words) -> tuple[str, ...]:
        """Return the line of the verdict log."""
        given = cells(self.judged.name, self.judged.answer, self.heatmap, words)
        return (self.time, *given, str(self.file.size_bytes), str(self.file.modified_ns))

    def as_json(self, words: Words, classes: tuple[str, ...]) -> str:
        """Return the verdict as one line of JSON; numbers that are not there are null."""
        given = self.judged.answer
        numbers = zip(classes, map(float, given.probabilities), strict=True)
        fields = {
            "time": self.time,
            "path": self.judged.name,
            "prediction": given.prediction or None,
            "probabilities": {name: _known(number) for name, number in numbers},
            "verdict": given.verdict or None,
            "outside": _known(given.outside),
            "heatmap": self.heatmap or None,
            "issues": [issue_text(issue, words) for issue in given.issues],
            "milliseconds": round(self.judged.milliseconds, 2),
        }
        return json.dumps(fields, ensure_ascii=False)


Say = Callable[[InspectedImage], None]
Note = Callable[[Problem], None]


class Inspector:
    """Watches one folder with one model. `to` remembers over restarts what was judged; without it nothing does."""

    def __init__(
        self,
        predictor: ImagePredictor,
        folder: Path,
        words: Words,
        *,
        to: Path | None = None,
        heatmaps: Path | None = None,
    ) -> None:
        if not folder.is_dir():
            raise refused("predict.not_a_folder", file=folder.name)
        if heatmaps is not None and not predictor.has_heatmap:
            raise refused("predict.no_heatmap", file=predictor.bundle.path.name)
        self._predictor = predictor
        self._words = words
        self._heatmaps = heatmaps
        self._log = VerdictLog(to, predictor.manifest) if to is not None else None
        self._watch = FolderWatch(folder, self._log.seen if self._log else ())
        self._unreadable: dict[FileState, int] = {}

    @property
    def titles(self) -> tuple[str, ...]:
        """The names of the cells of a verdict."""
        return log_titles(self._predictor.manifest)

    def run(self, stop: Event, say: Say, note: Note, poll_seconds: float = POLL_SECONDS) -> None:
        """Look until `stop` is set. `say` gets every verdict, `note` what a person should know; both at once."""
        told = False
        while not stop.is_set():
            began = time.monotonic()
            written = self._look_once(stop, say, note)
            if not written and not told:
                note(Problem("predict.log_waits"))
            told = not written
            # A folder with very many images takes its time to look through; most of the time is for the machine's own work.
            stop.wait(max(poll_seconds, (time.monotonic() - began) * (1 / _LOOKING_SHARE - 1)))

    def _look_once(self, stop: Event, say: Say, note: Note) -> bool:
        written = self._log is None or self._log.flush()
        for state in self._watch.look():
            if stop.is_set():
                break
            inspected = self._inspected(state, note)
            if inspected is None:
                continue
            if self._log is not None:
                written = self._log.add(inspected.as_cells(self._words))
            self._watch.done(state)
            say(inspected)
        return written

    def _inspected(self, state: FileState, note: Note) -> InspectedImage | None:
        """The verdict on a file; None while it cannot be read but may yet be whole."""
        source = file_source(self._watch.place_of(state), state.name)
        judged = self._predictor.predict_source(source, heatmap=self._heatmaps is not None)
        if judged.pixels is None and self._unreadable.setdefault(state, 0) < PATIENCE:
            self._unreadable[state] += 1
            return None
        self._unreadable.pop(state, None)
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        return InspectedImage(now, state, judged, self._heatmap(judged, note))

    def _heatmap(self, judged: JudgedSource, note: Note) -> str:
        """Where the heatmap lies; a disk that does not take it stops no line."""
        try:
            return keep_heatmap(judged, self._heatmaps)
        except RefusedError as error:
            for problem in error.problems:
                note(problem)
            return ""


def _known(number: float) -> float | None:
    return number if math.isfinite(number) else None
