"""The Compare step: results of the newest training, why a model decides as it does, and its mistakes on images."""

from automl import api
from automl.domain.image_result import ImageEvaluation
from automl.domain.result import Leaderboard, ModelEvaluation
from desktop.actions import PageId
from desktop.itemmodels.model_words import model_name, model_of
from desktop.pages.compare.mistakes.page import MistakesPage
from desktop.pages.compare.results_page import ResultsPage
from desktop.pages.compare.shown import Shown
from desktop.pages.compare.why_page import WhyPage
from desktop.pages.session import Session
from desktop.pages.sub_pages import PageWithSubPages

RESULTS, WHY, MISTAKES = "results", "why", "mistakes"


class ComparePage(PageWithSubPages):
    """Opens on the results. The model selected there is the one all sub-pages speak of."""

    def __init__(self, session: Session) -> None:
        super().__init__("compare.title")
        self._session = session
        self._leaderboard: Leaderboard | None = None
        self._evaluations: dict[str, ModelEvaluation] = {}
        self._images: dict[str, ImageEvaluation] = {}
        self.results, self.why = ResultsPage(session), WhyPage(session)
        self.add_sub_page(RESULTS, self.results)
        self.add_sub_page(WHY, self.why)
        self.mistakes = MistakesPage(session)
        self.add_sub_page(MISTAKES, self.mistakes)
        self.results.selected.connect(self.select)
        self.results.chosen.connect(self.use)
        self.results.images_taken.connect(self._see_images)
        self.mistakes.chosen.connect(self.use)
        session.project_changed.connect(self._take_up)
        session.model_changed.connect(self._take_up)
        self._read()

    def select(self, model_id: str) -> None:
        """Show one model on all sub-pages."""
        board = self._leaderboard
        if board is None:
            return
        self.results.show_model(model_id)
        model, evaluation = model_of(board, model_id), self._evaluations.get(model_id)
        self.why.show_model(Shown(board, model, evaluation) if model and evaluation else None)
        self.mistakes.show_model(board, model, self._images.get(model_id))

    def use(self, model_id: str) -> None:
        """Choose a model and go on to where it is taken to the line."""
        board = self._leaderboard
        model = model_of(board, model_id) if board is not None else None
        if model is None:
            return
        self._session.choose_model(model_id)
        self._session.notify("compare.used", name=model_name(model))
        self._session.go_to(PageId.DEPLOY)

    def _see_images(self, numbers: tuple[int, ...]) -> None:
        self.mistakes.see(numbers)
        self._session.go_to(PageId.COMPARE, MISTAKES)

    def _take_up(self) -> None:
        if self._session.leaderboard is not self._leaderboard:
            self._read()
        else:
            self._mark_in_use()

    def _read(self) -> None:
        """Show the newest leaderboard, with the model in use selected."""
        board, project = self._session.leaderboard, self._session.project
        self._leaderboard, self._evaluations, self._images = board, {}, {}
        if board is not None and project is not None:
            found = [api.evaluation(project, board.run_id, model.model_id) for model in board.models]
            self._evaluations = {one.model_id: one for one in found if one is not None}
            of_images = [api.image_evaluation(project, board.run_id, model.model_id) for model in board.models]
            self._images = {one.model_id: one for one in of_images if one is not None}
        self.results.show_leaderboard(board, self._evaluations, self._images)
        if board is None:
            self.why.show_model(None)
            self.mistakes.show_model(None, None, None)
            return
        selected = self._session.chosen_model
        self.select(selected if model_of(board, selected) is not None else board.chosen)
        self._mark_in_use()

    def _mark_in_use(self) -> None:
        chosen = self._session.chosen_model if self._session.model_was_chosen else ""
        self.results.board.set_in_use(chosen)
