"""Somebody in front of the window who does everything by mouse and keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.actions import PageId
from desktop.app.shell import Shell
from desktop.i18n import translate
from desktop.widgets.buttons import Button
from desktop.widgets.fields import TextField
from desktop.widgets.rail import RailLink
from desktop.widgets.slider import MarkedSlider
from tests.desktop.clicks import click, press, write

PATIENCE = 90_000
THREE_SECONDS, SIX_SECONDS = "0.05", "0.1"
"""In minutes, as they are written."""


class Person:
    """Sees the window and does what a person does."""

    def __init__(self, shell: Shell, qtbot: QtBot) -> None:
        self.shell = shell
        self.qtbot = qtbot

    @property
    def page(self) -> QWidget:
        """The page in front."""
        return self.shell.window.page(self.shell.window.current_page())

    def press_button(self, key: str, **parameters: object) -> None:
        """Press the button that says this, as soon as it can be pressed."""
        words = translate(key, **parameters)

        def found() -> Button | None:
            buttons = (one for one in self.page.findChildren(Button) if one.text() == words)
            return next((one for one in buttons if one.isVisible() and one.isEnabled()), None)

        self.qtbot.waitUntil(lambda: found() is not None, timeout=PATIENCE)
        ready = found()
        assert ready is not None
        click(ready)

    def go_to(self, page: PageId) -> None:
        """Press a step of the rail."""
        click(self.shell.window.rail.step(page.value))
        assert self.shell.window.current_page() is page

    def go_to_sub_page(self, key: str) -> None:
        """Press the line of the rail under the step in front that says this."""
        words = translate(key)
        links = self.shell.window.rail.findChildren(RailLink)
        click(next(link for link in links if link.isVisible() and link.accessibleName().startswith(words)))

    def wait_for_rest(self) -> None:
        """Wait until no job is at work."""
        self.qtbot.waitUntil(lambda: self.shell.session.running is None, timeout=PATIENCE)

    def wait_for_page(self, page: PageId) -> None:
        """Wait until the window has led to a page."""
        self.qtbot.waitUntil(lambda: self.shell.window.current_page() is page, timeout=PATIENCE)

    def give_little_time(self, minutes: str) -> None:
        """Choose a time of one's own with the keyboard and write it."""
        slider = next(one for one in self.page.findChildren(MarkedSlider) if one.isVisible())
        slider.setFocus()
        while slider.place() < 3:
            press(slider, Qt.Key.Key_Right)
        name = translate("goal.time.custom")
        fields = (one for one in self.page.findChildren(TextField) if one.accessibleName() == name)
        field = next(one for one in fields if one.isVisible())
        field.clear()
        write(field, minutes)
        press(field, Qt.Key.Key_Return)

    def use_button(self) -> Button:
        """The primary button of the results: use the model selected."""
        results = self.page
        found = [one for one in results.findChildren(Button) if one.isVisible() and one.is_primary()]
        assert len(found) == 1
        return found[0]
