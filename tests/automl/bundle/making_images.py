"""A small model of images made by hand, so that bundles can be tested without training.

It resizes to 8 x 8, and its features are the mean grey and how much the grey varies: dark images are "scratch", uneven ones
"stain", the rest "good".
"""

from collections.abc import Iterable
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from automl.bundle.learned_images import LearnedImages
from automl.bundle.proof_images import ProofImage, golden_images, proof_images
from automl.bundle.source import ImagesSource
from automl.bundle.trial import never_stop
from automl.bundle.writer import bundle_files, write_bundle
from automl.domain.dataset import DataKind, DatasetVersion, ReadOptions, Source
from automl.domain.image_result import (
    DecisionBand,
    HistogramOfTwo,
    ImageEvaluation,
    ImageVerdict,
    JudgedImage,
    WeightsUsed,
)
from automl.domain.images import IMAGE_SCHEMA
from automl.domain.project import ProjectInfo
from automl.domain.result import (
    CalibrationBin,
    Interval,
    InWords,
    Leaderboard,
    ModelEvaluation,
    ModelSummary,
    SplitSummary,
)
from automl.domain.task import Family, Goal, ImageGoal, Metric, TaskKind
from automl.runtime.image.session import ImageSession
from automl.runtime.image_manifest import NumbersFacts
from tests.automl.bundle.making import make_key

CLASSES = {
    TaskKind.MULTICLASS: ("good", "scratch", "stain 얼룩"),
    TaskKind.BINARY: ("good", "=flawed"),
    TaskKind.ANOMALY: ("good", "flawed"),
}
_SIDE = 8


def pixels(kind: int, *, width: int = 40, height: int = 32, seed: int = 0) -> NDArray[np.uint8]:
    """An image of the class at place `kind`."""
    random = np.random.default_rng(100 * kind + seed)
    grey = random.normal((170, 60, 130)[kind], 4, (height, width))
    if kind == 2:
        grey[:, : width // 2] -= 90
    colour = np.stack([grey, grey * 0.95, grey * 0.9], axis=2)
    return np.asarray(colour.clip(0, 255), dtype=np.uint8)


def some_images(count: int = 12) -> list[NDArray[np.uint8]]:
    """Images of all classes in several sizes."""
    return [
        pixels(number % 3, width=30 + 7 * (number % 4), height=28 + 5 * (number % 5), seed=number)
        for number in range(count)
    ]


def write_images(folder: Path, images: Iterable[NDArray[np.uint8]], suffix: str = ".png") -> Path:
    """Write images into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, image in enumerate(images):
        Image.fromarray(image).save(folder / f"부품 {number:03d}{suffix}")
    return folder


def encoded(image: NDArray[np.uint8], kind: str = "PNG") -> bytes:
    """An image as the bytes of a file."""
    content = BytesIO()
    Image.fromarray(image).save(content, kind)
    return content.getvalue()


def image_model(task: TaskKind = TaskKind.MULTICLASS, *, heatmap: bool = True, gain: float = 2.0) -> bytes:
    """The graph: uint8 [N, H, W, 3] to probabilities, heatmap and outside. `gain` is how sure it is of itself."""
    classes = len(CLASSES[task])
    constants: dict[str, NDArray[np.generic]] = {
        "sizes": np.array([_SIDE, _SIDE], np.int64),
        "scale": np.array([1 / 255], np.float32),
        "grey": np.full((1, 3, 1, 1), 1 / 3, np.float32),
        "inside": np.array([1, 2, 3], np.int64),
        "weights": (gain * np.array([[6, -8, 0], [-14, -4, 10]], np.float32))[:, :classes],
        "bias": (gain * np.array([-2.0, 3.0, -0.5], np.float32))[:classes],
        "ten": np.array([1.5], np.float32),
        "last": np.array([1], np.int64),
    }
    node = helper.make_node
    nodes = [
        node("Cast", ["pixels"], ["float"], to=TensorProto.FLOAT),
        node("Transpose", ["float"], ["planes"], perm=[0, 3, 1, 2]),
        node("Resize", ["planes", "", "", "sizes"], ["small"], mode="linear", antialias=1, axes=[2, 3]),
        node("Mul", ["small", "scale"], ["unit"]),
        node("Conv", ["unit", "grey"], ["map"]),
        node("ReduceMean", ["map", "inside"], ["mean"], keepdims=0),
        node("ReduceMean", ["map", "inside"], ["mean4"], keepdims=1),
        node("Sub", ["map", "mean4"], ["rest"]),
        node("Abs", ["rest"], ["far"]),
        node("ReduceMean", ["far", "inside"], ["spread"], keepdims=0),
        node("Unsqueeze", ["mean", "last"], ["mean2"]),
        node("Unsqueeze", ["spread", "last"], ["spread2"]),
        node("Concat", ["mean2", "spread2"], ["features"], axis=1),
        node("MatMul", ["features", "weights"], ["scores"]),
        node("Add", ["scores", "bias"], ["logits"]),
        node("Softmax", ["logits"], ["probabilities"], axis=1),
        node("Mul", ["mean", "ten"], ["outside"]),
        node("Squeeze", ["far", "last"], ["heatmap"]),
    ]
    outputs = [
        helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["N", classes]),
        helper.make_tensor_value_info("outside", TensorProto.FLOAT, ["N"]),
        helper.make_tensor_value_info("heatmap", TensorProto.FLOAT, ["N", _SIDE, _SIDE]),
    ]
    graph = helper.make_graph(
        nodes if heatmap else nodes[:-1],
        "images",
        [helper.make_tensor_value_info("pixels", TensorProto.UINT8, ["N", "H", "W", 3])],
        outputs if heatmap else outputs[:-1],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 21)], ir_version=10)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def make_proof(onnx_model: bytes, task: TaskKind, count: int = 12) -> list[ProofImage]:
    """Images in all sizes with the answers of a graph."""
    session = ImageSession(onnx_model, len(CLASSES[task]), threads=1)
    return list(proof_images(some_images(count), None, session, never_stop))


def make_evaluation(task: TaskKind) -> ImageEvaluation:
    """What a training run says of its judged images."""
    size = len(CLASSES[task])
    judged = tuple(
        JudgedImage(number, number % size, number % size, 0.9, 0.1 if number % size == 0 else 0.9, ImageVerdict.OK)
        for number in range(1, 31)
    )
    return ImageEvaluation(
        model_id="m1",
        classes=CLASSES[task],
        good=(0,),
        judged=judged,
        histogram=HistogramOfTwo((0.0, 0.5, 1.0), (10, 0), (0, 20)),
        band=DecisionBand(
            lower=0.3,
            upper=0.7,
            missed=Interval(0.01, 0.0, 0.04),
            stopped=Interval(0.02, 0.01, 0.06),
            to_person=Interval(0.05, 0.02, 0.09),
        ),
        random_score=0.96,
        grouped_score=0.91,
    )


def make_image_source(
    task: TaskKind = TaskKind.MULTICLASS, onnx_model: bytes = b"", weights: tuple[WeightsUsed, ...] = ()
) -> ImagesSource:
    """Everything of a small model of images as the export job would gather it."""
    model = onnx_model or image_model(task)
    size = len(CLASSES[task])
    interval = Interval(0.91, 0.86, 0.95)
    summary = ModelSummary(
        model_id="m1",
        family=Family.CLASSICAL,
        number=3,
        words=(),
        metric=Metric.F1_MACRO,
        checking=interval,
        holdout=None,
        metrics={"accuracy": Interval(0.93, 0.9, 0.96)},
        seconds=2.0,
        milliseconds_per_row=5.0,
        size_bytes=len(model),
        simplicity=4,
        alarm_line=None if task is TaskKind.MULTICLASS else 0.5,
    )
    return ImagesSource(
        project=ProjectInfo(format=1, name="타일 <검사>", id="i1", created="2026-01-01T00:00:00Z"),
        version=DatasetVersion(
            number=1,
            source=Source("타일 사진", 1, "0" * 64, ReadOptions()),
            snapshot="",
            pages="",
            fingerprint="e" * 64,
            row_count=120,
            schema=IMAGE_SCHEMA,
            proposed_steps=(),
            created="2026-01-01T00:00:00Z",
            kind=DataKind.IMAGES,
        ),
        leaderboard=Leaderboard(
            run_id="r1",
            goal=Goal(target="class", task=task, image=ImageGoal(good=("good",))),
            task=task,
            classes=CLASSES[task],
            metric=Metric.F1_MACRO,
            split=SplitSummary("group", "group", 120, 0, 5),
            models=(summary,),
            comparisons=(),
            chosen="m1",
            verdict=InWords("verdict.good_enough"),
            left_out=(),
            warnings=(),
            holdout_reads=0,
        ),
        summary=summary,
        evaluation=ModelEvaluation(
            model_id="m1",
            on_holdout=False,
            row_count=120,
            confusion=tuple(tuple(30 if row == column else 3 for column in range(size)) for row in range(size)),
            calibration=(CalibrationBin(0.2, Interval(0.25, 0.1, 0.4), 40),),
        ),
        onnx=model,
        model_name="classical 3",
        created="2026-01-02T03:04:05+00:00",
        images=make_evaluation(task),
        learned=LearnedImages(
            image_count=120, class_counts=(80, 25, 15)[:size], group_count=70, smallest=(30, 28), largest=(51, 48)
        ),
        golden=golden_images(make_proof(model, task)),
        weights=weights,
        numbers=NumbersFacts(),
        milliseconds=1.5,
    )


@lru_cache(maxsize=4)
def _cached_files(task: TaskKind) -> dict[str, bytes]:
    return bundle_files(make_image_source(task), make_key())


def make_image_files(task: TaskKind = TaskKind.MULTICLASS) -> dict[str, bytes]:
    """All files of a signed bundle for images."""
    return dict(_cached_files(task))


def write_image_bundle(to: Path, task: TaskKind = TaskKind.MULTICLASS) -> Path:
    """Write a bundle for images without verifying it."""
    write_bundle(make_image_files(task), to, lambda path: None)
    return to
