"""One mistake closely: the image, its heatmap over it or both side by side, and whether its label is right."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from automl.domain.images import ImageRecord
from desktop.i18n import translator
from desktop.itemmodels.thumbnails import Thumbnails
from desktop.theme import theme
from desktop.widgets.buttons import IconButton, button
from desktop.widgets.card import Card, line
from desktop.widgets.heatmap import HeatScale, overlaid
from desktop.widgets.image_view import ImageView
from desktop.widgets.painting import elided, font
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.slider import Slider
from desktop.widgets.text import ElidedLabel, breakable, label, plain_label

IMAGE, OVERLAY, BOTH = "image", "overlay", "both"
STRENGTH = 0.6
WIDEST_CLASS = 110


class ImageCard(Card):
    """`stepped` asks for the next (1) or previous (-1) mistake; `labelled` tells the class a person says it is."""

    stepped = Signal(int)
    labelled = Signal(str)

    def __init__(self, images: Thumbnails) -> None:
        super().__init__()
        self._images = images
        self._record: ImageRecord | None = None
        self._heat = QImage()
        self._classes: tuple[str, ...] = ()
        self._class_name = ""
        self._reading = plain_label("", "reading", wrap=True)
        self._caption = ElidedLabel("", "text-3", 12)
        self._view, self._second = ImageView(), ImageView()
        self._ways = SegmentedControl([(way, f"image_mistakes.{way}") for way in (IMAGE, OVERLAY, BOTH)])
        self._ways.set_value(OVERLAY)
        self._strength = Slider(0.0, 1.0, name="image_mistakes.strength")
        self._strength.set_value(STRENGTH)
        self._share = plain_label("", "strong")
        self._zoom = plain_label("", "strong")
        self._previous, self._next = (
            button("image_mistakes.previous", icon="chevron-left"),
            button("image_mistakes.next"),
        )
        self._question = label("image_mistakes.question", "secondary")
        self._right, self._change = button("image_mistakes.yes", icon="check", name=""), button("image_mistakes.change")
        self._lay_out()
        self._connect()

    def show_image(self, record: ImageRecord | None, heat: QImage, reading: str, caption: str) -> None:
        """Show an image with its heatmap (empty: there is none)."""
        self._record, self._heat = record, heat
        self._reading.setText(breakable(reading))
        self._caption.set_text(caption)
        self._caption.setToolTip(record.path if record is not None else "")
        self._ways.setVisible(not heat.isNull())
        self._strength_part.setVisible(not heat.isNull())
        self._bottom.setVisible(record is not None)
        self._draw()

    def show_label(self, class_name: str, classes: tuple[str, ...]) -> None:
        """Offer to confirm the label or to change it."""
        self._class_name, self._classes = class_name, classes
        self._right.set_text("image_mistakes.yes", name=elided(class_name, font(13, 500), WIDEST_CLASS))
        self._right.setToolTip(class_name)
        self._right.setVisible(bool(class_name))

    def show_ways(self, *, back: bool, on: bool) -> None:
        """Tell whether there is a mistake before and one after."""
        self._previous.setEnabled(back)
        self._next.setEnabled(on)

    def _lay_out(self) -> None:
        self.add(self._reading)
        under = self.add_row(self._caption, self._ways, stretch_last=True)
        under.setStretch(0, 1)
        pictures = QHBoxLayout()
        pictures.setSpacing(8)
        pictures.addWidget(self._view, 1)
        pictures.addWidget(self._second, 1)
        self.body.addLayout(pictures, 1)
        self.body.addLayout(self._way_row())
        self._bottom = QWidget()
        column = QVBoxLayout(self._bottom)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._strength_part = QWidget()
        self._strength_part.setLayout(self._strength_row())
        column.addWidget(self._strength_part)
        column.addWidget(line())
        column.addLayout(self._label_row())
        self.add(self._bottom)

    def _way_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._previous)
        row.addSpacing(4)
        row.addWidget(self._next)
        row.addStretch(1)
        for icon, key, act in (
            ("minus", "image_mistakes.smaller", lambda: self._enlarge(-1)),
            ("plus", "image_mistakes.larger", lambda: self._enlarge(1)),
            ("fit", "image_mistakes.fit", self._fit),
        ):
            tool = IconButton(icon, key)
            tool.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(tool)
            if icon == "minus":
                row.addWidget(self._zoom)
        return row

    def _strength_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        column = QVBoxLayout()
        column.setSpacing(2)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(label("image_mistakes.strength", "caption-2"), 1)
        head.addWidget(self._share)
        foot.addWidget(label("image_mistakes.image_only", "caption"))
        foot.addStretch(1)
        foot.addWidget(label("image_mistakes.heatmap_only", "caption"))
        column.addLayout(head)
        column.addWidget(self._strength)
        column.addLayout(foot)
        row.addLayout(column, 3)
        scale = HeatScale("image_mistakes.normal", "image_mistakes.unusual")
        row.addWidget(scale, 2)
        return row

    def _label_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._question, 1)
        row.addWidget(self._right)
        row.addWidget(self._change)
        return row

    def _connect(self) -> None:
        self._images.ready.connect(lambda _number: self._draw())
        self._ways.chosen.connect(lambda _way: self._draw())
        self._strength.moved.connect(lambda _value: self._draw())
        self._view.zoomed.connect(lambda _zoom: self._show_zoom())
        self._previous.clicked.connect(lambda _checked=False: self.stepped.emit(-1))
        self._next.clicked.connect(lambda _checked=False: self.stepped.emit(1))
        self._right.clicked.connect(lambda _checked=False: self.labelled.emit(self._class_name))
        self._change.clicked.connect(lambda _checked=False: self._offer_classes())
        theme().changed.connect(self._draw)

    def _way(self) -> str:
        return IMAGE if self._heat.isNull() else self._ways.value()

    def _plain(self) -> QPixmap:
        found = self._images.pixmap(self._record.number) if self._record is not None else None
        return found if found is not None else QPixmap()

    def _overlaid(self, plain: QPixmap) -> QPixmap:
        return overlaid(plain, self._heat, self._strength.value())

    def _draw(self) -> None:
        way, plain = self._way(), self._plain()
        size = QSize(self._record.width, self._record.height) if self._record is not None else QSize()
        self._second.setVisible(way == BOTH)
        self._view.show_image(self._overlaid(plain) if way == OVERLAY else plain, size)
        if way == BOTH:
            self._second.show_image(self._overlaid(plain), size)
        self._strength.setEnabled(way != IMAGE)
        self._share.setText(translator().percent(self._strength.value(), 0))
        self._show_zoom()

    def _enlarge(self, steps: int) -> None:
        for view in (self._view, self._second):
            view.enlarge(steps)
        self._show_zoom()

    def _fit(self) -> None:
        for view in (self._view, self._second):
            view.fit()
        self._show_zoom()

    def _show_zoom(self) -> None:
        self._zoom.setText(translator().percent(self._view.zoom(), 0) if self._record is not None else "")

    def _offer_classes(self) -> None:
        menu = QMenu(self)
        for name in self._classes:
            if name != self._class_name:
                menu.addAction(name.replace("&", "&&")).triggered.connect(
                    lambda _checked=False, taken=name: self.labelled.emit(taken)
                )
        menu.popup(self._change.mapToGlobal(self._change.rect().topLeft()))
