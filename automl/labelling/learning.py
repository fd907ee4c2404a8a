"""What the head says of images it did not learn from, and of all others, with probabilities that can be believed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.domain.task import RandomSplit
from automl.evaluation.splits import Fold, SplitInput, plan_split
from automl.labelling.confidence import honest_scale, probabilities, usual_scale
from automl.labelling.head import Codes, Head, Logits, fit_head
from automl.labelling.points import Scattered

Answers = NDArray[np.float64]
Rows = NDArray[np.int64]
NO_CLASS = -1
MOST_LEARNED = 20_000
_FEWEST_FOR_A_SCALE = 8


@dataclass(frozen=True)
class Labelled:
    """The images of a dataset as the head sees them.

    `scattered` and `groups` [n] (near duplicates share a group) are of all images, `codes` [n] are classes or -1. `checked`
    are the rows whose label a person or the import gave: only those judge the head. Labels that were accepted from the head
    itself teach but never judge.
    """

    scattered: Scattered
    groups: Codes
    codes: Codes
    by_person: NDArray[np.bool_]
    class_count: int

    @property
    def labelled(self) -> Rows:
        """Rows with a label."""
        return np.flatnonzero(self.codes != NO_CLASS)

    @property
    def checked(self) -> Rows:
        """Rows that judge the head."""
        return np.flatnonzero((self.codes != NO_CLASS) & self.by_person)


@dataclass(frozen=True)
class Learned:
    """`probabilities` [n, K] of all images; `unseen` [m, K] of the checked ones, each by a head that saw no twin of it."""

    probabilities: Answers
    unseen: Answers


def learn(images: Labelled) -> Learned | None:
    """Learn from the labels there are; None before two classes have a label."""
    if len(np.unique(images.codes[images.labelled])) < 2:
        return None
    logits = _fit(images, images.labelled).logits(images.scattered.points)
    unseen = unseen_logits(images, images.labelled)
    truth = images.codes[images.checked]
    enough = len(truth) >= _FEWEST_FOR_A_SCALE and bool(unseen.any())
    scale = honest_scale(truth, unseen) if enough else usual_scale(logits)
    return Learned(probabilities(logits, scale), probabilities(unseen, scale))


def unseen_logits(images: Labelled, learned_from: Rows) -> Logits:
    """Logits [m, K] of the checked images, each from a head that learned from those rows without its fold and its twins.

    All are 0 where nothing is left to learn from.
    """
    checked = images.checked
    logits = np.zeros((len(checked), images.class_count))
    for fold in folds(images):
        aside = np.isin(images.groups[learned_from], images.groups[checked[fold.check]])
        rows = learned_from[~aside]
        if len(rows):
            logits[fold.check] = _fit(images, rows).logits(images.scattered.points[checked[fold.check]])
    return logits


def folds(images: Labelled) -> tuple[Fold, ...]:
    """Places in the checked rows, five parts of whole groups with classes spread evenly; none when there is one group."""
    checked = images.checked
    groups = np.unique(images.groups[checked], return_inverse=True)[1].astype(np.int64)
    if len(groups) == 0 or groups.max() == 0:
        return ()
    plan = plan_split(SplitInput(strata=images.codes[checked], equal_rows=groups), RandomSplit(), None, seed=0)
    return plan.folds


def _fit(images: Labelled, rows: Rows) -> Head:
    """A head from these rows; of very many, from a part in which rare classes stay whole as far as possible."""
    if len(rows) > MOST_LEARNED:
        random = np.random.default_rng(0)
        counts = np.bincount(images.codes[rows], minlength=images.class_count)
        share = np.minimum(1.0, MOST_LEARNED / images.class_count / np.maximum(counts, 1))
        rows = rows[random.random(len(rows)) < share[images.codes[rows]]]
    return fit_head(images.scattered.points[rows], images.codes[rows], images.class_count)
