"""What a finished image model is judged on, and everything the pages of images show of it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.domain.image_result import Advice, DecisionBand, ImageEvaluation, ImageVerdict, JudgedImage
from automl.domain.images import ImageRecord
from automl.domain.task import ImageGoal, TaskKind
from automl.evaluation.chart_data import CheckedRows
from automl.evaluation.image_charts import calibration_error, histogram_of_two
from automl.evaluation.image_lines import JudgedRisks, find_lines, find_sure_line, judge_band, person_curve
from automl.evaluation.metrics import answers as said_answers
from automl.models.base import Answers, Index
from automl.runtime.image.verdicts import UNKNOWN, Lines, unusual, verdicts_of
from automl.search.image.task import ImageTask
from automl.training.image.random_gap import GapOfSplits


@dataclass(frozen=True, eq=False)
class JudgedRows:
    """Rows a model is judged on: the sealed holdout, or the checked rows when nothing was held out."""

    rows: Index
    on_holdout: bool

    def images(self, task: ImageTask) -> tuple[ImageRecord, ...]:
        """Their images."""
        return tuple(task.images[row] for row in self.rows.tolist())

    def codes(self, task: ImageTask) -> Index:
        """Their true classes."""
        return task.target[self.rows].astype(np.int64)

    def checked(self, task: ImageTask) -> CheckedRows:
        """The same as the leaderboard wants them; the row number of an image is its number."""
        numbers = np.array([image.number for image in self.images(task)], dtype=np.int64)
        return CheckedRows(numbers, self.codes(task), task.task, task.classes, self.on_holdout, of_images=True)

    def really_there(self, task: ImageTask) -> NDArray[np.bool_]:
        """Which of them are images of the listing, not drawn flaws."""
        return ~np.isin(self.rows, task.drawn)


def judged_rows(task: ImageTask) -> JudgedRows:
    """The rows of a task that models are judged on."""
    on_holdout = len(task.plan.holdout) > 0
    return JudgedRows(task.plan.holdout if on_holdout else task.checked, on_holdout)


def find_band(task: ImageTask, wish: ImageGoal, oof: Answers) -> tuple[float, float]:
    """The two lines, found on out-of-fold answers."""
    codes = task.checked_target.astype(np.int64)
    risks = unusual(oof, task.good)
    if task.good:
        return find_lines(JudgedRisks(risks, ~np.isin(codes, task.good)), wish.most_missed, wish.most_stopped)
    line = find_sure_line(JudgedRisks(risks, oof.argmax(axis=1) != codes), wish.most_missed)
    return line, 1.0


@dataclass(frozen=True, eq=False)
class JudgedModel:
    """A model's answers to the judged rows, with its lines and how far images lie outside."""

    model_id: str
    answers: Answers
    outside: NDArray[np.float64]
    lines: tuple[float, float]
    alarm_line: float | None

    def said(self) -> Index:
        """The class it names."""
        return said_answers(self.answers, 0.5 if self.alarm_line is None else self.alarm_line)


def band_of(task: ImageTask, judged: JudgedRows, model: JudgedModel) -> DecisionBand:
    """What the lines do to the judged images."""
    codes = judged.codes(task)
    risks = unusual(model.answers, task.good)
    flawed = ~np.isin(codes, task.good) if task.good else model.said() != codes
    unknown = np.array([verdict == UNKNOWN for verdict in _verdicts(task, model)])
    return judge_band(JudgedRisks(risks, flawed), *model.lines, unknown)


def judged_images(
    task: ImageTask, judged: JudgedRows, model: JudgedModel, with_heatmap: frozenset[int]
) -> tuple[JudgedImage, ...]:
    """Every image of the listing among the judged rows with its verdict."""
    codes, said = judged.codes(task), model.said()
    risks = unusual(model.answers, task.good)
    verdicts = _verdicts(task, model)
    real = judged.really_there(task)
    return tuple(
        JudgedImage(
            number=image.number,
            actual=int(codes[place]),
            predicted=int(said[place]),
            probability=float(model.answers[place, said[place]]),
            unusual=float(risks[place]),
            verdict=ImageVerdict(verdicts[place]),
            heatmap=image.number in with_heatmap,
        )
        for place, image in enumerate(judged.images(task))
        if real[place]
    )


def image_evaluation(
    task: ImageTask,
    judged: JudgedRows,
    model: JudgedModel,
    *,
    shown: tuple[JudgedImage, ...],
    gap: GapOfSplits,
    advice: tuple[Advice, ...],
) -> ImageEvaluation:
    """Everything the pages of images show of one model."""
    codes, real = judged.codes(task), judged.really_there(task)
    risks = unusual(model.answers, task.good)
    flawed = ~np.isin(codes, task.good) if task.good else model.said() != codes
    wrong = model.said() != codes
    return ImageEvaluation(
        model_id=model.model_id,
        classes=task.classes,
        good=task.good,
        judged=shown,
        histogram=histogram_of_two(risks[real], flawed[real]),
        band=band_of(task, judged, model),
        calibration_error=calibration_error(codes, model.answers),
        random_score=gap.random,
        grouped_score=gap.grouped,
        person_curve=person_curve(1.0 - model.answers.max(axis=1), wrong),
        advice=advice,
    )


def _verdicts(task: ImageTask, model: JudgedModel) -> list[str]:
    lines = Lines(task.good, *model.lines, task.task is TaskKind.ANOMALY)
    return verdicts_of(model.answers, model.outside, lines)
