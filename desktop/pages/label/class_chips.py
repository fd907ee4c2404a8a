"""The classes as chips with counts: a filter, and where classes are added, renamed and merged."""

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QMenu, QScrollArea, QWidget

from desktop.i18n import follow_language, translate
from desktop.itemmodels.images_labelled import Filter, Kind, LabelledImages
from desktop.theme import theme
from desktop.widgets.buttons import text_button
from desktop.widgets.chip import CHIP_HEIGHT, Chip
from desktop.widgets.flow import Flow

_MOST_HEIGHT = 2 * CHIP_HEIGHT + 8


class ClassChips(QScrollArea):
    """`chosen` tells the filter; the other signals ask for changes of a class. Many chips scroll within two lines."""

    chosen = Signal(object)
    add_requested = Signal()
    rename_requested = Signal(str)
    merge_requested = Signal(str, str)
    remove_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._state = LabelledImages()
        self._kept = Filter()
        self._chips: dict[Filter, Chip] = {}
        self._group = QButtonGroup(self)
        self._flow = Flow(spacing=8)
        self._flow.setProperty("surface", "scroll")
        self.add = text_button("label.class.add", icon="plus", small=True)
        self.add.clicked.connect(lambda _checked=False: self.add_requested.emit())
        self.edit = text_button("label.class.edit", icon="pencil", small=True)
        self.edit.clicked.connect(lambda _checked=False: self._open_menu(self._kept.class_name, self.edit))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self._flow)
        follow_language(self, self._show)

    def kept(self) -> Filter:
        """The filter in force."""
        return self._kept

    def keep(self, kept: Filter) -> None:
        """Choose a filter without telling."""
        self._kept = kept
        self._show()

    def chip(self, kept: Filter) -> Chip:
        """Return the chip of a filter. Raises KeyError when there is none."""
        return self._chips[kept]

    def show_state(self, state: LabelledImages) -> None:
        """Show the classes and counts of a state."""
        self._state = state
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the lines there are."""
        super().resizeEvent(event)
        self._fit()

    def _show(self) -> None:
        wanted = self._wanted()
        if self._kept not in wanted:
            self._kept = Filter()
        if list(wanted) != list(self._chips):
            self._rebuild(wanted)
        for kept, (name, count, icon) in wanted.items():
            place = self._state.place_of(kept.class_name) if kept.kind is Kind.CLASS else -1
            self._chips[kept].show_count(name, count, place=place, icon=icon)
        self._chips[self._kept].setChecked(True)
        self.edit.setVisible(self._kept.kind is Kind.CLASS)
        self._fit()

    def _wanted(self) -> dict[Filter, tuple[str, int, str]]:
        """Name, count and icon of every chip; filters that keep nothing are left out."""
        state = self._state
        found = {Filter(): (translate("label.filter.all"), len(state.numbers), "")}
        if state.unlabelled:
            found[Filter(Kind.UNLABELLED)] = (translate("label.filter.unlabelled"), len(state.unlabelled), "")
        for one in state.classes:
            found[Filter(Kind.CLASS, one.name)] = (one.name, state.class_counts.get(one.name, 0), "")
        if state.suspects:
            words = translate("label.filter.suspect")
            found[Filter(Kind.SUSPECT)] = (words, len(state.suspects), "alert-triangle")
        if state.hidden:
            found[Filter(Kind.HIDDEN)] = (translate("label.filter.hidden"), len(state.hidden), "eye-off")
        return found

    def _rebuild(self, wanted: dict[Filter, tuple[str, int, str]]) -> None:
        focused = next((kept for kept, chip in self._chips.items() if chip.hasFocus()), None)
        for button in (self.add, self.edit):
            button.setParent(None)
        self._flow.clear()
        self._chips = {kept: self._new_chip(kept) for kept in wanted}
        for shown in (*self._chips.values(), self.add, self.edit):
            self._flow.add(shown)
            shown.show()
        if focused in self._chips:
            self._chips[focused].setFocus(Qt.FocusReason.OtherFocusReason)

    def _new_chip(self, kept: Filter) -> Chip:
        chip = Chip()
        # A click leaves the keyboard with the images, where Enter accepts.
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._group.addButton(chip)
        chip.clicked.connect(lambda _checked=False: self._choose(kept))
        if kept.kind is Kind.CLASS:
            chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            chip.customContextMenuRequested.connect(lambda _point: self._open_menu(kept.class_name, chip))
        return chip

    def _choose(self, kept: Filter) -> None:
        self._kept = kept
        self._show()
        self.chosen.emit(kept)

    def _open_menu(self, name: str, anchor: QWidget) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        rename = menu.addAction(theme().icon("pencil"), translate("label.class.rename"))
        rename.triggered.connect(lambda: self.rename_requested.emit(name))
        others = [one.name for one in self._state.classes if one.name != name]
        if others:
            merge = menu.addMenu(theme().icon("layers"), translate("label.class.merge"))
            for other in others:
                merge.addAction(other.replace("&", "&&")).triggered.connect(
                    partial(self.merge_requested.emit, name, other)
                )
        remove = menu.addAction(theme().icon("trash"), translate("label.class.remove"))
        remove.triggered.connect(lambda: self.remove_requested.emit(name))
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 4)))

    def _fit(self) -> None:
        wanted = self._flow.heightForWidth(self.viewport().width())
        self.setFixedHeight(max(CHIP_HEIGHT, min(_MOST_HEIGHT, wanted)))
