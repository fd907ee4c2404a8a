"""The suggest job as the window runs it: a worker process that learns again at every word and ends when told to."""

import subprocess
from pathlib import Path

from automl import api
from automl.domain.event_stream import EventDecoder
from automl.domain.events import ArtifactWritten, Event, JobFinished, Outcome
from automl.domain.job import SuggestJob
from automl.domain.labels import Label, Provenance
from automl.drawing.parts import draw_parts
from automl.storage.project import Project
from tests.image_projects import FOUR_CLASSES, image_project


def test_a_worker_suggests_while_the_project_is_being_labelled(tmp_path: Path) -> None:
    records = image_project(tmp_path / "p", draw_parts(40, FOUR_CLASSES, size=32), labelled=False)
    with Project.open(tmp_path / "p") as project:
        job = SuggestJob(job_id=api.new_job_id(), project=str(project.folder), version=1)
        folder = api.submit(project, job)
        decoder = EventDecoder()
        with subprocess.Popen(
            api.worker_command(folder), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=api.worker_environment()
        ) as worker:
            assert worker.stdin is not None
            assert worker.stdout is not None
            seen: list[Event] = []
            counts = []
            for line in worker.stdout:
                events = decoder.feed(line)
                seen += events
                if not any(isinstance(event, ArtifactWritten) for event in events):
                    continue
                found = api.suggestions(project, job.job_id)
                assert found is not None
                counts.append(found.label_count)
                word = b"refit\n" if len(counts) < 3 else b"finish\n"
                given = records[8 * len(counts) : 8 * len(counts) + 8]
                api.set_labels(
                    project, [Label(each.sha256, each.path.split("/")[0], Provenance.PERSON) for each in given]
                )
                worker.stdin.write(word)
                worker.stdin.flush()
        assert counts == [0, 8, 16]
        assert worker.returncode == 0
        last = seen[-1]
        assert isinstance(last, JobFinished)
        assert last.outcome is Outcome.COMPLETED
