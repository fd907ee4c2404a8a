"""Where will it run, and where is it saved: a folder or a zip, both for Windows and Linux."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import bind_accessible_name, bind_text, translate
from desktop.pages.deploy.readings import FOLDER, ZIP, free_path
from desktop.pages.project_names import project_name
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card
from desktop.widgets.choice_card import ChoiceCard, ChoiceGroup
from desktop.widgets.choices import CheckBox
from desktop.widgets.icon_view import IconView
from desktop.widgets.painting import draw_box, painting
from desktop.widgets.text import ElidedLabel, label

_ENDINGS = {ZIP: ".zip", FOLDER: ""}


class PlaceCard(Card):
    """`changed` tells that another form or place was taken."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__("deploy.where")
        self._folder = Path()
        self._stem = ""
        self._chosen: Path | None = None
        self.forms = ChoiceGroup()
        self.forms.add(ZIP, ChoiceCard("deploy.where.zip", "deploy.where.zip.words", icon="package"))
        self._ready = ChoiceCard("deploy.where.folder", "deploy.where.folder.words", icon="folder")
        self.forms.add(FOLDER, self._ready)
        self._needs = label("deploy.where.systems", "secondary", wrap=True)
        self.smaller_numbers = CheckBox("deploy.where.smaller")
        self.forms.chosen.connect(self._take_form)
        self._path = ElidedLabel()
        self.change = text_button("deploy.save_as.change")
        self.change.clicked.connect(lambda _checked=False: self.ask())
        self.add(self.forms)
        self.add(_systems(self._needs))
        self.add(self.smaller_numbers)
        self.answer_images(False)
        self.add(self._place())

    @property
    def path(self) -> Path:
        """Where the bundle will be written."""
        if self._chosen is not None:
            return self._chosen
        return free_path(self._folder, self._stem, _ENDINGS[self.forms.value()])

    def answer_images(self, of_images: bool) -> None:
        """Say what a bundle for images, or one for tables, needs and offers."""
        bind_text(self._ready.words, "deploy.where.folder.images" if of_images else "deploy.where.folder.words")
        bind_text(self._needs, "deploy.where.systems.images" if of_images else "deploy.where.systems")
        self.smaller_numbers.setVisible(of_images)

    def offer(self, folder: Path, name: str) -> None:
        """Propose a place in `folder` for a bundle of this name; a place that was chosen is forgotten."""
        self._folder, self._stem, self._chosen = folder, project_name(f"{name}.zip", "bundle"), None
        self.show_path()

    def forget_chosen(self) -> None:
        """Propose a place again, beside the one just taken."""
        if self._chosen is not None:
            self._folder, self._stem, self._chosen = self._chosen.parent, self._chosen.name.removesuffix(".zip"), None
        self.show_path()

    def show_path(self) -> None:
        """Show the place as it is now: a name that is taken by now gets a number."""
        self._path.set_text(str(self.path))

    def ask(self) -> None:
        """Ask for another place in the system's own dialog."""
        is_zip = self.forms.value() == ZIP
        self.path.parent.mkdir(parents=True, exist_ok=True)
        filters = f"{translate('deploy.save_as.zip')} (*.zip)" if is_zip else ""
        chosen, _ = QFileDialog.getSaveFileName(self, translate("deploy.save_as"), str(self.path), filters)
        if chosen:
            taken = Path(chosen)
            self._chosen = taken.with_name(f"{taken.name}.zip") if is_zip and taken.suffix.lower() != ".zip" else taken
            self.show_path()
            self.changed.emit()

    def _take_form(self, form: str) -> None:
        if self._chosen is not None:
            self._folder, self._stem = self._chosen.parent, self._chosen.name.removesuffix(".zip")
            self._chosen = self._chosen.with_name(self._stem + _ENDINGS[form])
        self.show_path()
        self.changed.emit()

    def _place(self) -> QWidget:
        field = _Field()
        row = QHBoxLayout(field)
        row.setContentsMargins(10, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(IconView("folder", "text-2"))
        row.addWidget(self._path, 1)
        row.addWidget(self.change)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label("deploy.save_as", "caption-2"))
        column.addWidget(field)
        bind_accessible_name(field, "deploy.save_as")
        return part


class _Field(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the edge of a field."""
        del event
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), "surface", "border-strong", 6)


def _systems(needs: QLabel) -> QWidget:
    """What a computer needs to run a bundle, and what other software can do with it."""
    part = QWidget()
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    for icon, words in (("terminal", needs), ("cpu", label("deploy.where.onnx", "secondary", wrap=True))):
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconView(icon, "text-2"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(words, 1)
        column.addLayout(row)
    return part
