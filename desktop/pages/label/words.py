"""Sentences of the label page, composed from counts and names."""

from automl.domain.labels import Label, Provenance
from desktop.i18n import translate, translator
from desktop.itemmodels.images_labelled import Guess, LabelledImages
from desktop.widgets.image_cell import ImageCell
from desktop.widgets.text import shortened

_NOTES = {
    Provenance.PERSON: ("label.by.person", "user"),
    Provenance.IMPORTED: ("label.by.file", "file"),
}
_QUITE_SURE = 0.9


def done_words(key: str, **parameters: object) -> str:
    """Return what a gesture did, for the undo history and its toast."""
    return translate(key, **{name: shortened(value) for name, value in parameters.items()})


def sure_words(probability: float) -> str:
    """Return a probability in whole percent; only what is certain is 100 %."""
    shown = min(probability, 0.99) if probability < 1 else probability
    return translator().percent(max(shown, 0.0), 0)


def cell_of(state: LabelledImages, number: int, name: str, *, selected: bool) -> ImageCell:
    """Return what the card of an image looks like; `name` is that of its file."""
    label, guess = state.by_number.get(number), state.guess(number)
    words, place, note, icon, faint = _caption(state, label, guess)
    hidden = label is not None and label.hidden
    badge = "eye-off" if hidden else "alert-triangle" if number in state.suspects else ""
    spoken = [name, words, note]
    spoken += [translate("label.spoken.hidden")] if hidden else []
    spoken += [translate("label.spoken.selected")] if selected else []
    return ImageCell(
        number,
        words,
        place=place,
        note=note,
        note_icon=icon,
        faint=faint,
        selected=selected,
        badge=badge,
        spoken=", ".join(part for part in spoken if part),
    )


def selection_words(state: LabelledImages, numbers: frozenset[int]) -> str:
    """Return what the selected images have in common."""
    labels = state.by_number
    names = {labels[one].class_name if one in labels else "" for one in numbers}
    if len(names) > 1:
        return translate("label.selected.mixed", count=len(names))
    only = next(iter(names), "")
    if not only:
        return translate("label.selected.none")
    return translate("label.selected.same", count=len(numbers), name=shortened(only))


def look_words(guess: Guess | None) -> str:
    """Return what the model says of the image to look at, with **strong** words."""
    if guess is None:
        return translate("label.look.ask")
    key = "label.look.sure" if guess.probability >= _QUITE_SURE else "label.look.unsure"
    return translate(key, name=shortened(guess.class_name), sure=sure_words(guess.probability))


def progress_parts(state: LabelledImages) -> str:
    """Return who gave the labels: "412 by you, 894 suggested and accepted"."""
    counts = state.provenance_counts
    said = (
        (Provenance.PERSON, "label.progress.person"),
        (Provenance.ACCEPTED, "label.progress.accepted"),
        (Provenance.IMPORTED, "label.progress.imported"),
    )
    return ", ".join(translate(key, count=counts[one]) for one, key in said if counts.get(one))


def _caption(state: LabelledImages, label: Label | None, guess: Guess | None) -> tuple[str, int, str, str, bool]:
    """Words, place of the class, note, its icon, and whether the class is only suggested."""
    if label is not None and label.class_name:
        name, place = label.class_name, state.place_of(label.class_name)
        if label.provenance is Provenance.ACCEPTED:
            return name, place, sure_words(label.confidence), "sparkles", False
        key, icon = _NOTES[label.provenance]
        return name, place, translate(key), icon, False
    if guess is not None:
        words = translate("label.card.suggested", name=guess.class_name)
        return words, state.place_of(guess.class_name), sure_words(guess.probability), "sparkles", True
    return translate("label.card.none"), -1, "", "", True
