"""The search proper: a tree-structured Parzen estimator (Bergstra et al. 2011) over families and their settings.

Optuna is driven by ask and tell and holds nothing that our own record of trials could not rebuild.
"""

import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, FloatDistribution, IntDistribution

from automl.domain.issues import Parameter
from automl.domain.result import InWords
from automl.domain.task import Family
from automl.models.space import Choice, Dimension, Real, Whole, nearest
from automl.search.cross_validation import Trial
from automl.search.families import spoken_family
from automl.search.recipe import Recipe
from automl.search.recipe_words import recipe_words

optuna.logging.disable_default_handler()

FAMILY = "family"


@dataclass(frozen=True)
class Proposal:
    """What to try next; `words` and `reason` compare it with the best trial so far."""

    recipe: Recipe
    words: tuple[InWords, ...]
    reason: InWords


class Study:
    """Learns from finished trials which recipe to try next."""

    def __init__(self, spaces: dict[Family, tuple[Dimension, ...]], seed: int) -> None:
        self._spaces = spaces
        self._seed = seed
        self._study = optuna.create_study(direction="minimize")
        self._trials: list[Trial] = []

    def learn(self, trial: Trial) -> None:
        """Take a trial into account. Trials that ended early count with the loss they had."""
        if trial.recipe.family not in self._spaces:
            return
        self._trials.append(trial)
        losses = trial.guide_losses
        loss = trial.guide_loss if trial.complete else sum(losses) / len(losses) if losses else None
        values = self._to_optuna(trial.recipe)
        known = {name: self._distributions()[name] for name in values}
        state = optuna.trial.TrialState.FAIL if loss is None else optuna.trial.TrialState.COMPLETE
        self._study.add_trial(optuna.trial.create_trial(params=values, distributions=known, value=loss, state=state))

    def propose(self, families: Sequence[Family]) -> Proposal:
        """The next recipe, of one of these families."""
        count = len(self._study.trials)
        self._study.sampler = _sampler(derived_seed(self._seed, count))
        asked = self._study.ask()
        family = Family(asked.suggest_categorical(FAMILY, [family.value for family in self._spaces]))
        if family not in families:
            family = families[count % len(families)]
        parameters = {
            dimension.name: _suggested(asked, f"{family.value}.{dimension.name}", dimension)
            for dimension in self._spaces[family]
        }
        self._study.tell(asked, state=optuna.trial.TrialState.FAIL)
        return self._explained(Recipe(family, parameters))

    def _explained(self, recipe: Recipe) -> Proposal:
        known = spoken_family(recipe.family)
        alike = [trial for trial in self._trials if trial.complete and trial.recipe.family is recipe.family]
        if not alike:
            return Proposal(recipe, recipe_words(recipe), InWords("reason.new_family"))
        best = min(alike, key=lambda trial: trial.guide_loss)
        changes = known.changes(best.recipe.parameters, recipe.parameters)
        if not changes:
            return Proposal(recipe, recipe_words(recipe), InWords("reason.close_to", {"number": best.number}))
        return Proposal(recipe, changes, InWords("reason.moves_on_from", {"number": best.number}))

    def _to_optuna(self, recipe: Recipe) -> dict[str, Parameter]:
        values: dict[str, Parameter] = {FAMILY: recipe.family.value}
        for dimension in self._spaces[recipe.family]:
            value = nearest(dimension, recipe.parameters.get(dimension.name))
            values[f"{recipe.family.value}.{dimension.name}"] = value
        return values

    def _distributions(self) -> dict[str, BaseDistribution]:
        names: dict[str, BaseDistribution] = {
            FAMILY: CategoricalDistribution([family.value for family in self._spaces])
        }
        for family, dimensions in self._spaces.items():
            names.update({f"{family.value}.{dimension.name}": _distribution(dimension) for dimension in dimensions})
        return names


def derived_seed(seed: int, count: int) -> int:
    """A seed of its own for every number of known trials, so that a resumed search does not repeat itself."""
    return int.from_bytes(hashlib.sha256(f"{seed}/{count}".encode()).digest()[:4], "big")


def _sampler(seed: int) -> optuna.samplers.TPESampler:
    with warnings.catch_warnings():
        # Grouping settings by family is what a conditional space needs; Optuna still calls it experimental.
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        return optuna.samplers.TPESampler(seed=seed, n_startup_trials=4, multivariate=True, group=True)


def _suggested(asked: optuna.Trial, name: str, dimension: Dimension) -> Parameter:
    match dimension:
        case Real(low=low, high=high, logarithmic=logarithmic):
            return float(f"{asked.suggest_float(name, low, high, log=logarithmic):.4g}")
        case Whole(low=lowest, high=highest, logarithmic=logarithmic):
            return asked.suggest_int(name, lowest, highest, log=logarithmic)
        case Choice(options=options):
            return nearest(dimension, asked.suggest_categorical(name, options))


def _distribution(dimension: Dimension) -> BaseDistribution:
    match dimension:
        case Real(low=low, high=high, logarithmic=logarithmic):
            return FloatDistribution(low, high, log=logarithmic)
        case Whole(low=lowest, high=highest, logarithmic=logarithmic):
            return IntDistribution(lowest, highest, log=logarithmic)
        case Choice(options=options):
            return CategoricalDistribution(options)
