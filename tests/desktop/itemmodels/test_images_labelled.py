"""Labels and suggestions put together: every change gives what a fresh count would."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automl.domain.images import ImageRecord
from automl.domain.labels import Label, LabelClass, Provenance, Suggestion, Suggestions
from desktop.itemmodels.images_labelled import Filter, Guess, Kind, LabelledImages

CLASSES = (LabelClass("good"), LabelClass("scratch"))
# Six images, two of them of the same content.
RECORDS = tuple(
    ImageRecord(
        number=number,
        path=f"{number}.png",
        sha256=content,
        size_bytes=1,
        width=10,
        height=10,
        channels=3,
        bits=8,
        class_name="",
        group=number,
        brightness=0.5,
        contrast=0.1,
        sharpness=0.1,
        thumbnail=(0, 0),
    )
    for number, content in enumerate("abccde", start=1)
)
LABELS = st.dictionaries(
    st.sampled_from("abcde"),
    st.builds(
        lambda name, provenance, hidden: (name, provenance, hidden),
        st.sampled_from(("", "good", "scratch")),
        st.sampled_from(Provenance),
        st.booleans(),
    ),
)


def labelled(said: dict[str, tuple[str, Provenance, bool]]) -> dict[str, Label]:
    return {content: Label(content, name, source, hidden) for content, (name, source, hidden) in said.items()}


def suggestions(sureness: dict[int, float], suspects: tuple[int, ...] = ()) -> Suggestions:
    return Suggestions(
        classes=("good", "scratch"),
        label_count=4,
        seconds=0.1,
        suggestions=tuple(Suggestion(number, (sure, 1 - sure)) for number, sure in sureness.items()),
        queue=tuple(sorted(sureness, key=lambda number: abs(sureness[number] - 0.5))),
        suspects=suspects,
        lines=(0.5, 0.9),
        acceptable=(10, 4),
        expected_wrong=(5.0, 1.0),
    )


@given(LABELS, LABELS)
def test_a_renewed_state_is_the_one_a_fresh_count_gives(
    before: dict[str, tuple[str, Provenance, bool]], after: dict[str, tuple[str, Provenance, bool]]
) -> None:
    first, labels = LabelledImages(RECORDS, labelled(before), CLASSES), labelled(after)
    renewed = first.renewed(first.changed(labels), labels, CLASSES, None)
    fresh = LabelledImages(RECORDS, labels, CLASSES)
    assert renewed.by_number == fresh.by_number
    assert renewed.unlabelled == fresh.unlabelled
    assert renewed.class_counts == fresh.class_counts
    assert renewed.provenance_counts == fresh.provenance_counts
    for kind in Kind:
        assert renewed.shown(Filter(kind, "good")) == fresh.shown(Filter(kind, "good"))


@given(LABELS, st.lists(st.integers(1, 6)))
def test_the_queue_holds_every_open_image_once(
    said: dict[str, tuple[str, Provenance, bool]], skipped: list[int]
) -> None:
    state = LabelledImages(RECORDS, labelled(said), CLASSES, suggestions({2: 0.6, 5: 0.9}))
    assert sorted(state.queue(skipped)) == sorted(state.unlabelled)
    assert sorted(LabelledImages(RECORDS, labelled(said), CLASSES).queue()) == sorted(state.unlabelled)


def test_the_least_sure_come_first_and_the_skipped_last() -> None:
    state = LabelledImages(RECORDS, {}, CLASSES, suggestions({2: 0.6, 5: 0.9, 6: 0.51}))
    assert state.queue()[:3] == (6, 2, 5)
    assert state.queue((6,))[-1] == 6
    assert state.shown(Filter(), least_sure_first=True)[0] == 6
    assert state.guess(2) == Guess("good", 0.6)
    assert state.guess(1) is None


def test_a_line_says_how_many_are_above_it_and_how_many_of_them_are_likely_wrong() -> None:
    state = LabelledImages(RECORDS, {}, CLASSES, suggestions({2: 0.95, 5: 0.92, 6: 0.7}))
    assert state.above(0.9) == (5, 2)
    assert state.expected_wrong(0.95, 8) == 2.0
    assert state.expected_wrong(0.6, 8) == 4.0
    assert LabelledImages(RECORDS, {}, CLASSES).expected_wrong(0.9, 10) == pytest.approx(1.0)


def test_suspects_are_labelled_images_only() -> None:
    labels = labelled({"a": ("good", Provenance.PERSON, False), "b": ("good", Provenance.PERSON, True)})
    state = LabelledImages(RECORDS, labels, CLASSES, suggestions({}, suspects=(2, 1, 5)))
    assert state.suspects == (1,)


def test_a_class_that_is_gone_is_suggested_no_more() -> None:
    state = LabelledImages(RECORDS, {}, (LabelClass("scratch"),), suggestions({2: 0.9}))
    assert set(state.probabilities(2)) == {"scratch"}
