"""A heatmap over an image: one fixed scale of colours, laid on as strongly as a person likes."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import translate
from desktop.theme import theme
from desktop.widgets.painting import draw_text, font, painting

_STOPS = ("heat-1", "heat-2", "heat-3", "heat-4", "heat-5")
_LARGEST_SIDE = 1_600
_BAR = 8.0


def heat_color(share: float) -> QColor:
    """Return the colour of a place on the scale: 0 looks normal, 1 looks as unusual as the scale shows."""
    place = min(1.0, max(0.0, share)) * (len(_STOPS) - 1)
    left = min(int(place), len(_STOPS) - 2)
    first, second = theme().color(_STOPS[left]), theme().color(_STOPS[left + 1])
    part = place - left
    return QColor.fromRgbF(
        first.redF() + (second.redF() - first.redF()) * part,
        first.greenF() + (second.greenF() - first.greenF()) * part,
        first.blueF() + (second.blueF() - first.blueF()) * part,
    )


def overlaid(image: QPixmap, heat: QImage, strength: float) -> QPixmap:
    """Return the image under its heatmap; `strength` 0 shows the image only, 1 the heatmap only."""
    if image.isNull() or heat.isNull() or strength <= 0:
        return image
    aspect, smooth = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
    longest = max(image.width(), image.height())
    base = image if longest <= _LARGEST_SIDE else image.scaled(image.size() * (_LARGEST_SIDE / longest), aspect, smooth)
    grey = heat.convertToFormat(QImage.Format.Format_Grayscale8).scaled(base.size(), aspect, smooth)
    colored = grey.convertToFormat(QImage.Format.Format_Grayscale8)
    colored.reinterpretAsFormat(QImage.Format.Format_Indexed8)
    colored.setColorTable([_ink(level / 255, strength) for level in range(256)])
    result = QPixmap(base)
    with QPainter(result) as painter:
        painter.drawImage(0, 0, colored.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied))
    return result


def _ink(level: float, strength: float) -> int:
    """The colour of one level; what looks normal stays clear until the heatmap is to cover everything."""
    color = heat_color(level)
    color.setAlphaF(min(1.0, 2 * strength * level + max(0.0, 2 * strength - 1) ** 2))
    return color.rgba()


class HeatScale(QWidget):
    """The scale of the heatmap with its two ends in words."""

    def __init__(self, low: str, high: str) -> None:
        super().__init__()
        self._low, self._high = low, high
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A bar and a line of words."""
        return QSize(192, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar and its ends."""
        del event
        with painting(self) as painter:
            bar = QRectF(0, 0, self.width(), _BAR)
            gradient = QLinearGradient(bar.topLeft(), bar.topRight())
            for place in range(len(_STOPS)):
                gradient.setColorAt(place / (len(_STOPS) - 1), theme().color(_STOPS[place]))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(gradient)
            painter.drawRoundedRect(bar, 1, 1)
            words = QRectF(0, _BAR + 4, self.width(), 16)
            draw_text(painter, words, translate(self._low), "text-3", font(11))
            draw_text(painter, words, translate(self._high), "text-3", font(11), align=Qt.AlignmentFlag.AlignRight)
