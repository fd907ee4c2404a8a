"""Bringing weights as a file: choose or drop it, and say its licence if the file does not."""

from PySide6.QtCore import Signal

from desktop.widgets.buttons import button
from desktop.widgets.card import Card
from desktop.widgets.drop_zone import DropZone
from desktop.widgets.fields import FieldRow, TextField
from desktop.widgets.text import label


class BringCard(Card):
    """`choose_requested` asks for the file dialog, `files_dropped` carries paths."""

    choose_requested = Signal()
    files_dropped = Signal(list)

    def __init__(self) -> None:
        super().__init__("weights.bring")
        choose = button("weights.bring.choose", icon="file", small=True)
        choose.clicked.connect(lambda _checked=False: self.choose_requested.emit())
        self.zone = DropZone("weights.bring.drop", "weights.bring.format", buttons=[choose], compact=True)
        self.zone.files_dropped.connect(self.files_dropped)
        self.licence = TextField(placeholder="weights.bring.licence.hint")
        self.add(self.zone)
        self.add(FieldRow("weights.bring.licence", self.licence))
        self.add(label("weights.bring.words", "caption", wrap=True))
