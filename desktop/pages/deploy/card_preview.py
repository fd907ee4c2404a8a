"""The model card as it will stand in the bundle, in either language whatever the window speaks."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

import resources
from automl.domain.image_card import ImageCardFacts, ImageCardSentences
from automl.domain.language import Language
from automl.domain.model_card import CardFacts, CardSentences
from automl.domain.task import TaskKind
from desktop.i18n import LANGUAGE_NAMES, translator
from desktop.itemmodels.score_words import score_words
from desktop.widgets.card import Card, line
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.text import breakable, plain_label

_NAME_WIDTH = 92


class CardPreview(Card):
    """A sheet with the title, the facts and up to three figures."""

    def __init__(self) -> None:
        super().__init__("deploy.card")
        self._facts: CardFacts | None = None
        self._title = ""
        self._created = datetime.now().astimezone()
        self.language = SegmentedControl([(one.value, "") for one in Language])
        for one in Language:
            self.language.set_text(one.value, LANGUAGE_NAMES[one])
        self.language.set_value(translator().language.value)
        self.language.chosen.connect(lambda _value: self._show())
        self.add_action(self.language)
        self._place = QVBoxLayout()
        self.body.addLayout(self._place)
        self._sheet = QWidget()
        self._place.addWidget(self._sheet)

    def show_facts(self, title: str, facts: CardFacts | None, created: datetime) -> None:
        """Show the card of a model; `created` is the day it was or would be exported."""
        self._title, self._facts, self._created = title, facts, created
        self._show()

    def follow_window(self) -> None:
        """Show the language of the window."""
        self.language.set_value(translator().language.value)
        self._show()

    def words(self) -> str:
        """Everything the sheet says, for tests and screen readers."""
        return self._sheet.accessibleDescription()

    def _show(self) -> None:
        self._place.removeWidget(self._sheet)
        self._sheet.hide()
        self._sheet.deleteLater()
        self._sheet = QWidget() if self._facts is None else self._made(self._facts)
        self._place.addWidget(self._sheet)

    def _made(self, facts: CardFacts) -> QWidget:
        language = self.language.value()
        texts = resources.texts(language)
        if isinstance(facts, ImageCardFacts):
            sentences: CardSentences = ImageCardSentences(facts, texts, language)
        else:
            sentences = CardSentences(facts, texts, language)
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        head = QVBoxLayout()
        head.setSpacing(2)
        head.addWidget(plain_label(breakable(self._title), "card-title", wrap=True))
        head.addWidget(plain_label(sentences.subtitle(self._created), "caption-2", wrap=True))
        column.addLayout(head)
        column.addWidget(line())
        told = list(sentences.facts())
        column.addLayout(_grid(told))
        figures = _figures(facts)
        if figures:
            column.addWidget(line())
            column.addLayout(_figure_row(figures, sentences))
        sheet.setAccessibleName(self._title)
        sheet.setAccessibleDescription("\n".join(f"{name}: {' '.join(said)}" for name, said in told))
        return sheet


def _grid(told: list[tuple[str, list[str]]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    grid.setColumnMinimumWidth(0, _NAME_WIDTH)
    grid.setColumnStretch(1, 1)
    for place, (name, said) in enumerate(told):
        title = _paragraph(name, "secondary")
        title.setFixedWidth(_NAME_WIDTH)
        grid.addWidget(title, place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_paragraph(" ".join(said), "body"), place, 1)
    return grid


def _paragraph(text: str, style: str) -> QLabel:
    """Several lines as high as they are at the width they get, not at the width they would like."""
    made = plain_label(breakable(text), style, wrap=True)
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    made.setAlignment(Qt.AlignmentFlag.AlignTop)
    return made


def _figures(facts: CardFacts) -> list[tuple[str, str]]:
    """Return up to three numbers with the key of their name, those a person on the line asks for."""
    evaluation, counts = facts.evaluation, facts.evaluation.confusion
    words = translator()
    found: list[tuple[str, str]] = []
    if facts.leaderboard.task.has_risk and len(counts) == 2:
        (kept, stopped), (missed, caught) = counts
        if caught + missed:
            found.append((words.percent(caught / (caught + missed)), "deploy.figure.found"))
        if kept + stopped:
            found.append((words.percent(stopped / (kept + stopped)), "deploy.figure.stopped"))
    elif facts.leaderboard.task is TaskKind.MULTICLASS and evaluation.row_count:
        right = sum(row[place] for place, row in enumerate(counts))
        unit = "images_right" if isinstance(facts, ImageCardFacts) else "right"
        found.append((words.percent(right / evaluation.row_count), f"deploy.figure.{unit}"))
    elif evaluation.interval_halfwidths:
        found.append((f"±{words.number(float(f'{evaluation.interval_halfwidths[-1]:.2g}'))}", "deploy.figure.likely"))
    summary = facts.summary
    score = summary.holdout or summary.checking
    found.append((score_words(summary.metric, score.value), f"metric.{summary.metric.value}"))
    return found


def _figure_row(figures: list[tuple[str, str]], sentences: CardSentences) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    for value, key in figures:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(plain_label(value, "small-metric"))
        column.addWidget(plain_label(sentences.say(key), "caption-2", wrap=True))
        column.addStretch(1)
        row.addLayout(column, 1)
    return row
