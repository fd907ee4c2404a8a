"""How well one column alone tells the target: rates (or means) of bins, cross-validated."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from automl.data.table import Index, Numbers, Texts

_FOLDS = 5
_ROWS_A_BIN = 20
_MOST_BINS = 256
_MOST_CATEGORIES = 200


@dataclass(frozen=True)
class OneColumnJudge:
    """A target to be told: class codes, or numbers. `rows` are the positions in the sample that have a target."""

    rows: Index
    classes: tuple[str, ...] | None
    target_codes: Index
    target_numbers: Numbers
    folds: Index

    @staticmethod
    def of_classes(rows: Index, codes: Index, classes: tuple[str, ...]) -> "OneColumnJudge":
        """Judge by the area under the ROC curve, averaged over the classes."""
        return OneColumnJudge(rows, classes, codes, np.zeros(0), _folds(len(rows)))

    @staticmethod
    def of_numbers(rows: Index, numbers: Numbers) -> "OneColumnJudge":
        """Judge by R²."""
        return OneColumnJudge(rows, None, np.zeros(0, dtype=np.int64), numbers, _folds(len(rows)))

    def score(self, values: Numbers | Texts) -> float:
        """Return AUC (classes) or R² (numbers) of the column alone on rows it was not learned from; at most 1."""
        bins = _bins(values)
        if self.classes is not None:
            return self._auc(bins)
        binned = _r2(self.target_numbers, self._means(bins, self.target_numbers))
        if values.dtype == object:
            return binned
        return max(binned, self._line(values.astype(np.float64)))

    def _auc(self, bins: Index) -> float:
        classes = range(len(self.classes or ()))
        areas = []
        for code in classes:
            truth = (self.target_codes == code).astype(np.float64)
            areas.append(_area_under_curve(truth, self._means(bins, truth)))
        return max(areas) if len(areas) == 2 else float(np.mean(areas))

    def _means(self, bins: Index, target: Numbers) -> Numbers:
        """The mean target of each row's bin, learned on the other folds; bins drawn towards the overall mean by one row."""
        size = int(bins.max(initial=0)) + 1
        predicted = np.empty(len(bins))
        for fold in range(_FOLDS):
            learn, check = self.folds != fold, self.folds == fold
            overall = float(target[learn].mean())
            sums = np.bincount(bins[learn], weights=target[learn], minlength=size)
            counts = np.bincount(bins[learn], minlength=size)
            predicted[check] = ((sums + overall) / (counts + 1.0))[bins[check]]
        return predicted

    def _line(self, values: Numbers) -> float:
        """R² of a straight line through the column, gaps counted as its mean."""
        present = ~np.isnan(values)
        if present.sum() < _ROWS_A_BIN or float(values[present].std()) == 0.0:
            return 0.0
        centre = values[present].mean()
        with np.errstate(over="ignore", invalid="ignore"):
            deviation = np.where(present, values - centre, 0.0)
            slope = float((deviation * (self.target_numbers - self.target_numbers.mean())).sum() / (deviation**2).sum())
        return _r2(self.target_numbers, self.target_numbers.mean() + slope * deviation) if np.isfinite(slope) else 0.0


def filled_codes(values: Numbers | Texts) -> Index:
    """Return 1 where a cell has a value and 0 where it has none."""
    if values.dtype == object:
        return np.asarray(values != "", dtype=np.int64)
    return (~np.isnan(values.astype(np.float64))).astype(np.int64)


def _folds(count: int) -> Index:
    """Folds in turn over a shuffled order that is always the same."""
    order = np.random.default_rng(0).permutation(count)
    folds = np.empty(count, dtype=np.int64)
    folds[order] = np.arange(count) % _FOLDS
    return folds


def _bins(values: Numbers | Texts) -> Index:
    """Ranked bins of at least twenty rows for numbers, the most frequent texts for texts; 0 is "no value"."""
    if values.dtype == object:
        names, codes, counts = np.unique(values.astype(str), return_inverse=True, return_counts=True)
        kept = np.argsort(-counts, kind="stable")[:_MOST_CATEGORIES]
        place = np.full(len(names), len(kept) + 1, dtype=np.int64)
        place[kept] = np.arange(1, len(kept) + 1)
        place[names == ""] = 0
        return place[codes]
    numbers = values.astype(np.float64)
    present = ~np.isnan(numbers)
    count = min(_MOST_BINS, max(2, int(present.sum()) // _ROWS_A_BIN))
    if not present.any():
        return np.zeros(len(numbers), dtype=np.int64)
    edges = np.unique(np.quantile(numbers[present], np.linspace(0.0, 1.0, count + 1)[1:-1], method="lower"))
    bins = np.zeros(len(numbers), dtype=np.int64)
    bins[present] = 1 + np.searchsorted(edges, numbers[present], side="left")
    return bins


def _area_under_curve(truth: Numbers, risk: Numbers) -> float:
    """Area under the ROC curve with ties counted half (Mann and Whitney 1947)."""
    _, inverse, counts = np.unique(risk, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    ranks = (ends - (counts - 1) / 2.0)[inverse]
    positives = float(truth.sum())
    negatives = len(truth) - positives
    if not positives or not negatives:
        return 0.5
    return float((ranks[truth == 1.0].sum() - positives * (positives + 1) / 2.0) / (positives * negatives))


def _r2(truth: Numbers, predicted: NDArray[np.float64]) -> float:
    total = float(((truth - truth.mean()) ** 2).sum())
    return 1.0 - float(((truth - predicted) ** 2).sum()) / total if total > 0 else 0.0
