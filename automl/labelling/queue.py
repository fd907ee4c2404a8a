"""Which images to label next: the least sure and most different ones first, rare classes not forgotten."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist
from sklearn.cluster import MiniBatchKMeans

from automl.labelling.learning import NO_CLASS, Answers, Labelled, Rows
from automl.labelling.points import Points

DIFFERENT_FIRST = 32
FIRST_LOOK = 12
_MOST_CANDIDATES = 2_000
_MOST_KNOWN = 2_000
_FARTHEST = 2.0


def first_images(images: Labelled, candidates: Rows) -> Rows:
    """The order before the head knows two classes: the most typical image of each kind, then the most different ones.

    Starting from typical images beats starting from outliers while labels are few (Hacohen et al. 2022).
    """
    points = images.scattered.places[candidates]
    kinds = min(FIRST_LOOK, len(np.unique(points, axis=0)))
    if kinds < 2:
        return candidates
    clusters = MiniBatchKMeans(kinds, n_init=3, random_state=0).fit(points)
    typical = cdist(clusters.cluster_centers_, points).argmin(axis=1)
    sizes = np.bincount(clusters.labels_, minlength=kinds)
    chosen = list(dict.fromkeys(typical[np.argsort(-sizes, kind="stable")].tolist()))
    rest = np.setdiff1d(np.arange(len(candidates)), chosen)
    further = _spread(points[rest], np.ones(len(rest)), points[chosen], images.groups[candidates[rest]])
    order = np.concatenate([np.array(chosen, np.int64), rest[further]])
    return np.asarray(candidates[order], np.int64)


def next_images(images: Labelled, probabilities: Answers, candidates: Rows) -> Rows:
    """Candidates in the order to label them.

    Usefulness is how near the two likeliest classes are, times how rare the classes it may be are among the labels so far;
    the first 32 are also kept apart from one another and from what has a label (greedy k-centre, Sener & Savarese 2018).
    Twins of labelled images come last: their label is as good as known.
    """
    usefulness = _doubt(probabilities[candidates]) * _rarity(images, probabilities[candidates])
    known = np.unique(images.groups[images.codes != NO_CLASS])
    twin = np.isin(images.groups[candidates], known)
    order = np.lexsort((-usefulness, twin))
    front = order[:_MOST_CANDIDATES][~twin[order[:_MOST_CANDIDATES]]]
    rows = candidates[front]
    spread = _spread(images.scattered.places[rows], usefulness[front], _known_points(images), images.groups[rows])
    front = front[spread]
    rest = order[~np.isin(order, front[:DIFFERENT_FIRST])]
    whole = np.concatenate([front[:DIFFERENT_FIRST], rest])
    return np.asarray(candidates[whole], np.int64)


def _doubt(probabilities: Answers) -> NDArray[np.float64]:
    """One minus the margin between the two likeliest classes [n]."""
    if probabilities.shape[1] < 2:
        return np.zeros(len(probabilities))
    best = np.partition(probabilities, -2, axis=1)[:, -2:]
    return np.asarray(1.0 - (best[:, 1] - best[:, 0]))


def _rarity(images: Labelled, probabilities: Answers) -> NDArray[np.float64]:
    """Expected rarity [n] of the class of an image: the inverse root of how many labels the class has, at most 1."""
    counts = np.bincount(images.codes[images.labelled], minlength=images.class_count)
    weights = 1.0 / np.sqrt(counts + 1.0)
    return np.asarray(probabilities @ (weights / weights.max()))


def _known_points(images: Labelled) -> Points:
    labelled = images.labelled
    return images.scattered.places[labelled[:: max(1, len(labelled) // _MOST_KNOWN)]]


def _spread(points: Points, usefulness: NDArray[np.float64], known: Points, groups: NDArray[np.int64]) -> Rows:
    """Places of at most 32 useful points that keep apart from `known` and from one another, one of a group."""
    if len(points) == 0:
        return np.empty(0, np.int64)
    distance = cdist(points, known).min(axis=1)
    usual = max(float(np.median(distance)), 1e-9)
    free = np.ones(len(points), np.bool_)
    chosen: list[int] = []
    while free.any() and len(chosen) < DIFFERENT_FIRST:
        value = np.where(free, usefulness * np.minimum(distance / usual, _FARTHEST), -1.0)
        best = int(value.argmax())
        chosen.append(best)
        free &= groups != groups[best]
        distance = np.minimum(distance, np.linalg.norm(points - points[best], axis=1))
    return np.array(chosen, np.int64)
