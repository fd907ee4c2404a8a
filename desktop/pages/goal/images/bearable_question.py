"""Third question: which mistakes are bearable. What lies between the two lines goes to a person."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from automl.domain.task import Goal, ImageGoal
from desktop.i18n import follow_language, translate
from desktop.pages.goal.images.sentences import image_of
from desktop.widgets.card import Card
from desktop.widgets.fields import FieldRow, TextField
from desktop.widgets.note import Note

_MOST_PERCENT = 50.0
_PARTS_A_DAY = 1_000
_MOST_PARTS = 100_000_000


class BearableQuestion(Card):
    """Two shares in percent and what they come to in a day; `answered` carries (most missed, most stopped)."""

    answered = Signal(float, float)

    def __init__(self) -> None:
        super().__init__("goal.images.bear.question")
        self._image = ImageGoal()
        self._parts = _PARTS_A_DAY
        self._missed = TextField(suffix="goal.images.bear.percent")
        self._stopped = TextField(suffix="goal.images.bear.percent")
        self._a_day = TextField(suffix="goal.images.bear.parts")
        self._missed_row = FieldRow("goal.images.bear.missed", self._missed)
        self._stopped_row = FieldRow("goal.images.bear.stopped", self._stopped)
        self._a_day_row = FieldRow("goal.images.bear.a_day", self._a_day)
        self._note = Note("plain", icon="scale")
        for field in (self._missed, self._stopped):
            field.editingFinished.connect(self._take)
        self._a_day.editingFinished.connect(self._take_parts)
        row = QHBoxLayout()
        row.setSpacing(12)
        for field_row in (self._missed_row, self._stopped_row, self._a_day_row):
            row.addWidget(field_row, 2, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(12)
        row.addWidget(self._note, 6)
        self.body.addLayout(row)
        follow_language(self, self._say)

    def show_goal(self, goal: Goal, *, asked: bool) -> None:
        """Show the shares of a goal; not asked while nothing says what a good part is."""
        self._image = image_of(goal)
        self.setVisible(asked)
        for field, share in ((self._missed, self._image.most_missed), (self._stopped, self._image.most_stopped)):
            if not field.hasFocus():
                field.setText(f"{share * 100:.6g}")
        if not self._a_day.hasFocus():
            self._a_day.setText(f"{self._parts:,}")
        self._say()

    def _say(self) -> None:
        missed, stopped = self._image.most_missed, self._image.most_stopped
        said = translate(
            "goal.images.bear.note",
            flaws=_of_a_hundred(missed),
            base=_base(missed),
            stopped=round(stopped * self._parts),
            parts=self._parts,
        )
        self._note.set_words("plain", said, translate("goal.images.bear.person"), icon="scale")

    def _take(self) -> None:
        missed = self._share(self._missed, self._missed_row)
        stopped = self._share(self._stopped, self._stopped_row)
        if missed is not None and stopped is not None:
            self.answered.emit(missed, stopped)

    def _share(self, field: TextField, row: FieldRow) -> float | None:
        """Return the share typed in percent; None while it is wrong, with words for what is wrong."""
        try:
            percent = float(field.text().replace("%", "").replace(",", "").strip())
        except ValueError:
            percent = -1.0
        right = 0 <= percent <= _MOST_PERCENT
        row.set_error("" if right else translate("goal.images.bear.wrong", most=_MOST_PERCENT))
        return percent / 100 if right else None

    def _take_parts(self) -> None:
        typed = self._a_day.text().replace(",", "").strip()
        right = typed.isascii() and typed.isdigit() and 0 < int(typed) <= _MOST_PARTS
        self._a_day_row.set_error("" if right else translate("goal.images.bear.wrong_parts"))
        if right:
            self._parts = int(typed)
            self._say()


def _base(share: float) -> int:
    """Return how many flawed parts to speak of, so that the share comes to whole parts: 100, 1,000 or 10,000."""
    return next((base for base in (100, 1_000) if abs(share * base - round(share * base)) < 1e-9), 10_000)


def _of_a_hundred(share: float) -> int:
    return round(share * _base(share))
