"""The classes as chips with counts: a filter, and where classes are added, renamed and merged."""

from functools import partial

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QMenu, QScrollArea, QSizePolicy, QWidget

from desktop.i18n import follow_language, translate
from desktop.itemmodels.images_labelled import Filter, Kind, LabelledImages
from desktop.theme import theme
from desktop.widgets.buttons import text_button
from desktop.widgets.class_sign import draw_class_sign
from desktop.widgets.flow import Flow
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width

_HEIGHT, _LONGEST = 28, 150.0
_SIGN, _GAP, _EDGE = 10.0, 6.0, 10.0
_MOST_HEIGHT = 2 * _HEIGHT + 8


class Chip(QAbstractButton):
    """One filter: sign, name and count; long names are cut and whole in the tooltip."""

    def __init__(self, kept: Filter) -> None:
        super().__init__()
        self.kept = kept
        self._name, self._count, self._place, self._icon = "", 0, -1, ""
        self.setCheckable(True)
        # A click leaves the keyboard with the images, where Enter accepts.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_count(self, name: str, count: int, *, place: int = -1, icon: str = "") -> None:
        """Show a name with its count; `place` is that of a class, `icon` stands before anything else."""
        self._name, self._count, self._place, self._icon = name, count, place, icon
        self.setText(f"{name} {count:,}")
        self.setAccessibleName(self.text())
        self.setToolTip(name if text_width(name, font(12, 600)) > _LONGEST else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the words in bold, so that nothing moves when it is chosen."""
        sign = _SIGN + _GAP if self._place >= 0 else 14 + _GAP if self._icon else 0.0
        words = min(_LONGEST, text_width(self._name, font(12, 600)))
        count = text_width(f"{self._count:,}", font(12))
        return QSize(round(_EDGE * 2 + sign + words + _GAP + count) + 2, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        del event
        chosen = self.isChecked()
        with painting(self) as painter:
            fill = "accent-soft" if chosen else "surface-3" if self.underMouse() else "surface"
            draw_box(painter, QRectF(self.rect()), fill, "accent" if chosen else "border", 4)
            left, middle = _EDGE, self.height() / 2
            if self._place >= 0:
                draw_class_sign(painter, QRectF(left, middle - _SIGN / 2, _SIGN, _SIGN), self._place)
                left += _SIGN + _GAP
            elif self._icon:
                theme().paint_icon(painter, self._icon, "text-3", QRectF(left, middle - 7, 14, 14))
                left += 14 + _GAP
            face = font(12, 600 if chosen else 500)
            words = min(_LONGEST, text_width(self._name, font(12, 600)))
            draw_text(painter, QRectF(left, 0, words, _HEIGHT), self._name, "accent" if chosen else "text", face)
            count = QRectF(left + words + _GAP, 0, self.width() - left - words - _GAP, _HEIGHT)
            draw_text(painter, count, f"{self._count:,}", "accent" if chosen else "text-2", font(12))


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
        chip = Chip(kept)
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
        self.setFixedHeight(max(_HEIGHT, min(_MOST_HEIGHT, wanted)))
