"""Twelve variations of one image, drawn by the worker as training would draw them; each press takes another image."""

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl import api
from automl.domain.job import Job, VariationsJob
from automl.domain.run_state import RunState
from automl.domain.task import ImageGoal
from desktop.i18n import translate
from desktop.itemmodels.thumbnails import decoded
from desktop.pages.session import Session
from desktop.widgets.buttons import button
from desktop.widgets.image_tiles import ImageTiles, Tile
from desktop.widgets.text import label

_COLUMNS, _HEIGHT = 6, 84
# What the search begins with when nobody says how strong variations may be.
_USUAL_STRENGTH = 0.5


class Variations(QWidget):
    """Empty until asked for; other answers empty it again, because it would show something else then."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._image = ImageGoal()
        self._asked = 0
        self._job: VariationsJob | None = None
        self._pixmaps: dict[int, QPixmap] = {}
        self.draw = button("goal.images.variations.show", icon="eye", small=True)
        self.draw.clicked.connect(lambda _checked=False: self._ask())
        self.tiles = ImageTiles(self._pixmaps.get, columns=_COLUMNS, height=_HEIGHT)
        self._question = label("goal.images.variations.drawn", "caption", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self.draw)
        head.addWidget(self._question, 1)
        head.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.tiles)
        session.job_ended.connect(self._job_over)
        session.project_changed.connect(self._empty)
        self._empty()

    def show_goal(self, image: ImageGoal) -> None:
        """Take up other answers."""
        before, self._image = self._image, image
        if (before.augmentation, before.any_orientation) != (image.augmentation, image.any_orientation):
            self._empty()
        self.draw.setEnabled(bool(self._session.images.records) and self._job is None)

    def retranslate(self) -> None:
        """Name the tiles again."""
        self._show()

    def _ask(self) -> None:
        project, dataset, numbers = self._session.project, self._session.dataset, self._telling()
        if project is None or dataset is None or not numbers:
            return
        strength = self._image.augmentation
        self._job = VariationsJob(
            job_id=api.new_job_id(),
            project=str(project.folder),
            version=dataset.version.number,
            # A step that shares no factor with usual counts comes round to all images, far apart.
            image=numbers[self._asked * 7919 % len(numbers)],
            strength=_USUAL_STRENGTH if strength is None else strength,
            any_orientation=self._image.any_orientation,
            seed=self._asked,
        )
        self._asked += 1
        self.draw.set_busy(True)
        if not self._session.start(self._job):
            self._empty()

    def _telling(self) -> list[int]:
        """Return the images to choose from: those with a flaw where there are any, for it is flaws that may get lost."""
        images, good = self._session.images, self._image.good
        labels = ((record.number, images.labels.get(record.sha256)) for record in images.records)
        flawed = [number for number, one in labels if one is not None and one.class_name and one.class_name not in good]
        return flawed if good and flawed else [record.number for record in images.records]

    def _job_over(self, job: Job, state: RunState) -> None:
        if job is not self._job or self._session.project is None:
            return
        self._job = None
        self.draw.set_busy(False)
        self.draw.set_text("goal.images.variations.again")
        files = api.variations(self._session.project, job.job_id) if state.succeeded else ()
        if not files:
            self._session.notify("goal.images.variations.failed", tone="bad")
        self._pixmaps.clear()
        self._pixmaps.update({place: QPixmap.fromImage(decoded(file)) for place, file in enumerate(files, start=1)})
        self._show()

    def _empty(self) -> None:
        self._job = None
        self._pixmaps.clear()
        self.draw.set_busy(False)
        self.draw.set_text("goal.images.variations.show")
        self._show()

    def _show(self) -> None:
        self.tiles.show_images([Tile(place, _name(place)) for place in self._pixmaps])
        self.tiles.refresh()
        self.tiles.setVisible(bool(self._pixmaps))
        self._question.setVisible(bool(self._pixmaps))


def _name(place: int) -> str:
    if place == 1:
        return translate("goal.images.variations.itself")
    return translate("goal.images.variations.one", number=place - 1)
