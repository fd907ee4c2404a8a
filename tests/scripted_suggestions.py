"""A worker that suggests without learning: it says how many labels it saw, and fails when a class is called so."""

import msgspec

from automl.domain.events import ArtifactWritten, Phase
from automl.domain.job import SuggestJob
from automl.domain.labels import Suggestions
from automl.jobs.context import JobContext
from automl.storage import atomic
from automl.storage.run_folder import RunFolder

FAILING = "fails"


def run(job: SuggestJob, context: JobContext) -> None:
    """Answer at once and at every `refit`."""
    del job
    labels = context.project.labels
    place = RunFolder(context.run_folder).suggestions_path
    while True:
        context.progress(Phase.FEATURES, 1, 2)
        classes = tuple(one.name for one in labels.classes())
        if FAILING in classes:
            raise ZeroDivisionError
        said = Suggestions(classes=classes, label_count=len(labels.current()), seconds=0.0, suggestions=(), queue=())
        atomic.write_bytes(place, msgspec.json.encode(said))
        context.emit(ArtifactWritten(kind="suggestions", path=place.name))
        if not context.wait_for_refit():
            return
