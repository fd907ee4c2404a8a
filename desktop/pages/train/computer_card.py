"""What the training uses of this computer, live."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.events import ResourceSampled
from automl.domain.run_state import RunState
from desktop.i18n import translate, translator
from desktop.itemmodels.score_words import spoken
from desktop.widgets.card import Card, line
from desktop.widgets.icon_view import IconView
from desktop.widgets.sparkline import Sparkline
from desktop.widgets.text import label, plain_label


class ComputerCard(Card):
    """Processor, memory, and the graphics card or why it is not used."""

    def __init__(self) -> None:
        super().__init__("train.computer", flush=False)
        self._gpu = _Meter("gpu", "train.computer.gpu", "s1")
        self._cpu = _Meter("cpu", "train.computer.cpu", "s3")
        self._memory = _Meter("memory", "train.computer.memory", "s2-line")
        self._device = plain_label("", "caption", wrap=True)
        for meter in (self._gpu, self._cpu, self._memory):
            self.add(meter)
        self.add(self._device)
        self.add_stretch()

    def show_state(self, state: RunState) -> None:
        """Show the samples of the last minute."""
        samples = state.samples
        reason = state.started.device_reason if state.started else None
        self._device.setText(spoken(reason) if reason else "")
        self._device.setVisible(reason is not None)
        last = samples[-1] if samples else None
        self._gpu.setVisible(last is not None and last.gpu_percent is not None)
        if last is None:
            return
        self._cpu.show_samples(
            [sample.cpu_percent / 100 for sample in samples],
            translate("train.computer.cores", used=round(last.cores_used, 1), cores=last.cores),
        )
        self._memory.show_samples(
            [_share(sample) for sample in samples], _memory_words(last.memory_used, last.memory_total)
        )
        if last.gpu_percent is not None:
            shares = [(sample.gpu_percent or 0.0) / 100 for sample in samples]
            self._gpu.show_samples(shares, _memory_words(last.gpu_memory_used or 0, last.gpu_memory_total or 0))


def _share(sample: ResourceSampled) -> float:
    return sample.memory_used / max(sample.memory_total, 1)


def _memory_words(used: int, total: int) -> str:
    words = translator()
    return translate("train.computer.of", used=words.size(used), total=words.size(total))


class _Meter(QWidget):
    def __init__(self, icon: str, name: str, ink: str) -> None:
        super().__init__()
        self._words = plain_label("", "caption-2")
        self._percent = plain_label("", "strong")
        self._percent.setMinimumWidth(40)
        self._line = Sparkline(ink)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(label(name, "body"))
        column.addWidget(self._words)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(line())
        row = QHBoxLayout()
        row.setSpacing(8)
        outer.addLayout(row)
        row.addWidget(IconView(icon, "text-3", 16))
        row.addLayout(column, 1)
        row.addWidget(self._line)
        row.addWidget(self._percent)

    def show_samples(self, shares: list[float], words: str) -> None:
        self._line.set_values(shares)
        self._words.setText(words)
        self._percent.setText(translator().percent(shares[-1], 0))
