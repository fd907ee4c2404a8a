"""What a bundle for images is made from, and the images it must prove itself on before it is handed out."""

from collections.abc import Iterator, Sequence

from automl.bundle.learned_images import GOLDEN_IMAGES_FILE, LEARNED_IMAGES_FILE, GoldenImages, LearnedImages
from automl.bundle.problems import as_refusal
from automl.bundle.proof_images import SIZES, ProofImage, golden_images, proof_images
from automl.bundle.smaller_numbers import (
    MOST_CALIBRATION_IMAGES,
    milliseconds,
    say_smaller_numbers,
    try_smaller_numbers,
)
from automl.bundle.source import ImagesSource
from automl.data.images.loader import ImageLoader
from automl.domain.events import Phase
from automl.domain.image_result import ImageEvaluation
from automl.domain.images import ImageRecord
from automl.domain.issues import Issue, Refusal
from automl.domain.job import ExportJob
from automl.jobs.context import JobContext
from automl.jobs.trained_model import TrainedModel, read_record
from automl.runtime.image.decode import Pixels
from automl.runtime.image.session import ImageSession
from automl.runtime.image_manifest import INT8, NumbersFacts
from automl.storage import clock

# Beyond this many judged images half a point is settled.
MOST_JUDGED_IMAGES = 400


def gather_images(
    job: ExportJob, model: TrainedModel, context: JobContext, share: float
) -> tuple[ImagesSource, tuple[ProofImage, ...]]:
    """Collect everything, and the proof. `share` is what this is of the whole job. Raises Refusal when a part is missing."""
    missing = Issue("bundle.no_golden_images")
    learned = read_record(model.path / LEARNED_IMAGES_FILE, LearnedImages, missing)
    golden = read_record(model.model_folder / GOLDEN_IMAGES_FILE, GoldenImages, missing)
    evaluation = model.folder.image_evaluation(job.model_id)
    if evaluation is None or not golden.numbers:
        raise Refusal(missing)
    images = _Images(model, context)
    usual = images.usual(golden.numbers)
    classes = len(model.leaderboard.classes)
    graph, numbers = model.onnx, NumbersFacts()
    if job.smaller_numbers:
        graph, numbers = _smaller(model, evaluation, images, usual, context)
        context.issue(say_smaller_numbers(numbers))
    with as_refusal():
        session = ImageSession(graph, classes, threads=1)
        # What calculates in other numbers than the model itself is held to the graph that was measured just now.
        known = golden.probabilities if numbers.kind != INT8 else None
        proof = []
        for one in proof_images(images.some(golden.numbers), known, session, context.check_stop):
            proof.append(one)
            done, total = len(proof), len(golden) * len(SIZES)
            context.progress(Phase.PREPARE, done, total, fraction=share * done / total)
        took = milliseconds(session, usual)
    source = ImagesSource(
        project=context.project.info,
        version=model.version,
        leaderboard=model.leaderboard,
        summary=model.summary,
        evaluation=model.evaluation,
        onnx=graph,
        model_name=model.name,
        created=clock.now(),
        images=evaluation,
        learned=learned,
        golden=golden_images(proof),
        weights=golden.weights,
        numbers=numbers,
        milliseconds=took,
    )
    return source, tuple(proof)


def _smaller(
    model: TrainedModel, evaluation: ImageEvaluation, images: "_Images", usual: Pixels, context: JobContext
) -> tuple[bytes, NumbersFacts]:
    judged = evaluation.judged[:: max(1, len(evaluation.judged) // MOST_JUDGED_IMAGES)][:MOST_JUDGED_IMAGES]
    numbers = [one.number for one in judged]
    shown = numbers[:: max(1, len(numbers) // MOST_CALIBRATION_IMAGES)]
    return try_smaller_numbers(
        model.onnx,
        len(model.leaderboard.classes),
        model.summary.alarm_line,
        usual=usual,
        calibration=images.some(shown) if shown else [usual],
        judged=zip(images.some(numbers), [one.actual for one in judged], strict=True),
        check_stop=context.check_stop,
    )


class _Images:
    """The stored images of a dataset version by their numbers."""

    def __init__(self, model: TrainedModel, context: JobContext) -> None:
        project = context.project
        self._records = {record.number: record for record in project.images.listing(model.version).images}
        self._loader = ImageLoader(project.objects)
        self._check_stop = context.check_stop

    def some(self, numbers: Sequence[int]) -> Iterator[Pixels]:
        """Yield the pixels of these images. Raises Refusal when the version has no such image."""
        for number in numbers:
            self._check_stop()
            yield self._loader.pixels(self._record(number))

    def usual(self, numbers: Sequence[int]) -> Pixels:
        """Return the image of middle size among these."""
        by_size = sorted(map(self._record, numbers), key=lambda record: record.width * record.height)
        return self._loader.pixels(by_size[len(by_size) // 2])

    def _record(self, number: int) -> ImageRecord:
        if number not in self._records:
            raise Refusal(Issue("bundle.no_golden_images"))
        return self._records[number]
