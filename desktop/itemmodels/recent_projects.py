"""The projects opened before as a table: name, where it stands, best score, when it was changed last."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from automl.domain.dataset import DataKind
from automl.domain.glance import ProjectGlance
from automl.domain.task import Metric
from desktop.i18n import follow_language, translate, translator
from desktop.itemmodels.standing import standing

Index = QModelIndex | QPersistentModelIndex

GLANCE_ROLE = int(Qt.ItemDataRole.UserRole) + 1
CAPTION_ROLE = int(Qt.ItemDataRole.UserRole) + 2

# What a project is made of, as a sign beside its name.
KIND_ICONS = {DataKind.TABLE: "table", DataKind.IMAGES: "image"}

_HEADERS = ("start.recent.name", "start.recent.stands", "start.recent.score", "start.recent.opened")
_SHARES = (Metric.ACCURACY, Metric.BALANCED_ACCURACY, Metric.R2)


class RecentField(IntEnum):
    """What the columns of this table show."""

    NAME = 0
    STANDS = 1
    SCORE = 2
    OPENED = 3


class RecentProjectsModel(QAbstractTableModel):
    """One row a project; `GLANCE_ROLE` gives the whole glance, `CAPTION_ROLE` the second line of a cell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._glances: tuple[ProjectGlance, ...] = ()
        follow_language(self, self._retranslate)

    def show_projects(self, glances: Sequence[ProjectGlance]) -> None:
        """Show these projects, newest first."""
        self.beginResetModel()
        self._glances = tuple(glances)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of projects."""
        return 0 if parent is not None and parent.isValid() else len(self._glances)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of fields."""
        return 0 if parent is not None and parent.isValid() else len(RecentField)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return one field for one role."""
        if not index.isValid():
            return None
        glance, field = self._glances[index.row()], RecentField(index.column())
        if role == GLANCE_ROLE:
            return glance
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(field)
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(glance, field)
        if role == CAPTION_ROLE:
            return _caption(glance, field)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(part for part in (_text(glance, field), _caption(glance, field)) if part)
        if role == Qt.ItemDataRole.ToolTipRole and field is RecentField.NAME:
            return glance.folder
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the name of a field."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(RecentField(section))
        return translate(_HEADERS[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def glance(self, row: int) -> ProjectGlance:
        """Return the project of a row."""
        return self._glances[row]

    def _retranslate(self) -> None:
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(RecentField) - 1)
        if self._glances:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._glances) - 1, len(RecentField) - 1))


class RecentProjectsFilter(QSortFilterProxyModel):
    """Projects whose name holds a text."""

    def __init__(self, source: RecentProjectsModel) -> None:
        super().__init__(source)
        self._projects = source
        self._text = ""
        self.setSourceModel(source)

    def set_text(self, text: str) -> None:
        """Keep projects whose name holds `text`, letter case aside."""
        self.beginFilterChange()
        self._text = text.strip().casefold()
        self.endFilterChange()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        """Tell whether a project is shown."""
        del source_parent
        return self._text in self._projects.glance(source_row).name.casefold()


def _alignment(field: RecentField) -> Qt.AlignmentFlag:
    left = field in (RecentField.NAME, RecentField.STANDS)
    return (Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight) | Qt.AlignmentFlag.AlignVCenter


def _text(glance: ProjectGlance, field: RecentField) -> str:
    match field:
        case RecentField.NAME:
            return glance.name
        case RecentField.STANDS:
            step = standing(glance).step
            return translate(f"start.stands.{step}") if step else ""
        case RecentField.SCORE:
            return score_words(glance)
        case RecentField.OPENED:
            return moment_words(glance.changed)


def _caption(glance: ProjectGlance, field: RecentField) -> str:
    match field:
        case RecentField.NAME:
            if glance.rows is None:
                return translate("start.recent.no_data")
            key = "start.recent.images" if glance.kind is DataKind.IMAGES else "start.recent.rows"
            return translate(key, count=glance.rows)
        case RecentField.STANDS:
            stands = standing(glance)
            return translate(stands.line, count=stands.count)
        case RecentField.SCORE:
            return _score_caption(glance)
        case RecentField.OPENED:
            return ""


def score_words(glance: ProjectGlance) -> str:
    """Return the best score: "0.931", "97.4%", "₩215k"."""
    if glance.score is None or glance.metric is None:
        return translate("start.recent.no_score")
    return _score(glance.metric, glance.score.value)


def _score_caption(glance: ProjectGlance) -> str:
    if glance.score is None or glance.metric is None:
        return ""
    lower, upper = (_score(glance.metric, value) for value in (glance.score.lower, glance.score.upper))
    name = translate(f"start.score.{glance.metric.value}")
    return translate("start.score.with_range", name=name, lower=lower, upper=upper)


def _score(metric: Metric, value: float) -> str:
    words = translator()
    if metric is Metric.COST:
        return words.short_money(value)
    return words.percent(value) if metric in _SHARES else words.number(value)


def moment_words(moment: str) -> str:
    """Return when something happened: "Today 14:35", "Yesterday", "19 Nov"."""
    if not moment:
        return ""
    words = translator()
    then, now = datetime.fromisoformat(moment).astimezone(), datetime.now().astimezone()
    if then.date() == now.date():
        return translate("start.recent.today", time=words.clock(then))
    if then.date() == (now - timedelta(days=1)).date():
        return translate("start.recent.yesterday")
    return words.day(then) if then.year == now.year else str(then.date())
