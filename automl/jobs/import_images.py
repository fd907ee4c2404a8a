"""The import job for images: a folder, zip or list becomes a dataset version with its listing, thumbnails and findings."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from automl.data.connection import part
from automl.data.images.album import AlbumWriter, fingerprint, grouped
from automl.data.images.intake import Intake
from automl.data.images.profiler import profile_images
from automl.data.images.readers.base import FoundLabels, Question
from automl.data.images.readers.registry import read_labels
from automl.data.images.sources import ImageSource, opened_source
from automl.domain.dataset import DataKind, DatasetVersion, Source
from automl.domain.events import ArtifactWritten, Phase
from automl.domain.images import CLASS_COLUMN, IMAGE_SCHEMA, ImageListing, ImageRecord, is_image_file
from automl.domain.issues import Issue, Parameter, Refusal, Where
from automl.domain.job import ImportJob
from automl.domain.label_editing import imported_step
from automl.jobs.context import JobContext
from automl.jobs.phase_progress import progress_of
from automl.storage import clock
from automl.storage.project import Project

_PARTS = {Phase.READ: (0.0, 0.75), Phase.CHECK: (0.75, 0.95), Phase.WRITE: (0.95, 1.0)}
_LIST_READ, _LABELS_READ = 0.02, 0.05
_GROUPED = 0.7


@dataclass(frozen=True)
class _Album:
    """What stands in the scratch folder before a version is made of it. The first `before` records are of a former version."""

    records: tuple[ImageRecord, ...]
    thumbnails: Path
    source: Source
    issues: tuple[Issue, ...]


def run(job: ImportJob, context: JobContext) -> None:
    """Read, check and store images. Raises Refusal when there are none; nothing is stored then."""
    project = context.project
    reading = progress_of(context, Phase.READ, _PARTS)
    with project.scratch() as work, _nothing_left_of_a_failure(project) as new_objects:
        with opened_source(job, work, part(reading, 0.0, _LIST_READ)) as source:
            album = _read(job, source, work, context, new_objects)
        _store(album, context)


def _read(job: ImportJob, source: ImageSource, work: Path, context: JobContext, new_objects: set[str]) -> _Album:
    project = context.project
    reading = progress_of(context, Phase.READ, _PARTS)
    files = source.files
    images = tuple(name for name in files.names() if is_image_file(Path(name)))
    if not images:
        parameters: dict[str, Parameter] = {"file": files.path.name, "count": len(files.names())}
        raise Refusal(Issue("images.none_found", parameters=parameters, where=Where(file=files.path.name)))
    if source.said is None:
        classes = tuple(each.name for each in project.labels.classes())
        found = read_labels(Question(files, images, classes, work), part(reading, _LIST_READ, _LABELS_READ))
    else:
        found = FoundLabels(source.said)
    thumbnails = work / "thumbnails"
    intake = Intake(files, images, found)
    with AlbumWriter(thumbnails, *_before(job, project)) as writer:
        intake.run(project.objects, writer, new_objects, part(reading, _LABELS_READ, 1.0))
        intake.require_new(writer)
    _discard(project, new_objects - {name for image in writer.records for name in (image.sha256, image.shown)})
    records = grouped(writer.records, thumbnails, part(progress_of(context, Phase.CHECK, _PARTS), 0.0, _GROUPED))
    return _Album(records, thumbnails, intake.source(source.options), (*source.issues, *found.issues, *intake.issues()))


def _before(job: ImportJob, project: Project) -> tuple[tuple[ImageRecord, ...], Path | None]:
    """The images and the thumbnail file of the version that is added to, if any."""
    dataset = project.datasets.current() if job.adds else None
    if dataset is None or dataset.version.kind is not DataKind.IMAGES:
        return (), None
    version = dataset.version
    return project.images.listing(version).images, project.objects.path(version.pages)


def _store(album: _Album, context: JobContext) -> None:
    project = context.project
    labels = project.labels
    step = imported_step(labels.classes(), labels.current(), _classes_said(album.records))
    checking = part(progress_of(context, Phase.CHECK, _PARTS), _GROUPED, 1.0)
    in_force = labels.current() | {label.sha256: label for label in step.labels}
    profile = profile_images(album.records, in_force, album.thumbnails, album.issues, checking)
    for issue in profile.findings:
        context.issue(issue)
    writing = progress_of(context, Phase.WRITE, _PARTS)
    listing = ImageListing(album.records)
    version = DatasetVersion(
        number=project.datasets.next_number(),
        source=album.source,
        snapshot=project.objects.put_bytes(msgspec.json.encode(listing)),
        pages=project.objects.put_file(album.thumbnails),
        fingerprint=fingerprint(album.records),
        row_count=len(listing),
        schema=IMAGE_SCHEMA,
        proposed_steps=(),
        created=clock.now(),
        kind=DataKind.IMAGES,
    )
    writing(1.0, 1.0)
    with project.transaction():
        project.datasets.add(version)
        project.datasets.save_profile(version.number, (), CLASS_COLUMN, profile)
        labels.write(step)
    context.emit(ArtifactWritten(kind="dataset", path=str(version.number), sha256=version.snapshot))
    context.emit(ArtifactWritten(kind="profile", path=str(version.number)))


def _classes_said(records: tuple[ImageRecord, ...]) -> dict[str, str]:
    """What the files say of each content; where equal images lie in different classes nothing is believed."""
    said: dict[str, set[str]] = {}
    for image in records:
        if image.class_name:
            said.setdefault(image.sha256, set()).add(image.class_name)
    return {sha256: names.pop() for sha256, names in said.items() if len(names) == 1}


@contextmanager
def _nothing_left_of_a_failure(project: Project) -> Iterator[set[str]]:
    """Give a set for the names of new objects; they are removed again when the block fails."""
    new: set[str] = set()
    with ExitStack() as undo:
        undo.callback(_discard, project, new)
        yield new
        undo.pop_all()


def _discard(project: Project, objects: set[str]) -> None:
    for sha256 in objects:
        project.objects.discard(sha256)
