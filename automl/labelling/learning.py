"""What the head says of images it did not learn from, and of all others, with probabilities that can be believed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.domain.task import RandomSplit
from automl.evaluation.splits import Fold, SplitInput, plan_split
from automl.evaluation.temperature import best_temperature
from automl.graph.calibration import Temperature
from automl.labelling.head import Codes, Head, fit_head
from automl.labelling.points import Points

Answers = NDArray[np.float64]
Rows = NDArray[np.int64]
NO_CLASS = -1
MOST_LEARNED = 4_000
_FEWEST_FOR_TEMPERATURE = 12


@dataclass(frozen=True)
class Labelled:
    """The images of a dataset as the head sees them.

    `points` [n, d] and `groups` [n] (near duplicates share a group) are of all images, `codes` [n] are classes or -1.
    `checked` are the rows whose label a person or the import gave: only those judge the head, and they are enough to be judged
    (see `folds`). Labels that were accepted from the head itself teach but never judge.
    """

    points: Points
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
    head = _fit(images, images.labelled)
    unseen = unseen_answers(images, images.labelled)
    known = unseen.sum(axis=1) > 0
    temperature = Temperature(1.0)
    if int(known.sum()) >= _FEWEST_FOR_TEMPERATURE:
        temperature = best_temperature(images.codes[images.checked][known], unseen[known])
    return Learned(temperature.apply(head.probabilities(images.points)), temperature.apply(unseen))


def unseen_answers(images: Labelled, learned_from: Rows) -> Answers:
    """Answers [m, K] to the checked images, each from a head that learned from those rows without its fold and its twins."""
    checked = images.checked
    answers = np.zeros((len(checked), images.class_count))
    for fold in folds(images):
        aside = np.isin(images.groups[learned_from], images.groups[checked[fold.check]])
        rows = learned_from[~aside]
        if len(rows):
            answers[fold.check] = _fit(images, rows).probabilities(images.points[checked[fold.check]])
    return answers


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
    return fit_head(images.points[rows], images.codes[rows], images.class_count)
