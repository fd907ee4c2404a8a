"""Words of the window in the chosen language, switched live.

`bind_text(label, "goal.title")` shows a text and keeps it right when the language changes; `follow_language(widget, method)`
calls `method` now and after every change.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

import resources
from automl.domain import formatting
from automl.domain.language import Language, fill

LANGUAGE_NAMES: Mapping[Language, str] = {Language.ENGLISH: "English", Language.KOREAN: "한국어"}


class MissingTextError(KeyError):
    """No text stands under this key."""


class Catalogue:
    """All texts of one language, merged from `resources/translations/<language>/*.json`."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    @classmethod
    def load(cls, language: Language) -> "Catalogue":
        """Read the files. Raises ValueError when two files give the same key."""
        return cls(resources.texts(language.value))

    def find(self, key: str) -> str | None:
        """The template under `key`, None if there is none."""
        return self._texts.get(key)

    def keys(self) -> frozenset[str]:
        """All keys, to compare languages."""
        return frozenset(self._texts)


class Translator(QObject):
    """Texts, numbers and dates in the current language. A child of the application, so that every widget finds the same one."""

    language_changed = Signal()

    def __init__(
        self, application: QApplication, language: Language = Language.ENGLISH, *, strict: bool = False
    ) -> None:
        """`strict` raises `MissingTextError` for an unknown key (tests); otherwise English, then the key itself, is shown."""
        super().__init__(application)
        self._catalogues = {one: Catalogue.load(one) for one in Language}
        self._language = language
        self._strict = strict

    @property
    def language(self) -> Language:
        """The language in use."""
        return self._language

    def set_language(self, language: Language) -> None:
        """Switch; everything bound follows at once."""
        if language is not self._language:
            self._language = language
            self.language_changed.emit()

    def has(self, key: str) -> bool:
        """Whether a text stands under `key` in the current language."""
        return self._catalogues[self._language].find(key) is not None

    def text(self, key: str, **parameters: object) -> str:
        """The text under `key` with `parameters` filled in (see `automl.domain.language`)."""
        template = self._catalogues[self._language].find(key)
        if template is None:
            if self._strict:
                raise MissingTextError(key)
            template = self._catalogues[Language.ENGLISH].find(key) or key
        return fill(template, parameters, self._language.value)

    def number(self, value: float, digits: int | None = None) -> str:
        """ "12,480", "0.1235"."""
        return formatting.number(value, digits)

    def percent(self, share: float, digits: int = 1) -> str:
        """A share of one as "90.5%"."""
        return formatting.percent(share, digits)

    def money(self, amount: float) -> str:
        """ "₩336,000"."""
        return formatting.money(amount, self._language.value)

    def short_money(self, amount: float) -> str:
        """ "₩220k", in Korean "₩22만"."""
        return formatting.short_money(amount, self._language.value)

    def duration(self, seconds: float) -> str:
        """ "9 min 41 s", "9분 41초"."""
        return formatting.duration(seconds, self._language.value)

    def rough_duration(self, seconds: float) -> str:
        """A time left in whole minutes: "4 min", "4분"."""
        return formatting.rough_duration(seconds, self._language.value)

    def size(self, count: float) -> str:
        """Bytes as "6.8 MB"."""
        return formatting.size(count, self._language.value)

    def day(self, value: date) -> str:
        """ "27 Jun", "6월 27일"."""
        return formatting.day(value, self._language.value)

    def clock(self, value: datetime) -> str:
        """ "14:02"."""
        return formatting.clock(value, self._language.value)


def translator() -> Translator:
    """The translator of the running application. Raises RuntimeError before one was made."""
    application = QApplication.instance()
    options = Qt.FindChildOption.FindDirectChildrenOnly
    found = application.findChild(Translator, options=options) if application else None
    if found is None:
        raise RuntimeError("no Translator was made for this application")
    return found


def translate(key: str, **parameters: object) -> str:
    """The text under `key` now; use `bind_text` or `follow_language` for what stays on the screen."""
    return translator().text(key, **parameters)


def follow_language(owner: QObject, show: Callable[[], None]) -> None:
    """Call `show` now and after every change of language, as long as `owner` lives."""
    _Binding(owner, show)


def bind_text(widget: QLabel | QAbstractButton | QAction, key: str, **parameters: object) -> None:
    """Show the text under `key` on the widget and follow the language. A second call replaces the first."""
    _bind(widget, "text", lambda: widget.setText(translate(key, **parameters)))


def bind_tooltip(widget: QWidget | QAction, key: str, **parameters: object) -> None:
    """The same for the tooltip."""
    _bind(widget, "tooltip", lambda: widget.setToolTip(translate(key, **parameters)))


def bind_accessible_name(widget: QWidget, key: str, **parameters: object) -> None:
    """The same for the name a screen reader says."""
    _bind(widget, "accessible name", lambda: widget.setAccessibleName(translate(key, **parameters)))


def bind_placeholder(field: QLineEdit, key: str, **parameters: object) -> None:
    """The same for the hint in an empty field, which also becomes its name for a screen reader."""

    def show() -> None:
        field.setPlaceholderText(translate(key, **parameters))
        field.setAccessibleName(field.placeholderText())

    _bind(field, "placeholder", show)


def unbind_text(widget: QWidget) -> None:
    """Let go of the text, before showing one that is not from the catalogue."""
    _release(widget, "text")


def _bind(owner: QObject, part: str, show: Callable[[], None]) -> None:
    _release(owner, part)
    _Binding(owner, show).setObjectName(f"binding of {part}")


def _release(owner: QObject, part: str) -> None:
    options = Qt.FindChildOption.FindDirectChildrenOnly
    former = owner.findChild(_Binding, f"binding of {part}", options)
    if former is not None:
        former.release()


class _Binding(QObject):
    """Shows something again after every change of language; dies with its owner."""

    def __init__(self, owner: QObject, show: Callable[[], None]) -> None:
        super().__init__(owner)
        self._show = show
        translator().language_changed.connect(self._refresh)
        show()

    def release(self) -> None:
        """Follow no longer."""
        translator().language_changed.disconnect(self._refresh)
        self.setParent(None)
        self.deleteLater()

    def _refresh(self) -> None:
        self._show()
