"""Images of a project and their labels. A gesture of labelling is on the disk when its verb returns."""

from collections.abc import Callable, Sequence

from automl.domain.dataset import DatasetVersion
from automl.domain.image_goal import class_counts as counts_of
from automl.domain.images import ImageListing, ImageRecord
from automl.domain.label_editing import add_class as adding
from automl.domain.label_editing import merge_classes as merging
from automl.domain.label_editing import remove_class as removing
from automl.domain.label_editing import rename_class as renaming
from automl.domain.labels import Label, LabelClass, LabelProgress, LabelStep
from automl.storage.project import Project
from automl.storage.run_folder import RunFolder


def images(project: Project) -> tuple[ImageRecord, ...]:
    """Return the images of the current dataset by number, none for a table or an empty project."""
    return _listing(project).images


def images_of(project: Project, version: DatasetVersion) -> tuple[ImageRecord, ...]:
    """Return the images of one dataset version."""
    return project.images.listing(version).images


def image_bytes(project: Project, record: ImageRecord) -> bytes:
    """Return a PNG, JPEG or BMP that shows the image as models see it. Raises Refusal when it is gone or damaged."""
    return project.objects.read_bytes(record.shown or record.sha256)


def thumbnail(project: Project, version: DatasetVersion, record: ImageRecord) -> bytes:
    """Return a JPEG of the image, 192 px on its long side or smaller."""
    return project.images.thumbnail(version, record)


def labels(project: Project) -> dict[str, Label]:
    """Return the labels in force by the SHA-256 of their image."""
    return project.labels.current()


def set_labels(project: Project, given: Sequence[Label], action: str = "label") -> None:
    """Give labels in one step that can be undone; an empty class takes a label away. New classes are added."""
    with project.transaction():
        if project.labels.set(given, action) and len(given) > 1:
            project.audit.add("labels.changed", count=len(given))


def undo_labels(project: Project) -> bool:
    """Take the last step of labelling back; False when there is none."""
    project.require_writing()
    return project.labels.undo()


def redo_labels(project: Project) -> bool:
    """Take the last undo back; False when there is none."""
    project.require_writing()
    return project.labels.redo()


def can_undo_labels(project: Project) -> bool:
    """Whether there is a step of labelling to take back."""
    return project.labels.can_undo()


def can_redo_labels(project: Project) -> bool:
    """Whether an undo of labelling can be taken back."""
    return project.labels.can_redo()


def label_classes(project: Project) -> tuple[LabelClass, ...]:
    """Return the classes in their order: the first has key 1."""
    return project.labels.classes()


def add_class(project: Project, name: str) -> None:
    """Add a class. Raises Refusal for a name that is empty, too long or taken."""
    _edit(project, lambda classes, _: adding(classes, name))


def rename_class(project: Project, name: str, to: str) -> None:
    """Give a class another name; its labels go with it."""
    _edit(project, lambda classes, labels: renaming(classes, labels, name, to))


def merge_classes(project: Project, name: str, into: str) -> None:
    """Let all images of one class show another class, and drop the first."""
    _edit(project, lambda classes, labels: merging(classes, labels, name, into))


def remove_class(project: Project, name: str) -> None:
    """Drop a class; its images are without a label then."""
    _edit(project, lambda classes, labels: removing(classes, labels, name))


def order_classes(project: Project, names: Sequence[str]) -> None:
    """Put the classes into another order; those not named keep theirs behind the others."""
    place = {name: number for number, name in enumerate(names)}
    with project.transaction():
        ordered = sorted(project.labels.classes(), key=lambda each: place.get(each.name, len(place)))
        project.labels.set_classes(tuple(ordered), "order_classes")


def class_counts(project: Project) -> dict[str, int]:
    """Return how many images of the current dataset show each class, most first; hidden ones are left out."""
    known = project.labels.current()
    return counts_of(known[image.sha256] for image in images(project) if image.sha256 in known)


def label_progress(project: Project) -> LabelProgress:
    """Return how far the labelling of the current dataset is."""
    return project.labels.progress(_listing(project))


def freeze_labels(project: Project) -> str:
    """Keep the labels in force as they are now, for a training job; return the name of the object."""
    project.require_writing()
    return project.labels.freeze()


def variations(project: Project, run_id: str) -> tuple[bytes, ...]:
    """Return variations of an image that a job drew, as PNG files, the image itself first; none before they are drawn."""
    return RunFolder(project.run_folder(run_id)).variations()


def match_rule(project: Project, text: str) -> tuple[int, ...]:
    """Return the numbers of the images whose path has this text; * and ? stand for any letters and one letter."""
    dataset = project.datasets.current()
    return () if dataset is None else project.images.matching(dataset.version, text)


def _listing(project: Project) -> ImageListing:
    dataset = project.datasets.current()
    return ImageListing(()) if dataset is None else project.images.listing(dataset.version)


def _edit(project: Project, change: Callable[[tuple[LabelClass, ...], dict[str, Label]], LabelStep]) -> None:
    with project.transaction():
        step = change(project.labels.classes(), project.labels.current())
        if project.labels.write(step):
            project.audit.add("labels.classes_changed", change=step.action)
