"""Words in two languages, switched live."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from automl.domain.language import Language
from desktop.i18n import (
    MissingTextError,
    Translator,
    bind_placeholder,
    bind_text,
    follow_language,
    translate,
    unbind_text,
)


def test_bound_text_follows_the_language(qtbot: QtBot, words: Translator) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    bind_text(label, "page.data")
    assert label.text() == "Data"
    words.set_language(Language.KOREAN)
    assert label.text() == "데이터"


def test_binding_again_replaces_the_first_text(qtbot: QtBot, words: Translator) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    bind_text(label, "page.data")
    bind_text(label, "page.goal")
    words.set_language(Language.KOREAN)
    assert label.text() == "목표"
    unbind_text(label)
    label.setText("sensor_7")
    words.set_language(Language.ENGLISH)
    assert label.text() == "sensor_7"


def test_a_deleted_widget_is_not_asked_again(qtbot: QtBot, words: Translator) -> None:
    seen: list[str] = []
    label = QLabel()
    follow_language(label, lambda: seen.append(translate("page.data")))
    with qtbot.waitSignal(label.destroyed):
        label.deleteLater()
    words.set_language(Language.KOREAN)
    assert seen == ["Data"]


def test_the_hint_of_a_field_is_its_spoken_name(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    bind_placeholder(field, "search.hint")
    assert field.accessibleName() == field.placeholderText() == "Find a page, column or model"


def test_a_missing_key_is_an_error_in_tests(words: Translator) -> None:
    with pytest.raises(MissingTextError):
        words.text("no.such.key")
    assert not words.has("no.such.key")


def test_values_are_shown_in_the_language(words: Translator) -> None:
    saved = datetime(2026, 6, 27, 13, 53, tzinfo=UTC)
    assert words.text("status.saved", time=saved) == "Saved 13:53"
    words.set_language(Language.KOREAN)
    assert words.text("status.saved", time=saved) == "13:53 저장됨"
    assert words.short_money(220_000) == "₩22만"
    assert words.day(saved) == "6월 27일"
