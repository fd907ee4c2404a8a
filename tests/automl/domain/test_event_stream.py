"""Events arrive whole however the bytes are cut, and what is no event is left out."""

import itertools

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from automl.domain.event_stream import EventDecoder
from automl.domain.events import Event, JobFinished, JobProgress, JobStarted, Outcome, Phase

EVENTS: tuple[Event, ...] = (
    JobStarted(kind="train", seq=0),
    JobProgress(phase=Phase.TUNE, done=1, total=3, seq=1),
    JobFinished(outcome=Outcome.COMPLETED, seq=2),
)
STREAM = b"".join(msgspec.json.encode(event) + b"\n" for event in EVENTS)


@given(st.lists(st.integers(0, len(STREAM)), max_size=8))
def test_events_arrive_whole_however_the_bytes_are_cut(cuts: list[int]) -> None:
    decoder = EventDecoder()
    places = [0, *sorted(cuts), len(STREAM)]
    received = [decoder.feed(STREAM[start:stop]) for start, stop in itertools.pairwise(places)]
    assert tuple(event for events in received for event in events) == EVENTS


def test_lines_that_are_no_events_are_counted_and_left_out() -> None:
    decoder = EventDecoder()
    noise = b'library says hello\n\xff\xfe\n{"event":"job.paid","v":1}\n\n'
    assert tuple(decoder.feed(noise + STREAM)) == EVENTS
    assert decoder.refused_lines == 3


def test_a_torn_last_line_is_not_an_event() -> None:
    assert tuple(EventDecoder().feed(STREAM[:-10])) == EVENTS[:-1]
