"""The sentences above the charts of one model, computed from its evaluation. Pure."""

from collections.abc import Sequence

from automl.domain.result import (
    AlarmPoint,
    CalibrationBin,
    ImportanceBar,
    Interval,
    ModelEvaluation,
    ModelSummary,
    RegressionPoints,
)
from automl.domain.task import Metric, MistakeCost, TaskKind
from desktop.i18n import translate, translator
from desktop.itemmodels.unit_words import said_of
from desktop.pages.compare.alarm_line import alarms, mistakes_cost, negatives, positives, share

ONE_SIDED = 0.25
NEARLY_ALL = 0.9


def alarm_reading(point: AlarmPoint, cost: MistakeCost | None, *, of_images: bool = False) -> str:
    """Return what an alarm line means: money if its cost is known, else counts."""
    rows = positives(point) + negatives(point)
    if cost is not None:
        return said_of(of_images, "compare.alarm.cost", cost=translator().money(mistakes_cost(point, cost)), rows=rows)
    return translate(
        "compare.alarm.counts", found=point.found, positives=positives(point), false_alarms=point.false_alarms
    )


def real_alarms(point: AlarmPoint) -> str:
    """Return how many alarms are real."""
    real = share(point.found, alarms(point))
    if real is None:
        return translate("compare.alarm.none")
    return translate("compare.alarm.real", found=point.found, alarms=alarms(point), share=real)


def curve_reading(point: AlarmPoint, positive: str) -> str:
    """Return how much is found and how much stopped for it."""
    found, stopped = share(point.found, positives(point)), share(point.false_alarms, negatives(point))
    return translate("compare.curve.reading", found=found or 0.0, stopped=stopped or 0.0, positive=positive)


def calibration_reading(bins: Sequence[CalibrationBin], positive: str, *, of_images: bool = False) -> str:
    """Return what one stated risk turned out to be; for several classes `positive` is empty."""
    if not bins:
        return said_of(of_images, "compare.calibration.none")
    middle = min(bins, key=lambda one: abs(one.predicted - (0.5 if positive else 0.8)))
    key = "yes" if positive else "right"
    return said_of(
        of_images,
        f"compare.calibration.{key}",
        said=middle.predicted,
        happened=round(100 * middle.observed.value),
        positive=positive,
    )


def mistakes_reading(evaluation: ModelEvaluation, task: TaskKind, classes: Sequence[str]) -> str:
    """Return what kind of mistakes there are most."""
    if not evaluation.mistakes:
        return translate("compare.mistakes.none")
    if task is TaskKind.REGRESSION:
        worst = evaluation.mistakes[0]
        return translate("compare.mistakes.largest", error=_three(abs(worst.error or 0.0)), row=worst.row)
    if task is TaskKind.BINARY:
        missed, stopped = evaluation.confusion[1][0], evaluation.confusion[0][1]
        return translate("compare.mistakes.kinds", missed=missed, false_alarms=stopped)
    return _most_frequent_mix_up(evaluation, classes)


def _most_frequent_mix_up(evaluation: ModelEvaluation, classes: Sequence[str]) -> str:
    pairs = [
        (count, classes[actual], classes[said])
        for actual, counts in enumerate(evaluation.confusion)
        for said, count in enumerate(counts)
        if actual != said
    ]
    count, actual, said = max(pairs)
    return translate("compare.mistakes.mix_up", count=count, all=evaluation.mistake_count, actual=actual, said=said)


def heat_reading(confusion: Sequence[Sequence[int]], *, of_images: bool = False) -> str:
    """Return how many rows of several classes are named rightly."""
    right = sum(counts[place] for place, counts in enumerate(confusion))
    rows = sum(sum(counts) for counts in confusion)
    return said_of(of_images, "compare.heat.reading", right=right, rows=rows, share=right / rows if rows else 0.0)


def found_of_classes(confusion: Sequence[Sequence[int]]) -> tuple[float | None, ...]:
    """Return the share of every class that is named rightly."""
    return tuple(share(counts[place], sum(counts)) for place, counts in enumerate(confusion))


def classes_reading(confusion: Sequence[Sequence[int]], classes: Sequence[str], *, of_images: bool = False) -> str:
    """Return the class that is found least."""
    found = [
        (known, name) for known, name in zip(found_of_classes(confusion), classes, strict=True) if known is not None
    ]
    if not found:
        return translate("compare.mistakes.none")
    lowest, name = min(found)
    return said_of(of_images, "compare.classes.reading", name=name, share=lowest)


def scatter_reading(points: RegressionPoints, halfwidths: tuple[float, float] | None, target: str) -> str:
    """Return how many predictions lie in the likely range of 95 in 100; without one the range of 9 in 10 rows."""
    errors = sorted(abs(said - true) for said, true in zip(points.predicted, points.actual, strict=True))
    if halfwidths is not None:
        inside = sum(error <= halfwidths[1] for error in errors) / len(errors)
        return translate("compare.scatter.likely", share=inside, half=_three(halfwidths[1]), target=target)
    half = errors[min(len(errors) - 1, int(NEARLY_ALL * len(errors)))]
    return translate("compare.scatter.most", half=_three(half), target=target)


def residual_reading(points: RegressionPoints) -> str:
    """Return whether errors lean to one side: their mean beyond a quarter of their spread."""
    middles = [(low + high) / 2 for low, high in zip(points.residual_edges, points.residual_edges[1:], strict=False)]
    count = sum(points.residual_counts) or 1
    mean = sum(middle * rows for middle, rows in zip(middles, points.residual_counts, strict=True)) / count
    spread = (
        sum((middle - mean) ** 2 * rows for middle, rows in zip(middles, points.residual_counts, strict=True)) / count
    ) ** 0.5
    if abs(mean) <= ONE_SIDED * spread:
        return translate("compare.residual.even")
    return translate(f"compare.residual.{'high' if mean > 0 else 'low'}", amount=_three(abs(mean)))


def undisturbed_loss(model: ModelSummary, task: TaskKind) -> float | None:
    """Return the loss that importance is measured against: log loss, or the typical error of a number."""
    of_number = Metric.MAE if model.metric is Metric.MAE else Metric.RMSE
    metric = of_number if task is TaskKind.REGRESSION else Metric.LOG_LOSS
    known = model.metrics.get(metric.value)
    return known.value if known is not None and known.value > 0 else None


def matters(bar: ImportanceBar) -> bool:
    """Whether shuffling the column makes the model worse beyond chance."""
    return bar.drop.lower > 0


def relative(bar: ImportanceBar, loss: float) -> Interval:
    """Return how much larger the error gets, as a share of what it is."""
    return Interval(bar.drop.value / loss, bar.drop.lower / loss, bar.drop.upper / loss)


def importance_reading(bars: Sequence[ImportanceBar], loss: float | None) -> str:
    """Return the column that matters most."""
    if not bars:
        return translate("compare.why.none")
    if not matters(bars[0]):
        return translate("compare.why.nothing")
    if loss is None:
        return translate("compare.why.most", column=bars[0].column)
    return translate("compare.why.most_by", column=bars[0].column, share=relative(bars[0], loss).value)


def importance_sentence(bar: ImportanceBar, loss: float | None) -> str:
    """Return what the model would lose without a column."""
    if not matters(bar) or loss is None:
        return translate(
            "compare.why.without_nothing" if not matters(bar) else "compare.why.without", column=bar.column
        )
    rise = relative(bar, loss)
    return translate("compare.why.without_by", column=bar.column, share=rise.value, low=rise.lower, high=rise.upper)


def _three(value: float) -> str:
    return translator().number(float(f"{value:.3g}"))
