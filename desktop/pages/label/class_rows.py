"""The answers to "which class is this?": one row a class with its key, its sign and how likely the model finds it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from automl.domain.labels import LabelClass
from desktop.pages.label.words import sure_words
from desktop.widgets.class_sign import class_key, draw_class_sign
from desktop.widgets.key_cap import draw_key
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width

_HEIGHT, _GAP = 34, 6
_PERCENT_WIDTH = 40.0
_LEAST_NAME, _MOST_NAME = 76.0, 0.62


class ClassRow(QAbstractButton):
    """One class; the likeliest is drawn in blue."""

    def __init__(self, name: str, place: int, name_width: float) -> None:
        """`name_width` is that of the widest name, so that all bars begin at one place."""
        super().__init__()
        self.name = name
        self._place, self._name_width = place, name_width
        self._probability: float | None = None
        self._is_first = False
        self.setText(name)
        # A click leaves the keyboard with the images, where Enter accepts.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.text() if text_width(self.text(), font(13, 600)) > 110 else "")

    def show_probability(self, probability: float | None, *, first: bool) -> None:
        """Show how likely the class is, None before the model said anything."""
        self._probability, self._is_first = probability, first
        sure = f", {sure_words(probability)}" if probability is not None else ""
        self.setAccessibleName(f"{self.text()}{sure}")
        self.update()

    def sizeHint(self) -> QSize:
        """34 high."""
        return QSize(200, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw key, sign, name, bar and percent."""
        del event
        with painting(self) as painter:
            fill = "accent-soft" if self._is_first else "surface-2" if self.underMouse() else "surface"
            edge, width = ("accent", 2) if self._is_first else ("border", 1)
            draw_box(painter, QRectF(self.rect()), fill, edge, 6, width=width)
            middle, left, key = self.height() / 2, 12.0, class_key(self._place)
            if key:
                draw_key(painter, left, middle, key)
            left += 18 + 8
            draw_class_sign(painter, QRectF(left, middle - 5, 10, 10), self._place)
            left += 10 + 8
            has_bar = self._probability is not None
            room = self.width() - left - 12 - (_PERCENT_WIDTH + 8 if has_bar else 0)
            name_width = min(self._name_width, room * _MOST_NAME) if has_bar else room
            face = font(13, 600 if self._is_first else 500)
            draw_text(painter, QRectF(left, 0, name_width - 8, self.height()), self.text(), "text", face)
            if self._probability is None:
                return
            track = QRectF(left + name_width, middle - 3, room - name_width, 6)
            draw_box(painter, track, "surface" if self._is_first else "surface-3", None, 3)
            if self._probability > 0:
                filled = QRectF(track.left(), track.top(), max(4.0, track.width() * self._probability), 6)
                draw_box(painter, filled, "accent" if self._is_first else "bar", None, 3)
            percent = QRectF(self.width() - 12 - _PERCENT_WIDTH, 0, _PERCENT_WIDTH, self.height())
            ink, right = "text" if self._is_first else "text-2", Qt.AlignmentFlag.AlignRight
            draw_text(painter, percent, sure_words(self._probability), ink, face, align=right)


class ClassRows(QWidget):
    """All classes, the likeliest first; `chosen` tells the one a person took."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, ClassRow] = {}
        self._names: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_GAP)
        self._column.addStretch(1)

    def row(self, name: str) -> ClassRow:
        """Return the row of a class. Raises KeyError for an unknown one."""
        return self._rows[name]

    def show_classes(self, classes: Sequence[LabelClass], probabilities: Mapping[str, float]) -> None:
        """Show these classes with their probabilities, which may be empty."""
        names = tuple(one.name for one in classes)
        if names != self._names:
            self._rebuild(names)
        order = sorted(names, key=lambda name: -probabilities.get(name, 0.0)) if probabilities else list(names)
        for place, name in enumerate(order):
            row = self._rows[name]
            row.show_probability(
                probabilities.get(name, 0.0) if probabilities else None, first=bool(probabilities) and place == 0
            )
            if self._column.indexOf(row) != place:
                self._column.removeWidget(row)
                self._column.insertWidget(place, row)

    def retranslate(self) -> None:
        """Make the rows anew in another language."""
        self._rebuild(self._names)

    def _rebuild(self, names: tuple[str, ...]) -> None:
        for former in self._rows.values():
            self._column.removeWidget(former)
            former.hide()
            former.deleteLater()
        self._names = names
        widest = max((text_width(name, font(13, 600)) for name in names), default=0.0) + 14
        self._rows = {name: self._new_row(name, place, max(_LEAST_NAME, widest)) for place, name in enumerate(names)}

    def _new_row(self, name: str, place: int, name_width: float) -> ClassRow:
        row = ClassRow(name, place, name_width)
        row.clicked.connect(lambda _checked=False: self.chosen.emit(name))
        self._column.insertWidget(place, row)
        row.show()
        return row
