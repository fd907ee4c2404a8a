import msgspec
from hypothesis import given
from hypothesis import strategies as st

from automl.domain.events import (
    Event,
    IssueRaised,
    JobFinished,
    JobProgress,
    JobStarted,
    ModelFitted,
    Outcome,
    Phase,
    ResourceSampled,
    TrialFinished,
    TrialReported,
    TrialStarted,
    TrialState,
)
from automl.domain.issues import Issue
from automl.domain.result import Interval, ModelSummary
from automl.domain.run_state import KEPT_SAMPLES, RunState, advance, fold, mark_crashed
from automl.domain.task import Family, Metric


def model(model_id: str, seconds: float = 1.0) -> ModelSummary:
    score = Interval(0.1, 0.05, 0.2)
    return ModelSummary(
        model_id=model_id,
        family=Family.BOOSTED,
        number=3,
        words=(),
        metric=Metric.LOG_LOSS,
        checking=score,
        holdout=None,
        metrics={},
        seconds=seconds,
        milliseconds_per_row=0.1,
        size_bytes=10,
        simplicity=3,
    )


EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(JobStarted, kind=st.just("train")),
    st.builds(JobProgress, phase=st.sampled_from(Phase), done=st.floats(0, 1)),
    st.builds(IssueRaised, issue=st.builds(Issue, code=st.just("data.constant"))),
    st.builds(TrialStarted, number=st.integers(0, 99), family=st.sampled_from(Family)),
    st.builds(TrialReported, number=st.integers(0, 99), step=st.just(1), steps=st.just(2), checking=st.floats(0, 1)),
    st.builds(
        TrialFinished,
        number=st.integers(0, 99),
        family=st.sampled_from(Family),
        state=st.sampled_from(TrialState),
        value=st.none() | st.floats(0, 1),
    ),
    st.builds(ModelFitted, summary=st.sampled_from([model("a"), model("b"), model("a", 9.0)])),
    st.builds(
        ResourceSampled,
        cpu_percent=st.floats(0, 100),
        cores_used=st.just(1.0),
        cores=st.just(2),
        memory_used=st.just(1),
        memory_total=st.just(2),
        job_memory=st.just(1),
    ),
    st.builds(JobFinished, outcome=st.sampled_from(Outcome)),
)


@given(st.lists(EVENTS, max_size=40), st.integers(0, 40))
def test_folding_in_two_parts_is_folding_at_once(events: list[Event], cut: int) -> None:
    assert fold(events[cut:], fold(events[:cut])) == fold(events)


@given(st.lists(EVENTS, max_size=20))
def test_events_survive_json(events: list[Event]) -> None:
    decoder = msgspec.json.Decoder(Event)
    assert [decoder.decode(msgspec.json.encode(event)) for event in events] == events


def test_a_run_begins_runs_and_ends() -> None:
    state = RunState()
    assert not state.running
    state = advance(state, JobStarted(kind="train", job_id="run-1"))
    assert state.running
    assert not advance(state, JobFinished(outcome=Outcome.CANCELED)).succeeded
    done = advance(state, JobFinished(outcome=Outcome.COMPLETED))
    assert done.succeeded
    assert not done.running


def test_a_process_that_ended_without_a_word_has_crashed() -> None:
    state = mark_crashed(fold([JobStarted(kind="train"), TrialStarted(number=1, family=Family.LINEAR)]))
    assert not state.running
    assert state.running_trial is None


def test_a_model_fitted_again_replaces_its_former_line() -> None:
    state = fold(
        [ModelFitted(summary=model("a")), ModelFitted(summary=model("b")), ModelFitted(summary=model("a", 9.0))]
    )
    assert [(one.model_id, one.seconds) for one in state.models] == [("b", 1.0), ("a", 9.0)]


def test_only_the_last_minute_of_samples_is_kept() -> None:
    sample = ResourceSampled(cpu_percent=1.0, cores_used=1.0, cores=2, memory_used=1, memory_total=2, job_memory=1)
    assert len(fold([sample] * 200).samples) == KEPT_SAMPLES
