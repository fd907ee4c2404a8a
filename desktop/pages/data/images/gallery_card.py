"""All images of a class or of a finding as a grid, and the way back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from desktop.i18n import unbind_text
from desktop.itemmodels.images import ImagesModel
from desktop.pages.project_images import ProjectImages
from desktop.widgets.buttons import button, text_button
from desktop.widgets.card import Card
from desktop.widgets.image_cell import ImageCell
from desktop.widgets.image_grid import ImageGrid


class GalleryCard(Card):
    """`back_requested` leads to the classes again, `label_requested` to the page where labels are given."""

    back_requested = Signal()
    label_requested = Signal()

    def __init__(self, images: ProjectImages) -> None:
        super().__init__("data.images.gallery", flush=True)
        unbind_text(self.title)
        self._say_title: Callable[[], str] = str
        self._images = images
        self._model = ImagesModel(self._look, self)
        self.grid = ImageGrid("data.images.gallery")
        self.grid.show_model(self._model, self._model.cell, images.thumbnails.pixmap, self._model.count)
        self.grid.columns_changed.connect(self._model.set_columns)
        images.thumbnails.ready.connect(lambda _number: self.grid.viewport().update())
        images.changed.connect(self._model.refresh)
        label = text_button("data.images.gallery.label", small=True, trailing="arrow-right")
        label.clicked.connect(lambda _checked=False: self.label_requested.emit())
        back = button("data.images.gallery.back", icon="chevron-left", small=True)
        back.clicked.connect(lambda _checked=False: self.back_requested.emit())
        self.add_action(label)
        self.add_action(back)
        self.add(self.grid, 1)

    def show_images(self, say_title: Callable[[], str], numbers: Sequence[int]) -> None:
        """Show images under a title; `say_title` says it in the language of the window, whenever asked."""
        self._say_title = say_title
        self.retranslate()
        self.caption.setText(f"{len(numbers):,}")
        first = self._images.record(numbers[0]) if numbers else None
        if first is not None:
            self.grid.set_aspect(first.width / max(1, first.height))
        self._model.show_numbers(tuple(numbers))
        self.grid.scrollToTop()

    def retranslate(self) -> None:
        """Say the title again."""
        self.title.setText(self._say_title())

    def numbers(self) -> tuple[int, ...]:
        """The images shown."""
        return tuple(self._model.numbers)

    def _look(self, number: int, selected: bool) -> ImageCell:
        label = self._images.label_of(number)
        name = label.class_name if label is not None else ""
        places = {one.name: place for place, one in enumerate(self._images.classes)}
        record = self._images.record(number)
        hidden = label is not None and label.hidden
        spoken = f"{record.path} {name}".strip() if record is not None else name
        badge = "eye-off" if hidden else ""
        return ImageCell(number, name, places.get(name, -1), selected=selected, badge=badge, spoken=spoken)
