"""One image, whole or enlarged: the wheel enlarges around the pointer, dragging moves, a double click fits it again."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme import theme
from desktop.widgets.painting import draw_box, painting

_STEP = 1.25
_MOST = 32.0
_RADIUS = 6.0


class ImageView(QWidget):
    """Shows a pixmap; `zoomed` tells how many screen pixels an image pixel takes. `boxes` are drawn dashed, in image pixels.

    With `fixed` the image is always whole: a picture beside words rather than a place to look closely.
    """

    zoomed = Signal(float)

    def __init__(self, *, fixed: bool = False) -> None:
        super().__init__()
        self._fixed = fixed
        self._pixmap = QPixmap()
        self._scaled = QPixmap()
        self._size = QSize()
        self._boxes: tuple[QRectF, ...] = ()
        self._zoom = 0.0
        self._middle = QPointF(0.5, 0.5)
        self._dragged_from: QPointF | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        if not fixed:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_image(self, pixmap: QPixmap, size: QSize, boxes: Sequence[QRectF] = ()) -> None:
        """Show an image of `size` pixels; `pixmap` may be a smaller copy of it."""
        if size != self._size:
            self._zoom, self._middle = 0.0, QPointF(0.5, 0.5)
        self._pixmap, self._scaled = pixmap, QPixmap()
        self._size, self._boxes = size, tuple(boxes)
        self.update()

    def zoom(self) -> float:
        """How many screen pixels an image pixel takes now."""
        return max(self._zoom, self._fitting())

    def fit(self) -> None:
        """Show the whole image."""
        self._set_zoom(0.0, QRectF(self.rect()).center())

    def enlarge(self, steps: int) -> None:
        """Enlarge around the middle, or shrink with a negative number."""
        self._set_zoom(self.zoom() * _STEP**steps, QRectF(self.rect()).center())

    def sizeHint(self) -> QSize:
        """A usual size."""
        return QSize(320, 240)

    def minimumSizeHint(self) -> QSize:
        """Small, but worth looking at."""
        return QSize(120, 90)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the image and its boxes."""
        del event
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), "surface-3", None, _RADIUS)
            if self._size.isEmpty():
                return
            area = self._area()
            self._paint_image(painter, area)
            scale = area.width() / self._size.width()
            for box in self._boxes:
                _paint_dashed(
                    painter,
                    QRectF(box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale).translated(
                        area.topLeft()
                    ),
                )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        self._scaled = QPixmap()
        super().resizeEvent(event)
        self.zoomed.emit(self.zoom())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Enlarge or shrink around the pointer."""
        if self._fixed:
            event.ignore()
            return
        self._set_zoom(self.zoom() * _STEP ** (event.angleDelta().y() / 120), event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the image."""
        if self._fixed:
            event.ignore()
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._dragged_from = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the image."""
        if self._dragged_from is None or self._size.isEmpty():
            return
        moved = event.position() - self._dragged_from
        self._dragged_from = event.position()
        scale = self.zoom()
        self._look_at(
            self._middle - QPointF(moved.x() / scale / self._size.width(), moved.y() / scale / self._size.height())
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        del event
        self._dragged_from = None
        if not self._fixed:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fit, or enlarge to the pixels of the image."""
        if not self._fixed:
            self._set_zoom(0.0 if self._zoom else max(1.0, 2 * self._fitting()), event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Plus and minus enlarge and shrink, F fits; other keys are left to the page."""
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.enlarge(1)
            case Qt.Key.Key_Minus:
                self.enlarge(-1)
            case Qt.Key.Key_F:
                self.fit()
            case _:
                event.ignore()

    def _fitting(self) -> float:
        if self._size.isEmpty():
            return 1.0
        return min(self.width() / self._size.width(), self.height() / self._size.height())

    def _set_zoom(self, zoom: float, around: QPointF) -> None:
        if self._size.isEmpty():
            return
        before = self._area()
        there = QPointF((around.x() - before.x()) / before.width(), (around.y() - before.y()) / before.height())
        fitting = self._fitting()
        self._zoom = 0.0 if zoom <= fitting * 1.001 else min(zoom, max(_MOST, fitting))
        width, height = self._size.width() * self.zoom(), self._size.height() * self.zoom()
        middle = QRectF(self.rect()).center()
        self._look_at(
            QPointF(there.x() + (middle.x() - around.x()) / width, there.y() + (middle.y() - around.y()) / height)
        )
        self.zoomed.emit(self.zoom())

    def _look_at(self, middle: QPointF) -> None:
        """Bring a place of the image (0 to 1) into the middle, as far as its edges allow."""
        self._middle = QPointF(
            _within(middle.x(), self.width() / (self._size.width() * self.zoom())),
            _within(middle.y(), self.height() / (self._size.height() * self.zoom())),
        )
        self.update()

    def _area(self) -> QRectF:
        """Where the whole image lies, in coordinates of the widget."""
        width, height = self._size.width() * self.zoom(), self._size.height() * self.zoom()
        middle = QRectF(self.rect()).center()
        return QRectF(middle.x() - self._middle.x() * width, middle.y() - self._middle.y() * height, width, height)

    def _paint_image(self, painter: QPainter, area: QRectF) -> None:
        if self._pixmap.isNull():
            return
        shrinks = area.width() < self._pixmap.width()
        if shrinks and not self._zoom:
            # Scaled once with care, as a painter would leave thin scratches out.
            wanted = area.size().toSize() * self.devicePixelRatioF()
            if self._scaled.size() != wanted:
                aspect, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
                self._scaled = self._pixmap.scaled(wanted, aspect, smooth)
            painter.drawPixmap(area, self._scaled, QRectF(self._scaled.rect()))
            return
        # Enlarged pixels stay pixels: what is seen is what the model sees.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom() < 2)
        seen = area.intersected(QRectF(self.rect()))
        scale = self._pixmap.width() / area.width()
        part = QRectF(
            (seen.x() - area.x()) * scale, (seen.y() - area.y()) * scale, seen.width() * scale, seen.height() * scale
        )
        painter.drawPixmap(seen, self._pixmap, part)


def _within(place: float, seen: float) -> float:
    return 0.5 if seen >= 1 else min(1 - seen / 2, max(seen / 2, place))


def _paint_dashed(painter: QPainter, box: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for token, dashes in (("text", []), ("surface", [4, 3])):
        pen = QPen(theme().color(token), 1.5)
        if dashes:
            pen.setDashPattern(dashes)
        painter.setPen(pen)
        painter.drawRect(box)
