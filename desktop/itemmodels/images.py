"""Images as a grid: which ones are shown, in what order, and which of them are selected."""

from bisect import bisect_left
from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop.widgets.image_cell import ImageCell
from desktop.widgets.image_grid import Pick

Index = QModelIndex | QPersistentModelIndex


class ImagesModel(QAbstractTableModel):
    """Image numbers laid out in lines of so many columns. `look` says what an image looks like when it is drawn.

    The selection is of numbers, so it survives another order and another filter.
    """

    selection_changed = Signal()

    def __init__(self, look: Callable[[int, bool], ImageCell], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._numbers: Sequence[int] = ()
        self._columns = 1
        self._selected: frozenset[int] = frozenset()
        self._anchor = 0

    @property
    def numbers(self) -> Sequence[int]:
        """The numbers shown, in order."""
        return self._numbers

    @property
    def selected(self) -> frozenset[int]:
        """The numbers selected; some may not be shown."""
        return self._selected

    def count(self) -> int:
        """Return how many images are shown."""
        return len(self._numbers)

    def show_numbers(self, numbers: Sequence[int]) -> None:
        """Show these images; nothing moves when they are those shown already."""
        if numbers == self._numbers:
            self.refresh()
            return
        self.beginResetModel()
        self._numbers = numbers
        self.endResetModel()

    def set_columns(self, columns: int) -> None:
        """Lay them out in lines of so many."""
        if columns != self._columns:
            self.beginResetModel()
            self._columns = columns
            self.endResetModel()

    def refresh(self) -> None:
        """Draw anew what is in view: labels or words have changed."""
        if self._numbers:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self._columns - 1))

    def number_at(self, position: int) -> int:
        """Return the number of the image at a position, 0 beyond the last."""
        return self._numbers[position] if 0 <= position < len(self._numbers) else 0

    def position_of(self, number: int) -> int:
        """Return where an image is shown, -1 when it is not."""
        # Mostly in ascending order, where this finds it at once.
        place = bisect_left(self._numbers, number)
        if self.number_at(place) == number:
            return place
        return next((place for place, one in enumerate(self._numbers) if one == number), -1)

    def pick(self, position: int, pick: Pick) -> None:
        """Change the selection the way a gesture asks."""
        number = self.number_at(position)
        before = self._selected
        match pick:
            case Pick.NONE:
                self._selected = frozenset()
            case Pick.ALL:
                self._selected = frozenset(self._numbers)
            case Pick.TOGGLE:
                self._selected ^= {number}
            case Pick.ONLY:
                self._selected = frozenset() if before == {number} else frozenset({number})
            case Pick.RANGE:
                first, last = sorted((self._anchor, position))
                self._selected |= frozenset(self._numbers[first : last + 1])
        if pick in (Pick.ONLY, Pick.TOGGLE):
            self._anchor = position
        if self._selected != before:
            self.refresh()
            self.selection_changed.emit()

    def cell(self, index: Index) -> ImageCell | None:
        """Return what the card at an index looks like, None behind the last one."""
        number = self.number_at(index.row() * self._columns + index.column())
        return self._look(number, number in self._selected) if number else None

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of lines."""
        return 0 if parent is not None and parent.isValid() else -(-len(self._numbers) // self._columns)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many stand in a line."""
        return 0 if parent is not None and parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a screen reader says of a card; the tooltip is the same."""
        if role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole) or not index.isValid():
            return None
        cell = self.cell(index)
        return cell.spoken if cell is not None else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be reached, the room behind the last one cannot."""
        if not index.isValid() or self.number_at(index.row() * self._columns + index.column()) == 0:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled
