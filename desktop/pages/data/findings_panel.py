"""The panel of findings: what is open with one fix or its images each, and below it what was fixed, with Undo."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from automl.domain.issues import Issue
from automl.domain.issues import Severity as Gravity
from desktop.i18n import bind_accessible_name, bind_tooltip
from desktop.pages.data.step_words import Fixed, fix_key, fixed_words
from desktop.pages.issue_words import explanation_of, issue_detail, issue_title, parameters_of
from desktop.pages.project_images import ProjectImages
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card, line, scrolling
from desktop.widgets.finding_row import FindingRow, FixedRow, Severity
from desktop.widgets.fitting import FitsItsWords
from desktop.widgets.icon_view import IconView
from desktop.widgets.image_tiles import ImageTiles, Tile
from desktop.widgets.pill import Pill
from desktop.widgets.spinner import Spinner
from desktop.widgets.text import label

WIDTH, NARROW_WIDTH = 328, 288
_FIXED_SHOWN = 4
_TILES, _TILE_HEIGHT = 5, 40


class FindingsPanel(Card):
    """`fix_requested` carries the step to make, `undo_requested` the step to take back, `images_requested` a finding."""

    fix_requested = Signal(object)
    undo_requested = Signal(object)
    images_requested = Signal(object)
    again_requested = Signal()

    def __init__(self, images: ProjectImages) -> None:
        super().__init__("data.findings.title", flush=True)
        self._images = images
        self._tiles: list[ImageTiles] = []
        images.thumbnails.ready.connect(lambda _number: self._refresh_tiles())
        self.setFixedWidth(WIDTH)
        self.caption.hide()
        self._open: tuple[Issue, ...] = ()
        self._fixed: tuple[Fixed, ...] = ()
        self._is_narrow = False
        self._unfolded = False
        self._open_pill = Pill("data.findings.open", "warn", count=0)
        self._fixed_pill = Pill("data.findings.fixed", "ok", count=0)
        self._checking = Spinner()
        bind_tooltip(self._checking, "data.findings.checking")
        bind_accessible_name(self._checking, "data.findings.checking")
        self._checking.hide()
        self.add_header_widget(self._open_pill)
        self.add_header_widget(self._fixed_pill)
        self.again = text_button("data.findings.again.short", icon="refresh", small=True)
        bind_tooltip(self.again, "data.findings.again")
        self.again.clicked.connect(lambda _checked=False: self.again_requested.emit())
        self.again.hide()
        self.add_action(self.again)
        self.add_action(self._checking)
        self._rows = _column()
        self._footer = _column()
        self.add(scrolling(self._rows), 1)
        self.add(self._footer)

    def show_findings(self, open_findings: Sequence[Issue], fixed: Sequence[Fixed], *, checking: bool) -> None:
        """Show what is open and what was fixed; `checking` while a new profile is being made."""
        self._open, self._fixed = tuple(open_findings), tuple(fixed)
        self._checking.setVisible(checking)
        self._build()

    def offer_again(self, offered: bool) -> None:
        """Offer to look again, because what was looked at has changed since."""
        self.again.setVisible(offered and not self._checking.isVisibleTo(self))

    def set_narrow(self, narrow: bool) -> None:
        """Fold the fixed ones into one line."""
        self._is_narrow = narrow
        self.setFixedWidth(NARROW_WIDTH if narrow else WIDTH)
        self._build()

    def retranslate(self) -> None:
        """Say everything again."""
        self._build()

    def _build(self) -> None:
        count = sum(issue.severity is not Gravity.INFO for issue in self._open)
        self._open_pill.set("data.findings.open", "warn" if count else "plain", count=count)
        self._fixed_pill.set("data.findings.fixed", "ok", count=len(self._fixed))
        self._fixed_pill.setVisible(bool(self._fixed))
        rows = _emptied(self._rows)
        self._tiles = []
        for issue in self._open:
            rows.addWidget(self._finding(issue))
            rows.addWidget(line())
        if not self._open and not self._checking.isVisibleTo(self):
            rows.addWidget(
                _all_well("data.findings.none.images" if self._images.records else "data.findings.none.detail")
            )
        rows.addStretch(1)
        self._build_footer()

    def _finding(self, issue: Issue) -> FindingRow:
        key, parameters = fix_key(issue.fix, short=self._is_narrow) if issue.fix is not None else ("", {})
        words = parameters_of(issue) | parameters
        severity = Severity(issue.severity.value)
        row = FindingRow(severity, issue_title(issue), issue_detail(issue), key, explanation_of(issue), **words)
        row.fix_requested.connect(lambda step=issue.fix: self.fix_requested.emit(step))
        self._add_images(row, issue)
        return row

    def _add_images(self, row: FindingRow, issue: Issue) -> None:
        """Show the first images a finding names; its rows are numbers of images then."""
        named = [Tile(one, record.path) for one in issue.rows if (record := self._images.record(one)) is not None]
        if not named:
            return
        tiles = ImageTiles(self._images.thumbnails.pixmap, columns=_TILES, height=_TILE_HEIGHT)
        tiles.show_images(named[:_TILES])
        tiles.pressed.connect(lambda _number: self.images_requested.emit(issue))
        link = text_button("data.findings.images", small=True, count=len(named))
        link.clicked.connect(lambda _checked=False: self.images_requested.emit(issue))
        row.add_below(tiles)
        row.add_link(link)
        self._tiles.append(tiles)

    def _refresh_tiles(self) -> None:
        if self.isVisible():
            for tiles in self._tiles:
                tiles.refresh()

    def _build_footer(self) -> None:
        footer = _emptied(self._footer)
        self._footer.setVisible(bool(self._fixed))
        if not self._fixed:
            return
        footer.addWidget(line())
        folded = (self._is_narrow or len(self._fixed) > _FIXED_SHOWN) and not self._unfolded
        footer.addWidget(self._footer_head(folded=folded))
        for fixed in () if folded else self._fixed:
            footer.addWidget(line())
            row = FixedRow(fixed_words(fixed.step, fixed.finding))
            row.undo_requested.connect(lambda step=fixed.step: self.undo_requested.emit(step))
            footer.addWidget(row)

    def _footer_head(self, *, folded: bool) -> QWidget:
        head = QFrame()
        head.setProperty("surface", "well")
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 8, 12, 8)
        if folded:
            row.addWidget(IconView("check-circle", "ok"))
        key = "data.findings.fixed_short" if folded else "data.findings.fixed_for_you"
        row.addWidget(label(key, "caption-strong", count=len(self._fixed)), 1)
        if folded or self._unfolded:
            fold = text_button("data.findings.show" if folded else "data.findings.hide", small=True)
            fold.clicked.connect(self._toggle)
            row.addWidget(fold)
        return head

    def _toggle(self) -> None:
        self._unfolded = not self._unfolded
        self._build()


def _column() -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    return made


def _emptied(column: QWidget) -> QVBoxLayout:
    layout = column.layout()
    while layout is not None and (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    if not isinstance(layout, QVBoxLayout):
        raise TypeError("a column of widgets is expected")
    return layout


def _all_well(looked_for: str) -> QWidget:
    made = FitsItsWords()
    words = QVBoxLayout()
    words.setSpacing(4)
    words.addWidget(label("data.findings.none", "strong", wrap=True))
    words.addWidget(label(looked_for, "secondary", wrap=True))
    row = QHBoxLayout(made)
    row.setContentsMargins(16, 12, 16, 12)
    row.setSpacing(10)
    sign = QVBoxLayout()
    sign.addWidget(IconView("check-circle", "ok"))
    sign.addStretch(1)
    row.addLayout(sign)
    row.addLayout(words, 1)
    return made
