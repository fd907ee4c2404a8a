"""The questions about a table: what to predict, what a mistake costs, on which rows it is used, how long to search."""

import msgspec

from automl import api
from automl.domain.dataset import Dataset, DatasetProfile
from automl.domain.goal_proposal import facts_of, propose_split
from automl.domain.issues import Issue
from automl.domain.schema import Schema
from automl.domain.task import SEARCHED_FAMILIES, TABLE_TASKS, Family, Goal, MistakeCost, Split
from desktop.i18n import translate
from desktop.pages.goal.candidates import group_candidates, time_candidates
from desktop.pages.goal.cost_question import CostQuestion
from desktop.pages.goal.more_options import MoreOptions
from desktop.pages.goal.sentences import ENOUGH, Sentence, summary
from desktop.pages.goal.sheet import QuestionSheet
from desktop.pages.goal.target_question import TargetQuestion
from desktop.pages.goal.time_question import TimeQuestion
from desktop.pages.goal.use_question import UseQuestion
from desktop.pages.session import Session


class TableSheet(QuestionSheet):
    """Answers are filled in as far as the columns allow."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._goal = Goal(target="")
        self._target = TargetQuestion()
        self._cost = CostQuestion()
        self._use = UseQuestion()
        self._time = TimeQuestion()
        self._more = MoreOptions(TABLE_TASKS)
        self.lay_out((self._target, self._cost, self._use, self._time, self._more))
        self._target.chosen.connect(self._take_target)
        self._cost.answered.connect(self._take_cost)
        self._use.chosen.connect(self._take_split)
        self._time.chosen.connect(
            lambda seconds: self.changed.emit(msgspec.structs.replace(self._goal, budget_seconds=seconds))
        )
        self._more.changed.connect(self.changed)

    def propose(self, dataset: Dataset, profile: DatasetProfile) -> Goal:
        """Return the goal the data suggest."""
        return api.propose_goal(dataset, profile)

    def keeps(self, draft: Goal, *, touched: bool) -> bool:
        """Whether a draft still fits the data, rather than a new proposal."""
        del touched
        return draft.image is None and bool(draft.target) and draft.target == self._session.target

    def completed(self, goal: Goal, dataset: Dataset, profile: DatasetProfile) -> Goal:
        """Return the goal with what was left open found out."""
        schema = dataset.schema()
        return api.with_target(goal, schema, profile) if goal.target in schema.names() else goal

    def families(self, goal: Goal) -> dict[Family, str]:
        """Return the families that can be tried with the key of a few words on each."""
        del goal
        return {family: f"goal.tries.{family.value}" for family in SEARCHED_FAMILIES}

    def show_goal(self, goal: Goal, dataset: Dataset, profile: DatasetProfile) -> None:
        """Show the answers of a goal."""
        self._goal = goal
        schema = dataset.schema()
        self._target.show_goal(goal, schema, profile)
        self._cost.show_goal(goal)
        times = time_candidates(schema, goal.target)
        groups = group_candidates(schema, profile, goal.target)
        self._use.show_goal(goal, times, groups, propose_split(schema, profile, goal.target))
        self._time.show_goal(goal)
        self._more.show_goal(goal, facts_of(profile, goal.target))

    def sentences(self, goal: Goal, schema: Schema) -> tuple[Sentence, ...]:
        """Return the goal in plain sentences."""
        inputs = sum(column.name != goal.target for column in schema.inputs())
        return summary(goal, inputs) if goal.target else ()

    def good_news(self, goal: Goal, profile: DatasetProfile, issues: tuple[Issue, ...]) -> tuple[str, ...]:
        """Return the checks that went well, each computed."""
        news = []
        facts = facts_of(profile, goal.target)
        counts = [count for value, count in facts.top_values if not goal.positive or value == goal.positive]
        if goal.positive and counts and counts[0] >= ENOUGH:
            news.append(translate("goal.good.enough", value=goal.positive, count=counts[0]))
        elif not goal.positive and goal.target and profile.row_count - facts.missing >= ENOUGH:
            news.append(translate("goal.good.rows", count=profile.row_count - facts.missing))
        if goal.target and not any("leak" in issue.code for issue in (*issues, *self._session.open_findings)):
            news.append(translate("goal.good.no_leak"))
        return tuple(news)

    def _take_target(self, column: str) -> None:
        dataset, profile = self._session.dataset, self._session.profile
        if dataset is None or profile is None:
            return
        fresh = Goal(
            target=column,
            budget_seconds=self._goal.budget_seconds,
            families=self._goal.families,
            holdout=self._goal.holdout,
            seed=self._goal.seed,
            device=self._goal.device,
        )
        self.changed.emit(self.completed(fresh, dataset, profile))

    def _take_cost(self, cost: MistakeCost | None) -> None:
        self.changed.emit(msgspec.structs.replace(self._goal, cost=cost, metric=None))

    def _take_split(self, split: Split) -> None:
        self.changed.emit(msgspec.structs.replace(self._goal, split=split))
