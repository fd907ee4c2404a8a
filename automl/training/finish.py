"""How a run ends: blend, fit the finalists once more on all learning rows, check them on unseen rows, write everything."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from automl.domain.events import ArtifactWritten, ModelFitted, Phase
from automl.domain.result import InWords, Leaderboard, LeftOut, ModelSummary
from automl.domain.task import Family, Goal, TaskKind
from automl.evaluation.leaderboard import CheckedModel, RunFacts, build_leaderboard
from automl.models.base import Answers, Care
from automl.models.registry import family_of
from automl.search.cross_validation import CrossValidation, Trial
from automl.search.fold_rows import FoldRows
from automl.search.learning_task import TableTask
from automl.search.recipe import Recipe
from automl.search.recipe_words import recipe_words
from automl.search.table_folds import TableFolds
from automl.training.budget import Budget, checking_seconds, refit_seconds
from automl.training.calibration import calibrate
from automl.training.devices import Compute
from automl.training.final_check import (
    Finished,
    evaluation,
    importance,
    judged_answers,
    judged_rows,
    largest_difference,
    milliseconds_per_row,
)
from automl.training.final_model import FinalModel
from automl.training.finalists import BlendPlan, best_of_families, plan_blend
from automl.training.golden import golden_answers
from automl.training.host import Host
from automl.training.model_session import ModelSession
from automl.training.refitting import WRITING_SHARE, Refits
from automl.training.run_record import GOLDEN_FILE, RunRecord

BASELINE_ID, BLEND_ID = "baseline", "blend"
LARGEST_DIFFERENCE = 1e-5
BLEND_SIMPLICITY = 1
IMPORTANCE_SHARE = 0.8
CHOSEN_SHARE = 0.6
WRITING_SECONDS = 0.3


class Finish:
    """The last stages of one run."""

    def __init__(
        self,
        *,
        task: TableTask,
        goal: Goal,
        record: RunRecord,
        host: Host,
        compute: Compute,
        budget: Budget,
        left_out: list[LeftOut],
    ) -> None:
        self.task = task
        self.goal = goal
        self.record = record
        self.host = host
        self.compute = compute
        self.budget = budget
        self.left_out = left_out
        self.validation = CrossValidation(task, TableFolds(task, FoldRows(task)))
        self._checking = 0.0
        care = Care(seed=task.seed, threads=compute.threads, check_stop=host.check_stop, device=compute.network_device)
        self.refits = Refits(task, care, self._time_for_refits)

    def run(self, trials: Sequence[Trial], guessing: Answers) -> Leaderboard:
        """Deliver models of the finished trials (best first) and the leaderboard of all of them."""
        self._checking = checking_seconds(self.task, len(best_of_families(trials)) + 3) * self.budget.slowdown()
        self._checking += self.budget.importance_seconds()
        self.budget.tell(Phase.BLEND, 0)
        baseline = self.validation.restored(0, Recipe(Family.BASELINE), guessing, 0.0, 0)
        plan = plan_blend(self.task, trials, baseline, self._affords_refits) if trials else None
        wanted = list(dict.fromkeys([*(plan.trials if plan else ()), *best_of_families(trials)]))
        self.refits.fit(baseline, 0.0)
        for done, trial in enumerate(wanted):
            self.budget.tell(Phase.BLEND, done, len(wanted))
            least = self.budget.least_for_best() if done == 0 else 0.0
            self._refit(trial, needed=done == 0 or (plan is not None and trial in plan.trials), least=least)
        self.refits.repeat(wanted)
        self.left_out += self.refits.left_out
        finished = [self._finished_single(trial) for trial in (baseline, *wanted) if self.refits.has(trial.number)]
        blend = self._finished_blend(plan) if plan else None
        return self._check([*finished, *([blend] if blend else [])])

    def _affords_refits(self, trials: Sequence[Trial]) -> bool:
        expected = sum(refit_seconds(trial, self.task) for trial in trials)
        return expected * (1 + WRITING_SHARE) < self._time_for_refits()

    def _time_for_refits(self) -> float:
        return self.budget.left() - self._checking

    def _refit(self, trial: Trial, *, needed: bool, least: float) -> None:
        """Fit a trial on all learning rows, unless nothing needs it and time is short."""
        expected = refit_seconds(trial, self.task)
        writing = self.refits.writing_seconds() + WRITING_SHARE * expected
        if needed or expected + writing < self._time_for_refits():
            self.refits.fit(trial, expected, least)
        else:
            self.left_out.append(LeftOut("left_out.no_time_to_refit", {"number": trial.number}))

    def _finished_single(self, trial: Trial) -> Finished:
        member = self.refits.member(trial)
        family = trial.recipe.family
        known = family_of(family)
        model = FinalModel((member,), self.task.task, max(1, len(self.task.classes)))
        if trial.answers is None:
            raise ValueError("a finished trial has answers")
        return self._store(
            model_id=_model_id(trial),
            family=family,
            number=trial.number,
            words=recipe_words(trial.recipe),
            simplicity=known.simplicity,
            model=model,
            answers=trial.answers,
            seconds=trial.seconds,
        )

    def _finished_blend(self, plan: BlendPlan) -> Finished | None:
        """The blend, if all of its models could be fitted."""
        if not all(self.refits.has(trial.number) for trial in plan.trials):
            self.left_out.append(LeftOut("left_out.blend_incomplete"))
            return None
        parts = [
            (trial, weight)
            for trial, weight in zip((plan.guessing, *plan.trials), (plan.guessing_weight, *plan.weights), strict=True)
            if weight > 0
        ]
        members = tuple(replace(self.refits.member(trial), weight=weight) for trial, weight in parts)
        return self._store(
            model_id=BLEND_ID,
            family=Family.BLEND,
            number=0,
            words=(InWords("blend.of", {"count": len(parts)}),),
            simplicity=BLEND_SIMPLICITY,
            model=FinalModel(members, self.task.task, max(1, len(self.task.classes))),
            answers=plan.answers,
            seconds=sum(trial.seconds for trial in plan.trials),
            members=tuple((_model_id(trial), weight) for trial, weight in parts),
        )

    def _store(
        self,
        *,
        model_id: str,
        family: Family,
        number: int,
        words: tuple[InWords, ...],
        simplicity: int,
        model: FinalModel,
        answers: Answers,
        seconds: float,
        members: tuple[tuple[str, float], ...] = (),
    ) -> Finished:
        """Write the graph, measure it, tell that there is a model."""
        self.host.check_stop()
        calibration, answers = calibrate(self.task, answers)
        model = replace(model, calibration=calibration)
        onnx = model.to_onnx()
        session = ModelSession(onnx, 1)
        scoring = self.validation.scoring(answers)
        summary = ModelSummary(
            model_id=model_id,
            family=family,
            number=number,
            words=words,
            metric=self.task.scoring.metric,
            checking=self.validation.checking(answers),
            holdout=None,
            metrics={},
            seconds=seconds,
            milliseconds_per_row=milliseconds_per_row(session, self.task.table),
            size_bytes=len(onnx),
            simplicity=simplicity,
            alarm_line=scoring.alarm_line if self.task.task is TaskKind.BINARY else None,
            members=members,
        )
        self.record.keep_model(summary, onnx, model.encoders)
        self.host.emit(ModelFitted(summary=summary))
        return Finished(summary, model, onnx, session, answers)

    def _check(self, finished: Sequence[Finished]) -> Leaderboard:
        """Score every finished model once on the sealed rows and write the leaderboard."""
        exact = [one for one in finished if self._is_exact(one)]
        rows, table = judged_rows(self.task)
        answers = {}
        for done, one in enumerate(exact):
            self.budget.tell(Phase.FINAL_CHECK, done, len(exact))
            self.host.check_stop()
            answers[one.summary.model_id] = judged_answers(self.task, one, table)
        facts = RunFacts(
            self.record.run_id,
            self.goal,
            self.task.scoring.metric,
            self.task.plan.summary,
            (*self.left_out, *_left_out_by_encoders(exact)),
            (),
            len(exact) if rows.on_holdout else 0,
        )
        models = [
            CheckedModel(
                one.summary, answers[one.summary.model_id], self.task.guide_loss(self.task.checked_target, one.oof)
            )
            for one in exact
        ]
        leaderboard = build_leaderboard(facts, rows, models, self.goal.seed)
        ranked = {summary.model_id: place for place, summary in enumerate(leaderboard.models)}
        ranked[leaderboard.chosen] = -1
        for one in sorted(exact, key=lambda found: ranked[found.summary.model_id]):
            part = CHOSEN_SHARE if one.summary.model_id == leaderboard.chosen else IMPORTANCE_SHARE / len(exact)
            seconds = self.budget.left() * part
            bars = importance(self.task, one, rows, table, seconds=seconds, go_on=self._goes_on(part))
            found = evaluation(self.task, one, rows, answers[one.summary.model_id], bars)
            self.record.keep_evaluation(found)
            self.record.keep_of_model(found.model_id, GOLDEN_FILE, golden_answers(self.task, one.model))
        for summary in leaderboard.models:
            self.host.emit(ModelFitted(summary=summary))
        path = self.record.keep_leaderboard(leaderboard)
        self.budget.tell(Phase.FINAL_CHECK, len(exact), len(exact))
        self.host.emit(ArtifactWritten(kind="leaderboard", path=str(path)))
        return leaderboard

    def _is_exact(self, finished: Finished) -> bool:
        """Whether the graph repeats the model; one that does not is left out, and said so."""
        difference = largest_difference(self.task, finished)
        if difference <= LARGEST_DIFFERENCE:
            return True
        self.left_out.append(LeftOut("left_out.graph_differs", {"model": finished.summary.model_id}))
        return finished.summary.family is Family.BASELINE

    def _goes_on(self, part: float) -> Callable[[], bool]:
        """Lets the importance of one model's columns take a part of the time that is left."""
        if math.isinf(self.budget.total):
            return lambda: True
        until = self.budget.left() * (1 - part)

        def go_on() -> bool:
            self.host.check_stop()
            return self.budget.left() > until and self.budget.left() > WRITING_SECONDS

        return go_on


def _model_id(trial: Trial) -> str:
    """What a model of one recipe is called in its run."""
    family = trial.recipe.family
    return BASELINE_ID if family is Family.BASELINE else f"{family.value}-{trial.number}"


def _left_out_by_encoders(finished: Sequence[Finished]) -> tuple[LeftOut, ...]:
    """What encoders did not use, said once a column and reason."""
    said: dict[tuple[str, str], LeftOut] = {}
    for one in finished:
        for member in one.model.members:
            for left_out in member.encoder.left_out:
                said.setdefault((left_out.code, str(left_out.parameters.get("column", ""))), left_out)
    return tuple(said.values())
