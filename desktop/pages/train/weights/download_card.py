"""Fetching weights from the internet: only on a click, and only after saying what comes from where."""

from PySide6.QtCore import Signal

from automl.domain.weights import ARCHITECTURES, architecture_named
from desktop.i18n import follow_language, translate
from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.fields import Choice, ComboBox, FieldRow
from desktop.widgets.note import Note
from desktop.widgets.text import breakable

_BYTES_A_NUMBER = 4
_MILLION = 1e6


class DownloadCard(Card):
    """`download_requested` carries the timm name of a network."""

    download_requested = Signal(str)

    def __init__(self) -> None:
        super().__init__("weights.download")
        self.network = ComboBox(name="weights.download.network")
        self.network.set_choices([Choice(one.name, text=one.title) for one in ARCHITECTURES])
        self.network.chosen.connect(lambda _name: self._say())
        self._note = Note("plain", icon="globe")
        self.fetch = button("weights.download.now", icon="download")
        self.fetch.clicked.connect(lambda _checked=False: self.download_requested.emit(self.network.value()))
        self.add(FieldRow("weights.download.network", self.network))
        self.add(self._note)
        self.add_row(self.fetch)
        follow_language(self, self._say)

    def _say(self) -> None:
        chosen = architecture_named(self.network.value())
        if chosen is None:
            return
        said = translate(
            "weights.download.words",
            repository=breakable(chosen.repository),
            size=chosen.parameters * _MILLION * _BYTES_A_NUMBER,
            licence=chosen.licence,
        )
        self._note.set_words("plain", said, translate("weights.download.only"), icon="globe")
