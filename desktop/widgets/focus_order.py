"""The way the keyboard goes: in the order things are laid out, also through what was made later."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLayout,
    QLineEdit,
    QScrollArea,
    QWidget,
)

_WHOLE = (QAbstractItemView, QAbstractButton, QComboBox, QLineEdit)


def tab_stops(region: QWidget) -> Iterator[QWidget]:
    """Give the widgets of a region that take the keyboard now, left to right and top to bottom as laid out.

    A table is one stop, and so is a group of choices of which one is taken.
    """
    if not region.isVisible():
        return
    if region.focusPolicy() & Qt.FocusPolicy.TabFocus and region.isEnabled() and not _stands_back(region):
        yield region
    if not isinstance(region, _WHOLE):
        for child in _children(region):
            yield from tab_stops(child)


def next_stop(regions: Sequence[QWidget], *, forward: bool) -> QWidget | None:
    """Return the stop after (or before) the one that has the keyboard, round the window; None without any stop."""
    stops = [stop for region in regions for stop in tab_stops(region)]
    focused = QApplication.focusWidget()
    here = next((place for place, stop in enumerate(stops) if stop is focused), -1 if forward else 0)
    return stops[(here + (1 if forward else -1)) % len(stops)] if stops else None


def scroll_to(stop: QWidget) -> None:
    """Bring a stop into view where it lies in something that scrolls."""
    around = stop.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(stop)
        around = around.parentWidget()


def _children(parent: QWidget) -> list[QWidget]:
    layout = parent.layout()
    laid_out = list(_laid_out(layout)) if layout is not None else []
    known = set(map(id, laid_out))
    others = [child for child in parent.children() if isinstance(child, QWidget) and id(child) not in known]
    loose = sorted((child for child in others if not child.isWindow()), key=lambda child: (child.y(), child.x()))
    return [*laid_out, *loose]


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _stands_back(widget: QWidget) -> bool:
    """Of choices that exclude each other only the one taken is a stop; arrows reach the others."""
    if not isinstance(widget, QAbstractButton) or widget.isChecked():
        return False
    group = widget.group()
    return group is not None and group.exclusive() and group.checkedButton() is not None
