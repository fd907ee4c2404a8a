"""What a run leaves behind: trials with their out-of-fold answers, models, evaluations and the leaderboard."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np

from automl.domain.events import TrialState
from automl.domain.issues import Parameter
from automl.domain.result import Leaderboard, ModelEvaluation, ModelSummary
from automl.models.base import Answers
from automl.preprocessing.encoder import Encoder
from automl.search.cross_validation import Trial
from automl.search.recipe import Recipe
from automl.storage import atomic
from automl.storage.project import Project
from automl.storage.run_folder import RunFolder

STEPS = "learned_steps"
GOLDEN_FILE = "golden.json"
LEARNED_FILE = "learned.json"
MODEL_FILE = "model.json"


@dataclass(frozen=True, eq=False)
class KeptTrial:
    """A finished trial of an earlier run, with what its models said out of fold."""

    number: int
    recipe: Recipe
    said: Answers
    seconds: float
    steps: int


class RunRecord:
    """Writes the results of one run into the project. Every file is whole or absent."""

    def __init__(self, project: Project, run_id: str, folder: Path) -> None:
        self.run_id = run_id
        self._runs = project.runs
        self._objects = project.objects
        self._path = folder
        self._folder = RunFolder(folder)

    def keep_trial(self, trial: Trial) -> None:
        """Write down how a trial ended."""
        oof = "" if trial.said is None else self._objects.put_bytes(_answer_bytes(trial.said))
        value = trial.checking.value if trial.checking else None
        parameters: dict[str, Parameter] = {**trial.recipe.parameters, STEPS: trial.steps}
        self._runs.record_trial(
            self.run_id,
            trial.number,
            family=trial.recipe.family,
            state=trial.state,
            value=value,
            parameters=parameters,
            oof=oof,
            seconds=trial.seconds,
        )

    def kept_trials(self, run_id: str) -> tuple[KeptTrial, ...]:
        """The trials of another run that finished and whose answers are still there."""
        kept = []
        for record in self._runs.trials(run_id):
            if record.state is not TrialState.COMPLETE or not record.oof or not self._objects.has(record.oof):
                continue
            parameters = {name: value for name, value in record.parameters.items() if name != STEPS}
            kept.append(
                KeptTrial(
                    record.number,
                    Recipe(record.family, parameters),
                    _read_answers(self._objects.read_bytes(record.oof)),
                    record.seconds,
                    int(record.parameters.get(STEPS, 0)),
                )
            )
        return tuple(kept)

    def keep_learned(self, name: str, learned: msgspec.Struct) -> None:
        """Write down what the learning rows looked like, by which a bundle judges new ones."""
        atomic.write_bytes(self._path / name, msgspec.json.encode(learned))

    def keep_model(self, summary: ModelSummary, onnx: bytes, encoders: Sequence[Encoder] = ()) -> None:
        """Store a model that can predict from now on."""
        sha256 = self._objects.put_bytes(onnx)
        self._runs.record_model(self.run_id, summary, sha256, msgspec.json.encode(encoders).decode())
        self.keep_of_model(summary.model_id, MODEL_FILE, summary)

    def keep_evaluation(self, evaluation: ModelEvaluation) -> None:
        """Write the numbers behind a model's charts."""
        name = self._folder.evaluation_path(evaluation.model_id).name
        self.keep_of_model(evaluation.model_id, name, evaluation)

    def keep_of_model(self, model_id: str, name: str, record: msgspec.Struct) -> None:
        """Write a record about one model."""
        self._write(model_id, name, msgspec.json.encode(record))

    def keep_heatmap(self, model_id: str, number: int, png: bytes) -> None:
        """Write where a model looked on one image."""
        path = self._folder.heatmap_path(model_id, number)
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write_bytes(path, png)

    def keep_leaderboard(self, leaderboard: Leaderboard) -> Path:
        """Write the leaderboard, and the models' lines as they stand on it."""
        for summary in leaderboard.models:
            self.keep_of_model(summary.model_id, MODEL_FILE, summary)
        path = self._folder.leaderboard_path
        atomic.write_bytes(path, msgspec.json.encode(leaderboard))
        return path

    def _write(self, model_id: str, name: str, content: bytes) -> None:
        folder = self._folder.model_folder(model_id)
        folder.mkdir(parents=True, exist_ok=True)
        atomic.write_bytes(folder / name, content)


def _answer_bytes(answers: Answers) -> bytes:
    """Out-of-fold answers as a plain .npy file of float64 without objects."""
    file = io.BytesIO()
    np.save(file, answers, allow_pickle=False)
    return file.getvalue()


def _read_answers(content: bytes) -> Answers:
    answers: Answers = np.load(io.BytesIO(content), allow_pickle=False)
    return answers
