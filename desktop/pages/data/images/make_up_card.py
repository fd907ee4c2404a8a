"""Sizes, formats, colours and shots of one part, each in one line."""

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from automl.domain.images import ImageRecord
from desktop.i18n import translate
from desktop.pages.data.images.make_up import MakeUp, make_up
from desktop.widgets.card import Card
from desktop.widgets.text import label, plain_label

_FORMATS_NAMED = 3
_LINES = ("size", "format", "colour", "parts")


class MakeUpCard(Card):
    """Four facts; nothing is said that was not counted."""

    def __init__(self) -> None:
        super().__init__("data.images.make_up")
        self._records: Sequence[ImageRecord] = ()
        self._found: MakeUp | None = None
        self._values = {name: plain_label("", "body", wrap=True) for name in _LINES}
        lines = QWidget()
        grid = QGridLayout(lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(self._values.items()):
            grid.addWidget(label(f"data.images.make_up.{name}", "secondary"), row, 0)
            grid.addWidget(value, row, 1)
        self.add(lines)

    def show_images(self, records: Sequence[ImageRecord]) -> None:
        """Show what images are made of."""
        if records is not self._records:
            self._records, self._found = records, make_up(records)
        if self._found is not None:
            for name, words in _said(self._found):
                self._values[name].setText(words)


def _said(found: MakeUp) -> Iterator[tuple[str, str]]:
    yield "size", _size_words(found)
    named = ", ".join(f"{name} {count:,}".strip() for name, count in found.formats[:_FORMATS_NAMED])
    yield "format", named
    yield "colour", _colour_words(found)
    twins = found.images - found.parts
    key = "data.images.parts.some" if twins else "data.images.parts.none"
    yield "parts", translate(key, parts=found.parts, count=twins)


def _size_words(found: MakeUp) -> str:
    width, height = found.size
    usual = {"width": width, "height": height, "count": found.of_size}
    if found.smallest == found.largest:
        return translate("data.images.size.all", **usual)
    spread = {
        "least_width": found.smallest[0],
        "least_height": found.smallest[1],
        "most_width": found.largest[0],
        "most_height": found.largest[1],
    }
    return translate("data.images.size.mixed", **usual, **spread)


def _colour_words(found: MakeUp) -> str:
    kinds = []
    if found.grey:
        kinds.append(translate("data.images.colour.grey", count=found.grey))
    if found.images > found.grey:
        kinds.append(translate("data.images.colour.colour", count=found.images - found.grey))
    if found.deep:
        kinds.append(translate("data.images.colour.deep", count=found.deep))
    return ", ".join(kinds)
