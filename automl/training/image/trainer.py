"""A training run on images from first to last: features, every family, tuning, blend, check on unseen images."""

from collections.abc import Sequence

from automl.bundle.learned_images import LEARNED_IMAGES_FILE
from automl.domain.events import Phase
from automl.domain.image_goal import families_for
from automl.domain.result import Leaderboard, LeftOut
from automl.domain.task import Family, Goal
from automl.models.base import Shape
from automl.search.cross_validation import CrossValidation, Trial, Yardsticks
from automl.search.image.folds import ImageFolds
from automl.search.image.portfolio import image_portfolio
from automl.search.image.task import ImageTask
from automl.search.image.views import ImageSource, view_of
from automl.search.recipe import Recipe
from automl.search.study import Study
from automl.training.budget import Budget, refit_seconds
from automl.training.devices import Compute
from automl.training.finalists import best_of_families
from automl.training.first_model import FIRST_MODEL_ID
from automl.training.host import Host
from automl.training.image.drawn_flaws import PixelLoader
from automl.training.image.finish import ImageFinish, end_seconds
from automl.training.image.golden import learned_images
from automl.training.image.guessing import guessed_logits
from automl.training.image.problem import ImageProblem
from automl.training.run_record import KeptTrial, RunRecord
from automl.training.search_loop import MOST_TRIALS, SearchLoop
from automl.training.trial_runner import TrialRunner

IMAGE_PHASES = (Phase.PREPARE, Phase.FEATURES, Phase.FAMILIES, Phase.TUNE, Phase.BLEND, Phase.FINAL_CHECK)
# Models of so many of the best trials stay at hand to say where they looked.
REMEMBERED = 6


class ImageTrainer:
    """One run of a stated problem on images. With time to spare it ends after `most_trials`."""

    def __init__(
        self,
        *,
        problem: ImageProblem,
        source: ImageSource,
        loader: PixelLoader,
        goal: Goal,
        record: RunRecord,
        host: Host,
        compute: Compute,
        most_trials: int = MOST_TRIALS,
    ) -> None:
        self.task = problem.task
        self.goal = goal
        self.host = host
        self.record = record
        self.left_out = list(problem.left_out)
        self.budget = Budget(host)
        self.folds = ImageFolds(self.task, source)
        self.validation = CrossValidation(self.task, self.folds)
        self.shape = shape_of(self.task)
        self.families, unsuited = suited_families(self.task, goal)
        self.left_out += unsuited
        self.published = image_portfolio(self.shape, self.families, self.task.families)
        spaces = {family: tuple(self.task.families.of(family).space(self.shape)) for family in self.families}
        study = Study(spaces, goal.seed)
        self.trials = TrialRunner(self.validation, study, record, host, compute, spares_newcomers=True)
        self.loop = SearchLoop(
            families=self.families,
            trials=self.trials,
            study=study,
            budget=self.budget,
            host=host,
            keep_time=self._after_trial,
            most_trials=most_trials,
        )
        self.finish = ImageFinish(
            folds=self.folds,
            loader=loader,
            goal=goal,
            record=record,
            host=host,
            compute=compute,
            budget=self.budget,
            left_out=self.left_out,
            gate_graph=self._first_graph(),
        )
        self._has_first = False

    def run(self, kept: Sequence[KeptTrial] = ()) -> Leaderboard:
        """Do everything; `kept` trials of an unfinished run are taken over."""
        guessing = self._prepare(kept)
        self._look_at_images()
        self.loop.try_published(self.published)
        self.loop.tune()
        self.left_out += self.loop.untried()
        return self.finish.run(self.trials.complete, guessing)

    def _prepare(self, kept: Sequence[KeptTrial]) -> Trial:
        """The yardstick, and what an earlier run has found."""
        self.budget.tell(Phase.PREPARE, 0, 1)
        self.record.keep_learned(LEARNED_IMAGES_FILE, learned_images(self.task))
        guessing = self.validation.restored(0, Recipe(Family.BASELINE), guessed_logits(self.task), 0.0, 0)
        self.trials.yardsticks = Yardsticks(guessing=guessing.guide_losses)
        self.trials.restore(kept)
        self._has_first = bool(kept)
        self.budget.resume(sum(trial.seconds for trial in kept))
        self.budget.tell(Phase.PREPARE, 1, 1)
        return guessing

    def _look_at_images(self) -> None:
        """Compute what the first recipe asks of every image, so that its trial is as quick as it is."""
        self.budget.tell(Phase.FEATURES, 0, len(self.task.images))
        view_of(self.task, self.folds.source, self.task.checked).features(self._first_graph())
        self.budget.tell(Phase.FEATURES, len(self.task.images), len(self.task.images))

    def _first_graph(self) -> bytes:
        first = self.published[0]
        return self.task.families.of(first.family).feature_graphs(first.parameters)[0]

    def _after_trial(self) -> None:
        """A first model as soon as there can be one; time kept for the end; memory for models that may be asked again."""
        complete = self.trials.complete
        if complete and not self._has_first:
            self._has_first = True
            self.finish.keep_first(complete[0], FIRST_MODEL_ID)
        finalists = list(dict.fromkeys([*complete[:REMEMBERED], *best_of_families(complete)]))
        self.folds.forget_all_but([trial.recipe for trial in finalists])
        refits = sum(refit_seconds(trial, self.task) for trial in finalists)
        welcome = complete[0].seconds if complete else 0.0
        self.budget.expect_end(refits + end_seconds(len(finalists)) * self.budget.slowdown(), welcome)


def shape_of(task: ImageTask) -> Shape:
    """What families may know of a task before they see images."""
    return task.shape(task.plan.learn, 0)


def suited_families(task: ImageTask, goal: Goal) -> tuple[tuple[Family, ...], list[LeftOut]]:
    """Families that were asked for and suit the images, and why others do not take part."""
    shape = shape_of(task)
    known = {known.family for known in task.families.known}
    fitting = [family for family in families_for(task.task) if family in known]
    asked = [family for family in goal.families if family in fitting] or list(fitting)
    suited = tuple(family for family in asked if task.families.of(family).suits(shape))
    left_out = [
        LeftOut(f"left_out.{family.value}_unsuited", {"images": shape.rows}) for family in asked if family not in suited
    ]
    return suited, left_out


def first_graph(task: ImageTask, goal: Goal) -> bytes:
    """The feature graph the first recipe looks through."""
    families, _ = suited_families(task, goal)
    first = image_portfolio(shape_of(task), families, task.families)[0]
    return task.families.of(first.family).feature_graphs(first.parameters)[0]
