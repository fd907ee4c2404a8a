"""The folder of one run: its job, its events, its log, its leaderboard and the evaluations of its models."""

import contextlib
import os
from pathlib import Path
from typing import TypeVar

import msgspec

from automl.domain.event_stream import EventDecoder
from automl.domain.events import Event, JobFinished
from automl.domain.image_result import ImageEvaluation
from automl.domain.inspection import FileInspection
from automl.domain.issues import Issue, Refusal, Where
from automl.domain.job import Job
from automl.domain.labels import Suggestions
from automl.domain.result import Leaderboard, ModelEvaluation
from automl.domain.run_state import RunState, mark_crashed
from automl.domain.verification import VerificationReport
from automl.storage import atomic

_Record = TypeVar(
    "_Record", Leaderboard, ModelEvaluation, ImageEvaluation, FileInspection, VerificationReport, Suggestions
)
_KILLED = -9
_LAST_LINES = 40
_LAST_BYTES = 16_384


class RunFolder:
    """Reads and writes what stands in the folder of a run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def events_path(self) -> Path:
        """The transcript: every event the worker wrote, one JSON line each."""
        return self._folder / "events.jsonl"

    @property
    def log_path(self) -> Path:
        """What libraries printed."""
        return self._folder / "worker.log"

    @property
    def leaderboard_path(self) -> Path:
        """The leaderboard as JSON."""
        return self._folder / "leaderboard.json"

    @property
    def inspection_path(self) -> Path:
        """What an import saw in its file, as JSON."""
        return self._folder / "inspection.json"

    @property
    def variations_folder(self) -> Path:
        """Where variations of an image lie: 01.png and so on."""
        return self._folder / "variations"

    def variations(self) -> tuple[bytes, ...]:
        """Return the PNG files of all variations, the image itself first; none before they are drawn."""
        return tuple(path.read_bytes() for path in sorted(self.variations_folder.glob("*.png")))

    @property
    def verification_path(self) -> Path:
        """What the checks of a bundle found, as JSON."""
        return self._folder / "verification.json"

    def model_folder(self, model_id: str) -> Path:
        """The folder of one model."""
        return self._folder / "models" / model_id

    def evaluation_path(self, model_id: str) -> Path:
        """The numbers behind the charts of a model as JSON."""
        return self.model_folder(model_id) / "evaluation.json"

    def image_evaluation_path(self, model_id: str) -> Path:
        """What the pages of images show of a model as JSON."""
        return self.model_folder(model_id) / "image_evaluation.json"

    def heatmap_path(self, model_id: str, number: int) -> Path:
        """Where a model looked on one image: an 8-bit grey PNG that covers the whole image."""
        return self.model_folder(model_id) / "heatmaps" / f"{number}.png"

    def write_job(self, job: Job) -> None:
        """Write the job down."""
        atomic.write_bytes(self._job_path, msgspec.json.encode(job))

    def job(self) -> Job:
        """Return the job."""
        job: Job = msgspec.json.decode(self._job_path.read_bytes(), type=Job)
        return job

    def events(self) -> list[Event]:
        """Return the events written so far; a line torn by a power cut is left out."""
        try:
            return EventDecoder().feed(self.events_path.read_bytes())
        except FileNotFoundError:
            return []

    def last_word(self) -> JobFinished | None:
        """Return how the run ended, None while it goes on and after a crash."""
        last = next(reversed(self.events()), None)
        return last if isinstance(last, JobFinished) else None

    def add_last(self, event: JobFinished) -> None:
        """Complete the transcript of a worker that was ended from outside."""
        with contextlib.suppress(OSError), self.events_path.open("ab") as transcript:
            transcript.write(b"\n" + msgspec.json.encode(event) + b"\n")

    def log_tail(self) -> str:
        """Return the last lines of the log, empty when there are none."""
        try:
            with self.log_path.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - _LAST_BYTES))
                lines = file.read().decode("utf-8", "replace").splitlines()
        except OSError:
            return ""
        return "\n".join(lines[-_LAST_LINES:])

    def crashed(self, state: RunState, exit_code: int | None = None) -> RunState:
        """Return the state of a worker that said no last word; `exit_code` as `subprocess` gives it, if known."""
        code = "fault.worker_killed" if exit_code == _KILLED else "fault.worker_crashed"
        issue = Issue(code, parameters={"folder": str(self._folder), "log": self.log_tail()})
        crashed = mark_crashed(state)
        return msgspec.structs.replace(crashed, issues=(*crashed.issues, issue))

    def leaderboard(self) -> Leaderboard | None:
        """Return the leaderboard, None before it is written."""
        return _read(self.leaderboard_path, Leaderboard)

    def evaluation(self, model_id: str) -> ModelEvaluation | None:
        """Return the evaluation of a model, None before it is written."""
        return _read(self.evaluation_path(model_id), ModelEvaluation)

    def image_evaluation(self, model_id: str) -> ImageEvaluation | None:
        """Return what the pages of images show of a model, None before it is written."""
        return _read(self.image_evaluation_path(model_id), ImageEvaluation)

    def inspection(self) -> FileInspection | None:
        """Return what an import saw in its file, None when it never got that far."""
        return _read(self.inspection_path, FileInspection)

    def verification(self) -> VerificationReport | None:
        """Return what the checks of a bundle found, None before they are over."""
        return _read(self.verification_path, VerificationReport)

    @property
    def suggestions_path(self) -> Path:
        """What a model that learns while images are labelled says of the others."""
        return self._folder / "suggestions.json"

    def suggestions(self) -> Suggestions | None:
        """Return the suggestions, None before there are any."""
        return _read(self.suggestions_path, Suggestions)

    @property
    def _job_path(self) -> Path:
        return self._folder / "job.json"


def _read(path: Path, kind: type[_Record]) -> _Record | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return None
    except msgspec.DecodeError:
        issue = Issue("storage.file_damaged", parameters={"path": str(path)}, where=Where(file=path.name))
        raise Refusal(issue) from None
