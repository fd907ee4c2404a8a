"""What would help: sentences computed from the results, each with the way to it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.image_result import Advice
from desktop.i18n import translate
from desktop.itemmodels.class_words import class_words
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card, line
from desktop.widgets.icon_view import IconView
from desktop.widgets.text import breakable, label, plain_label

_ICONS = {"show": "sun", "add": "image", "check": "search-check", "label": "pencil"}
_NAMES_OF_CLASSES = ("class_name", "other")


class AdviceCard(Card):
    """`taken` tells the advice a person wants to follow."""

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__("image_mistakes.advice")
        holder = QWidget()
        self._rows = QVBoxLayout(holder)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._nothing = label("image_mistakes.advice.none", "secondary", wrap=True)
        self.add(self._nothing)
        self.add(holder)
        self.add_stretch()

    def show_advice(self, advice: Sequence[Advice], classes: Sequence[str]) -> None:
        """Show what would help, the most telling first; `classes` are those of the model."""
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._nothing.setVisible(not advice)
        for one in advice:
            self._rows.addWidget(line())
            self._rows.addWidget(self._row(one, classes))

    def _row(self, advice: Advice, classes: Sequence[str]) -> QWidget:
        row = QHBoxLayout(made := QWidget())
        row.setContentsMargins(0, 10, 0, 10)
        row.setSpacing(8)
        row.addWidget(IconView(_ICONS.get(advice.action, "info"), "text-2", 16), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(plain_label(breakable(advice_words(advice, classes)), "body", wrap=True), 1)
        if advice.action:
            act = text_button(f"image_mistakes.advice.{advice.action}", small=True)
            act.clicked.connect(lambda _checked=False: self.taken.emit(advice))
            row.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        return made


def advice_words(advice: Advice, classes: Sequence[str]) -> str:
    """Return the sentence of an advice for a model of these classes."""
    parameters = {
        name: class_words(value, classes) if name in _NAMES_OF_CLASSES and isinstance(value, str) else value
        for name, value in advice.words.parameters.items()
    }
    return translate(f"words.{advice.words.code}", **parameters)
