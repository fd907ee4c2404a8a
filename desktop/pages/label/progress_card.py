"""How far the labelling is, who gave the labels, and whether more of them help."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from automl.domain.labels import Provenance
from desktop.i18n import translate, translator
from desktop.itemmodels.images_labelled import LabelledImages
from desktop.pages.label.words import progress_parts
from desktop.widgets.buttons import text_button
from desktop.widgets.card import Card
from desktop.widgets.painting import draw_box, draw_text, font, painting, text_width
from desktop.widgets.text import plain_label, rich, rich_label

_PARTS = (
    (Provenance.PERSON, "accent", "label.legend.person"),
    (Provenance.ACCEPTED, "accent-line", "label.legend.accepted"),
    (Provenance.IMPORTED, "bar", "label.legend.imported"),
)


class PartsBar(QWidget):
    """A bar of 8 made of parts: (share of one, token)."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: Sequence[tuple[float, str]] = ()
        self.setFixedHeight(8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: Sequence[tuple[float, str]]) -> None:
        """Show these parts, from the left."""
        self._parts = parts
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track and the parts over it, the last one first so that the ends stay round."""
        del event
        with painting(self) as painter:
            draw_box(painter, QRectF(self.rect()), "surface-3", None, 4)
            ends = [sum(share for share, _ in self._parts[: place + 1]) for place in range(len(self._parts))]
            for end, (share, token) in reversed(list(zip(ends, self._parts, strict=True))):
                if share > 0:
                    draw_box(painter, QRectF(0, 0, max(8.0, self.width() * min(1.0, end)), 8), token, None, 4)


class Legend(QWidget):
    """Squares with their words on one line; what has no room is left out."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[tuple[str, str]] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Show pairs of token and words."""
        self._entries = entries
        self.update()

    def sizeHint(self) -> QSize:
        """16 high."""
        return QSize(200, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw squares and words."""
        del event
        left = 0.0
        with painting(self) as painter:
            for token, words in self._entries:
                width = text_width(words, font(12))
                if left + 16 + width > self.width() + 1:
                    return
                draw_box(painter, QRectF(left, 3, 10, 10), token, None, 2)
                draw_text(painter, QRectF(left + 16, 0, width + 2, 16), words, "text-2", font(12))
                left += 16 + width + 16


class ProgressCard(Card):
    """`curve_requested` asks what more labels bring."""

    curve_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._state = LabelledImages()
        self.words = rich_label("", wrap=False)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._share = plain_label("", "strong")
        self._bar = PartsBar()
        self._legend = Legend()
        self.more = text_button("", small=True, icon="trend")
        self.more.clicked.connect(lambda _checked=False: self.curve_requested.emit())
        # The card keeps its height when there is nothing to say yet.
        policy = self.more.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.more.setSizePolicy(policy)
        top = QHBoxLayout()
        top.addWidget(self.words, 1)
        top.addWidget(self._share)
        bottom = QHBoxLayout()
        bottom.setSpacing(12)
        bottom.addWidget(self._legend, 1)
        bottom.addWidget(self.more)
        self.body.setSpacing(6)
        self.body.setContentsMargins(15, 11, 15, 7)
        self.body.addLayout(top)
        self.body.addWidget(self._bar)
        self.body.addLayout(bottom)

    def show_state(self, state: LabelledImages) -> None:
        """Show how far it is."""
        self._state = state
        counts, to_go = state.provenance_counts, len(state.unlabelled)
        labelled = sum(counts.values())
        total = max(1, labelled + to_go)
        reading = translate("label.progress.reading", done=labelled, total=labelled + to_go)
        self.words.setText(rich(f"{reading}&nbsp; {progress_parts(state)}".replace("&nbsp;", "\u00a0")))
        self._share.setText(translator().percent(labelled / total, 0) if to_go or not labelled else "100%")
        self._bar.set_parts([(counts.get(one, 0) / total, token) for one, token, _ in _PARTS])
        entries = [(token, translate(key)) for one, token, key in _PARTS if counts.get(one)]
        self._legend.set_entries([*entries, ("surface-3", translate("label.legend.to_go", count=to_go))])
        self.setAccessibleName(self.words.text())
        self._show_curve(state)

    def retranslate(self) -> None:
        """Say it again in another language."""
        self.show_state(self._state)

    def _show_curve(self, state: LabelledImages) -> None:
        found = state.suggestions
        self.more.setVisible(found is not None and bool(found.curve))
        if found is not None:
            enough = "label.curve.link.enough" if found.enough else "label.curve.link.more"
            self.more.set_text("label.curve.link" if found.enough is None else enough)
