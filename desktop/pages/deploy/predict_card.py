"""The Predict card: drop a table, get every row answered by a bundle."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from automl import api
from automl.domain.events import Outcome
from automl.domain.images import IMAGE_EXTENSIONS, is_image_file
from automl.domain.job import Job, PredictJob
from automl.domain.run_state import RunState
from automl.domain.table_files import TABLE_EXTENSIONS, is_table_file
from desktop.i18n import bind_text, translate, translator
from desktop.itemmodels.unit_words import said_of
from desktop.jobs.job_process import JobProcess
from desktop.pages.deploy.prediction_refusal import PredictionRefusal
from desktop.pages.deploy.prediction_result import PredictionResult
from desktop.pages.deploy.readings import bundle_of, free_path, is_bundle
from desktop.pages.session import Session
from desktop.widgets.buttons import button, text_button
from desktop.widgets.card import Card
from desktop.widgets.choices import CheckBox
from desktop.widgets.drop_zone import DropZone
from desktop.widgets.note import Note
from desktop.widgets.progress import ProgressRow, ProgressState
from desktop.widgets.text import ElidedLabel

_COLUMNS_IN_DOUBT = frozenset({"predict.columns_swapped", "predict.column_not_numbers", "predict.column_not_times"})
_KEY_IN_DOUBT = "bundle.key_changed"
_PLACE_IN_DOUBT = frozenset({"predict.cannot_write", "predict.same_file"})


class PredictCard(Card):
    """Shows the way in, the work, the answers, or why there are none; `shown_anew` tells that it changed its height."""

    shown_anew = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__("deploy.predict")
        self._session = session
        self.setAcceptDrops(True)
        self._bundle: Path | None = None
        self._job: PredictJob | None = None
        self._state = RunState()
        self._with = ElidedLabel("", "text-2", 12)
        self.other_bundle = text_button("deploy.predict.other_bundle")
        self.other_bundle.clicked.connect(lambda _checked=False: self.choose_bundle())
        self.add_action(self.other_bundle)
        self._of_images = False
        choose = button("deploy.predict.choose", icon="file")
        choose.clicked.connect(lambda _checked=False: self.choose_table())
        self.zone = DropZone("deploy.predict.drop", "deploy.predict.formats", "", [choose])
        folder, images = button("deploy.predict.choose_folder", icon="folder"), button("deploy.predict.choose_images")
        folder.clicked.connect(lambda _checked=False: self.choose_folder())
        images.clicked.connect(lambda _checked=False: self.choose_images())
        self.image_zone = DropZone("deploy.predict.drop.images", "deploy.predict.formats.images", "", [folder, images])
        self.heatmaps = CheckBox("deploy.predict.heatmaps")
        self._image_way = QWidget()
        column = QVBoxLayout(self._image_way)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.image_zone)
        column.addWidget(self.heatmaps)
        for zone in (self.zone, self.image_zone):
            zone.files_dropped.connect(self.take_files)
        self._nothing = Note("plain", "deploy.predict.no_bundle", icon="package")
        self._progress = ProgressRow()
        self.cancel = button("deploy.cancel", icon="x", small=True)
        self.cancel.clicked.connect(lambda _checked=False: self._ask_cancel())
        self.result = PredictionResult()
        self.result.another_requested.connect(self.offer)
        self.refusal = PredictionRefusal()
        self._parts = (self._nothing, self.zone, self._image_way, self._working(), self.result, self.refusal)
        self.add(self._with)
        for part in self._parts:
            self.add(part)
        session.jobs_changed.connect(self._follow)
        session.job_ended.connect(self._job_over)
        session.project_changed.connect(self.offer)
        self.offer()

    @property
    def bundle(self) -> Path | None:
        """The bundle that answers, None while there is none."""
        return self._bundle

    def use_bundle(self, bundle: Path | None) -> None:
        """Take the answers from this bundle; what is shown of another one goes."""
        if bundle != self._bundle:
            self._bundle = bundle
            if self._process() is None:
                self.offer()
        self._show_bundle()

    def answer_images(self, of_images: bool, *, heatmaps: bool) -> None:
        """Ask for images rather than tables; `heatmaps` tells whether the model can say where it looked."""
        self.heatmaps.setVisible(heatmaps)
        if of_images != self._of_images:
            self._of_images = of_images
            bind_text(self.title, "deploy.predict.title_images" if of_images else "deploy.predict")
            self._nothing.set(
                "plain", "deploy.predict.no_bundle.images" if of_images else "deploy.predict.no_bundle", icon="package"
            )
            if self._process() is None:
                self.offer()

    def offer(self) -> None:
        """Show the way in."""
        self._job = None
        way_in = self._image_way if self._of_images else self.zone
        self._show(way_in if self._bundle is not None else self._nothing)

    def take_files(self, paths: Sequence[str]) -> None:
        """Predict the first table or folder of images dropped; a bundle dropped becomes the one that answers."""
        found = [Path(path) for path in paths]
        bundle = next((bundle_of(path) for path in found if is_bundle(bundle_of(path))), None)
        data = next((path for path in found if self._can_be_answered(path)), None)
        if self._process() is not None:
            self._session.notify("deploy.predict.busy", tone="info")
        elif bundle is not None:
            self.use_bundle(bundle)
        elif self._bundle is None:
            self._session.notify("deploy.predict.no_bundle", tone="info")
        elif data is not None:
            self.predict(data)
        elif found:
            self._session.notify("start.drop.unknown", tone="warn", file=found[0].name)

    def predict(self, data: Path, to: Path | None = None) -> None:
        """Predict a table or images with the bundle; the answers lie beside them unless `to` says otherwise."""
        project = self._session.project
        if project is None or self._bundle is None:
            return
        place = to or free_path(data.parent, f"{data.stem}_predictions", ".csv")
        wants_heatmaps = self._of_images and self.heatmaps.isVisibleTo(self._image_way) and self.heatmaps.isChecked()
        heatmaps = str(free_path(data.parent, f"{data.stem}_heatmaps", "")) if wants_heatmaps else ""
        self._start(
            PredictJob(
                job_id="",
                project=str(project.folder),
                bundle=str(self._bundle),
                data=str(data),
                to=str(place),
                language=translator().language.value,
                heatmaps=heatmaps,
            )
        )

    def choose_table(self) -> None:
        """Ask for a table in the system's own dialog."""
        patterns = " ".join(f"*{extension}" for extension in TABLE_EXTENSIONS)
        filters = f"{translate('start.file_filter')} ({patterns})"
        chosen, _ = QFileDialog.getOpenFileName(self, translate("deploy.predict.choose"), "", filters)
        if chosen:
            self.predict(Path(chosen))

    def choose_folder(self) -> None:
        """Ask for a folder of images in the system's own dialog."""
        if chosen := QFileDialog.getExistingDirectory(self, translate("deploy.predict.choose_folder")):
            self.predict(Path(chosen))

    def choose_images(self) -> None:
        """Ask for one image, a zip of images or a list of them."""
        patterns = " ".join(f"*{extension}" for extension in (*IMAGE_EXTENSIONS, ".zip", *TABLE_EXTENSIONS))
        filters = f"{translate('deploy.predict.images_filter')} ({patterns})"
        chosen, _ = QFileDialog.getOpenFileName(self, translate("deploy.predict.choose_images"), "", filters)
        if chosen:
            self.predict(Path(chosen))

    def choose_bundle(self) -> None:
        """Ask for a bundle: a zip, or the manifest of a folder."""
        start_in = str(self._bundle.parent) if self._bundle is not None else ""
        filters = f"{translate('deploy.predict.bundles')} (*.zip manifest.json)"
        chosen, _ = QFileDialog.getOpenFileName(self, translate("deploy.predict.other_bundle"), start_in, filters)
        if chosen:
            self.use_bundle(bundle_of(Path(chosen)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Tables and bundles are welcome whatever the card shows; elsewhere in the window a table is new data."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        event.acceptProposedAction()
        self.take_files([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def retranslate(self) -> None:
        """Say again what is composed."""
        self._show_bundle()
        if self.result.isVisibleTo(self) and self._job is not None:
            self.result.show_result(self._state, Path(self._job.to), self._job.heatmaps)
        if self.refusal.isVisibleTo(self):
            self._show_refusal(self._state)
        self._follow()

    def _start(self, job: PredictJob) -> None:
        former, self._job = self._job, msgspec.structs.replace(job, job_id=api.new_job_id())
        self._state = RunState()
        if self._session.start(self._job):
            self._show(self._parts[3])
            self._follow()
        else:
            self._job = former

    def _follow(self) -> None:
        process = self._process()
        if process is None or self._job is None:
            return
        progress = process.state.progress
        rows = round(progress.done) if progress is not None else 0
        words = said_of(self._of_images, "deploy.predict.rows_done", rows=rows) if rows else ""
        if process.waiting or process.canceling:
            words = translate("deploy.verification.waiting" if process.waiting else "app.job.canceling")
        share = progress.fraction if progress is not None and self._of_images else None
        running = ProgressState.UNKNOWN if share is None else ProgressState.RUNNING
        self._progress.set(Path(self._job.data).name, words, running, share or 0.0)
        self.cancel.setEnabled(not process.canceling)

    def _job_over(self, job: Job, state: RunState) -> None:
        if job is not self._job or self._job is None:
            return
        self._state = state
        if state.succeeded:
            self.result.show_result(state, Path(self._job.to), self._job.heatmaps)
            self._show(self.result)
        elif state.finished is not None and state.finished.outcome is Outcome.CANCELED:
            self._session.notify("deploy.predict.canceled", tone="info")
            self.offer()
        else:
            self._show_refusal(state)
            self._show(self.refusal)
        self.shown_anew.emit()

    def _show_refusal(self, state: RunState) -> None:
        job, issues = self._job, state.finished.issues if state.finished is not None else state.issues
        if job is None or not issues:
            return
        self.refusal.show_issues(issues[-1:] if state.crashed else issues)
        code = issues[0].code
        if code in _COLUMNS_IN_DOUBT:
            trusting = msgspec.structs.replace(job, trust_columns=True)
            self.refusal.add_way("deploy.predict.trust_columns", lambda: self._start(trusting))
        if code == _KEY_IN_DOUBT:
            accepting = msgspec.structs.replace(job, trust_key=True)
            self.refusal.add_way("deploy.predict.trust_key", lambda: self._start(accepting))
        if code in _PLACE_IN_DOUBT:
            self.refusal.add_way("deploy.predict.save_elsewhere", self._ask_place)
        if code.startswith("bundle."):
            self.refusal.add_way("deploy.predict.other_bundle", self.choose_bundle)
        self.refusal.add_way("deploy.predict.another", self.offer)

    def _ask_place(self) -> None:
        job = self._job
        if job is None:
            return
        filters = f"{translate('deploy.predict.answers')} (*.csv)"
        chosen, _ = QFileDialog.getSaveFileName(
            self, translate("deploy.predict.save_elsewhere"), Path(job.to).name, filters
        )
        if chosen:
            self._start(msgspec.structs.replace(job, to=chosen))

    def _ask_cancel(self) -> None:
        if (process := self._process()) is not None:
            process.cancel()

    def _process(self) -> JobProcess | None:
        return self._session.process_of(self._job) if self._job is not None else None

    def _working(self) -> QWidget:
        part = QWidget()
        row = QHBoxLayout(part)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self._progress, 1)
        row.addWidget(self.cancel)
        return part

    def _can_be_answered(self, path: Path) -> bool:
        if not self._of_images:
            return is_table_file(path)
        return path.is_dir() or path.suffix.lower() == ".zip" or is_image_file(path) or is_table_file(path)

    def _show_bundle(self) -> None:
        self._with.setVisible(self._bundle is not None)
        if self._bundle is not None:
            self._with.set_text(translate("deploy.predict.with", bundle=str(self._bundle)))

    def _show(self, shown: QWidget) -> None:
        for part in self._parts:
            part.setVisible(part is shown)
        self._show_bundle()
