"""The weights a project can build on, one row each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from automl.domain.weights import WeightsRecord, WeightsSource
from desktop.i18n import translate, translator
from desktop.itemmodels.recent_projects import moment_words
from desktop.itemmodels.records import RecordField, RecordsModel
from desktop.pages.data.version_words import short_fingerprint
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card
from desktop.widgets.nothing_yet import nothing_yet
from desktop.widgets.table import TableView

_WIDTHS = (150, 0, 90, 150, 110, 110, 100)
_FILE = 1


class ListCard(Card):
    """`remove_requested` carries the record to take out; built-in weights stay."""

    remove_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__("weights.list", flush=True)
        self.model: RecordsModel[WeightsRecord] = RecordsModel(_fields(), self)
        self.table = TableView("weights.list")
        self.table.setModel(self.model)
        self.table.set_widths(*_WIDTHS, stretch=_FILE)
        self.table.selectionModel().currentRowChanged.connect(lambda _new, _old: self._enable())
        self.remove = text_button("weights.remove", icon="trash", small=True)
        self.remove.clicked.connect(lambda _checked=False: self._ask())
        self.add_action(self.remove)
        self._stack = QStackedWidget()
        self._stack.setProperty("surface", "card")
        self._stack.addWidget(nothing_yet("weights.none", "weights.none.detail"))
        self._stack.addWidget(self.table)
        self.add(self._stack, 1)
        self.show_weights(())

    def show_weights(self, records: Sequence[WeightsRecord]) -> None:
        """Show these weights."""
        self.model.show_records(records)
        self._stack.setCurrentIndex(int(bool(records)))
        self._enable()

    def _chosen(self) -> WeightsRecord | None:
        row = self.table.currentIndex().row()
        return self.model.record(row) if 0 <= row < self.model.rowCount() else None

    def _enable(self) -> None:
        chosen = self._chosen()
        self.remove.setVisible(self.model.rowCount() > 0)
        self.remove.setEnabled(chosen is not None and chosen.source is not WeightsSource.BUILT_IN)

    def _ask(self) -> None:
        if (chosen := self._chosen()) is not None:
            self.remove_requested.emit(chosen)


def _fields() -> list[RecordField[WeightsRecord]]:
    return [
        RecordField("weights.network", lambda record: record.title),
        RecordField("weights.file", lambda record: record.name),
        RecordField("weights.size", lambda record: translator().size(record.size_bytes), at_right=True),
        RecordField("weights.licence", _licence_words),
        RecordField("weights.source", lambda record: translate(f"weights.source.{record.source.value}")),
        RecordField("weights.added", lambda record: moment_words(record.added)),
        RecordField("weights.fingerprint", lambda record: short_fingerprint(record.sha256)),
    ]


def _licence_words(record: WeightsRecord) -> str:
    if record.non_commercial:
        return translate("weights.licence.non_commercial", licence=record.licence)
    return record.licence or translate("weights.licence.unknown")
