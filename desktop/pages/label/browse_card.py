"""All images of the project: filtered by class, as cards in a grid or one at a time."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.itemmodels.images import ImagesModel
from desktop.itemmodels.images_labelled import Filter, LabelledImages
from desktop.pages.label.class_chips import ClassChips
from desktop.pages.label.labelling import Labelling
from desktop.pages.label.selection_bar import SelectionBar
from desktop.pages.label.single_view import SingleView
from desktop.pages.label.words import cell_of
from desktop.pages.project_images import ProjectImages
from desktop.widgets.card import Card
from desktop.widgets.image_cell import ImageCell, card_width
from desktop.widgets.image_grid import ImageGrid, Pick
from desktop.widgets.text import label

_NARROWEST, _WIDEST = 112, 150
_ASPECTS = 500


class BrowseCard(Card):
    """`opened` tells that one image is shown large, or that the grid is back."""

    opened = Signal(bool)

    def __init__(self, labelling: Labelling, images: ProjectImages) -> None:
        super().__init__(flush=True)
        self._labelling, self._images = labelling, images
        self._least_sure = False
        self.chips = ClassChips()
        self.chips.chosen.connect(self._choose)
        self.bar = SelectionBar()
        self.model = ImagesModel(self._look, self)
        self._connect_bar()
        self.model.selection_changed.connect(self._show_selection)
        self.grid = ImageGrid("label.grid")
        self.grid.show_model(self.model, self.model.cell, images.thumbnails.pixmap, self.model.count)
        self.grid.columns_changed.connect(self.model.set_columns)
        self.grid.picked.connect(lambda position, pick: self.model.pick(position, Pick(pick)))
        self.grid.opened.connect(self.open_at)
        self.single = SingleView(images.whole.pixmap, images.thumbnails.pixmap)
        self.single.closed.connect(self.close_single)
        self.single.stepped.connect(lambda step: self.open_at(self.model.position_of(self.single.number) + step))
        self._nothing = label("label.filter.nothing", "caption")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.setProperty("surface", "card")
        for shown in (self._grid_page(), self.single, self._nothing):
            self._stack.addWidget(shown)
        self.body.setContentsMargins(0, 0, 0, 1)
        self.body.addWidget(self._padded(self.chips))
        self.body.addWidget(self.bar)
        self.body.addWidget(self._stack, 1)
        images.thumbnails.ready.connect(lambda _number: self.grid.viewport().update())
        images.whole.ready.connect(self.single.refresh)
        images.thumbnails.ready.connect(self.single.refresh)
        images.listing_changed.connect(self._other_images)
        labelling.changed.connect(self.show_state)
        self._other_images()
        self.show_state()

    @property
    def is_single(self) -> bool:
        """Whether one image is shown large."""
        return self._stack.currentWidget() is self.single

    def targets(self) -> tuple[int, ...]:
        """Return the images a key is meant for: the one shown large, else those selected; none for the queue."""
        return (self.single.number,) if self.is_single else self._selection()

    def show_state(self) -> None:
        """Show labels and suggestions as they are now."""
        state = self._labelling.state
        self.chips.show_state(state)
        self.grid.set_card_width(_card_width(state))
        self.model.show_numbers(state.shown(self.chips.kept(), least_sure_first=self._least_sure))
        self._show_selection()
        if self.is_single:
            self._refresh_single()
        else:
            self._stack.setCurrentIndex(0 if self.model.count() else 2)

    def keep(self, kept: Filter) -> None:
        """Show the images of a filter."""
        self.chips.keep(kept)
        self._choose(kept)

    def open_at(self, position: int) -> None:
        """Show an image of the grid large."""
        if not self.model.number_at(position) or position < 0:
            return
        if self.model.selected == {self.model.number_at(position)}:
            self.model.pick(-1, Pick.NONE)
        was_single = self.is_single
        self.grid.move_to(position)
        self._stack.setCurrentWidget(self.single)
        self._show_single(position)
        self.bar.hide()
        if not was_single:
            self.single.view.setFocus(Qt.FocusReason.OtherFocusReason)
            self.opened.emit(True)

    def close_single(self) -> None:
        """Go back to the grid."""
        self._stack.setCurrentIndex(0)
        self.bar.show()
        self.show_state()
        self.grid.move_to(self.model.position_of(self.single.number))
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)
        self.opened.emit(False)

    def toggle_single(self) -> None:
        """Show the current image large, or the grid again."""
        if self.is_single:
            self.close_single()
        else:
            selected = next((self.model.position_of(one) for one in self.model.selected), -1)
            self.open_at(self.grid.current() if self.grid.current() >= 0 else max(0, selected))

    def finish(self, targets: Sequence[int]) -> None:
        """A gesture was carried out for these images: the selection is done with, the large view goes on."""
        if not self.is_single:
            self.model.pick(-1, Pick.NONE)
        elif self.single.number in targets:
            self.open_at(self.model.position_of(self.single.number) + 1)

    def _grid_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(11, 8, 4, 4)
        column.addWidget(self.grid)
        return page

    def _padded(self, widget: QWidget) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(15, 11, 15, 11)
        column.addWidget(widget)
        return box

    def _look(self, number: int, selected: bool) -> ImageCell:
        record = self._images.record(number)
        return cell_of(self._labelling.state, number, record.path if record else "", selected=selected)

    def _connect_bar(self) -> None:
        labelling, bar = self._labelling, self.bar
        bar.class_chosen.connect(lambda name: self._carry_out(lambda chosen: labelling.give_class(chosen, name)))
        bar.hide_requested.connect(lambda hidden: self._carry_out(lambda chosen: labelling.hide(chosen, hidden=hidden)))
        bar.unlabel_requested.connect(lambda: self._carry_out(labelling.clear))
        bar.clear_requested.connect(lambda: self.model.pick(-1, Pick.NONE))
        bar.sorted_least_sure.connect(self._sort)

    def _selection(self) -> tuple[int, ...]:
        return tuple(sorted(self.model.selected))

    def _carry_out(self, gesture: Callable[[Sequence[int]], bool]) -> None:
        chosen = self._selection()
        if gesture(chosen):
            self.finish(chosen)

    def _choose(self, kept: Filter) -> None:
        self.model.show_numbers(self._labelling.state.shown(kept, least_sure_first=self._least_sure))
        self.model.pick(-1, Pick.NONE)
        if self.is_single:
            self.close_single()
        self.show_state()
        self.grid.scrollToTop()

    def _sort(self, least_sure: bool) -> None:
        self._least_sure = least_sure
        self.show_state()
        self.grid.scrollToTop()

    def _show_selection(self) -> None:
        self.bar.show_selection(self._labelling.state, self.model.selected, self.model.count())

    def _show_single(self, position: int) -> None:
        number = self.model.number_at(position)
        record = self._images.record(number)
        if record is not None:
            self.single.show_record(record, self._look(number, False), position, self.model.count())

    def _refresh_single(self) -> None:
        position = self.model.position_of(self.single.number)
        # An image that left the filter makes room for the one behind it.
        position = position if position >= 0 else min(self.single.place, self.model.count() - 1)
        if position >= 0:
            self._show_single(position)
        else:
            self.close_single()

    def _other_images(self) -> None:
        self.model.pick(-1, Pick.NONE)
        records = self._images.records
        if records:
            some = records[:: max(1, len(records) // _ASPECTS)]
            aspects = sorted(record.width / max(1, record.height) for record in some)
            self.grid.set_aspect(aspects[len(aspects) // 2])
        if self.is_single:
            self._stack.setCurrentIndex(0)
            self.bar.show()


def _card_width(state: LabelledImages) -> int:
    """Wide enough for the names of the classes, within reason."""
    wanted = max((card_width(one.name, "99%") for one in state.classes), default=0.0)
    return round(min(_WIDEST, max(_NARROWEST, wanted)))
