"""How a run on images ends: blend, fit the finalists once more, judge them on unseen images, write everything."""

from collections.abc import Sequence

import numpy as np

from automl.domain.events import ModelFitted, Phase
from automl.domain.result import InWords, Leaderboard, LeftOut, ModelSummary
from automl.domain.task import Family, Goal, ImageGoal
from automl.models.base import Answers, Care
from automl.search.cross_validation import CrossValidation, Trial
from automl.search.families import spoken_family
from automl.search.image.folds import ImageFolds
from automl.search.image.views import view_of
from automl.search.recipe import Recipe
from automl.search.recipe_words import recipe_words
from automl.training.budget import Budget, refit_seconds
from automl.training.devices import Compute
from automl.training.finalists import BlendPlan, best_of_families, plan_blend
from automl.training.finish import BASELINE_ID, BLEND_ID, BLEND_SIMPLICITY
from automl.training.host import Host
from automl.training.image.blending import calibrated_blend
from automl.training.image.delivered import DeliveredGraph
from automl.training.image.drawn_flaws import PixelLoader
from automl.training.image.final_model import FinalImageModel
from automl.training.image.heatmaps import HeatReader
from automl.training.image.judging import find_band
from automl.training.image.refitting import ImageRefits
from automl.training.image.results import FinishedImages, ImageResults
from automl.training.run_record import RunRecord

LARGEST_DIFFERENCE = 1e-4
COMPARED_IMAGES = 12
# What judging and writing one model takes on a usual computer, and the least for all of them.
SECONDS_A_MODEL, LEAST_SECONDS = 0.8, 1.5


class ImageFinish:
    """The last stages of one run on images."""

    def __init__(
        self,
        *,
        folds: ImageFolds,
        loader: PixelLoader,
        goal: Goal,
        record: RunRecord,
        host: Host,
        compute: Compute,
        budget: Budget,
        left_out: list[LeftOut],
        gate_graph: bytes,
    ) -> None:
        self.folds = folds
        self.task = folds.task
        self.loader = loader
        self.goal = goal
        self.record = record
        self.host = host
        self.budget = budget
        self.left_out = left_out
        self.validation = CrossValidation(self.task, folds)
        self.care = Care(
            seed=self.task.seed, threads=compute.threads, check_stop=host.check_stop, device=compute.network_device
        )
        self.refits = ImageRefits(folds, self.care, self._time_for_refits)
        self.heat = HeatReader(folds)
        self.wish = goal.image or ImageGoal()
        self._gate_graph = gate_graph
        self._checking = 0.0

    def run(self, trials: Sequence[Trial], guessing: Trial) -> Leaderboard:
        """Deliver models of the finished trials (best first) and the leaderboard of all of them."""
        self._checking = end_seconds(len(best_of_families(trials)) + 2)
        self.budget.tell(Phase.BLEND, 0)
        plan = plan_blend(self.task, trials, guessing, self._affords_refits) if trials else None
        wanted = list(dict.fromkeys([*(plan.trials if plan else ()), *best_of_families(trials)]))
        self.refits.fit(guessing, 0.0)
        for done, trial in enumerate(wanted):
            self.budget.tell(Phase.BLEND, done, len(wanted))
            self._refit(trial, needed=done == 0 or (plan is not None and trial in plan.trials), first=done == 0)
        self.left_out += self.refits.left_out
        finished = [self.single(trial) for trial in (guessing, *wanted) if self.refits.has(trial.number)]
        blend = self._blend(plan) if plan else None
        results = ImageResults(
            folds=self.folds,
            goal=self.goal,
            record=self.record,
            host=self.host,
            budget=self.budget,
            care=self.care,
            heat=self.heat,
        )
        return results.write([*finished, *([blend] if blend else [])], self.left_out)

    def keep_first(self, trial: Trial, model_id: str) -> None:
        """Deliver the first trial at once, so that there is something to predict with whatever happens next."""
        if self.refits.fit(trial, refit_seconds(trial, self.task)):
            self.single(trial, model_id)

    def single(self, trial: Trial, model_id: str = "") -> FinishedImages:
        """The model of one fitted trial, stored."""
        if trial.answers is None:
            raise ValueError("a finished trial has answers")
        return self._store(
            model_id=model_id or _model_id(trial),
            recipe=trial.recipe,
            number=trial.number,
            words=recipe_words(trial.recipe),
            oof=trial.answers,
            trials=((trial, 1.0),),
        )

    def _affords_refits(self, trials: Sequence[Trial]) -> bool:
        return sum(refit_seconds(trial, self.task) for trial in trials) < self._time_for_refits()

    def _time_for_refits(self) -> float:
        return self.budget.left() - self._checking

    def _refit(self, trial: Trial, *, needed: bool, first: bool) -> None:
        if self.refits.has(trial.number):
            return
        expected = refit_seconds(trial, self.task)
        if needed or expected < self._time_for_refits():
            self.refits.fit(trial, expected, self.budget.least_for_best() if first else 0.0)
        else:
            self.left_out.append(LeftOut("left_out.no_time_to_refit", {"number": trial.number}))

    def _blend(self, plan: BlendPlan) -> FinishedImages | None:
        """The blend, if all of its models could be fitted."""
        if not all(self.refits.has(trial.number) for trial in plan.trials):
            self.left_out.append(LeftOut("left_out.blend_incomplete"))
            return None
        weighed = zip((plan.guessing, *plan.trials), (plan.guessing_weight, *plan.weights), strict=True)
        parts = tuple((trial, weight) for trial, weight in weighed if weight > 0)
        return self._store(
            model_id=BLEND_ID,
            recipe=Recipe(Family.BLEND),
            number=0,
            words=(InWords("blend.of", {"count": len(parts)}),),
            oof=plan.answers,
            trials=parts,
        )

    def _store(
        self,
        *,
        model_id: str,
        recipe: Recipe,
        number: int,
        words: tuple[InWords, ...],
        oof: Answers,
        trials: tuple[tuple[Trial, float], ...],
    ) -> FinishedImages:
        """Write the graph, measure it, tell that there is a model."""
        self.host.check_stop()
        is_blend = recipe.family is Family.BLEND
        calibration, oof = calibrated_blend(self.task, oof) if is_blend else (None, oof)
        members = tuple(self.refits.member(trial, weight) for trial, weight in trials)
        heat_of, scale = self.heat.scale_of(trials, [member.model for member in members])
        gate = self.refits.gate(self._graph_of(trials))
        model = FinalImageModel(members, len(self.task.classes), gate, calibration, heat_of, scale)
        onnx = model.to_onnx()
        delivered = DeliveredGraph(onnx)
        self._require_same(model_id, model, delivered)
        lines = find_band(self.task, self.wish, oof)
        summary = ModelSummary(
            model_id=model_id,
            family=recipe.family,
            number=number,
            words=words,
            metric=self.task.scoring.metric,
            checking=self.validation.checking(oof),
            holdout=None,
            metrics={},
            seconds=sum(trial.seconds for trial, _ in trials),
            milliseconds_per_row=delivered.milliseconds(self.loader.pixels(self.task.images[0])),
            size_bytes=len(onnx),
            simplicity=BLEND_SIMPLICITY if is_blend else spoken_family(recipe.family).simplicity,
            alarm_line=self._alarm_line(oof, lines) if self.task.task.has_risk else None,
            members=tuple((_model_id(trial), weight) for trial, weight in trials) if is_blend else (),
        )
        self.record.keep_model(summary, onnx)
        self.host.emit(ModelFitted(summary=summary))
        return FinishedImages(summary, model, oof, trials, lines)

    def _alarm_line(self, oof: Answers, lines: tuple[float, float]) -> float:
        """The line of the yes/no answer, within the band: an answer never contradicts its verdict."""
        return float(np.clip(self.validation.scoring(oof).alarm_line, *lines))

    def _require_same(self, model_id: str, model: FinalImageModel, delivered: DeliveredGraph) -> None:
        """The graph must repeat the model on a few images; that it does not is said."""
        count = len(self.task.images)
        rows = np.unique(np.linspace(0, count - 1, min(COMPARED_IMAGES, count)).round().astype(np.int64))
        expected = model.predict(view_of(self.task, self.folds.source, rows))
        images = [self.loader.pixels(self.task.images[row]) for row in rows.tolist()]
        if float(np.abs(delivered.probabilities(images) - expected).max()) > LARGEST_DIFFERENCE:
            self.left_out.append(LeftOut("left_out.graph_differs", {"model": model_id}))

    def _graph_of(self, trials: Sequence[tuple[Trial, float]]) -> bytes:
        """The feature graph the gate looks through: the heaviest member's own, so that it costs nothing."""
        for trial, _ in sorted(trials, key=lambda part: -part[1]):
            if trial.recipe.family is not Family.BASELINE:
                graphs = self.task.families.of(trial.recipe.family).feature_graphs(trial.recipe.parameters)
                if graphs:
                    return graphs[0]
        return self._gate_graph


def end_seconds(models: int) -> float:
    """What judging so many models and writing everything down will take."""
    return LEAST_SECONDS + SECONDS_A_MODEL * models


def _model_id(trial: Trial) -> str:
    """What a model of one recipe is called in its run."""
    family = trial.recipe.family
    return BASELINE_ID if family is Family.BASELINE else f"{family.value}-{trial.number}"
