"""A blend of several models by greedy selection on out-of-fold answers (Caruana et al. 2004)."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from automl.models.base import Answers

ROUNDS = 60
SMALLEST_WEIGHT = 0.04

Loss = Callable[[Answers, NDArray[np.int64] | None], float]
"""Loss of answers on some of the rows (all when None)."""


def greedy_weights(
    candidates: Sequence[Answers], loss: Loss, rows: NDArray[np.int64] | None = None, most: int = 6
) -> NDArray[np.float64]:
    """Weights of a blend, summing to one: again and again the model is added that helps most, with replacement.

    At most `most` different models are taken; weights too small to matter are dropped.
    """
    parts = [answers if rows is None else answers[rows] for answers in candidates]
    counts = np.zeros(len(parts), dtype=np.int64)
    total = np.zeros_like(parts[0])
    best_counts, best_loss = counts.copy(), np.inf
    for size in range(1, ROUNDS + 1):
        full = np.count_nonzero(counts) >= most
        allowed = [index for index in range(len(parts)) if not full or counts[index]]
        losses = [loss((total + parts[index]) / size, rows) for index in allowed]
        chosen = allowed[int(np.argmin(losses))]
        counts[chosen] += 1
        total = total + parts[chosen]
        if min(losses) < best_loss * (1 - 1e-7):
            best_loss, best_counts = min(losses), counts.copy()
    weights = best_counts / best_counts.sum()
    weights[weights < SMALLEST_WEIGHT] = 0.0
    return np.asarray(weights / weights.sum())


def blended(candidates: Sequence[Answers], weights: NDArray[np.float64]) -> Answers:
    """The weighted mean of answers."""
    total = np.zeros_like(candidates[0])
    for answers, weight in zip(candidates, weights, strict=True):
        if weight:
            total = total + weight * answers
    return total


def honest_blend(
    candidates: Sequence[Answers], loss: Loss, parts: Sequence[NDArray[np.int64]], most: int = 6
) -> Answers:
    """Answers of blends whose weights were found on the other parts of the rows: what the blend is worth, without flattery."""
    answers = np.zeros_like(candidates[0])
    everything = np.concatenate(list(parts))
    for part in parts:
        others = np.setdiff1d(everything, part)
        weights = greedy_weights(candidates, loss, others, most)
        answers[part] = blended([candidate[part] for candidate in candidates], weights)
    return answers
