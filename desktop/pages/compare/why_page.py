"""Why it decides: the columns a model relies on, in bars and in sentences."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.actions import PageId
from desktop.i18n import translate
from desktop.itemmodels.model_words import family_name, model_detail
from desktop.pages.compare.importance_card import ImportanceCard
from desktop.pages.compare.readings import importance_sentence, matters, undisturbed_loss
from desktop.pages.compare.shown import Shown
from desktop.pages.session import Session
from desktop.widgets.buttons import button, primary_button
from desktop.widgets.card import Card, line, scrolling
from desktop.widgets.empty_state import EmptyState, Promise
from desktop.widgets.note import Note
from desktop.widgets.page_frame import PageFrame
from desktop.widgets.text import plain_label

MOST_BARS, MOST_SENTENCES = 16, 16
SIDE_WIDTH, NARROW_SIDE_WIDTH = 420, 360


class WhyPage(PageFrame):
    """What one model looks at."""

    def __init__(self, session: Session) -> None:
        super().__init__("compare.why.title", "compare.why.summary.none")
        self._session = session
        self._shown: Shown | None = None
        self._back = self.header.add_action(button("compare.why.back", icon="chevron-left"), "compare.why.back")
        self._to_results = primary_button("compare.why.back", icon="chevron-left")
        self._empty = EmptyState("compare.empty.title", "compare.why.empty.detail", [self._to_results], _promises())
        self._bars = ImportanceCard(MOST_BARS)
        self._sentences = QVBoxLayout()
        self._sentences.setSpacing(0)
        self._note = Note("plain", "compare.why.caution")
        self._side = self._side_card()
        self._content = QWidget()
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        inner = QVBoxLayout(holder := QWidget())
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._bars)
        row.addWidget(scrolling(holder), 1)
        row.addWidget(self._side)
        self.body.addWidget(self._content, 1)
        self.body.addWidget(self._empty, 1)
        for back in (self._back, self._to_results):
            back.clicked.connect(lambda _checked=False: session.go_to(PageId.COMPARE, "results"))

    def show_model(self, shown: Shown | None) -> None:
        """Show what a model relies on, or the way to a model."""
        self._shown = shown
        self._content.setVisible(shown is not None)
        self._back.setVisible(shown is not None)
        self._empty.setVisible(shown is None)
        if shown is None:
            self.header.set_summary("compare.why.summary.none")
            return
        name = f"{family_name(shown.model)} {model_detail(shown.model, shown.leaderboard)}".strip()
        sealed = shown.evaluation.on_holdout
        self.header.set_summary("compare.why.summary" if sealed else "compare.why.summary.folds", name=name)
        self._bars.show_model(shown)
        self._show_sentences(shown)

    def retranslate(self) -> None:
        """Say all composed sentences again."""
        self.show_model(self._shown)

    def set_narrow(self, narrow: bool) -> None:
        """Make the side narrower."""
        super().set_narrow(narrow)
        self._side.setFixedWidth(NARROW_SIDE_WIDTH if narrow else SIDE_WIDTH)

    def _side_card(self) -> Card:
        card = Card("compare.why.words", flush=True)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(12)
        column.addLayout(self._sentences)
        column.addStretch(1)
        column.addWidget(self._note)
        card.add(scrolling(content), 1)
        card.setFixedWidth(SIDE_WIDTH)
        return card

    def _show_sentences(self, shown: Shown) -> None:
        while (item := self._sentences.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        bars, loss = shown.evaluation.importance, undisturbed_loss(shown.model, shown.task)
        telling = [bar for bar in bars if matters(bar)]
        said = [importance_sentence(bar, loss) for bar in telling[:MOST_SENTENCES]]
        if len(telling) < len(bars):
            said.append(translate("compare.why.rest", count=len(bars) - len(telling)))
        if not bars:
            said.append(translate("compare.why.none.words"))
        for place, sentence in enumerate(said):
            if place:
                self._sentences.addWidget(line())
            words = plain_label(sentence, "body", wrap=True)
            words.setContentsMargins(0, 8, 0, 8)
            self._sentences.addWidget(words)


def _promises() -> tuple[Promise, ...]:
    return (
        Promise("chart", "compare.why.promise.bars", "compare.why.promise.bars.words"),
        Promise("text", "compare.why.promise.words", "compare.why.promise.words.words"),
    )
