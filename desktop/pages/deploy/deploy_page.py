"""The Deploy page: the model in use as a bundle, what proves it, its card, and answers for new tables."""

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from automl import api
from automl.domain.dataset import Dataset
from automl.domain.events import Outcome
from automl.domain.image_card import ImageCardFacts
from automl.domain.issues import Issue
from automl.domain.job import ExportJob, Job, TrainJob, VerifyJob
from automl.domain.model_card import CardFacts
from automl.domain.project import BundleRecord
from automl.domain.result import ModelSummary
from automl.domain.run_state import RunState
from desktop.actions import PageId
from desktop.i18n import translate
from desktop.itemmodels.model_words import family_name, model_name, model_of
from desktop.pages.deploy.card_preview import CardPreview
from desktop.pages.deploy.contents_card import ContentsCard
from desktop.pages.deploy.place_card import PlaceCard
from desktop.pages.deploy.predict_card import PredictCard
from desktop.pages.deploy.readings import any_heatmap, bundle_of_model, often_missing
from desktop.pages.deploy.verification_card import VerificationCard
from desktop.pages.session import Session
from desktop.widgets.buttons import button, danger_button, primary_button
from desktop.widgets.card import scrolling
from desktop.widgets.empty_state import EmptyState, Promise
from desktop.widgets.page_frame import PageFrame

SIDE_WIDTH = 480
NARROW_SIDE_WIDTH = 376


class DeployPage(PageFrame):
    """Bundle and answers at the left, proof and card at the right; before the first model the way to it."""

    def __init__(self, session: Session) -> None:
        super().__init__("deploy.title")
        self._session = session
        self._work: ExportJob | VerifyJob | None = None
        self._refused: tuple[Issue, ...] = ()
        self._model = ("", "")
        self._open = self.header.add_action(
            button("deploy.open_folder", icon="folder-open"), "deploy.open_folder", "deploy.open_folder.short"
        )
        self._cancel = self.header.add_action(danger_button("deploy.cancel", icon="x"), "deploy.cancel")
        self._create = self.header.add_action(
            primary_button("deploy.create", icon="package"), "deploy.create", "deploy.create.short"
        )
        self.place, self.contents = PlaceCard(), ContentsCard()
        self.verification, self.card = VerificationCard(), CardPreview()
        self.predict = PredictCard(session)
        self._to_model = primary_button("deploy.empty.action", trailing="arrow-right")
        self._empty = EmptyState("deploy.empty.title", "deploy.empty.detail", [self._to_model], _promises())
        self._scroll = self._laid_out()
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self._empty, 1)
        self._connect()
        self.show_model()

    def make_bundle(self) -> None:
        """Hand the writing of the bundle to the worker."""
        project, board = self._session.project, self._session.leaderboard
        if project is None or board is None or self._work is not None:
            return
        job = ExportJob(
            job_id=api.new_job_id(),
            project=str(project.folder),
            run_id=board.run_id,
            model_id=self._session.chosen_model,
            to=str(self.place.path),
            smaller_numbers=self._of_images() and self.place.smaller_numbers.isChecked(),
        )
        self._begin(job)

    def verify_again(self) -> None:
        """Check the bundle on the disk once more."""
        project, bundle = self._session.project, self._bundle()
        if project is not None and bundle is not None and self._work is None:
            self._begin(VerifyJob(job_id=api.new_job_id(), project=str(project.folder), bundle=bundle.path))

    def show_model(self) -> None:
        """Show the model in use and its newest bundle."""
        summary = self._summary()
        self._scroll.setVisible(summary is not None)
        self._empty.setVisible(summary is None)
        if summary is None or self._session.project is None:
            self._model = ("", "")
            self.header.set_summary("deploy.summary.none")
            way = "deploy.empty.action" if self._session.dataset is not None else "deploy.empty.action.data"
            self._to_model.set_text(way)
        else:
            self.header.set_summary("deploy.summary", model=_full_name(summary))
            self.place.answer_images(self._of_images())
            self._offer_place(summary)
            self._show_card(summary)
            self._show_bundle()
        self._show_work()

    def retranslate(self) -> None:
        """Say all composed sentences again; the card follows the window until its own language is chosen."""
        self.card.follow_window()
        self.show_model()
        self.predict.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        """Make the side narrower."""
        super().set_narrow(narrow)
        self._side.setFixedWidth(NARROW_SIDE_WIDTH if narrow else SIDE_WIDTH)

    def _begin(self, job: ExportJob | VerifyJob) -> None:
        self._refused = ()
        self._work = job
        if not self._session.start(job):
            self._work = None
        self._show_work()

    def _show_work(self) -> None:
        """Show what a job on the bundle is doing, and which actions there are now."""
        ready = self._scroll.isVisibleTo(self)
        process = self._session.process_of(self._work) if self._work is not None else None
        project = self._session.project
        writes = project is not None and not project.read_only
        self._create.setVisible(ready)
        self._create.set_busy(process is not None and isinstance(self._work, ExportJob))
        self._create.setEnabled(process is None and writes)
        self._create.setToolTip("" if writes else translate("app.read_only"))
        self._cancel.setVisible(process is not None)
        self._open.setVisible(ready and process is None and self._bundle_on_disk() is not None)
        if process is not None:
            self._cancel.setEnabled(not process.canceling)
            self.verification.show_running(process.state, waiting=process.waiting, canceling=process.canceling)

    def _show_bundle(self) -> None:
        """Show what is known of the newest bundle of the model."""
        project, bundle = self._session.project, self._bundle()
        report = api.verification(project, bundle) if project is not None and bundle is not None else None
        self.contents.show_report(
            report, bundle.size_bytes if bundle is not None else None, of_images=self._of_images()
        )
        if self._refused:
            self.verification.show_refusal(self._refused)
        elif report is not None:
            self.verification.show_report(report)
        else:
            self.verification.show_promise(of_images=self._of_images())
        self.predict.use_bundle(self._bundle_that_answers())

    def _show_card(self, summary: ModelSummary) -> None:
        project, board, bundle = self._session.project, self._session.leaderboard, self._bundle()
        if project is None or board is None:
            return
        evaluation = api.evaluation(project, board.run_id, summary.model_id)
        data = self._learned_from(project, board.run_id)
        if evaluation is None or data is None:
            self.card.hide()
            return
        dataset = self._session.dataset
        same_data = dataset is not None and dataset.version.number == data.version.number
        profile = self._session.profile if same_data else None
        images = api.image_evaluation(project, board.run_id, summary.model_id)
        file_name, row_count = data.version.source.file_name, data.version.row_count
        facts = (
            CardFacts(
                leaderboard=board,
                summary=summary,
                evaluation=evaluation,
                file_name=file_name,
                row_count=row_count,
                often_missing=often_missing(profile, data.schema(), board.goal.target),
            )
            if images is None
            else ImageCardFacts(
                leaderboard=board,
                summary=summary,
                evaluation=evaluation,
                file_name=file_name,
                row_count=row_count,
                images=images,
            )
        )
        self.predict.answer_images(images is not None, heatmaps=images is not None and any_heatmap(images))
        created = datetime.fromisoformat(bundle.created) if bundle is not None else datetime.now(UTC)
        self.card.show_facts(project.name, facts, created.astimezone())
        self.card.show()

    def _learned_from(self, project: api.Project, run_id: str) -> Dataset | None:
        job = api.job_of(project, run_id)
        if not isinstance(job, TrainJob):
            return None
        version = next((one for one in self._session.versions if one.number == job.version), None)
        return Dataset(version, job.steps) if version is not None else None

    def _offer_place(self, summary: ModelSummary) -> None:
        """Propose a place for another model; one that a person chose for this model stays."""
        project = self._session.project
        if project is None:
            return
        model = (str(project.folder), summary.model_id)
        if model != self._model:
            self._model, self._refused = model, ()
            self.place.offer(project.folder / "bundles", f"{project.name} {summary.model_id}")
        self.place.show_path()

    def _job_over(self, job: Job, state: RunState) -> None:
        if self._work is None or job is not self._work:
            return
        self._work = None
        if state.succeeded:
            self._tell_success(job)
        elif state.finished is not None and state.finished.outcome is Outcome.CANCELED:
            self._session.notify("deploy.canceled", tone="info")
        else:
            self._refused = state.finished.issues if state.finished is not None else state.issues[-1:]
        self.show_model()

    def _tell_success(self, job: Job) -> None:
        if isinstance(job, ExportJob):
            self.place.forget_chosen()
            path = Path(job.to)
            self._session.notify(
                "deploy.created", action="deploy.open_folder", act=lambda: _open_folder_of(path), bundle=path.name
            )

    def _of_images(self) -> bool:
        board = self._session.leaderboard
        return board is not None and board.goal.image is not None

    def _summary(self) -> ModelSummary | None:
        board = self._session.leaderboard
        return model_of(board, self._session.chosen_model) if board is not None else None

    def _bundle(self) -> BundleRecord | None:
        board = self._session.leaderboard
        if board is None:
            return None
        return bundle_of_model(self._session.bundles, board.run_id, self._session.chosen_model)

    def _bundle_on_disk(self) -> Path | None:
        bundle = self._bundle()
        return Path(bundle.path) if bundle is not None and Path(bundle.path).exists() else None

    def _bundle_that_answers(self) -> Path | None:
        """The bundle of the model in use, else the newest there is, else one a person chose."""
        newest = (Path(bundle.path) for bundle in self._session.bundles if Path(bundle.path).exists())
        return self._bundle_on_disk() or next(newest, self.predict.bundle)

    def _connect(self) -> None:
        session = self._session
        self._create.clicked.connect(lambda _checked=False: self.make_bundle())
        self._cancel.clicked.connect(lambda _checked=False: self._ask_cancel())
        self._open.clicked.connect(lambda _checked=False: self._open_folder())
        self._to_model.clicked.connect(lambda _checked=False: session.go_to(self._way_to_a_model()))
        self.verification.again_requested.connect(self.verify_again)
        self.predict.shown_anew.connect(self._scroll_to_predict)
        session.jobs_changed.connect(self._show_work)
        session.job_ended.connect(self._job_over)
        session.project_changed.connect(self._forget)
        for changed in (session.project_changed, session.dataset_changed, session.model_changed):
            changed.connect(self.show_model)

    def _forget(self) -> None:
        """Another project: what was at work or refused belongs to the former one."""
        self._work, self._refused, self._model = None, (), ("", "")
        self.predict.use_bundle(None)

    def _way_to_a_model(self) -> PageId:
        return PageId.GOAL if self._session.dataset is not None else PageId.DATA

    def _ask_cancel(self) -> None:
        process = self._session.process_of(self._work) if self._work is not None else None
        if process is not None:
            process.cancel()
            self._show_work()

    def _open_folder(self) -> None:
        if (bundle := self._bundle_on_disk()) is not None:
            _open_folder_of(bundle)

    def _scroll_to_predict(self) -> None:
        """Bring the answers into view once the card has its new height."""
        QTimer.singleShot(0, self.predict, lambda: self._scroll.ensureWidgetVisible(self.predict, 0, 16))

    def _laid_out(self) -> QScrollArea:
        main = QVBoxLayout()
        main.setSpacing(16)
        for card in (self.place, self.predict, self.contents):
            main.addWidget(card)
        main.addStretch(1)
        self._side = QWidget()
        self._side.setFixedWidth(SIDE_WIDTH)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(16)
        side.addWidget(self.verification)
        side.addWidget(self.card)
        side.addStretch(1)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(main, 1)
        row.addWidget(self._side, 0, Qt.AlignmentFlag.AlignTop)
        area = scrolling(content)
        # As high as its words at the width it has, not at the width it would like.
        content.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        return area


def _open_folder_of(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def _promises() -> tuple[Promise, ...]:
    return (
        Promise("package", "deploy.promise.bundle", "deploy.promise.bundle.words"),
        Promise("shield-check", "deploy.promise.proof", "deploy.promise.proof.words"),
        Promise("table", "deploy.promise.predict", "deploy.promise.predict.words"),
    )


def _full_name(summary: ModelSummary) -> str:
    name, family = model_name(summary), family_name(summary)
    return name if name == family else f"{name} ({family})"
