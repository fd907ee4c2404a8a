"""The search of a run: published recipes first, then those that follow from what was learned, as long as time allows."""

import math
from collections.abc import Callable, Sequence

from automl.domain.events import Phase
from automl.domain.result import InWords, LeftOut
from automl.domain.task import Family
from automl.search.cross_validation import Trial
from automl.search.recipe import Recipe
from automl.search.study import Study
from automl.training.budget import Budget
from automl.training.devices import NETWORKS
from automl.training.finalists import best_of_families
from automl.training.host import Host
from automl.training.trial_runner import TrialRunner

MOST_TRIALS = 400
# Shares of the search: published recipes before tuning begins, one trial, one trial of a network.
PUBLISHED_SHARE, TRIAL_SHARE, NETWORK_SHARE = 0.7, 0.35, 0.3
# The first network for images may take more: nothing else looks at places.
FIRST_SHARES = {Family.IMAGE_NETWORK: 0.5, Family.SELF_TAUGHT: 0.5}
# What a network needs at least to learn anything worth knowing.
LEAST_SECONDS = {Family.NEURAL: 15.0, Family.IMAGE_NETWORK: 45.0, Family.SELF_TAUGHT: 15.0}
# A trial may begin when this part of its expected time is left: fits in little time learn less and still count.
LEAST_PART = 0.7


class SearchLoop:
    """Tries recipes until the time for it, or `most_trials`, are used up. `keep_time` is called after every trial."""

    def __init__(
        self,
        *,
        families: Sequence[Family],
        trials: TrialRunner,
        study: Study,
        budget: Budget,
        host: Host,
        keep_time: Callable[[], None],
        most_trials: int = MOST_TRIALS,
    ) -> None:
        self._families = families
        self._trials = trials
        self._study = study
        self._budget = budget
        self._host = host
        self._keep_time = keep_time
        self._most_trials = most_trials

    def try_published(self, recipes: Sequence[Recipe]) -> None:
        """Recipes that did well elsewhere, different families first."""
        for done, recipe in enumerate(recipes):
            self._budget.tell(Phase.FAMILIES, done, len(recipes))
            if self._ended() or (self._trials.trials and self._used_of_search() > PUBLISHED_SHARE):
                break
            if any(trial.recipe == recipe for trial in self._trials.trials):
                continue
            if not self._trials.trials:
                self._try(recipe, InWords("reason.first"), first=True)
            elif self._may_begin(recipe.family):
                self._try(recipe, InWords("reason.published"))
        self._budget.tell(Phase.FAMILIES, len(recipes), len(recipes))

    def tune(self) -> None:
        """Recipes that follow what was learned so far."""
        while not self._ended():
            done = len(self._trials.trials)
            self._budget.tell(Phase.TUNE, done, self._expected_trials())
            families = self._worth_tuning()
            if not families:
                break
            proposal = self._study.propose(families)
            self._try(proposal.recipe, proposal.reason, proposal.words)

    def untried(self) -> list[LeftOut]:
        """Families there was no time for: none is passed over in silence."""
        tried = {trial.recipe.family for trial in self._trials.trials}
        return [LeftOut(f"left_out.{family.value}_no_time") for family in self._families if family not in tried]

    def _try(self, recipe: Recipe, reason: InWords, words: Sequence[InWords] = (), *, first: bool = False) -> Trial:
        search = max(self._budget.total - self._budget.reserve, 0.0)
        share = self._share(recipe.family)
        clock = self._budget.first_trial() if first else self._budget.limited(share * search)
        trial = self._trials.try_recipe(recipe, clock, words, reason)
        self._keep_time()
        return trial

    def _share(self, family: Family) -> float:
        """Which share of the search one trial of a family may take."""
        if family in FIRST_SHARES and not any(trial.recipe.family is family for trial in self._trials.complete):
            return FIRST_SHARES[family]
        return NETWORK_SHARE if family in NETWORKS else TRIAL_SHARE

    def _ended(self) -> bool:
        self._host.check_stop()
        return len(self._trials.trials) >= self._most_trials or (
            bool(self._trials.trials) and self._budget.left_for_search() <= 0
        )

    def _used_of_search(self) -> float:
        if math.isinf(self._budget.total):
            return 0.0
        search = max(self._budget.total - self._budget.reserve, 1e-9)
        return 1 - self._budget.left_for_search() / search

    def _may_begin(self, family: Family) -> bool:
        """Whether a trial of a family can probably finish. A network must have time to learn, too."""
        expected = self._expected_seconds(family)
        if self._budget.left_for_search() < LEAST_SECONDS.get(family, 0.0):
            return False
        return self._budget.affords(LEAST_PART * expected)

    def _expected_seconds(self, family: Family) -> float:
        """What a trial of a family takes: the mean of the last three, or as long as the dearest of others so far."""
        same = [trial.seconds for trial in self._trials.trials if trial.recipe.family is family and trial.complete]
        if same:
            return sum(same[-3:]) / len(same[-3:])
        return max((trial.seconds for trial in self._trials.trials), default=0.0)

    def _expected_trials(self) -> float:
        done = len(self._trials.trials)
        seconds = sum(trial.seconds for trial in self._trials.trials)
        if math.isinf(self._budget.total):
            return float(self._most_trials)
        more = max(self._budget.left_for_search(), 0.0) / max(seconds / max(done, 1), 1e-3)
        return float(min(self._most_trials, done + math.ceil(more)))

    def _worth_tuning(self) -> tuple[Family, ...]:
        """Families whose best trial is good enough to go on with, and that there is time for."""
        ranked = [trial.recipe.family for trial in best_of_families(self._trials.complete)]
        return tuple(family for family in ranked[:3] if self._may_begin(family))
