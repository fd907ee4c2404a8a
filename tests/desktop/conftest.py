"""Every desktop test has a theme and a translator, fresh, strict about missing words."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from desktop.i18n import Translator, translator
from desktop.theme import Theme


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Iterator[Theme]:
    """The light theme and English; both go with the test."""
    theme = Theme(qapp)
    made_words = Translator(qapp, strict=True)
    yield theme
    for made in (made_words, theme):
        if shiboken6.isValid(made):
            shiboken6.delete(made)


@pytest.fixture
def words(look: Theme) -> Translator:
    """The translator of the application, to switch the language."""
    assert look
    return translator()
