"""The sentences of the Mistakes page, computed from the judged images."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from automl.domain.image_result import ImageEvaluation
from desktop.i18n import translate, translator
from desktop.itemmodels.class_words import class_in_sentence
from desktop.pages.compare.mistakes.kinds import LineCounts, Mistake, MistakeKind, has_line

NEAR = 0.05
TONES = {MistakeKind.MISSED: "bad", MistakeKind.FALSE_ALARM: "warn", MistakeKind.MIXED_UP: "warn"}


def score_words(unusual: float) -> str:
    """Return how unusual an image looks, as it stands on cards and axes."""
    return translator().number(unusual, 2)


def count_reading(evaluation: ImageEvaluation, mistakes: Sequence[Mistake]) -> str:
    """Return how many mistakes there are and of which kind."""
    counts = {kind: sum(one.kind is kind for one in mistakes) for kind in MistakeKind}
    if not mistakes:
        return translate("image_mistakes.none", images=len(evaluation.judged))
    if not has_line(evaluation):
        return translate("image_mistakes.count", count=len(mistakes), images=len(evaluation.judged))
    return translate(
        "image_mistakes.count_by_kind",
        count=len(mistakes),
        images=len(evaluation.judged),
        missed=counts[MistakeKind.MISSED],
        stopped=counts[MistakeKind.FALSE_ALARM],
    )


def mistake_reading(evaluation: ImageEvaluation, mistake: Mistake, line: float) -> str:
    """Return what happened to one image."""
    image = mistake.image
    names = {
        "actual": class_in_sentence(image.actual, evaluation.classes),
        "said": class_in_sentence(image.predicted, evaluation.classes),
    }
    if mistake.kind is MistakeKind.MIXED_UP:
        return translate("image_mistakes.mixed_up.reading", share=image.probability, **names)
    near = ".near" if abs(image.unusual - line) <= NEAR else ""
    score, at = score_words(image.unusual), score_words(line)
    return translate(f"image_mistakes.{mistake.kind.value}.reading{near}", score=score, line=at, **names)


def mistake_caption(evaluation: ImageEvaluation, mistake: Mistake, path: str) -> str:
    """Return where the image comes from, what it is and what was said."""
    classes = evaluation.classes
    actual, said = (class_in_sentence(place, classes) for place in (mistake.image.actual, mistake.image.predicted))
    return translate("image_mistakes.caption", file=PurePosixPath(path).name, actual=actual, said=said)


def line_reading(counts: LineCounts, line: float) -> str:
    """Return what the line leaves on its wrong sides."""
    missed = counts.flawed - counts.found
    key = "image_mistakes.line.reading" if missed or counts.stopped else "image_mistakes.line.parts_all"
    return translate(key, line=score_words(line), missed=missed, stopped=counts.stopped)
