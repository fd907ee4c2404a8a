"""Which images to label next: the least sure and most different ones first, rare classes not forgotten."""

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist
from sklearn.cluster import MiniBatchKMeans

from automl.labelling.learning import NO_CLASS, Answers, Labelled, Rows
from automl.labelling.points import Points

DIFFERENT_FIRST = 32
_EXPLORED_EVERY = 4
_KINDS = (12, 24, 48)
_MOST_CANDIDATES = 2_000
_MOST_KNOWN = 2_000
_FARTHEST = 2.0


def first_images(images: Labelled, candidates: Rows) -> Rows:
    """The order before the head knows two classes: the most typical image of each of 12 kinds, then of 24, then of 48.

    Starting from typical images beats starting from the most different ones while labels are few (Hacohen et al. 2022).
    """
    chosen = np.empty(0, np.int64)
    for kinds in _KINDS:
        known = np.concatenate([images.labelled, chosen])
        chosen = np.concatenate([chosen, _typical(images, kinds, candidates, known)])
    return chosen if len(chosen) else candidates


def next_images(images: Labelled, probabilities: Answers, candidates: Rows, unknown_kinds: Rows) -> Rows:
    """Candidates in the order to label them.

    Usefulness is how near the two likeliest classes are, times how rare the classes it may be are among the labels so far;
    the first 32 are also kept apart from one another and from what has a label (greedy k-centre, Sener & Savarese 2018).
    Every fourth is one of `unknown_kinds` (see `unexplored`). Twins of labelled images come last: their label is as good as known.
    """
    usefulness = _doubt(probabilities[candidates]) * _rarity(images, probabilities[candidates])
    known = np.unique(images.groups[images.codes != NO_CLASS])
    twin = np.isin(images.groups[candidates], known)
    order = np.lexsort((-usefulness, twin))
    front = order[:_MOST_CANDIDATES][~twin[order[:_MOST_CANDIDATES]]]
    rows = candidates[front]
    spread = _spread(images.scattered.places[rows], usefulness[front], _known_places(images), images.groups[rows])
    chosen = _taking_turns(rows[spread].tolist(), unknown_kinds.tolist(), images.groups)
    rest = candidates[order]
    return np.concatenate([chosen, rest[~np.isin(rest, chosen)]])


def _taking_turns(useful: list[int], unexplored: list[int], groups: NDArray[np.int64]) -> Rows:
    """At most 32 rows, one of a group, every fourth from the unexplored ones while there are any."""
    taken: dict[int, int] = {}
    for place in range(2 * DIFFERENT_FIRST):
        explores = place % _EXPLORED_EVERY == _EXPLORED_EVERY - 1
        source = unexplored if unexplored and (explores or not useful) else useful
        if not source or len(taken) == DIFFERENT_FIRST:
            break
        row = source.pop(0)
        taken.setdefault(int(groups[row]), row)
    return np.array(list(taken.values()), np.int64)


def unexplored(images: Labelled, candidates: Rows) -> Rows:
    """One typical candidate of every kind of image of which none has a label, the largest kind first.

    A class the head never heard of does not make it doubt; only a look at every kind finds it.
    """
    labelled = len(np.unique(images.groups[images.labelled]))
    kinds = min(max(_KINDS[0], labelled), _KINDS[-1])
    return _typical(images, kinds, candidates, images.labelled)


def _typical(images: Labelled, kinds: int, candidates: Rows, known: Rows) -> Rows:
    """The candidate in the middle of each of so many kinds of images, for kinds without a known one, the largest first."""
    places = images.scattered.places
    kinds = min(kinds, len(np.unique(places, axis=0)))
    if kinds < 2:
        return np.empty(0, np.int64)
    clusters = MiniBatchKMeans(kinds, n_init=3, random_state=0).fit(places)
    sizes = np.bincount(clusters.labels_, minlength=kinds)
    sizes[np.unique(clusters.labels_[known])] = 0
    chosen: list[int] = []
    for kind in np.argsort(-sizes, kind="stable")[: int((sizes > 0).sum())]:
        members = candidates[clusters.labels_[candidates] == kind]
        if len(members):
            distance = np.linalg.norm(places[members] - clusters.cluster_centers_[kind], axis=1)
            chosen.append(int(members[distance.argmin()]))
    return np.array(chosen, np.int64)


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


def _known_places(images: Labelled) -> Points:
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
