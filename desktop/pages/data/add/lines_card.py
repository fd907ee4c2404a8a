"""The damaged lines of a file between their neighbours, with the place that went wrong in a box."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from automl.domain.inspection import FileInspection, InspectedLine, RepairKind
from desktop.i18n import translate
from desktop.theme import monospace_font, theme
from desktop.widgets.card import Card, scrolling
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width

_LINE_HEIGHT, _REASON_HEIGHT = 28, 36
_NUMBER_WIDTH, _TEXT_LEFT = 56.0, 72.0
_CONTEXT_BEFORE = 44


class LineView(QWidget):
    """One line as it stands in the file; a damaged one is red and says what is probably wrong."""

    def __init__(self, line: InspectedLine, expected: int) -> None:
        super().__init__()
        self._line = line
        self._strong, self._words = _reason(line, expected)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_LINE_HEIGHT + (_REASON_HEIGHT if line.damaged else 0))
        self.setAccessibleName(f"{line.row}: {line.text[:200]} {self._strong} {self._words}".strip())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw number, text, box and reason."""
        del event
        damaged, width = self._line.damaged, float(self.width())
        with painting(self) as painter:
            if damaged:
                painter.fillRect(self.rect(), theme().color("bad-soft"))
            edge = "bad-line" if damaged else "border"
            painter.fillRect(QRectF(0, self.height() - 1, width, 1), theme().color(edge))
            number = QRectF(0, 0, _NUMBER_WIDTH, _LINE_HEIGHT)
            text = f"{self._line.row:,}"
            left = _NUMBER_WIDTH - text_width(text, monospace_font(12))
            draw_text(painter, number.adjusted(left, 0, 2, 0), text, "bad" if damaged else "text-3", monospace_font(12))
        self._paint_text(width)
        if damaged:
            self._paint_reason(width)

    def _paint_text(self, width: float) -> None:
        before, inside, after = _parts(self._line)
        plain, bold = monospace_font(12), monospace_font(12)
        bold.setWeight(bold.Weight.Bold)
        with painting(self) as painter:
            left = _TEXT_LEFT
            for text, face, boxed in ((before, plain, False), (inside, bold, True), (after, plain, False)):
                if not text or left >= width - 16:
                    continue
                taken = text_width(text, face)
                if boxed:
                    left += 3
                    draw_box(painter, QRectF(left - 3, 4, taken + 6, _LINE_HEIGHT - 8), "surface", "bad-mark", 4)
                ink = "bad" if boxed else "text"
                draw_text(painter, QRectF(left, 0, min(taken + 1, width - 16 - left), _LINE_HEIGHT), text, ink, face)
                left += taken + (3 if boxed else 0)

    def _paint_reason(self, width: float) -> None:
        with painting(self) as painter:
            top = float(_LINE_HEIGHT)
            theme().paint_icon(painter, "corner-down-right", "bad", QRectF(_TEXT_LEFT, top + 7, 14, 14))
            left = _TEXT_LEFT + 24
            strong = text_width(self._strong, font(13, 600))
            draw_text(painter, QRectF(left, top, strong + 1, 28), self._strong, "text", font(13, 600))
            left += strong + 6
            draw_text(painter, QRectF(left, top, width - 16 - left, 28), self._words, "text", font(13))


class LinesCard(Card):
    """The first damaged lines of a file."""

    def __init__(self) -> None:
        super().__init__("add.in_file", flush=True)
        self._lines = QWidget()
        self._column = QVBoxLayout(self._lines)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.add(scrolling(self._lines), 1)

    def show_inspection(self, inspection: FileInspection) -> None:
        """Show the lines of a file."""
        self.caption.setText(inspection.file_name)
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for line in inspection.lines:
            self._column.addWidget(LineView(line, inspection.column_count))
        self._column.addStretch(1)


def _parts(line: InspectedLine) -> tuple[str, str, str]:
    """The text before, in and after the damaged place; a long beginning is cut so that the place is in view."""
    if line.repair is None:
        return line.text, "", ""
    start, end = line.repair.start, line.repair.end
    cut = max(0, start - _CONTEXT_BEFORE)
    before = ("…" if cut else "") + line.text[cut:start]
    return before, line.text[start:end], line.text[end:]


def _reason(line: InspectedLine, expected: int) -> tuple[str, str]:
    if not line.damaged:
        return "", ""
    repair = line.repair
    if repair is not None and repair.kind is RepairKind.SPLIT and len(repair.values) > 1:
        first, second = repair.values[:2]
        words = translate("add.repair.split.words", text=repair.original, first=first, second=second)
        return translate("add.repair.split"), words
    if repair is not None and repair.kind is RepairKind.JOIN:
        words = translate("add.repair.join.words", text=repair.original, joined="".join(repair.values))
        return translate("add.repair.join"), words
    if line.found is None:
        return translate("add.repair.quote"), ""
    return translate("add.repair.unknown", found=line.found, expected=expected), ""
