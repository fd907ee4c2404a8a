"""The Train step: the search itself and, for images, the weights it can build on."""

from desktop.pages.session import Session
from desktop.pages.sub_pages import PageWithSubPages
from desktop.pages.train.train_page import TrainPage
from desktop.pages.train.weights.page import WeightsPage

SEARCH, WEIGHTS = "search", "weights"


class TrainStep(PageWithSubPages):
    """Opens on the search."""

    def __init__(self, session: Session) -> None:
        super().__init__("train.title")
        self.search = TrainPage(session)
        self.weights = WeightsPage(session)
        self.add_sub_page(SEARCH, self.search)
        self.add_sub_page(WEIGHTS, self.weights)
