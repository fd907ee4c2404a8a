"""Mistakes and heatmaps by mouse and keyboard, on a project in which a model of images was trained."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QTextDocumentFragment
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from automl import api
from automl.domain.labels import Provenance
from automl.domain.language import Language
from desktop.actions import PageId
from desktop.charts.two_histograms import TwoHistogramsChart
from desktop.i18n import Translator, translate
from desktop.widgets.image_grid import ImageGrid
from desktop.widgets.image_view import ImageView
from desktop.widgets.slider import Slider
from tests.desktop.clicks import choose_in_menu, click, click_cell, press
from tests.desktop.pages.mistakes_desk import (
    GOOD_NEARLY_PASSED,
    GOOD_STOPPED,
    PIT_NEARLY_FOUND,
    SCRATCH_MISSED,
    STAIN_MIXED_UP,
    Desk,
)
from tests.desktop.sizes import fits_the_smallest_window
from tests.fixtures_training import TrainedImages


@pytest.fixture
def desk(qtbot: QtBot, trained_images: TrainedImages, tmp_path: Path) -> Iterator[Desk]:
    """A desk that is left before its project is deleted."""
    made = Desk(qtbot)
    made.open(trained_images, tmp_path / "project")
    yield made
    made.session.end()


def test_the_gallery_shows_the_mistakes_worst_first_and_each_kind_alone(desk: Desk) -> None:
    assert desk.shown() == desk.numbers
    assert "5 mistakes in 64 images: 2 missed, 2 false alarms." in words_of(desk.mistakes.gallery)
    for key, places in (
        ("missed", (SCRATCH_MISSED, PIT_NEARLY_FOUND)),
        ("false_alarm", (GOOD_STOPPED, GOOD_NEARLY_PASSED)),
        ("mixed_up", (STAIN_MIXED_UP,)),
    ):
        click(desk.chip(f"image_mistakes.{key}.tab", len(places)))
        assert desk.shown() == tuple(desk.numbers[place] for place in places)
    click(desk.chip("image_mistakes.all.tab", 5))
    assert desk.shown() == desk.numbers


def test_cards_buttons_and_arrows_lead_from_mistake_to_mistake(desk: Desk) -> None:
    assert reading(desk).startswith("scratch was missed: 0.10, under the line")
    click(desk.button("image_mistakes.next"))
    assert reading(desk).startswith("pit was missed: 0.46, just under")
    click(desk.button("image_mistakes.previous"))
    assert reading(desk).startswith("scratch was missed")
    grid = desk.mistakes.gallery.findChildren(ImageGrid)[0]
    click_cell(grid, grid.model().index(2 // grid.model().columnCount(), 2 % grid.model().columnCount()))
    assert reading(desk).startswith("A good part was stopped: 0.90, over")
    press(grid, Qt.Key.Key_Right)
    assert reading(desk).startswith("A good part was stopped: 0.52, just over")


def test_before_the_first_and_after_the_last_there_is_nothing_to_go_to(desk: Desk) -> None:
    assert not desk.button("image_mistakes.previous").isEnabled()
    for _ in range(4):
        click(desk.button("image_mistakes.next"))
    assert not desk.button("image_mistakes.next").isEnabled()
    assert reading(desk).startswith("It said pit and was 80% sure, but the label says stain")


def test_the_heatmap_lies_over_the_image_as_strongly_as_wished_or_beside_it(desk: Desk, qtbot: QtBot) -> None:
    # The field that waits for an image has a tint of its own, so only the image itself tells that it is there.
    qtbot.waitUntil(lambda: desk.session.images.whole.pixmap(desk.numbers[0]) is not None)
    overlaid = picture(desk)
    slider = desk.child(Slider, translate("image_mistakes.strength"))
    press(slider, Qt.Key.Key_Home)
    plain = picture(desk)
    assert plain != overlaid
    assert "0%" in words_of(desk.mistakes.image)
    press(slider, Qt.Key.Key_End)
    assert "100%" in words_of(desk.mistakes.image)
    assert picture(desk) != overlaid
    click(desk.segment("image_mistakes.image"))
    assert picture(desk) == plain
    assert not slider.isEnabled()
    click(desk.segment("image_mistakes.both"))
    assert len(views(desk)) == 2
    click(desk.segment("image_mistakes.overlay"))
    assert len(views(desk)) == 1
    click(desk.button("image_mistakes.next"))
    assert not slider.isVisible()


def test_the_line_is_tried_by_keys_and_by_dragging_and_is_put_back(desk: Desk) -> None:
    plot = desk.child(QWidget, translate("chart.line", line="0.50"))
    press(plot, Qt.Key.Key_PageDown)
    assert desk.shown() == tuple(desk.numbers[place] for place in (0, 2, 3, 4))
    assert translate("image_mistakes.moved", line="0.50") in words_of(desk.mistakes)
    click(desk.button("image_mistakes.back"))
    assert desk.shown() == desk.numbers
    middle = plot.height() // 2
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=QPoint(plot.width() // 2, middle))
    QTest.mouseMove(plot, QPoint(plot.width() - 12, middle))
    QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=QPoint(plot.width() - 12, middle))
    assert desk.chip("image_mistakes.missed.tab", 48).isVisible()
    click(desk.button("image_mistakes.back"))
    assert desk.shown() == desk.numbers


def test_the_line_that_finds_all_is_tried_and_left_again(desk: Desk) -> None:
    click(desk.button("image_mistakes.try"))
    assert translate("image_mistakes.of", part=48, whole=48) in words_of(desk.mistakes)
    assert not desk.offers("image_mistakes.try")
    click(desk.button("image_mistakes.back"))
    assert translate("image_mistakes.of", part=46, whole=48) in words_of(desk.mistakes)
    assert desk.offers("image_mistakes.try")


def test_a_label_is_confirmed_or_changed_and_both_are_undone(desk: Desk, trained_images: TrainedImages) -> None:
    number = desk.numbers[SCRATCH_MISSED]
    sha256 = trained_images.images[number - 1].sha256
    project = desk.session.project
    assert project is not None
    click(desk.button("image_mistakes.yes", name="scratch"))
    confirmed = api.labels(project)[sha256]
    assert (confirmed.class_name, confirmed.provenance) == ("scratch", Provenance.PERSON)
    change = desk.button("image_mistakes.change")
    click(change)
    choose_in_menu(desk.mistakes, "stain")
    assert api.labels(project)[sha256].class_name == "stain"
    assert [notice.key for notice in desk.notices] == ["image_mistakes.label.told"] * 2
    assert desk.button("image_mistakes.yes", name="stain").isVisible()
    desk.session.undo_and_tell()
    desk.session.undo_and_tell()
    assert api.labels(project)[sha256].provenance is Provenance.IMPORTED
    assert desk.button("image_mistakes.yes", name="scratch").isVisible()


def test_advice_leads_to_its_images_or_to_the_page_that_helps(desk: Desk) -> None:
    said = words_of(desk.mistakes)
    assert any(words.startswith("2 of 5 mistakes are on unusually dark images") for words in said)
    click(desk.button("image_mistakes.advice.show"))
    assert desk.shown() == (desk.numbers[PIT_NEARLY_FOUND], desk.numbers[GOOD_STOPPED])
    click(desk.button("image_mistakes.show_all"))
    assert desk.shown() == desk.numbers
    click(desk.button("image_mistakes.advice.add"))
    click(desk.button("image_mistakes.advice.check"))
    assert desk.places == [(PageId.DATA.value, "add"), (PageId.DATA.value, "label")]


def test_the_model_is_used_from_here(desk: Desk, trained_images: TrainedImages) -> None:
    click(desk.button("image_mistakes.use"))
    assert desk.session.chosen_model == trained_images.leaderboard.chosen
    assert desk.places == [(PageId.DEPLOY.value, "")]


def test_every_sentence_is_said_in_the_other_language(desk: Desk, words: Translator, qtbot: QtBot) -> None:
    english = words_of(desk.mistakes)
    words.set_language(Language.KOREAN)
    qtbot.waitUntil(lambda: len(words_of(desk.mistakes)) == len(english))
    korean = words_of(desk.mistakes)
    kept = {one for one in set(english) & set(korean) if any(letter.isalpha() for letter in one)}
    assert kept == set()


def test_it_fits_the_smallest_window_in_both_languages(desk: Desk, words: Translator, qtbot: QtBot) -> None:
    desk.page.set_narrow(True)
    for language in Language:
        words.set_language(language)
        qtbot.waitUntil(lambda: fits_the_smallest_window(desk.page))


def reading(desk: Desk) -> str:
    """What is said about the image shown."""
    return words_of(desk.mistakes.image)[0]


def words_of(widget: QWidget) -> list[str]:
    """The sentences that can be seen, without marks."""
    found = [one for one in widget.findChildren(QLabel) if one.isVisible() and one.text()]
    return [QTextDocumentFragment.fromHtml(one.text()).toPlainText() for one in found]


def views(desk: Desk) -> list[ImageView]:
    return [one for one in desk.mistakes.image.findChildren(ImageView) if one.isVisible()]


def picture(desk: Desk) -> QImage:
    return views(desk)[0].grab().toImage()


def test_the_chart_says_its_reading(desk: Desk) -> None:
    chart = desk.mistakes.findChildren(TwoHistogramsChart)[0]
    assert "2 flaws below it and 2 good parts above it" in chart.accessibleName()
