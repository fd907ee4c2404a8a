"""The curve "labels -> score" and whether more labels still help."""

from dataclasses import dataclass

import numpy as np

from automl.domain.labels import LabelPoint
from automl.domain.task import Metric
from automl.evaluation.metrics import Scoring, score
from automl.evaluation.uncertainty import bootstrap_scores, interval_of
from automl.labelling.learning import Answers, Labelled, unseen_logits

_SHARES = (0.25, 0.5, 0.75)
_SCORING = Scoring(Metric.BALANCED_ACCURACY)
_FEWEST_LABELS, _FEWEST_TO_SAY, _FEWEST_OF_A_CLASS = 12, 40, 5
_SMALL_GAIN = 0.02


@dataclass(frozen=True)
class Curve:
    """Points of the curve, fewest labels first, and whether there are enough labels; None while that cannot be said."""

    points: tuple[LabelPoint, ...]
    enough: bool | None


def label_curve(images: Labelled, unseen: Answers) -> Curve:
    """Balanced accuracy on the same checked images, learned from a quarter, a half, three quarters and all of the labels.

    Enough is said when the second half of the labels gained under 2 points with 95 % confidence.
    """
    codes = images.codes[images.checked]
    if len(codes) < _FEWEST_LABELS or len(np.unique(codes)) < 2:
        return Curve((), None)
    labelled = images.labelled
    turn = np.random.default_rng(0).permutation(int(images.groups.max()) + 1)[images.groups[labelled]]
    labelled = labelled[np.argsort(turn, kind="stable")]
    counts = [round(share * len(labelled)) for share in _SHARES]
    answers = [*(_certain(unseen_logits(images, np.sort(labelled[:count]))) for count in counts), _certain(unseen)]
    resampled = bootstrap_scores([_SCORING] * len(answers), codes, answers, seed=0)
    points = []
    for place, (count, one) in enumerate(zip([*counts, len(labelled)], answers, strict=True)):
        found = interval_of(score(_SCORING, codes, one), resampled[:, place])
        points.append(LabelPoint(count, found.value, found.lower, found.upper))
    smallest = int(np.unique(codes, return_counts=True)[1].min())
    if len(codes) < _FEWEST_TO_SAY or smallest < _FEWEST_OF_A_CLASS:
        return Curve(tuple(points), None)
    most = float(np.nanquantile(resampled[:, -1] - resampled[:, 1], 0.95))
    return Curve(tuple(points), most < _SMALL_GAIN)


def _certain(answers: Answers) -> Answers:
    """The likeliest class of every row with probability 1: balanced accuracy looks at nothing else."""
    return np.asarray(np.eye(answers.shape[1])[answers.argmax(axis=1)])
