"""Fourth question: how parts lie in the image, and how strongly drawn variations may differ from the images there are."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from automl.domain.task import Goal
from desktop.pages.goal.images.sentences import image_of
from desktop.pages.goal.images.variations import Variations
from desktop.pages.session import Session
from desktop.widgets.card import Card
from desktop.widgets.choice_card import ChoiceCard, ChoiceGroup
from desktop.widgets.fields import Choice, ComboBox
from desktop.widgets.text import label

_SAME, _ANY = "same", "any"
# What each word means as strength; the search chooses where nothing is said.
STRENGTHS: dict[str, float | None] = {"auto": None, "none": 0.0, "light": 0.25, "medium": 0.5, "strong": 0.9}


class PoseQuestion(Card):
    """`orientation_chosen` carries whether turning changes nothing, `strength_chosen` the strength or None."""

    orientation_chosen = Signal(bool)
    strength_chosen = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__("goal.images.pose.question")
        self._group = ChoiceGroup()
        self._group.add(_SAME, ChoiceCard("goal.images.pose.same", "goal.images.pose.same.words"))
        self._group.add(_ANY, ChoiceCard("goal.images.pose.any", "goal.images.pose.any.words"))
        self._group.chosen.connect(lambda value: self.orientation_chosen.emit(value == _ANY))
        self._strength = ComboBox(name="goal.images.variations")
        self._strength.chosen.connect(lambda value: self.strength_chosen.emit(STRENGTHS[value]))
        variations = QWidget()
        row = QHBoxLayout(variations)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label("goal.images.variations", "caption-2"))
        row.addWidget(self._strength)
        row.addWidget(label("goal.images.variations.words", "caption", wrap=True), 1)
        self.variations = Variations(session)
        self.add(self._group)
        self.add(variations)
        self.add(self.variations)

    def show_goal(self, goal: Goal) -> None:
        """Show how parts lie and how strong the variations are."""
        image = image_of(goal)
        self._group.set_value(_ANY if image.any_orientation else _SAME)
        self._strength.set_choices([Choice(name, f"goal.images.strength.{name}") for name in STRENGTHS])
        self._strength.set_value(strength_name(image.augmentation))
        self.variations.show_goal(image)
        self.variations.retranslate()


def strength_name(strength: float | None) -> str:
    """Return the word nearest to a strength."""
    if strength is None:
        return "auto"
    known = {name: value for name, value in STRENGTHS.items() if value is not None}
    return min(known, key=lambda name: abs(known[name] - strength))
