"""Heatmaps are drawn on one fixed scale, as strongly as asked."""

from PySide6.QtGui import QColor, QImage, QPixmap

from desktop.theme import Theme
from desktop.widgets.heatmap import heat_color, overlaid

SIDE = 16


def grey(level: int) -> QImage:
    image = QImage(4, 4, QImage.Format.Format_Grayscale8)
    image.fill(QColor(level, level, level))
    return image


def photo() -> QPixmap:
    pixmap = QPixmap(SIDE, SIDE)
    pixmap.fill(QColor(128, 128, 128))
    return pixmap


def middle(pixmap: QPixmap) -> QColor:
    return pixmap.toImage().pixelColor(SIDE // 2, SIDE // 2)


def test_strength_nothing_shows_the_photo(look: Theme) -> None:
    assert middle(overlaid(photo(), grey(255), 0.0)) == QColor(128, 128, 128)


def test_full_strength_shows_the_scale_only(look: Theme) -> None:
    for level in (0, 128, 255):
        shown, expected = middle(overlaid(photo(), grey(level), 1.0)), heat_color(level / 255)
        assert abs(shown.red() - expected.red()) <= 2
        assert abs(shown.green() - expected.green()) <= 2
        assert abs(shown.blue() - expected.blue()) <= 2


def test_what_looks_normal_stays_clear_at_half_strength(look: Theme) -> None:
    assert middle(overlaid(photo(), grey(0), 0.5)) == QColor(128, 128, 128)
    assert middle(overlaid(photo(), grey(255), 0.5)) != QColor(128, 128, 128)


def test_a_photo_without_heatmap_is_shown_as_it_is(look: Theme) -> None:
    assert middle(overlaid(photo(), QImage(), 0.8)) == QColor(128, 128, 128)
