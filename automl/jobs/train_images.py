"""Train on images: the listing of a version, the labels as they were when the job was made, and features kept on disk."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module

from automl.data.images.listing import read_listing
from automl.data.images.loader import ImageLoader
from automl.domain.images import ImageListing
from automl.domain.job import TrainJob
from automl.domain.labels import Label
from automl.domain.result import LeftOut
from automl.jobs.context import JobContext
from automl.models.image.registry import ImageFamilies, image_families
from automl.models.image.weights_at_hand import Weights
from automl.storage.project import Project
from automl.training.devices import Compute
from automl.training.image.drawn_flaws import DrawingLoader, PixelLoader
from automl.training.image.problem import ImageProblem, state_image_problem
from automl.training.image.sampling import images_in_time
from automl.training.image.source import KeptFeatures
from automl.training.image.trainer import ImageTrainer, first_graph
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
    loader = DrawingLoader(ImageLoader(project.objects), listing.images)
    problem = _problem(job, context, listing, loader, compute.threads)
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


def _problem(
    job: TrainJob, context: JobContext, listing: ImageListing, loader: PixelLoader, threads: int
) -> ImageProblem:
    """The problem on all images, or on as many as there is time to look at."""
    labels, families = _labels(job, context), _families(context.project)
    stated = state_image_problem(listing.images, labels, job.goal, families)
    context.check_stop()
    left_out = stated.left_out if built_in() else (*stated.left_out, LeftOut("left_out.no_built_in_weights"))
    budget = None if context.deadline is None else job.goal.budget_seconds
    images = images_in_time(stated.task, first_graph(stated.task, job.goal), loader, threads, budget)
    if len(images) == len(stated.task.images) - len(stated.task.drawn):
        return replace(stated, left_out=left_out)
    fewer = state_image_problem(images, labels, job.goal, families)
    said = LeftOut("left_out.images_for_time", {"images": len(images), "of": len(listing)})
    return replace(fewer, left_out=(*left_out, said))


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
