"""The pages behind the steps, by name. A step stands here as soon as what is behind it works."""

from desktop.actions import PageId
from desktop.pages.compare.compare_page import ComparePage
from desktop.pages.deploy.deploy_page import DeployPage
from desktop.pages.goal.goal_page import GoalPage
from desktop.pages.log_page import LogPage
from desktop.pages.operate import OperatePage
from desktop.pages.session import Session
from desktop.pages.train.train_step import TrainStep
from desktop.widgets.page_frame import PageFrame


def step_pages(session: Session) -> dict[PageId, PageFrame]:
    """Return the pages that need nothing but the session."""
    return {
        PageId.GOAL: GoalPage(session),
        PageId.TRAIN: TrainStep(session),
        PageId.COMPARE: ComparePage(session),
        PageId.DEPLOY: DeployPage(session),
        PageId.OPERATE: OperatePage(session),
        PageId.LOG: LogPage(session),
    }
