"""The card that shows rows: the target pinned at the right, the other columns scrolling beside it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollBar, QStackedWidget, QWidget

from automl.domain.schema import Column, Role
from desktop.i18n import bind_accessible_name, bind_text, translate, translator
from desktop.itemmodels.column_words import TYPE_ICONS, short_values_words
from desktop.itemmodels.columns import ColumnEntry
from desktop.itemmodels.row_source import RowSource
from desktop.itemmodels.rows import NUMBER_COLUMN, RowOrder, RowsModel
from desktop.pages.data.preview_delegate import PreviewDelegate
from desktop.pages.data.spread import spread_bars
from desktop.widgets.card import Card
from desktop.widgets.histogram_header import HEIGHT as HEADER_HEIGHT
from desktop.widgets.histogram_header import HeaderCell, HistogramHeader, header_width
from desktop.widgets.painting import font, text_width
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.table import DENSE_ROW_HEIGHT, TableView
from desktop.widgets.text import label

_NARROWEST, _WIDEST = 84, 210
_ROW_NUMBER_WIDTH = 76
_ROWS_MEASURED = 12
_COLUMNS_MEASURED = 200


class RowsTable(TableView):
    """Rows of equal height under the header with the drawings; its scroll bars stand outside."""

    def __init__(self, name: str, model: RowsModel, read: Callable[[int], HeaderCell], *, pinned: bool = False) -> None:
        super().__init__(name=name, row_height=DENSE_ROW_HEIGHT)
        self.setModel(model)
        self.delegate = PreviewDelegate(self, model, pinned=pinned)
        self.setHorizontalHeader(HistogramHeader(read, self))
        self.horizontalHeader().setSectionsClickable(False)
        self.setItemDelegate(self.delegate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        """Return room for the header and two rows."""
        return QSize(80, HEADER_HEIGHT + 2 * DENSE_ROW_HEIGHT)


class PreviewCard(Card):
    """Newest rows first, a scattered choice, or only those a finding points at."""

    def __init__(self) -> None:
        super().__init__("data.preview.title", flush=True)
        self._entries: Mapping[str, ColumnEntry] = {}
        self.model = RowsModel(self)
        self.table = RowsTable("data.preview.table", self.model, self._head)
        self.pinned = RowsTable("data.preview.target_table", self.model, self._head, pinned=True)
        self.pinned.setSelectionModel(self.table.selectionModel())
        self.order = SegmentedControl(
            [
                (RowOrder.NEWEST.value, "data.preview.newest"),
                (RowOrder.RANDOM.value, "data.preview.random"),
                (RowOrder.PROBLEMS.value, "data.preview.problems"),
            ]
        )
        bind_accessible_name(self.order, "data.preview.order")
        self.order.chosen.connect(lambda _order: self._fill())
        self.add_action(self.order)
        self._nothing = label("data.preview.no_problems", "secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._tables())
        self._stack.addWidget(self._nothing)
        self._stack.setProperty("surface", "card")
        self.add(self._stack, 1)
        self._source = RowSource(lambda start, count: (), 0)
        self._columns: tuple[Column, ...] = ()
        self._problem_rows: Sequence[int] = ()
        self._target = 0
        translator().language_changed.connect(self._size_sections)

    def show_rows(
        self,
        source: RowSource,
        columns: tuple[Column, ...],
        entries: Mapping[str, ColumnEntry],
        problem_rows: Sequence[int],
        rare_value: str,
    ) -> None:
        """Show a dataset: its columns in file order, what the headers draw, and the target's value set in bold."""
        same_table = source is self._source and columns == self._columns
        self._source, self._columns = source, columns
        self._problem_rows, self._entries = problem_rows, entries
        self.pinned.delegate.strong = rare_value
        if not same_table or self.order.value() == RowOrder.PROBLEMS.value:
            self._fill()
        self._choose_sections()

    def set_narrow(self, narrow: bool) -> None:
        """Shorten the words of the choice."""
        key = "data.preview.problems.short" if narrow else "data.preview.problems"
        self.order.bind(RowOrder.PROBLEMS.value, key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Count the columns in view again."""
        super().resizeEvent(event)
        self._count_shown()

    def _tables(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(0)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.table, 0, 0)
        grid.addWidget(self.pinned, 0, 1)
        self._down = QScrollBar(Qt.Orientation.Vertical)
        self._across = QScrollBar(Qt.Orientation.Horizontal)
        grid.addWidget(self._down, 0, 2)
        grid.addWidget(self._across, 1, 0, 1, 3)
        _mirror(self.table.verticalScrollBar(), self._down)
        _mirror(self.table.horizontalScrollBar(), self._across)
        self.pinned.verticalScrollBar().valueChanged.connect(self.table.verticalScrollBar().setValue)
        self.table.verticalScrollBar().valueChanged.connect(self.pinned.verticalScrollBar().setValue)
        self.table.horizontalScrollBar().rangeChanged.connect(lambda _low, _high: self._count_shown())
        return box

    def _fill(self) -> None:
        order = RowOrder(self.order.value())
        self.model.show_rows(self._source, self._columns, order, self._problem_rows)
        nothing = order is RowOrder.PROBLEMS and self.model.rowCount() == 0
        self._stack.setCurrentIndex(1 if nothing else 0)
        self._choose_sections()

    def _choose_sections(self) -> None:
        """Ignored columns are left out; the target stands alone in the pinned view."""
        self._target = 0
        for place, column in enumerate(self._columns, 1):
            is_target = column.role is Role.TARGET
            self._target = place if is_target else self._target
            self.table.setColumnHidden(place, is_target or column.role is Role.IGNORE)
            self.pinned.setColumnHidden(place, not is_target)
        self.pinned.setColumnHidden(NUMBER_COLUMN, True)
        self.pinned.setVisible(self._target > 0)
        self._size_sections()

    def _size_sections(self) -> None:
        self.table.setColumnWidth(NUMBER_COLUMN, _ROW_NUMBER_WIDTH)
        shown = [place for place in range(1, len(self._columns) + 1) if not self.table.isColumnHidden(place)]
        for place in shown[:_COLUMNS_MEASURED]:
            self.table.setColumnWidth(place, self._width_of(place))
        if self._target:
            width = max(104, self._width_of(self._target))
            self.pinned.setColumnWidth(self._target, width)
            self.pinned.setFixedWidth(width)
        self._count_shown()

    def _head(self, section: int) -> HeaderCell:
        column = self.model.column(section)
        if column is None:
            return HeaderCell("", caption=translate("data.preview.row"), align_right=True)
        entry = self._entries.get(column.name)
        words = short_values_words(entry.column, entry.profile) if entry is not None and entry.profile else ""
        return HeaderCell(
            name=column.name,
            caption=words,
            icon=TYPE_ICONS[column.type],
            bars=spread_bars(entry) if entry is not None else None,
            marked=column.role is Role.TARGET,
        )

    def _width_of(self, section: int) -> int:
        rows = range(min(_ROWS_MEASURED, self.model.rowCount()))
        texts = (str(self.model.index(row, section).data()) for row in rows)
        widest = max((text_width(text, font(13)) for text in texts), default=0.0)
        needed = max(header_width(self._head(section)), round(widest) + 20)
        return min(_WIDEST, max(_NARROWEST, needed))

    def _count_shown(self) -> None:
        room = self.table.viewport().width()
        header = self.table.horizontalHeader()
        places = (place for place in range(1, len(self._columns) + 1) if not self.table.isColumnHidden(place))
        shown = sum(
            header.sectionViewportPosition(place) >= 0
            and header.sectionViewportPosition(place) + header.sectionSize(place) <= room + 8
            for place in places
        )
        key = "data.preview.caption" if self._target else "data.preview.caption.no_target"
        bind_text(self.caption, key, shown=shown + (self._target > 0), columns=len(self._columns))


def _mirror(inner: QScrollBar, outer: QScrollBar) -> None:
    """Let a scroll bar that stands elsewhere move a view."""

    def take_range(low: int, high: int) -> None:
        outer.setRange(low, high)
        outer.setPageStep(inner.pageStep())
        outer.setVisible(high > low)

    inner.rangeChanged.connect(take_range)
    inner.valueChanged.connect(outer.setValue)
    outer.valueChanged.connect(inner.setValue)
    take_range(inner.minimum(), inner.maximum())
