"""The results of models of images: what was taken for what, and the words that speak of images."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot

from automl.domain.language import Language
from desktop.actions import PageId
from desktop.charts.chart import Chart
from desktop.i18n import Translator, translate
from desktop.pages.compare.compare_page import MISTAKES, RESULTS
from desktop.pages.compare.confused_card import ConfusedCard
from tests.desktop.clicks import click
from tests.desktop.pages.mistakes_desk import (
    GOOD_NEARLY_PASSED,
    GOOD_STOPPED,
    PIT_NEARLY_FOUND,
    Desk,
)
from tests.desktop.sizes import fits_the_smallest_window
from tests.fixtures_training import TrainedImages


@pytest.fixture
def desk(qtbot: QtBot, trained_images: TrainedImages, tmp_path: Path) -> Iterator[Desk]:
    """A desk with the results in front, left before its project is deleted."""
    made = Desk(qtbot)
    made.open(trained_images, tmp_path / "project")
    made.page.show_sub_page(RESULTS)
    yield made
    made.session.end()


def test_pairs_of_classes_lead_to_their_images(desk: Desk) -> None:
    card = desk.page.results.findChildren(ConfusedCard)[0]
    assert "Most often good is taken for pit: 2 images." in words_of(card)
    click(desk.button("compare.confused.see", count=2))
    assert desk.places == [(PageId.COMPARE.value, MISTAKES)]
    desk.page.show_sub_page(MISTAKES)
    assert desk.shown() == (desk.numbers[GOOD_STOPPED], desk.numbers[GOOD_NEARLY_PASSED])


def test_one_image_of_a_pair_is_seen_alone(desk: Desk) -> None:
    card = desk.page.results.findChildren(ConfusedCard)[0]
    name = f"pit, {desk.numbers[PIT_NEARLY_FOUND]}"
    click(next(one for one in card.findChildren(QAbstractButton) if one.accessibleName() == name))
    desk.page.show_sub_page(MISTAKES)
    assert desk.shown() == (desk.numbers[PIT_NEARLY_FOUND],)


def test_everything_is_said_of_images_in_both_languages(desk: Desk, words: Translator) -> None:
    english = readings(desk.page)
    assert len(english) >= 3
    assert translate("chart.without_reading") not in english
    assert [said for said in words_of(desk.page) if re.search(r"\brows?\b", said)] == []
    words.set_language(Language.KOREAN)
    korean = readings(desk.page)
    assert len(korean) == len(english)
    assert not set(english) & set(korean)
    assert [said for said in words_of(desk.page) if re.search(r"\d개 행|\d행", said)] == []


def test_it_fits_the_smallest_window(desk: Desk, qtbot: QtBot) -> None:
    desk.page.set_narrow(True)
    qtbot.waitUntil(lambda: fits_the_smallest_window(desk.page))


def readings(page: QWidget) -> list[str]:
    """What the charts that can be seen say."""
    charts = [one for one in page.findChildren(QWidget) if isinstance(one, Chart)]
    return [one.accessibleName() for one in charts if one.isVisible()]


def words_of(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
