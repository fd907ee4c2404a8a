"""Themes, icons and fonts."""

import math

import pytest
from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

import resources
from desktop.theme import Theme, ThemeChoice, high_contrast, style_sheet, theme
from desktop.widgets.painting import painting


def _luminance(color: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else math.pow((part + 0.055) / 1.055, 2.4)

    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF())


def _contrast(look: Theme, ink: str, ground: str) -> float:
    bright, dark = sorted((_luminance(look.color(ink)), _luminance(look.color(ground))), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def test_both_themes_have_the_same_tokens(look: Theme) -> None:
    light = set(look.tokens)
    look.set_choice(ThemeChoice.DARK)
    assert set(look.tokens) == light


@pytest.mark.parametrize("choice", [ThemeChoice.LIGHT, ThemeChoice.DARK])
@pytest.mark.parametrize("ink", ["text", "text-2", "text-3", "accent", "ok", "warn", "bad"])
def test_text_can_be_read_on_every_ground(look: Theme, choice: ThemeChoice, ink: str) -> None:
    look.set_choice(choice)
    assert min(_contrast(look, ink, ground) for ground in ("surface", "surface-2", "bg", "chrome")) >= 4.5


def test_a_switch_is_told_once_and_reaches_palette_and_sheet(look: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(look.changed):
        look.set_choice(ThemeChoice.DARK)
    assert theme().name == "dark"
    with qtbot.assertNotEmitted(look.changed, wait=1):
        look.set_choice(ThemeChoice.DARK)


def test_an_unknown_token_in_the_sheet_is_an_error() -> None:
    with pytest.raises(KeyError):
        style_sheet("color: @no-such-token@", {"text": "#000000"})


@pytest.mark.parametrize("name", sorted(path.stem for path in resources.path("icons").glob("*.svg")))
def test_every_icon_draws_something_in_its_colour(look: Theme, name: str) -> None:
    image = look.pixmap(name, "accent", 24).toImage()
    inked = [image.pixelColor(x, y) for x in range(24) for y in range(24) if image.pixelColor(x, y).alpha() > 200]
    assert inked
    accent = look.color("accent")
    assert all(abs(color.red() - accent.red()) < 12 and abs(color.blue() - accent.blue()) < 12 for color in inked)


def test_icons_are_sharp_on_dense_screens(look: Theme) -> None:
    target = QPixmap(32, 32)
    target.setDevicePixelRatio(2)
    with painting(target) as painter:
        look.paint_icon(painter, "check", "accent", QRectF(0, 0, 16, 16))
    assert look.pixmap("check", "accent", 16, 2.0).width() == 32


def test_the_theme_belongs_to_the_application(look: Theme, qapp: QObject) -> None:
    assert theme() is look
    assert look.parent() is qapp


def test_high_contrast_has_no_soft_fills_and_no_grey_text(look: Theme) -> None:
    strong = high_contrast(look.tokens)
    assert set(strong) == set(look.tokens)
    assert {strong[name] for name in strong if name.endswith("-soft")} == {look.tokens["surface"]}
    assert strong["text-3"] == strong["border"] == look.tokens["text"]
