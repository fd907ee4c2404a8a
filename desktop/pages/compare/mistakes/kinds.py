"""Which judged images are mistakes at a line, and of what kind. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from automl.domain.image_result import ImageEvaluation, JudgedImage
from automl.domain.result import ModelSummary

MIDDLE = 0.5


class MistakeKind(StrEnum):
    """A flawed part that passed, a good part that was stopped, or one class taken for another."""

    MISSED = "missed"
    FALSE_ALARM = "false_alarm"
    MIXED_UP = "mixed_up"


@dataclass(frozen=True)
class Mistake:
    """One image the model got wrong."""

    image: JudgedImage
    kind: MistakeKind


@dataclass(frozen=True)
class LineCounts:
    """What a line does to the judged images: flawed ones found, good ones stopped."""

    flawed: int
    found: int
    good: int
    stopped: int


def has_line(evaluation: ImageEvaluation) -> bool:
    """Whether some class means a good part, so that a line parts good from flawed."""
    return bool(evaluation.good)


def own_line(model: ModelSummary, evaluation: ImageEvaluation) -> float:
    """Return the line the model was delivered with."""
    if model.alarm_line is not None:
        return model.alarm_line
    return evaluation.band.upper if evaluation.band is not None else MIDDLE


def mistakes_at(evaluation: ImageEvaluation, line: float) -> tuple[Mistake, ...]:
    """Return the mistakes at a line, worst first: what was missed, then false alarms, then classes taken for another."""
    found = [Mistake(image, kind) for image in evaluation.judged if (kind := _kind(evaluation, image, line))]
    order = {kind: place for place, kind in enumerate(MistakeKind)}
    return tuple(sorted(found, key=lambda one: (order[one.kind], _how_right(one), one.image.number)))


def counts_at(evaluation: ImageEvaluation, line: float) -> LineCounts:
    """Count what a line finds and stops."""
    good = [image for image in evaluation.judged if image.actual in evaluation.good]
    flawed = [image for image in evaluation.judged if image.actual not in evaluation.good]
    return LineCounts(
        len(flawed),
        sum(image.unusual >= line for image in flawed),
        len(good),
        sum(image.unusual >= line for image in good),
    )


def line_that_finds_all(evaluation: ImageEvaluation) -> float | None:
    """Return the highest line that misses no flawed part, None when there are none."""
    flawed = [image.unusual for image in evaluation.judged if image.actual not in evaluation.good]
    return min(flawed) if flawed else None


def _kind(evaluation: ImageEvaluation, image: JudgedImage, line: float) -> MistakeKind | None:
    if not evaluation.good:
        return MistakeKind.MIXED_UP if image.predicted != image.actual else None
    stopped, is_good = image.unusual >= line, image.actual in evaluation.good
    if is_good:
        return MistakeKind.FALSE_ALARM if stopped else None
    if not stopped:
        return MistakeKind.MISSED
    named_flaw = image.predicted not in evaluation.good
    return MistakeKind.MIXED_UP if named_flaw and image.predicted != image.actual else None


def _how_right(mistake: Mistake) -> float:
    """How near the answer was to being right: small for the worst."""
    match mistake.kind:
        case MistakeKind.MISSED:
            return mistake.image.unusual
        case MistakeKind.FALSE_ALARM:
            return -mistake.image.unusual
        case MistakeKind.MIXED_UP:
            return -mistake.image.probability
