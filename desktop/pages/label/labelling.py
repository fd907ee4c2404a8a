"""Labelling as the label page sees it: labels and suggestions together, the image to look at now, and every gesture."""

from collections.abc import Callable, Iterable, Sequence

import msgspec
from PySide6.QtCore import QObject, Signal

from automl import api
from automl.domain.labels import Label, Provenance
from desktop.itemmodels.images_labelled import LabelledImages
from desktop.jobs.suggestion_service import SuggestionService
from desktop.pages.issue_words import issue_title
from desktop.pages.label.words import done_words
from desktop.pages.session import Session


class Labelling(QObject):
    """`changed` is sent with other labels, classes or suggestions, `current_changed` when only the image to look at is another.

    While nobody watches, labels that others change cost nothing; they are taken up when somebody watches again.
    """

    changed = Signal()
    current_changed = Signal()

    def __init__(self, session: Session, service: SuggestionService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.service = service
        self._state = LabelledImages()
        self._skipped: list[int] = []
        self._queue: tuple[int, ...] = ()
        self._current = 0
        self._awake = self._watched = self._stale = False
        session.images.changed.connect(self._labels_changed)
        session.images.listing_changed.connect(self._listing_changed)
        session.leaving.connect(self._rest)
        service.suggested.connect(self._suggested)
        self._labels_changed()

    @property
    def state(self) -> LabelledImages:
        """Labels and suggestions as they are now."""
        return self._state

    @property
    def queue(self) -> tuple[int, ...]:
        """The images to look at; the current one first."""
        return self._queue

    @property
    def current(self) -> int:
        """The number of the image to look at now, 0 when none is left."""
        return self._current

    def wake(self) -> None:
        """Take up what is new and begin to suggest: somebody is about to label."""
        self._watched = True
        project, version = self._session.project, self._session.images.version
        if project is not None and version is not None:
            self._awake = True
            # What it said before comes with the labels at once.
            self.service.start(project, version.number)
        if self._stale:
            self._labels_changed()

    def doze(self) -> None:
        """Nobody watches for now."""
        self._watched = False

    def look_at(self, number: int) -> None:
        """Bring an image to the head of the queue."""
        if number in self._queue and self._lead(number):
            self.current_changed.emit()

    def skip(self) -> None:
        """Leave the current image for later."""
        if self._current:
            self._skipped = [one for one in self._skipped if one != self._current] + [self._current]
            self._current = 0
            self._renew()

    def give_class(self, numbers: Sequence[int], name: str) -> bool:
        """Say which class images show. False when nothing changes."""
        return self._give(numbers, "label.done.class", lambda sha256, _number: self._said(sha256, name), name)

    def accept(self, numbers: Sequence[int]) -> bool:
        """Take over what the model suggests for these images."""

        def accepted(sha256: str, number: int) -> Label | None:
            guess = self._state.guess(number)
            if guess is None:
                return None
            return Label(sha256, guess.class_name, Provenance.ACCEPTED, confidence=guess.probability)

        return self._give(numbers, "label.done.accepted", accepted)

    def hide(self, numbers: Sequence[int], *, hidden: bool) -> bool:
        """Leave images out of training, or take them in again."""

        def changed(sha256: str, _number: int) -> Label:
            label = self._session.images.labels.get(sha256) or Label(sha256, "", Provenance.PERSON)
            return msgspec.structs.replace(label, hidden=hidden)

        return self._give(numbers, "label.done.hidden" if hidden else "label.done.unhidden", changed)

    def clear(self, numbers: Sequence[int]) -> bool:
        """Take the labels of images away."""
        return self._give(numbers, "label.done.cleared", lambda sha256, _number: self._said(sha256, ""))

    def matching(self, text: str) -> tuple[int, ...]:
        """Return the images whose file name or folder has this text."""
        project = self._session.project
        return api.match_rule(project, text) if project is not None and text.strip() else ()

    def add_class(self, name: str) -> str:
        """Add a class; return why not, empty when all is well."""
        return self._change_classes(
            done_words("label.done.class_added", name=name), lambda project: api.add_class(project, name)
        )

    def rename_class(self, name: str, to: str) -> str:
        """Give a class another name; return why not, empty when all is well."""
        words = done_words("label.done.class_renamed", name=name, to=to)
        return self._change_classes(words, lambda project: api.rename_class(project, name, to))

    def merge_classes(self, name: str, into: str) -> str:
        """Let all images of a class show another one; return why not, empty when all is well."""
        words = done_words("label.done.class_merged", name=name, into=into)
        return self._change_classes(words, lambda project: api.merge_classes(project, name, into))

    def remove_class(self, name: str) -> str:
        """Drop a class; return why not, empty when all is well."""
        words = done_words("label.done.class_removed", name=name)
        return self._change_classes(words, lambda project: api.remove_class(project, name))

    def _said(self, sha256: str, name: str) -> Label:
        former = self._session.images.labels.get(sha256)
        return Label(sha256, name, Provenance.PERSON, hidden=former is not None and former.hidden)

    def _give(self, numbers: Iterable[int], key: str, make: Callable[[str, int], Label | None], name: str = "") -> bool:
        images = self._session.images
        records = [record for record in map(images.record, numbers) if record is not None]
        made = [make(record.sha256, record.number) for record in records]
        labels = [label for label in made if label is not None]
        words = done_words(key, count=len(labels), name=name)
        if not images.set_labels(labels, words):
            return False
        if len(labels) > 1:
            undo = self._session.undo_and_tell
            self._session.notify("label.done", what=words, action="data.findings.undo", act=undo)
        return True

    def _change_classes(self, words: str, verb: Callable[[api.Project], None]) -> str:
        issues = self._session.images.change(words, verb)
        return issue_title(issues[0]) if issues else ""

    def _listing_changed(self) -> None:
        self._state, self._skipped, self._current = LabelledImages(), [], 0
        self.service.close()
        if self._awake:
            self.wake()

    def _rest(self) -> None:
        self._awake = False
        self.service.close()

    def _suggested(self) -> None:
        if self._is_watched():
            self._renew()

    def _labels_changed(self) -> None:
        if not self._is_watched():
            return
        before = self._state
        moved = self._renew()
        if before.records is self._state.records:
            if moved or before.classes != self._state.classes:
                self.service.labels_changed(len(moved))
            if len(moved) == 1:
                self._show_what_was_undone(before)

    def _is_watched(self) -> bool:
        """Whether a change is to be taken up now; else it is noted that there was one."""
        self._stale = self._stale or not self._watched
        return self._watched

    def _show_what_was_undone(self, before: LabelledImages) -> None:
        """An image that lost its label by an undo is looked at again."""
        opened = set(self._state.unlabelled) - set(before.unlabelled)
        if opened:
            self.look_at(min(opened))

    def _renew(self) -> tuple[str, ...]:
        """Look at labels and suggestions again; return the contents whose label is another one."""
        self._stale = False
        images, before = self._session.images, self._state
        moved: tuple[str, ...] = ()
        if before.records is not images.records:
            self._state = LabelledImages(images.records, images.labels, images.classes, self.service.suggestions)
        else:
            moved = before.changed(images.labels)
            self._state = before.renewed(moved, images.labels, images.classes, self.service.suggestions)
        self._lead(self._current)
        self.changed.emit()
        return moved

    def _lead(self, number: int) -> bool:
        """Put an image first, if it still waits; else the first of the queue is next. True when it is another one."""
        waiting, former = self._state.queue(self._skipped), self._current
        self._current = number if number in waiting else waiting[0] if waiting else 0
        self._queue = (self._current, *(one for one in waiting if one != self._current)) if self._current else ()
        return self._current != former
