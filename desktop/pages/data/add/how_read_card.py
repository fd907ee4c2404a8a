"""How a file was read, and the way to have it read differently."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from automl.domain.dataset import ReadOptions
from automl.domain.inspection import FileInspection
from desktop.i18n import translate, translator
from desktop.widgets.buttons import button, text_button
from desktop.widgets.card import Card, line
from desktop.widgets.fields import Choice, ComboBox, FieldRow
from desktop.widgets.text import label, plain_label

_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
_ENCODINGS = ("utf-8", "cp949", "utf-16")
_HEADER_ROWS = 20


class HowReadCard(Card):
    """`read_again` carries the options a person chose."""

    read_again = Signal(object)

    def __init__(self) -> None:
        super().__init__("add.how_read")
        self._inspection = FileInspection(file_name="")
        self._facts = QWidget()
        self._facts_column = QVBoxLayout(self._facts)
        self._facts_column.setContentsMargins(0, 0, 0, 0)
        self._facts_column.setSpacing(0)
        self._fields = QWidget()
        self._make_fields()
        self._change = text_button("add.how.change", small=True)
        self._change.clicked.connect(lambda: self._unfold(True))
        self.add(self._facts)
        self.add(self._change)
        self.add(self._fields)
        self.add_stretch()
        self._unfold(False)

    def show_inspection(self, inspection: FileInspection) -> None:
        """Show how this file was read."""
        self._inspection = inspection
        self._delimiter_row.setVisible(bool(inspection.delimiter))
        self._encoding_row.setVisible(bool(inspection.encoding))
        self._sheet_row.setVisible(len(inspection.sheets) > 1)
        self._sheet.set_choices(
            [Choice("", key="add.how.auto"), *(Choice(name, text=name) for name in inspection.sheets)]
        )
        self._sheet.set_value(inspection.sheet)
        self._unfold(False)
        self.retranslate()

    def retranslate(self) -> None:
        """Say the facts again."""
        while (item := self._facts_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key, value in _facts(self._inspection):
            self._facts_column.addWidget(line())
            self._facts_column.addSpacing(8)
            self._facts_column.addWidget(label(key, "caption"))
            self._facts_column.addWidget(plain_label(value, "body", wrap=True))
            self._facts_column.addSpacing(8)

    def _make_fields(self) -> None:
        auto = Choice("", key="add.how.auto")
        separators = [Choice(sign, key=f"add.separator.{name}") for sign, name in _SEPARATORS.items()]
        self._delimiter = ComboBox([auto, *separators])
        self._encoding = ComboBox([auto, *(Choice(name, key=f"add.encoding.{name}") for name in _ENCODINGS)])
        none = Choice("0", key="add.how.header_none")
        rows = [Choice(str(number), text=f"{number}") for number in range(1, _HEADER_ROWS + 1)]
        self._header_row = ComboBox([auto, none, *rows])
        self._sheet = ComboBox([auto])
        self._delimiter_row = FieldRow("add.how.separator", self._delimiter)
        self._encoding_row = FieldRow("add.how.encoding", self._encoding)
        self._sheet_row = FieldRow("add.how.sheet", self._sheet)
        column = QVBoxLayout(self._fields)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for row in (
            self._delimiter_row,
            self._encoding_row,
            FieldRow("add.how.header_row", self._header_row),
            self._sheet_row,
        ):
            column.addWidget(row)
        again = button("add.how.again", icon="refresh")
        again.clicked.connect(lambda: self.read_again.emit(self._options()))
        column.addWidget(again)

    def _options(self) -> ReadOptions:
        header = self._header_row.value()
        return ReadOptions(
            encoding=self._encoding.value(),
            delimiter=self._delimiter.value(),
            header_row=int(header) if header else None,
            sheet=self._sheet.value(),
        )

    def _unfold(self, unfolded: bool) -> None:
        self._fields.setVisible(unfolded)
        self._change.setVisible(not unfolded)


def _facts(inspection: FileInspection) -> list[tuple[str, str]]:
    facts: list[tuple[str, str]] = []
    if inspection.sheet:
        facts.append(("add.how.sheet", inspection.sheet))
    if inspection.delimiter:
        name = _SEPARATORS.get(inspection.delimiter)
        words = (
            translate(f"add.separator.{name}") if name else translate("add.separator.other", sign=inspection.delimiter)
        )
        facts.append(("add.how.separator", words))
    if inspection.encoding:
        key = f"add.encoding.{inspection.encoding.lower()}"
        facts.append(("add.how.encoding", translate(key) if translator().has(key) else inspection.encoding))
    if inspection.column_count:
        words = translate("add.how.header_none")
        if inspection.header_row:
            row, count = inspection.header_row, inspection.column_count
            words = translate("add.how.header_value", row=row, count=count)
        facts.append(("add.how.header", words))
    if inspection.decimal_example:
        sign = "comma" if inspection.decimal == "," else "point"
        facts.append(("add.how.decimal", translate(f"add.decimal.{sign}", example=inspection.decimal_example)))
    return facts
