"""A training run from first to last: prepare, try every family, tune, blend, check on unseen rows."""

from collections.abc import Sequence

from automl.domain.events import Phase
from automl.domain.result import Leaderboard, LeftOut
from automl.domain.task import Family, Goal
from automl.models.base import Answers
from automl.models.registry import family_of
from automl.search.cross_validation import CrossValidation, Yardsticks
from automl.search.encoding import encoding_space
from automl.search.fold_rows import FoldRows
from automl.search.learning_task import TableTask
from automl.search.portfolio import portfolio, quick_recipe
from automl.search.recipe import Recipe
from automl.search.study import Study
from automl.search.table_folds import TableFolds
from automl.training.budget import Budget, checking_seconds, refit_seconds
from automl.training.devices import Compute
from automl.training.finalists import best_of_families
from automl.training.finish import Finish
from automl.training.first_model import keep_first_model
from automl.training.golden import learned_rows
from automl.training.guessing import guessed_answers
from automl.training.host import Host
from automl.training.refitting import WRITING_SHARE, fits_of
from automl.training.run_record import LEARNED_FILE, KeptTrial, RunRecord
from automl.training.search_loop import MOST_TRIALS, SearchLoop
from automl.training.trial_runner import TrialRunner

PHASES = (Phase.PREPARE, Phase.FAMILIES, Phase.TUNE, Phase.BLEND, Phase.FINAL_CHECK)
# A blend usually takes this many trials.
LIKELY_BLENDED = 4
# How many of the best trials time is kept for to fit them repeatedly, and which share of the budget at most.
REPEATED, REPEATED_SHARE = 3, 0.12


class Trainer:
    """One run of a stated problem. `most_trials` makes a run repeatable: with time to spare it ends after so many."""

    def __init__(
        self,
        *,
        task: TableTask,
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
        self.rows = FoldRows(task)
        self.validation = CrossValidation(task, TableFolds(task, self.rows))
        self.shape = task.shape(task.plan.folds[-1].train, len(task.inputs))
        self.families = self._families()
        spaces = {
            family: (*family_of(family).space(self.shape), *encoding_space(family, task)) for family in self.families
        }
        self.study = Study(spaces, goal.seed)
        self.trials = TrialRunner(self.validation, self.study, record, host, compute)
        self.loop = SearchLoop(
            families=self.families,
            trials=self.trials,
            study=self.study,
            budget=self.budget,
            host=host,
            keep_time=self._keep_time_for_the_end,
            most_trials=most_trials,
        )

    def run(self, kept: Sequence[KeptTrial] = ()) -> Leaderboard:
        """Do everything; `kept` trials of an unfinished run are taken over."""
        guessing = self._prepare(kept)
        self.loop.try_published(self._published())
        self.loop.tune()
        self.left_out += self.loop.untried()
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
        self.record.keep_learned(LEARNED_FILE, learned_rows(self.task))
        self.trials.yardsticks = Yardsticks(guessing=self.validation.fold_losses(guessing))
        self.trials.restore(kept)
        self.budget.resume(sum(trial.seconds for trial in kept))
        self.budget.tell(Phase.PREPARE, 1, 2)
        if Family.BOOSTED in self.families and not kept:
            keep_first_model(self.task, self.rows, self.record, self.host, self.compute.threads)
        self.budget.tell(Phase.PREPARE, 2, 2)
        return guessing

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
