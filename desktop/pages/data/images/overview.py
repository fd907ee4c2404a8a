"""The middle of the check page for images: classes with examples and what the files are; or the images of a finding."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import translate
from desktop.pages.data.images.classes_card import ClassesCard
from desktop.pages.data.images.gallery_card import GalleryCard
from desktop.pages.data.images.make_up_card import MakeUpCard
from desktop.pages.project_images import ProjectImages

# By then the page around it has been drawn.
_DRAWN_MILLISECONDS = 20


class ImageOverview(QStackedWidget):
    """`label_requested` asks for the page where labels are given."""

    label_requested = Signal()

    def __init__(self, images: ProjectImages) -> None:
        super().__init__()
        self._images = images
        self.classes = ClassesCard(images)
        self.make_up = MakeUpCard()
        self.gallery = GalleryCard(images)
        self._whole = QWidget()
        self._column = QVBoxLayout(self._whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._column.addWidget(self.classes, 1)
        self._column.addWidget(self.make_up)
        self._soon = QTimer(self, singleShot=True, interval=_DRAWN_MILLISECONDS)
        self._soon.timeout.connect(self._show_all)
        self.addWidget(self._whole)
        self.addWidget(self.gallery)
        self.classes.taken.connect(self._show_class)
        self.gallery.back_requested.connect(lambda: self.setCurrentWidget(self._whole))
        self.gallery.label_requested.connect(self.label_requested)
        images.listing_changed.connect(lambda: self.setCurrentWidget(self._whole))

    def show_all(self) -> None:
        """Show the images and labels there are now, as soon as the page around them stands."""
        self._soon.start()

    def _show_all(self) -> None:
        self.classes.show_classes()
        self.make_up.show_images(self._images.records)

    def show_some(self, say_title: Callable[[], str], numbers: Sequence[int]) -> None:
        """Show these images; `say_title` says their title in the language of the window."""
        self.gallery.show_images(say_title, numbers)
        self.setCurrentWidget(self.gallery)

    def _show_class(self, name: str, numbers: Sequence[int]) -> None:
        self.show_some(lambda: name or translate("data.images.class.none"), numbers)

    def retranslate(self) -> None:
        """Say again what is composed."""
        self.show_all()
        self.gallery.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        """Put everything closer."""
        self._column.setSpacing(12 if narrow else 16)
        self.classes.set_narrow(narrow)
