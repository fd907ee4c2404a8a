"""The questions about images: what it should answer, what a good part is, which mistakes are bearable, how parts lie."""

import msgspec

from automl import api
from automl.domain.dataset import Dataset, DatasetProfile
from automl.domain.image_goal import families_for, propose_image_goal, usual_good, with_image_task
from automl.domain.issues import Issue
from automl.domain.schema import Schema
from automl.domain.task import Family, Goal, TaskKind
from desktop.actions import PageId
from desktop.i18n import translate
from desktop.pages.goal.images.bearable_question import BearableQuestion
from desktop.pages.goal.images.good_question import GoodQuestion
from desktop.pages.goal.images.pose_question import PoseQuestion
from desktop.pages.goal.images.sentences import has_verdict, image_of, image_summary
from desktop.pages.goal.images.task_question import TaskQuestion
from desktop.pages.goal.more_options import MoreOptions
from desktop.pages.goal.sentences import ENOUGH, Sentence
from desktop.pages.goal.sheet import QuestionSheet
from desktop.pages.goal.time_question import TimeQuestion
from desktop.pages.session import Session


class ImageSheet(QuestionSheet):
    """Answers are filled in as far as the labels allow, and follow them until a person answers."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._goal = Goal(target="")
        self._task = TaskQuestion()
        self._good = GoodQuestion()
        self._bearable = BearableQuestion()
        self._pose = PoseQuestion(session)
        self._time = TimeQuestion()
        self._more = MoreOptions()
        self.lay_out((self._task, self._good, self._bearable, self._pose, self._time, self._more))
        self._task.chosen.connect(self._take_task)
        self._task.label_requested.connect(lambda: session.go_to(PageId.DATA, "label"))
        self._good.chosen.connect(lambda names: self._tell_image(good=names))
        self._bearable.answered.connect(
            lambda missed, stopped: self._tell_image(most_missed=missed, most_stopped=stopped)
        )
        self._pose.orientation_chosen.connect(lambda turned: self._tell_image(any_orientation=turned))
        self._pose.strength_chosen.connect(lambda strength: self._tell_image(augmentation=strength))
        self._time.chosen.connect(
            lambda seconds: self.changed.emit(msgspec.structs.replace(self._goal, budget_seconds=seconds))
        )
        self._more.changed.connect(self.changed)

    def propose(self, dataset: Dataset, profile: DatasetProfile) -> Goal:
        """Return the goal the labels suggest."""
        del dataset, profile
        return propose_image_goal(self._session.images.counts)

    def keeps(self, draft: Goal, *, touched: bool) -> bool:
        """Whether a draft is kept rather than proposed anew: once a person has answered something."""
        return touched and draft.image is not None

    def completed(self, goal: Goal, dataset: Dataset, profile: DatasetProfile) -> Goal:
        """Return the goal without good classes that are gone; what usually means good takes their place."""
        del dataset, profile
        counts, image = self._session.images.counts, image_of(goal)
        good = tuple(name for name in image.good if name in counts)
        if good == image.good or not counts:
            return goal
        return msgspec.structs.replace(goal, image=msgspec.structs.replace(image, good=good or usual_good(counts)))

    def families(self, goal: Goal) -> dict[Family, str]:
        """Return the families that can be tried with the key of a few words on each."""
        words = {family: f"goal.tries.{family.value}" for family in families_for(goal.task or TaskKind.MULTICLASS)}
        project = self._session.project
        if Family.BACKBONE in words and project is not None and not api.weights(project):
            words[Family.BACKBONE] = "goal.tries.backbone.none"
        return words

    def show_goal(self, goal: Goal, dataset: Dataset, profile: DatasetProfile) -> None:
        """Show the answers of a goal."""
        del profile
        self._goal = goal
        counts = self._session.images.counts
        self._task.show_goal(goal, counts, dataset.version.row_count)
        self._good.show_goal(goal, counts)
        self._bearable.show_goal(goal, asked=has_verdict(goal, counts))
        self._pose.show_goal(goal)
        self._time.show_goal(goal)
        self._more.show_goal(goal)

    def sentences(self, goal: Goal, schema: Schema) -> tuple[Sentence, ...]:
        """Return the goal in plain sentences."""
        del schema
        return image_summary(goal, self._session.images.counts, len(self._session.images.records))

    def good_news(self, goal: Goal, profile: DatasetProfile, issues: tuple[Issue, ...]) -> tuple[str, ...]:
        """Return the checks that went well, each computed."""
        del goal, profile, issues
        images = self._session.images
        labelled, news = sum(images.counts.values()), []
        if labelled >= ENOUGH:
            news.append(translate("goal.images.good_news.labels", count=labelled))
        groups = len({record.group for record in images.records})
        if 0 < groups < len(images.records):
            twins = len(images.records) - groups
            news.append(translate("goal.images.good_news.groups", count=twins))
        return tuple(news)

    def _take_task(self, task: TaskKind) -> None:
        self.changed.emit(with_image_task(self._goal, task, self._session.images.counts))

    def _tell_image(self, **changes: object) -> None:
        image = msgspec.structs.replace(image_of(self._goal), **changes)
        self.changed.emit(msgspec.structs.replace(self._goal, image=image))
