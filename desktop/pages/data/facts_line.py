"""The line under the title: which version this is, its fingerprint, and three counts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from automl.domain.dataset import Dataset, DatasetVersion
from automl.domain.labels import LabelProgress
from automl.domain.schema import Role
from desktop.i18n import bind_text, translate, unbind_text
from desktop.itemmodels.recent_projects import moment_words
from desktop.pages.data.version_words import change_words, short_fingerprint
from desktop.widgets.explain import ExplainLabel, Explanation
from desktop.widgets.fields import Choice, ComboBox
from desktop.widgets.text import label, plain_label, set_tone

_FINGERPRINT = Explanation(
    "data.fingerprint.question", "data.fingerprint.answer", "data.fingerprint.example", "data.fingerprint.technical"
)

_FACTS = 3


class FactsLine(QWidget):
    """`version_chosen` carries the number of the version to use."""

    version_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._versions: tuple[DatasetVersion, ...] = ()
        self._dataset: Dataset | None = None
        self.version = ComboBox(name="data.version.choose")
        self.version.chosen.connect(lambda number: self.version_chosen.emit(int(number)))
        self._fingerprint = QHBoxLayout()
        self._keys = [plain_label("", "secondary") for _ in range(_FACTS)]
        self._values = [plain_label("", "strong") for _ in range(_FACTS)]
        self._change = plain_label("", "caption-2")
        self.setFixedHeight(32)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.version)
        row.addSpacing(10)
        row.addWidget(label("data.fingerprint", "secondary"))
        row.addLayout(self._fingerprint)
        for key, value in zip(self._keys, self._values, strict=True):
            row.addSpacing(10)
            row.addWidget(key)
            row.addWidget(value)
        row.addStretch(1)
        row.addWidget(self._change)

    def show_table(self, dataset: Dataset, versions: tuple[DatasetVersion, ...], target: str) -> None:
        """Show the facts of a table in use."""
        schema = dataset.schema()
        self._show_fact(0, "data.inputs", f"{len(schema.inputs()):,}")
        self._show_fact(1, "data.ignored", f"{len(schema.of_role(Role.IGNORE)):,}")
        self._show_fact(2, "data.target", target, "accent")
        if not target:
            bind_text(self._values[2], "data.target.none")
            set_tone(self._values[2], "muted")
        self._show_dataset(dataset, versions)

    def show_images(self, dataset: Dataset, versions: tuple[DatasetVersion, ...], progress: LabelProgress) -> None:
        """Show the facts of images in use."""
        self._show_fact(0, "data.images.labelled", f"{progress.labelled:,}")
        self._show_fact(1, "data.images.unlabelled", f"{progress.images - progress.labelled:,}")
        self._show_fact(2, "data.images.hidden", f"{progress.hidden:,}")
        self._show_dataset(dataset, versions)

    def _show_fact(self, place: int, key: str, value: str, tone: str = "") -> None:
        bind_text(self._keys[place], key)
        unbind_text(self._values[place])
        self._values[place].setText(value)
        set_tone(self._values[place], tone)

    def _show_dataset(self, dataset: Dataset, versions: tuple[DatasetVersion, ...]) -> None:
        self._dataset, self._versions = dataset, versions
        self._show_fingerprint(dataset.version.fingerprint)
        self.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        """Leave the change since the version before out."""
        self._change.setVisible(not narrow)

    def retranslate(self) -> None:
        """Say the versions again."""
        if self._dataset is None:
            return
        self.version.set_choices(
            [
                Choice(
                    str(version.number),
                    text=f"{translate('data.version', number=version.number)}  {moment_words(version.created)}",
                    icon="layers",
                )
                for version in reversed(self._versions)
            ]
        )
        number = self._dataset.version.number
        self.version.set_value(str(number))
        self._change.setText(change_words(self._dataset.version, self._versions))

    def _show_fingerprint(self, fingerprint: str) -> None:
        while (item := self._fingerprint.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        short = short_fingerprint(fingerprint)
        self._fingerprint.addWidget(
            ExplainLabel("data.fingerprint.value", _FINGERPRINT, fingerprint=fingerprint, short=short)
        )
