"""The suggest job: learn from the labels there are, suggest the others, and do it again whenever more labels came."""

from collections.abc import Sequence

import msgspec
import numpy as np

from automl.domain.events import ArtifactWritten, Phase
from automl.domain.images import ImageRecord
from automl.domain.issues import Issue, Refusal
from automl.domain.job import SuggestJob
from automl.domain.labels import Provenance, Suggestions
from automl.jobs.context import JobContext
from automl.labelling.image_features import image_features
from automl.labelling.learning import NO_CLASS
from automl.labelling.suggester import Suggester
from automl.storage import atomic
from automl.storage.project import Project
from automl.storage.run_folder import RunFolder


def run(job: SuggestJob, context: JobContext) -> None:
    """Compute what is known of the images once, then write suggestions at every `refit` until `finish` is heard."""
    project = context.project
    images = project.images.listing(project.datasets.version(job.version)).images
    if not images:
        raise Refusal(Issue("job.no_images"))

    def progress(done: float, total: float) -> None:
        context.check_stop()
        context.progress(Phase.FEATURES, done, total, fraction=done / total if total else None)

    features = image_features(project, images, progress)
    suggester = Suggester([image.number for image in images], features, [image.group for image in images])
    place = RunFolder(context.run_folder).suggestions_path
    while True:
        context.check_stop()
        context.progress(Phase.SUGGEST, 0, 1)
        atomic.write_bytes(place, msgspec.json.encode(_suggested(suggester, project, images)))
        context.progress(Phase.SUGGEST, 1, 1)
        context.emit(ArtifactWritten(kind="suggestions", path=place.name))
        if job.once or not context.wait_for_refit():
            return


def _suggested(suggester: Suggester, project: Project, images: Sequence[ImageRecord]) -> Suggestions:
    """Suggestions from the labels as they are in the project now."""
    labels = project.labels.current()
    classes = [each.name for each in project.labels.classes()]
    code = {name: place for place, name in enumerate(classes)}
    known = [labels.get(image.sha256) for image in images]
    return suggester.suggest(
        classes,
        np.array([NO_CLASS if label is None else code.get(label.class_name, NO_CLASS) for label in known], np.int64),
        np.array([label is not None and label.provenance is not Provenance.ACCEPTED for label in known], np.bool_),
        np.array([label is not None and label.hidden for label in known], np.bool_),
    )
