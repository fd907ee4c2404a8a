"""The images of the open project and their labels, as all pages see them."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from automl import api
from automl.domain.dataset import DataKind, Dataset, DatasetVersion
from automl.domain.image_goal import class_counts
from automl.domain.images import ImageRecord
from automl.domain.issues import Issue, Refusal
from automl.domain.label_editing import progress
from automl.domain.labels import Label, LabelClass, LabelProgress
from desktop.actions import UndoHistory
from desktop.itemmodels.thumbnails import KEPT_IMAGES, Thumbnails


class ProjectImages(QObject):
    """Images, labels and classes of the dataset in use; all empty for a table. Every change of labels can be undone.

    `changed` is sent after every change of any of them, `listing_changed` when there are other images than before, `refused`
    with the issues when a change by itself could not be made.
    """

    changed = Signal()
    listing_changed = Signal()
    refused = Signal(object)

    def __init__(self, history: UndoHistory, parent: QObject) -> None:
        super().__init__(parent)
        self._history = history
        self._project: api.Project | None = None
        self._version: DatasetVersion | None = None
        self._records: tuple[ImageRecord, ...] = ()
        self._contents: tuple[str, ...] = ()
        self._by_number: dict[int, ImageRecord] = {}
        self._labels: dict[str, Label] = {}
        self._classes: tuple[LabelClass, ...] = ()
        # Asked for more often than labels change.
        self._counts: dict[str, int] | None = None
        self._progress: LabelProgress | None = None
        self.thumbnails = Thumbnails(self)
        self.whole = Thumbnails(self, kept=KEPT_IMAGES)

    @property
    def version(self) -> DatasetVersion | None:
        """The dataset version the images are of, None without images."""
        return self._version

    @property
    def records(self) -> tuple[ImageRecord, ...]:
        """The images by number."""
        return self._records

    @property
    def labels(self) -> dict[str, Label]:
        """The labels in force by the SHA-256 of their image."""
        return self._labels

    @property
    def classes(self) -> tuple[LabelClass, ...]:
        """The classes in their order."""
        return self._classes

    @property
    def counts(self) -> dict[str, int]:
        """How many images show each class, most first; hidden ones are left out."""
        if self._counts is None:
            labels = self._labels
            self._counts = class_counts([labels[sha256] for sha256 in self._contents if sha256 in labels])
        return self._counts

    @property
    def progress(self) -> LabelProgress:
        """How far the labelling is."""
        if self._progress is None:
            self._progress = progress(self._contents, self._labels)
        return self._progress

    def record(self, number: int) -> ImageRecord | None:
        """Return one image, None when there is none of this number."""
        return self._by_number.get(number)

    def show(self, project: api.Project | None, dataset: Dataset | None) -> None:
        """Take up the images of a dataset; none for a table or without a project."""
        version = dataset.version if dataset is not None and dataset.version.kind is DataKind.IMAGES else None
        if project is None or version is None:
            self._project, version = None, None
        same = project is self._project and version == self._version
        if same and version is None:
            return
        if not same:
            self._take_listing(project, version)
        self._read_labels()
        if not same:
            self.listing_changed.emit()
        self.changed.emit()

    def close(self) -> None:
        """Read no image any more, because the window closes."""
        for cache in (self.thumbnails, self.whole):
            cache.close()

    def content(self, number: int) -> bytes:
        """Return the bytes of an image file that shows what the model sees. Raises Refusal when it is gone or damaged."""
        record = self._by_number[number]
        return api.image_bytes(self._project, record) if self._project is not None else b""

    def label_of(self, number: int) -> Label | None:
        """Return the label of an image, None before anybody spoke of it."""
        record = self._by_number.get(number)
        return self._labels.get(record.sha256) if record is not None else None

    def set_labels(self, labels: Iterable[Label], words: str) -> bool:
        """Give labels in one step; `words` name it when it is undone. False when nothing changes or it was refused."""
        wanted = {label.sha256: label for label in labels}
        new = [label for label in wanted.values() if self._labels.get(label.sha256) != label]
        if not new:
            return False
        issues = self.change(words, lambda project: api.set_labels(project, new))
        if issues:
            self.refused.emit(issues)
        return not issues

    def change(self, words: str, verb: Callable[[api.Project], object]) -> tuple[Issue, ...]:
        """Carry out a verb that makes one step of labelling, undone under `words`; return why not, if it cannot be."""
        project = self._project
        if project is None:
            return ()
        try:
            verb(project)
        except Refusal as refusal:
            return refusal.issues
        self._tell()
        done = True

        def do() -> None:
            nonlocal done
            if not done:
                self._carry_out(api.redo_labels)
            done = False

        self._history.do(words, do, lambda: self._carry_out(api.undo_labels))
        return ()

    def _carry_out(self, verb: Callable[[api.Project], bool]) -> None:
        if self._project is None:
            return
        try:
            verb(self._project)
        except Refusal as refusal:
            self.refused.emit(refusal.issues)
        self._tell()

    def _take_listing(self, project: api.Project | None, version: DatasetVersion | None) -> None:
        self.close()
        self._project, self._version = project, version
        self._records = ()
        if project is not None and version is not None:
            try:
                self._records = api.images_of(project, version)
            except Refusal as refusal:
                self.refused.emit(refusal.issues)
        self._by_number = {record.number: record for record in self._records}
        self._contents = tuple([record.sha256 for record in self._records])
        if project is not None and version is not None:
            self._read_from(project, version)

    def _read_from(self, project: api.Project, version: DatasetVersion) -> None:
        records = self._by_number
        self.thumbnails.set_source(lambda number: api.thumbnail(project, version, records[number]))
        self.whole.set_source(lambda number: api.image_bytes(project, records[number]))

    def _read_labels(self) -> None:
        project = self._project
        self._counts, self._progress = None, None
        self._labels = api.labels(project) if project is not None else {}
        self._classes = api.label_classes(project) if project is not None else ()

    def _tell(self) -> None:
        self._read_labels()
        self.changed.emit()
