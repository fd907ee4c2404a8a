"""What this computer brings: where models train, that no internet is needed, how much room there is."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from automl.domain.project import Computer
from desktop.i18n import bind_text, translator
from desktop.widgets.card import Card
from desktop.widgets.fitting import FitsItsWords
from desktop.widgets.icon_view import IconView
from desktop.widgets.text import label

_LITTLE_ROOM = 5 * 1024**3


class ComputerCard(Card):
    """Three facts, each with what follows from it."""

    def __init__(self) -> None:
        super().__init__("start.computer.title")
        self._projects_folder = ""
        self._computer: Computer | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(14)
        self.body.addLayout(self._lines)
        self.add_stretch()

    def show_projects_folder(self, folder: Path) -> None:
        """Name the folder new projects are made in."""
        self._projects_folder = str(folder)
        if self._computer is not None:
            self.show_computer(self._computer)

    def show_computer(self, computer: Computer) -> None:
        """Show what was found out about the computer."""
        self._computer = computer
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._lines.addWidget(_device_line(computer))
        self._lines.addWidget(_Line("check-circle", "ok", "start.computer.offline", "start.computer.offline.detail"))
        enough = computer.disk_free >= _LITTLE_ROOM
        room = _Line(
            "check-circle" if enough else "alert-triangle",
            "ok" if enough else "warn",
            "start.computer.disk" if enough else "start.computer.disk.low",
            "",
            free=computer.disk_free,
        )
        room.detail.setText(self._projects_folder)
        self._lines.addWidget(room)


class _Line(FitsItsWords):
    def __init__(self, icon: str, ink: str, key: str, detail_key: str, **parameters: object) -> None:
        super().__init__()
        self._words = QVBoxLayout()
        self._words.setSpacing(0)
        sentence = label("", "body", wrap=True)
        bind_text(sentence, key, **parameters)
        self._words.addWidget(sentence)
        self.detail = label("", "caption", wrap=True)
        if detail_key:
            bind_text(self.detail, detail_key, **parameters)
        self._words.addWidget(self.detail)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        icon_column = QVBoxLayout()
        icon_column.addWidget(IconView(icon, ink, 16))
        icon_column.addStretch(1)
        row.addLayout(icon_column)
        row.addLayout(self._words, 1)

    def add_reason(self, key: str) -> None:
        """Add one more sentence below."""
        self._words.addWidget(label(key, "caption", wrap=True))


def _device_line(computer: Computer) -> _Line:
    if computer.gpu is not None:
        return _Line(
            "check-circle",
            "ok",
            "start.computer.gpu",
            "start.computer.gpu.detail",
            name=computer.gpu.name,
            memory=computer.gpu.memory_total,
        )
    line = _Line(
        "check-circle",
        "ok",
        "start.computer.cpu",
        "start.computer.cpu.detail",
        processor=computer.processor,
        cores=computer.cores,
        memory=computer.memory_total,
    )
    reason = f"words.{computer.no_gpu_reason}"
    if computer.no_gpu_reason and translator().has(reason):
        line.add_reason(reason)
    return line
