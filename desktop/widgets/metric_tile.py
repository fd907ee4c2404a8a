"""A metric tile: name, number, and what the number means: its change, range or count."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import bind_text, unbind_text
from desktop.widgets.text import label, plain_label, set_tone


class MetricTile(QWidget):
    """Without a number it says "No data" and how to get some, never 0."""

    def __init__(self, name: str, *, small: bool = False) -> None:
        super().__init__()
        self._name = label(name, "caption-2")
        self._value = plain_label("", "small-metric" if small else "metric")
        self._detail = plain_label("", "caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for part in (self._name, self._value, self._detail):
            column.addWidget(part)
        column.addStretch(1)
        self.set_missing("widget.no_data_yet")

    def set(self, value: str, detail: str = "", tone: str = "") -> None:
        """Show a formatted number and the words under it; say them again after a change of language."""
        unbind_text(self._value)
        unbind_text(self._detail)
        self._show(value, detail, "", tone)

    def set_missing(self, how_to_get: str, **parameters: object) -> None:
        """No number yet; `how_to_get` is the key of the way to get one."""
        self._show("", "", "muted", "")
        bind_text(self._value, "widget.no_data")
        bind_text(self._detail, how_to_get, **parameters)

    def _show(self, value: str, detail: str, value_tone: str, detail_tone: str) -> None:
        self._value.setText(value)
        self._detail.setText(detail)
        set_tone(self._value, value_tone)
        set_tone(self._detail, detail_tone)
        self.setAccessibleName(f"{self._name.text()}: {value} {detail}".strip())
