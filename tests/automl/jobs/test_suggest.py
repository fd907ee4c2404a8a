"""The suggest job learns from the labels of the project, again at every word, and writes what it suggests."""

from collections.abc import Callable
from pathlib import Path

import pytest

from automl.domain.event_stream import EventDecoder
from automl.domain.events import ArtifactWritten, Event, JobProgress, Phase
from automl.domain.issues import Refusal
from automl.domain.job import SuggestJob
from automl.domain.labels import Label, Provenance, Suggestions
from automl.drawing.parts import draw_parts
from automl.jobs import suggest
from automl.jobs.context import Controls, EventSink, JobContext, Stopped
from automl.storage.project import Access, Project
from automl.storage.run_folder import RunFolder
from tests.image_projects import FOUR_CLASSES, image_project

Hear = Callable[[Event, Controls], None]


def suggested(folder: Path, hear: Hear = lambda _event, _controls: None, *, once: bool = False) -> list[Suggestions]:
    """Carry out a suggest job in this process; returns the suggestions as they stood after every fit."""
    job = SuggestJob(job_id="suggest-1", project=str(folder), version=1, once=once)
    controls, decoder, seen = Controls(), EventDecoder(), list[Suggestions]()
    with Project.open(folder, Access.WORKER) as project:
        run_folder = project.run_folder(job.job_id)
        run_folder.mkdir(parents=True, exist_ok=True)

        def write(line: bytes) -> None:
            for event in decoder.feed(line):
                if isinstance(event, ArtifactWritten):
                    found = RunFolder(run_folder).suggestions()
                    assert found is not None
                    seen.append(found)
                hear(event, controls)

        sink = EventSink(job.job_id, write, "suggest")
        suggest.run(job, JobContext(sink=sink, controls=controls, run_folder=run_folder, project=project))
    return seen


def test_it_learns_again_from_labels_that_came_meanwhile(tmp_path: Path) -> None:
    records = image_project(tmp_path / "p", draw_parts(48, FOUR_CLASSES, size=32), labelled=False)
    with Project.open(tmp_path / "p") as window:
        labelled = iter((8, 32))

        def hear(event: Event, controls: Controls) -> None:
            if not isinstance(event, ArtifactWritten):
                return
            count = next(labelled, None)
            if count is None:
                controls.hear("finish")
                return
            given = [Label(each.sha256, each.path.split("/")[0], Provenance.PERSON) for each in records[:count]]
            window.labels.set(given)
            controls.hear("refit")

        cold, few, many = suggested(tmp_path / "p", hear)
    assert (cold.label_count, cold.suggestions) == (0, ())
    assert set(cold.queue) <= {each.number for each in records}
    assert (few.label_count, many.label_count) == (8, 32)
    assert set(many.classes) == set(FOUR_CLASSES)
    assert {one.number for one in many.suggestions} - set(many.suspects) == {each.number for each in records[32:]}
    assert many.curve


def test_once_ends_after_the_first_fit(tmp_path: Path) -> None:
    image_project(tmp_path / "p", draw_parts(40, FOUR_CLASSES, size=32))
    (only,) = suggested(tmp_path / "p", once=True)
    assert only.label_count == 40
    assert {one.number for one in only.suggestions} == set(only.suspects)
    assert only.queue == ()


def test_features_are_told_as_progress_and_can_be_stopped(tmp_path: Path) -> None:
    image_project(tmp_path / "p", draw_parts(12, FOUR_CLASSES, size=32))
    phases = []

    def hear(event: Event, controls: Controls) -> None:
        if isinstance(event, JobProgress):
            phases.append(event.phase)
            controls.hear("cancel")

    with pytest.raises(Stopped):
        suggested(tmp_path / "p", hear)
    assert phases[0] is Phase.FEATURES


def test_hidden_and_accepted_labels_are_told_apart(tmp_path: Path) -> None:
    records = image_project(tmp_path / "p", draw_parts(48, FOUR_CLASSES, size=32))
    with Project.open(tmp_path / "p") as project:
        project.labels.set([Label(records[0].sha256, records[0].class_name, Provenance.PERSON, hidden=True)])
        accepted = [Label(one.sha256, one.class_name, Provenance.ACCEPTED, confidence=0.97) for one in records[1:9]]
        project.labels.set(accepted)
    (found,) = suggested(tmp_path / "p", once=True)
    assert found.label_count == 47
    assert not set(found.suspects) & set(range(1, 10))


def test_a_version_without_images_is_refused(tmp_path: Path) -> None:
    image_project(tmp_path / "p", ())
    with pytest.raises(Refusal) as refusal:
        suggested(tmp_path / "p", once=True)
    assert [issue.code for issue in refusal.value.issues] == ["job.no_images"]
