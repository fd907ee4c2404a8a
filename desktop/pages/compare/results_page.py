"""Results: the leaderboard, two models side by side, the verdict, and one model in detail."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from automl.domain.image_result import ImageEvaluation
from automl.domain.result import Leaderboard, ModelEvaluation
from desktop.actions import PageId
from desktop.i18n import translate
from desktop.itemmodels.leaderboard_csv import leaderboard_csv
from desktop.itemmodels.model_words import model_name, model_of
from desktop.pages.compare.board_card import BoardCard
from desktop.pages.compare.details import GAP, NARROW_GAP, Details
from desktop.pages.compare.image_readings import honesty_sentences
from desktop.pages.compare.pair_card import PairCard
from desktop.pages.compare.shown import Shown
from desktop.pages.compare.verdict import Verdict
from desktop.pages.session import Session
from desktop.widgets.buttons import button, primary_button
from desktop.widgets.card import scrolling
from desktop.widgets.empty_state import EmptyState, Promise
from desktop.widgets.flow import SideBySide
from desktop.widgets.note import Note
from desktop.widgets.page_frame import PageFrame

PAIR_WIDTH = 312


class ResultsPage(PageFrame):
    """`selected` tells the model a person wants to see; `chosen` the one that is to be used; `images_taken` images to see."""

    selected = Signal(str)
    chosen = Signal(str)
    images_taken = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__("compare.title", "compare.summary.none")
        self._session = session
        self._leaderboard: Leaderboard | None = None
        self._evaluations: Mapping[str, ModelEvaluation] = {}
        self._images: Mapping[str, ImageEvaluation] = {}
        self._selected = ""
        self._export = self.header.add_action(
            button("compare.export", icon="download"), "compare.export", "compare.export.short"
        )
        self._again = self.header.add_action(
            button("compare.again", icon="refresh"), "compare.again", "compare.again.short"
        )
        self._use = self.header.add_action(primary_button("compare.use", trailing="arrow-right", name=""))
        self._onward = primary_button("compare.empty.goal", trailing="arrow-right")
        self._empty = EmptyState("compare.empty.title", "compare.empty.detail", [self._onward], _promises())
        self._former = Note("info")
        self._former.hide()
        self._honesty = Note("plain", icon="users")
        self._honesty.hide()
        self.board, self._pair, self._verdict = BoardCard(), PairCard(), Verdict()
        self.details = Details(session.images.thumbnails)
        self._lay_out()
        self._connect()

    def show_leaderboard(
        self,
        leaderboard: Leaderboard | None,
        evaluations: Mapping[str, ModelEvaluation],
        images: Mapping[str, ImageEvaluation],
    ) -> None:
        """Show the results of a run, or the way to some; `show_model` says which model in detail."""
        self._leaderboard, self._evaluations, self._images = leaderboard, evaluations, images
        for part in (self._content, self._export, self._again, self._use):
            part.setVisible(leaderboard is not None)
        self._empty.setVisible(leaderboard is None)
        if leaderboard is None:
            self.header.set_summary("compare.summary.none")
            return
        self.board.show_leaderboard(leaderboard, evaluations)
        self._show_summary(leaderboard)
        self._show_former_goal()
        self._show_pair()

    def show_model(self, model_id: str) -> None:
        """Show one model in detail."""
        board = self._leaderboard
        if board is None:
            return
        self._selected = model_id
        self.board.select(model_id)
        self._verdict.show_leaderboard(board, model_id)
        self._show_honesty(board, self._images.get(model_id))
        model, evaluation = model_of(board, model_id), self._evaluations.get(model_id)
        self.details.setVisible(model is not None and evaluation is not None)
        if model is None:
            return
        self._use.set_text("compare.use", name=model_name(model))
        if evaluation is not None:
            self.details.show_model(Shown(board, model, evaluation, self._images.get(model_id)))

    def retranslate(self) -> None:
        """Say all composed sentences again."""
        if self._leaderboard is not None:
            self.board.retranslate()
            self._show_summary(self._leaderboard)
            self._show_pair()
            self.show_model(self._selected)

    def set_narrow(self, narrow: bool) -> None:
        """Put the pair under the board, and two cards in a line."""
        super().set_narrow(narrow)
        self._top.set_narrow(narrow)
        self.details.set_narrow(narrow)
        self._rows.setSpacing(NARROW_GAP if narrow else GAP)

    def export_to(self, path: Path) -> bool:
        """Write the table; False after a refusal was shown."""
        if self._leaderboard is None:
            return False
        text = leaderboard_csv(self._leaderboard, self.board.rows())
        try:
            path.write_bytes(text.encode("utf-8-sig"))
        except OSError as error:
            self._session.notify("compare.export.failed", tone="bad", why=error.strerror or str(error))
            return False
        self._session.notify("compare.export.done", name=path.name)
        return True

    def _lay_out(self) -> None:
        self._content = QWidget()
        self._top = SideBySide(self.board, self._pair, width=PAIR_WIDTH, stacks=True)
        column = QVBoxLayout(inner := QWidget())
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        for part, stretch in (
            (self._former, 0),
            (self._top, 0),
            (self._verdict, 0),
            (self._honesty, 0),
            (self.details, 1),
        ):
            column.addWidget(part, stretch)
        self._rows = column
        outer = QVBoxLayout(self._content)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inner))
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self._empty, 1)

    def _connect(self) -> None:
        self.board.selected.connect(self.selected)
        self.details.images_taken.connect(self.images_taken)
        self.board.pair_changed.connect(self._show_pair)
        self._use.clicked.connect(lambda _checked=False: self.chosen.emit(self._selected))
        self._again.clicked.connect(lambda _checked=False: self._session.go_to(PageId.GOAL))
        self._onward.clicked.connect(lambda _checked=False: self._session.go_to(self._way_on()))
        for changed in (self._session.dataset_changed, self._session.jobs_changed):
            changed.connect(self._show_way_on)
        self._session.goal_changed.connect(self._show_former_goal)
        self._show_way_on()
        self._export.clicked.connect(lambda _checked=False: self._ask_export())

    def _ask_export(self) -> None:
        name = f"{self._session.project.name if self._session.project else ''} {translate('compare.export.name')}.csv"
        path, _ = QFileDialog.getSaveFileName(
            self, translate("compare.export"), str(Path.home() / name.strip()), translate("compare.export.kind")
        )
        if path:
            self.export_to(Path(path))

    def _way_on(self) -> PageId:
        """Return the page where the next step to a result is taken."""
        if self._session.training is not None:
            return PageId.TRAIN
        return PageId.DATA if self._session.dataset is None else PageId.GOAL

    def _show_way_on(self) -> None:
        self._onward.set_text(f"compare.empty.{self._way_on().value}")

    def _show_former_goal(self) -> None:
        """Say so when the results are for another column than the goal now names."""
        board, goal = self._leaderboard, self._session.goal
        if board is None or goal is None:
            return
        self._former.setVisible(goal.target != board.goal.target)
        self._former.set("info", "compare.former_goal", former=board.goal.target, target=goal.target)

    def _show_honesty(self, board: Leaderboard, images: ImageEvaluation | None) -> None:
        """Say of a model on images what tearing shots of one part apart would have flattered, and what a person's look saves."""
        said = honesty_sentences(images, board.metric) if images is not None else ()
        self._honesty.setVisible(bool(said))
        if said:
            self._honesty.set_words("plain", said[0], " ".join(said[1:]), icon="users")

    def _show_pair(self) -> None:
        if self._leaderboard is not None:
            self._pair.show_pair(self._leaderboard, self.board.pair())

    def _show_summary(self, leaderboard: Leaderboard) -> None:
        split, count = leaderboard.split, len(leaderboard.models)
        key = "compare.summary.holdout" if split.holdout_rows else "compare.summary.folds"
        twin = f"{key}.images" if leaderboard.goal.image is not None else key
        self.header.set_summary(twin, count=count, rows=split.holdout_rows, folds=split.folds)


def _promises() -> tuple[Promise, ...]:
    return (
        Promise("list-numbered", "compare.promise.board", "compare.promise.board.words"),
        Promise("scale", "compare.promise.pair", "compare.promise.pair.words"),
        Promise("shield-check", "compare.promise.verdict", "compare.promise.verdict.words"),
    )
