"""The labels of a project: a journal of steps, each written whole in one transaction, so that a power cut loses none."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from automl.domain.images import ImageListing
from automl.domain.label_editing import Classes, progress, with_classes
from automl.domain.labels import Label, LabelProgress, LabelStep
from automl.storage import clock
from automl.storage.database import Database
from automl.storage.objects import ObjectStore
from automl.storage.state_store import StateStore

_POSITION = "labels.position"
_FIRST_SHAPE = 2
_IMPORT = "import"


class LabelStore:
    """Labels by the SHA-256 of the image: equal images share one. The position is the number of the last step in force."""

    def __init__(self, database: Database, state: StateStore, objects: ObjectStore) -> None:
        self._database = database
        self._state = state
        self._objects = objects
        self._labels: dict[str, Label] = {}
        self._classes: Classes = ()
        self._folded: list[_Folded] = []

    def current(self) -> dict[str, Label]:
        """Return the labels in force by the SHA-256 of their image; images nobody spoke of are not in it."""
        self._catch_up()
        return dict(self._labels)

    def classes(self) -> Classes:
        """Return the classes in their order."""
        self._catch_up()
        return self._classes

    def set(self, labels: Sequence[Label], action: str = "label") -> bool:
        """Give labels in one step; classes that are new with them are added. False when nothing changes."""
        self._catch_up()
        new = tuple(label for label in labels if self._labels.get(label.sha256) != label)
        classes = with_classes(self._classes, (label.class_name for label in new))
        return self.write(LabelStep(action, new, None if classes == self._classes else classes))

    def set_classes(self, classes: Classes, action: str = "classes") -> bool:
        """Put other classes, or another order of them, in force."""
        return self.write(LabelStep(action, (), None if classes == self.classes() else classes))

    def write(self, step: LabelStep) -> bool:
        """Append a step; what was undone before it is forgotten. False when it changes nothing."""
        if not step.labels and step.classes is None:
            return False
        with self._database.transaction():
            self._database.run("DELETE FROM label_step WHERE number > ?", (self._position(),))
            number = self._database.run(
                "INSERT INTO label_step (action, labels, classes, created) VALUES (?, ?, ?, ?)",
                (
                    step.action,
                    msgspec.json.encode(step.labels).decode(),
                    "" if step.classes is None else msgspec.json.encode(step.classes).decode(),
                    clock.now(),
                ),
            )
            self._state.set(_POSITION, str(number))
        return True

    def undo(self) -> bool:
        """Take the last step back; False when there is none a person made since the last import."""
        if not self.can_undo():
            return False
        before = self._database.value("SELECT max(number) FROM label_step WHERE number < ?", (self._position(),))
        self._state.set(_POSITION, str(before or 0))
        return True

    def redo(self) -> bool:
        """Take an undo back; False when nothing was undone."""
        behind = self._next() if self._exists else None
        if behind is None:
            return False
        self._state.set(_POSITION, str(behind))
        return True

    def can_undo(self) -> bool:
        """Whether there is a step to take back; an import stays."""
        if not self._exists:
            return False
        action = self._database.value("SELECT action FROM label_step WHERE number = ?", (self._position(),))
        return action is not None and action != _IMPORT

    def can_redo(self) -> bool:
        """Whether an undo can be taken back."""
        return self._exists and self._next() is not None

    def progress(self, listing: ImageListing) -> LabelProgress:
        """Return how far the labelling of these images is."""
        self._catch_up()
        return progress((image.sha256 for image in listing.images), self._labels)

    def freeze(self) -> str:
        """Store the labels in force as an object (JSON tuple of `Label`, by SHA-256) and return its name."""
        self._catch_up()
        ordered = tuple(self._labels[sha256] for sha256 in sorted(self._labels))
        return self._objects.put_bytes(msgspec.json.encode(ordered))

    def frozen(self, sha256: str) -> dict[str, Label]:
        """Return labels that were frozen, by the SHA-256 of their image."""
        labels = msgspec.json.decode(self._objects.read_bytes(sha256), type=tuple[Label, ...])
        return {label.sha256: label for label in labels}

    @property
    def _exists(self) -> bool:
        """Whether this database knows labels; one of an older Lathe that is only read may not."""
        return self._database.shape >= _FIRST_SHAPE

    def _position(self) -> int:
        return int(self._state.get(_POSITION) or 0)

    def _next(self) -> int | None:
        number = self._database.value("SELECT min(number) FROM label_step WHERE number > ?", (self._position(),))
        return None if number is None else int(number)

    def _catch_up(self) -> None:
        """Bring the labels at hand to the position: take steps back, fold new ones, begin again where history changed."""
        if not self._exists:
            return
        position = self._position()
        while self._folded and self._folded[-1].number > position:
            self._unfold(self._folded.pop())
        last = self._folded[-1].number if self._folded else 0
        if last == position:
            return
        if last and self._database.value("SELECT 1 FROM label_step WHERE number = ?", (last,)) is None:
            last, self._labels, self._classes, self._folded = 0, {}, (), []
        steps = self._database.rows(
            "SELECT number, labels, classes FROM label_step WHERE number > ? AND number <= ? ORDER BY number",
            (last, position),
        )
        for number, labels, classes in steps:
            self._fold(int(number or 0), str(labels), str(classes))

    def _fold(self, number: int, labels: str, classes: str) -> None:
        given = msgspec.json.decode(labels, type=tuple[Label, ...])
        former = {label.sha256: self._labels.get(label.sha256) for label in given}
        self._folded.append(_Folded(number, former, self._classes))
        self._labels.update((label.sha256, label) for label in given)
        if classes:
            self._classes = msgspec.json.decode(classes, type=Classes)

    def _unfold(self, step: "_Folded") -> None:
        for sha256, label in step.former.items():
            if label is None:
                del self._labels[sha256]
            else:
                self._labels[sha256] = label
        self._classes = step.classes


class _Folded(NamedTuple):
    """A step that is part of the labels at hand, and what was in its place before."""

    number: int
    former: dict[str, Label | None]
    classes: Classes
