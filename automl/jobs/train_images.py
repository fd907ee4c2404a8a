"""Train on images: the listing of a version, the labels as they were when the job was made, and features kept on disk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from automl.data.images.listing import read_listing
from automl.data.images.loader import ImageLoader
from automl.domain.job import TrainJob
from automl.domain.labels import Label
from automl.jobs.context import JobContext
from automl.models.image.registry import ImageFamilies, image_families
from automl.models.image.weights_at_hand import Weights
from automl.storage.project import Project
from automl.training.devices import Compute
from automl.training.image.drawn_flaws import DrawingLoader
from automl.training.image.problem import state_image_problem
from automl.training.image.source import KeptFeatures
from automl.training.image.trainer import ImageTrainer
from automl.training.run_record import KeptTrial, RunRecord
from automl.weights.built_in import built_in

FEATURES_FOLDER = "cache/features"


def train_on_images(
    job: TrainJob,
    context: JobContext,
    *,
    compute: Compute,
    record: RunRecord,
    kept: Sequence[KeptTrial],
    most_trials: int,
) -> None:
    """Carry out a training job on images. Raises Refusal when there is nothing to learn from them."""
    project = context.project
    listing = read_listing(project, job.version)
    stated = state_image_problem(listing.images, _labels(job, context), job.goal)
    problem = replace(stated, task=replace(stated.task, families=_families(project)))
    context.check_stop()
    loader = DrawingLoader(ImageLoader(project.objects), listing.images)
    source = KeptFeatures(
        folder=project.folder / FEATURES_FOLDER,
        images=problem.task.images,
        loader=loader,
        host=context,
        threads=compute.threads,
    )
    trainer = ImageTrainer(
        problem=problem,
        source=source,
        loader=loader,
        goal=job.goal,
        record=record,
        host=context,
        compute=compute,
        most_trials=most_trials,
    )
    trainer.run(kept)


def _families(project: Project) -> ImageFamilies:
    """All families, with the weights this project can build on."""
    if not project.weights.records() and not built_in():
        return image_families()
    # torch takes seconds to load: only a project with weights pays for it.
    available: Callable[[Project], Sequence[Weights]] = import_module("automl.weights.store").available
    return image_families(available(project))


def _labels(job: TrainJob, context: JobContext) -> Mapping[str, Label]:
    """The labels the job was made with; those in force now when it names none."""
    if not job.labels:
        return context.project.labels.current()
    return context.project.labels.frozen(job.labels)
