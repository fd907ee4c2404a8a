"""What a run on images leaves to look at: the leaderboard, and of every model its judged images, heatmaps and advice."""

from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy as np

from automl.bundle.learned_images import GOLDEN_IMAGES_FILE
from automl.domain.events import ArtifactWritten, ModelFitted, Phase
from automl.domain.result import Leaderboard, LeftOut, ModelEvaluation, ModelSummary
from automl.domain.task import Goal
from automl.evaluation.chart_data import evaluate_model
from automl.evaluation.leaderboard import CheckedModel, RunFacts, build_leaderboard
from automl.explain.image_advice import JudgedClasses, advise
from automl.models.base import Answers, Care, Index
from automl.search.cross_validation import Trial
from automl.search.image.folds import ImageFolds
from automl.search.image.views import view_of
from automl.training.budget import Budget
from automl.training.host import Host
from automl.training.image.final_model import FinalImageModel
from automl.training.image.golden import golden_images, weights_used
from automl.training.image.heatmaps import HeatReader, as_png
from automl.training.image.judging import (
    JudgedModel,
    image_evaluation,
    judged_images,
    judged_rows,
)
from automl.training.image.random_gap import GapOfSplits, gap_of
from automl.training.run_record import RunRecord

IMAGE_EVALUATION_FILE = "image_evaluation.json"
# Of models that are not suggested, only so many heatmaps are made.
HEATMAPS_OF_OTHERS = 48


@dataclass(frozen=True, eq=False)
class FinishedImages:
    """A finished model: its line of the leaderboard, the model, honest out-of-fold answers, the trials it is made of, its band."""

    summary: ModelSummary
    model: FinalImageModel
    oof: Answers
    trials: tuple[tuple[Trial, float], ...]
    lines: tuple[float, float]


class ImageResults:
    """Judges finished models and writes everything down."""

    def __init__(
        self,
        *,
        folds: ImageFolds,
        goal: Goal,
        record: RunRecord,
        host: Host,
        budget: Budget,
        care: Care,
        heat: HeatReader,
    ) -> None:
        self.folds = folds
        self.task = folds.task
        self.goal = goal
        self.record = record
        self.host = host
        self.budget = budget
        self.care = care
        self.heat = heat
        self.judged = judged_rows(self.task)

    def write(self, finished: Sequence[FinishedImages], left_out: Sequence[LeftOut]) -> Leaderboard:
        """Score every finished model once on the judged images, write its results and the leaderboard."""
        answers = self._answers(finished)
        board = self._leaderboard(finished, answers, left_out)
        for one in sorted(finished, key=lambda one: one.summary.model_id != board.chosen):
            self.host.check_stop()
            chosen = one.summary.model_id == board.chosen
            gap = gap_of(self.folds, one.trials, one.summary, self.care, self.budget) if chosen else GapOfSplits()
            self._keep_results(one, answers[one.summary.model_id], gap, chosen=chosen)
        for summary in board.models:
            self.host.emit(ModelFitted(summary=summary))
        path = self.record.keep_leaderboard(board)
        self.budget.tell(Phase.FINAL_CHECK, len(finished), len(finished))
        self.host.emit(ArtifactWritten(kind="leaderboard", path=str(path)))
        return board

    def _answers(self, finished: Sequence[FinishedImages]) -> dict[str, Answers]:
        """Answers to the judged images: by the finished model on the holdout, out of fold without one."""
        answers = {}
        for done, one in enumerate(finished):
            self.budget.tell(Phase.FINAL_CHECK, done, len(finished))
            self.host.check_stop()
            view = view_of(self.task, self.folds.source, self.judged.rows)
            answers[one.summary.model_id] = one.model.predict(view) if self.judged.on_holdout else one.oof
        return answers

    def _leaderboard(
        self, finished: Sequence[FinishedImages], answers: dict[str, Answers], left_out: Sequence[LeftOut]
    ) -> Leaderboard:
        facts = RunFacts(
            self.record.run_id,
            self.goal,
            self.task.scoring.metric,
            self.task.plan.summary,
            tuple(left_out),
            (),
            len(finished) if self.judged.on_holdout else 0,
        )
        truth = self.task.checked_target
        models = [
            CheckedModel(one.summary, answers[one.summary.model_id], self.task.guide_loss(truth, one.oof))
            for one in finished
        ]
        return build_leaderboard(facts, self.judged.checked(self.task), models, self.goal.seed)

    def _keep_results(self, one: FinishedImages, answers: Answers, gap: GapOfSplits, *, chosen: bool) -> None:
        """Charts, judged images with heatmaps and advice, golden answers of one model."""
        summary, model_id = one.summary, one.summary.model_id
        outside = one.model.outside(view_of(self.task, self.folds.source, self.judged.rows))
        model = JudgedModel(model_id, answers, outside, one.lines, summary.alarm_line)
        rows = self._shown(model)[: None if chosen else HEATMAPS_OF_OTHERS]
        heatmaps = self.heat.maps(one.model, one.trials, rows, on_holdout=self.judged.on_holdout, budget=self.budget)
        for number, heat in heatmaps.items():
            self.record.keep_heatmap(model_id, number, as_png(heat))
        real = self.judged.really_there(self.task)
        classes = JudgedClasses(self.task.classes, self.task.good, self._counts())
        judged = judged_images(self.task, self.judged, model, frozenset(heatmaps))
        advice = advise(classes, judged, self.judged.images(self.task), answers[real])
        found = image_evaluation(self.task, self.judged, model, shown=judged, gap=gap, advice=advice)
        self.record.keep_of_model(model_id, IMAGE_EVALUATION_FILE, found)
        charts = evaluate_model(model_id, self.judged.checked(self.task), answers, summary.alarm_line)
        self.record.keep_evaluation(_of_real_images(charts))
        weights = weights_used(self.task, [trial.recipe for trial, _ in one.trials])
        golden = golden_images(self.task, self.folds.source, one.model, one.lines, weights)
        self.record.keep_of_model(model_id, GOLDEN_IMAGES_FILE, golden)

    def _shown(self, model: JudgedModel) -> Index:
        """Rows whose heatmaps are made, in the order of need: mistakes, then the most doubtful answers."""
        wrong = model.said() != self.judged.codes(self.task)
        order = np.lexsort((model.answers.max(axis=1), ~wrong))
        return self.judged.rows[order[self.judged.really_there(self.task)[order]]]

    def _counts(self) -> tuple[int, ...]:
        real = np.setdiff1d(np.arange(len(self.task.images)), self.task.drawn)
        counts = np.bincount(self.task.target[real].astype(np.int64), minlength=len(self.task.classes))
        return tuple(int(count) for count in counts)


def _of_real_images(charts: ModelEvaluation) -> ModelEvaluation:
    """The charts without mistakes on drawn flaws: there is no image to show."""
    real = tuple(mistake for mistake in charts.mistakes if mistake.row > 0)
    return msgspec.structs.replace(charts, mistakes=real)
