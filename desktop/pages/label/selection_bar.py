"""The bar over the grid: what is selected and what can be done with it, or the ways to label many at once."""

from functools import partial

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.i18n import follow_language, translate
from desktop.itemmodels.images_labelled import LabelledImages
from desktop.pages.label.words import selection_words
from desktop.theme import theme
from desktop.widgets.buttons import button, text_button
from desktop.widgets.card import line
from desktop.widgets.class_sign import class_key
from desktop.widgets.laid_out import laid_out_once
from desktop.widgets.painting import draw_box, painting
from desktop.widgets.text import ElidedLabel, plain_label

HEIGHT = 46


class SelectionBar(QWidget):
    """Everything it offers goes out as a signal; `sorted_least_sure` tells whether the least sure come first."""

    class_chosen = Signal(str)
    hide_requested = Signal(bool)
    clear_requested = Signal()
    unlabel_requested = Signal()
    accept_requested = Signal()
    rule_requested = Signal()
    sorted_least_sure = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._state = LabelledImages()
        self._selected: frozenset[int] = frozenset()
        self._shown = 0
        self._least_sure = False
        self.setFixedHeight(HEIGHT)
        self.count = plain_label("", "strong")
        self.detail = ElidedLabel("", "text-2")
        self.change = button("label.bar.change", small=True)
        self.change.clicked.connect(lambda _checked=False: self._open_classes())
        self.hide_button = button("label.bar.hide", small=True)
        self.hide_button.clicked.connect(lambda _checked=False: self.hide_requested.emit(not self._all_hidden()))
        self.clear = text_button("label.bar.clear", small=True)
        self.clear.clicked.connect(lambda _checked=False: self.clear_requested.emit())
        self.accept = button("label.bar.accept", icon="sparkles", small=True)
        self.accept.clicked.connect(lambda _checked=False: self.accept_requested.emit())
        self.rule = button("label.bar.rule", icon="wand", small=True)
        self.rule.clicked.connect(lambda _checked=False: self.rule_requested.emit())
        self.sort = text_button("label.bar.least_sure", icon="sort", small=True)
        self.sort.clicked.connect(lambda _checked=False: self._toggle_sort())
        self._divider = line(vertical=True)
        self._divider.setFixedHeight(16)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(15, 0, 15, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self.count)
        self._row.addWidget(self.detail, 1)
        for offered in (self.accept, self.rule, self.change, self.hide_button, self.clear, self._divider, self.sort):
            self._row.addWidget(offered)
        follow_language(self, self._show)

    def show_selection(self, state: LabelledImages, selected: frozenset[int], shown: int) -> None:
        """Show what is selected of `shown` images."""
        self._state, self._selected, self._shown = state, selected, shown
        self._show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Blue while something is selected, a line above and below."""
        del event
        with painting(self) as painter:
            fill = "accent-soft" if self._selected else "surface"
            painter.fillRect(self.rect(), theme().color(fill))
            for y in (0, HEIGHT - 1):
                draw_box(painter, QRectF(0, y, self.width(), 1), "border", None, 0)

    def _show(self) -> None:
        chosen = len(self._selected)
        key = "label.bar.selected" if chosen else "label.bar.shown"
        self.count.setText(translate(key, count=chosen or self._shown))
        self.detail.set_text(selection_words(self._state, self._selected) if chosen else "")
        self.hide_button.set_text("label.bar.unhide" if self._all_hidden() else "label.bar.hide")
        suggests = self._state.suggests
        wanted = {
            self.accept: not chosen and suggests and bool(self._state.unlabelled),
            self.rule: not chosen,
            self.change: bool(chosen),
            self.hide_button: bool(chosen),
            self.clear: bool(chosen),
            self._divider: suggests,
            self.sort: suggests,
        }
        with laid_out_once(self._row):
            for offered, is_shown in wanted.items():
                offered.setVisible(is_shown)
        self.change.setEnabled(bool(self._state.classes))
        self.sort.set_text("label.bar.by_number" if self._least_sure else "label.bar.least_sure")
        self.update()

    def _all_hidden(self) -> bool:
        return bool(self._selected) and self._selected <= set(self._state.hidden)

    def _toggle_sort(self) -> None:
        self._least_sure = not self._least_sure
        self._show()
        self.sorted_least_sure.emit(self._least_sure)

    def _open_classes(self) -> None:
        menu = QMenu(self.change)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, one in enumerate(self._state.classes):
            key = class_key(place)
            words = one.name.replace("&", "&&")
            action = menu.addAction(f"{words}\t{key}" if key else words)
            action.triggered.connect(partial(self.class_chosen.emit, one.name))
        menu.addSeparator()
        menu.addAction(translate("label.bar.unlabel")).triggered.connect(self.unlabel_requested)
        menu.popup(self.change.mapToGlobal(QPoint(0, self.change.height() + 4)))
