"""A training run from first to last: prepare, try every family, tune, blend, check on unseen rows."""

import math
from collections.abc import Sequence

from automl.domain.events import Phase
from automl.domain.result import InWords, Leaderboard, LeftOut
from automl.domain.task import Family, Goal
from automl.models.base import Answers
from automl.models.registry import family_of
from automl.search.cross_validation import CrossValidation, Trial, Yardsticks
from automl.search.encoding import encoding_space
from automl.search.fold_rows import FoldRows
from automl.search.learning_task import LearningTask
from automl.search.portfolio import portfolio, quick_recipe
from automl.search.recipe import Recipe
from automl.search.study import Study
from automl.training.budget import Budget, checking_seconds, refit_seconds
from automl.training.devices import Compute
from automl.training.finalists import best_of_families
from automl.training.finish import Finish
from automl.training.first_model import keep_first_model
from automl.training.guessing import guessed_answers
from automl.training.host import Host
from automl.training.refitting import WRITING_SHARE, fits_of
from automl.training.run_record import KeptTrial, RunRecord
from automl.training.trial_runner import TrialRunner

PHASES = (Phase.PREPARE, Phase.FAMILIES, Phase.TUNE, Phase.BLEND, Phase.FINAL_CHECK)
MOST_TRIALS = 400
# Shares of the search: published recipes before tuning begins, one trial, one trial of a network.
PUBLISHED_SHARE, TRIAL_SHARE, NETWORK_SHARE = 0.7, 0.35, 0.3
NETWORK_SECONDS = 15.0
# A blend usually takes this many trials.
LIKELY_BLENDED = 4
# A trial may begin when this part of its expected time is left: fits in little time learn less and still count.
LEAST_PART = 0.7
# How many of the best trials time is kept for to fit them repeatedly, and which share of the budget at most.
REPEATED, REPEATED_SHARE = 3, 0.12


class Trainer:
    """One run of a stated problem. `most_trials` makes a run repeatable: with time to spare it ends after so many."""

    def __init__(
        self,
        *,
        task: LearningTask,
        goal: Goal,
        record: RunRecord,
        host: Host,
        compute: Compute,
        left_out: Sequence[LeftOut] = (),
        most_trials: int = MOST_TRIALS,
    ) -> None:
        self.task = task
        self.goal = goal
        self.host = host
        self.compute = compute
        self.record = record
        self.left_out = list(left_out)
        self.budget = Budget(host)
        self.most_trials = most_trials
        self.rows = FoldRows(task)
        self.validation = CrossValidation(task, self.rows)
        self.shape = task.shape(task.plan.folds[-1].train, len(task.inputs))
        self.families = self._families()
        spaces = {
            family: (*family_of(family).space(self.shape), *encoding_space(family, task)) for family in self.families
        }
        self.study = Study(spaces, goal.seed)
        self.trials = TrialRunner(self.validation, self.study, record, host, compute)

    def run(self, kept: Sequence[KeptTrial] = ()) -> Leaderboard:
        """Do everything; `kept` trials of an unfinished run are taken over."""
        guessing = self._prepare(kept)
        self._try_published()
        self._tune()
        self._say_untried()
        finish = Finish(
            task=self.task,
            goal=self.goal,
            record=self.record,
            host=self.host,
            compute=self.compute,
            budget=self.budget,
            left_out=self.left_out,
        )
        return finish.run(self.trials.complete, guessing)

    def _prepare(self, kept: Sequence[KeptTrial]) -> Answers:
        """Yardstick first, then a first model anybody can use."""
        self.budget.tell(Phase.PREPARE, 0, 2)
        guessing = guessed_answers(self.task)
        self.record.keep_learned(self.task)
        self.trials.yardsticks = Yardsticks(guessing=self.validation.fold_losses(guessing))
        self.trials.restore(kept)
        self.budget.resume(sum(trial.seconds for trial in kept))
        self.budget.tell(Phase.PREPARE, 1, 2)
        if Family.BOOSTED in self.families and not kept:
            keep_first_model(self.task, self.rows, self.record, self.host, self.compute.threads)
        self.budget.tell(Phase.PREPARE, 2, 2)
        return guessing

    def _try_published(self) -> None:
        """Recipes that did well elsewhere, different families first."""
        recipes = self._published()
        for done, recipe in enumerate(recipes):
            self.budget.tell(Phase.FAMILIES, done, len(recipes))
            if self._ended() or (self.trials.trials and self._used_of_search() > PUBLISHED_SHARE):
                break
            if any(trial.recipe == recipe for trial in self.trials.trials):
                continue
            if not self.trials.trials:
                self._try(recipe, InWords("reason.first"), first=True)
            elif self._may_begin(recipe.family):
                self._try(recipe, InWords("reason.published"))
        self.budget.tell(Phase.FAMILIES, len(recipes), len(recipes))

    def _tune(self) -> None:
        """Recipes that follow what was learned so far."""
        while not self._ended():
            done = len(self.trials.trials)
            self.budget.tell(Phase.TUNE, done, self._expected_trials())
            families = self._worth_tuning()
            if not families:
                break
            proposal = self.study.propose(families)
            self._try(proposal.recipe, proposal.reason, proposal.words)

    def _say_untried(self) -> None:
        """No family is passed over in silence."""
        tried = {trial.recipe.family for trial in self.trials.trials}
        self.left_out += [
            LeftOut(f"left_out.{family.value}_no_time") for family in self.families if family not in tried
        ]

    def _try(self, recipe: Recipe, reason: InWords, words: Sequence[InWords] = (), *, first: bool = False) -> Trial:
        search = max(self.budget.total - self.budget.reserve, 0.0)
        share = NETWORK_SHARE if recipe.family is Family.NEURAL else TRIAL_SHARE
        clock = self.budget.first_trial() if first else self.budget.limited(share * search)
        trial = self.trials.try_recipe(recipe, clock, words, reason)
        self._keep_time_for_the_end()
        return trial

    def _families(self) -> tuple[Family, ...]:
        """Families that were asked for and suit the table; why others do not take part stands in `left_out`."""
        asked = [family for family in self.goal.families if family not in (Family.BASELINE, Family.BLEND)]
        suited = [family for family in asked if family_of(family).suits(self.shape)]
        for family in asked:
            if family not in suited:
                self.left_out.append(
                    LeftOut(
                        f"left_out.{family.value}_unsuited", {"rows": self.shape.rows, "columns": self.shape.features}
                    )
                )
        return tuple(suited)

    def _published(self) -> list[Recipe]:
        encodings = {family: encoding_space(family, self.task) for family in self.families}
        recipes = portfolio(self.shape, self.families, encodings)
        return [quick_recipe(), *recipes] if Family.BOOSTED in self.families else list(recipes)

    def _ended(self) -> bool:
        self.host.check_stop()
        return len(self.trials.trials) >= self.most_trials or (
            bool(self.trials.trials) and self.budget.left_for_search() <= 0
        )

    def _used_of_search(self) -> float:
        if math.isinf(self.budget.total):
            return 0.0
        search = max(self.budget.total - self.budget.reserve, 1e-9)
        return 1 - self.budget.left_for_search() / search

    def _may_begin(self, family: Family) -> bool:
        """Whether a trial of a family can probably finish. A network must have time to learn, too."""
        expected = self._expected_seconds(family)
        if family is Family.NEURAL and self.budget.left_for_search() < NETWORK_SECONDS:
            return False
        return self.budget.affords(LEAST_PART * expected)

    def _expected_seconds(self, family: Family) -> float:
        """What a trial of a family takes: the mean of the last three, or as long as the dearest of others so far."""
        same = [trial.seconds for trial in self.trials.trials if trial.recipe.family is family and trial.complete]
        if same:
            return sum(same[-3:]) / len(same[-3:])
        return max((trial.seconds for trial in self.trials.trials), default=0.0)

    def _expected_trials(self) -> float:
        done = len(self.trials.trials)
        seconds = sum(trial.seconds for trial in self.trials.trials)
        if math.isinf(self.budget.total):
            return float(self.most_trials)
        more = max(self.budget.left_for_search(), 0.0) / max(seconds / max(done, 1), 1e-3)
        return float(min(self.most_trials, done + math.ceil(more)))

    def _worth_tuning(self) -> tuple[Family, ...]:
        """Families whose best trial is good enough to go on with, and that there is time for."""
        ranked = [trial.recipe.family for trial in best_of_families(self.trials.complete)]
        affordable = [family for family in ranked[:3] if self._may_begin(family)]
        return tuple(affordable)

    def _keep_time_for_the_end(self) -> None:
        """Refits, their graphs and the final check come first; then repeated fits of the best, up to a share of the time."""
        complete = self.trials.complete
        finalists = list(dict.fromkeys([*complete[:LIKELY_BLENDED], *best_of_families(complete)]))
        refits = {trial: refit_seconds(trial, self.task) for trial in finalists}
        checking = checking_seconds(self.task, len(finalists) + 2) * self.budget.slowdown()
        checking += self.budget.importance_seconds()
        needed = sum(refits.values()) * (1 + WRITING_SHARE) + checking
        rows = len(self.task.plan.learn)
        welcome = sum(refits[trial] * (fits_of(trial.recipe, rows) - 1) for trial in complete[:REPEATED])
        self.budget.expect_end(needed, min(welcome, REPEATED_SHARE * self.budget.total) if welcome else 0.0)
