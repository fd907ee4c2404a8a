"""Learns an encoder from training rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np
import numpy.typing as npt

from automl.data.table import Table
from automl.domain.issues import Issue, Refusal
from automl.domain.result import LeftOut
from automl.domain.schema import Schema
from automl.domain.task import TaskKind
from automl.preprocessing.arithmetic import Arithmetic, Operation, Term
from automl.preprocessing.calendar_parts import CalendarParts, Part
from automl.preprocessing.codes import Codes
from automl.preprocessing.encoder import Encoder, Features, Step, Style
from automl.preprocessing.golden_terms import golden_terms
from automl.preprocessing.hinges import fit_hinges
from automl.preprocessing.level_values import LevelValues, fit_frequency, fit_target_means, out_of_fold_means
from automl.preprocessing.levels import frequent_levels
from automl.preprocessing.missing_flags import MissingFlags
from automl.preprocessing.numbers import Numbers
from automl.preprocessing.one_hot import OneHot
from automl.preprocessing.scaled import fit_robust, fit_standard
from automl.preprocessing.screening import Screened, screen
from automl.preprocessing.transformation import Floats

Target = npt.NDArray[np.int64] | npt.NDArray[np.float64]

_TREE_PARTS = (Part.MINUTE_OF_DAY, Part.HOUR, Part.WEEKDAY, Part.DAY_SINE, Part.DAY_COSINE)
_SMOOTH_PARTS = (Part.DAY_SINE, Part.DAY_COSINE, Part.WEEK_SINE, Part.WEEK_COSINE)
_DATE_PARTS = (Part.DAY_OF_MONTH, Part.MONTH)
_TWO_YEARS = 2 * 365.25 * 86400.0
_TREE_LEVELS, _ONE_HOT_LEVELS = 254, 40
_FOLDS = 5


class EncoderOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What may differ between recipes.

    `forward`: rows to predict come later than all training rows, so day of the month and month are not used (they are only used
    when the data span two years, too). `absolute_time` lets trees see the moment itself. `target_means` and `frequency` add these
    for category columns; `smoothing` is the weight of the overall mean in rows. `arithmetic` is how many terms of two number
    columns may be added for trees; `knots` how many bends a number column gets for the other styles, so that a line becomes a
    curve. `most_levels`, `least_count` override when a text is told apart from the rare ones.
    """

    forward: bool = False
    absolute_time: bool = False
    target_means: bool = False
    frequency: bool = False
    smoothing: float = 10.0
    arithmetic: int = 0
    knots: int = 0
    most_levels: int | None = None
    least_count: int | None = None
    seed: int = 0


USUAL_OPTIONS = EncoderOptions()


def fit_encoder(
    table: Table,
    schema: Schema,
    inputs: Sequence[str],
    style: Style,
    *,
    target: Target | None = None,
    task: TaskKind | None = None,
    options: EncoderOptions = USUAL_OPTIONS,
) -> Encoder:
    """Learn from these rows how to encode the input columns.

    `target` (class codes int64[n], or numbers) and `task` are needed for target means and arithmetic terms only. With target
    means the training rows themselves need `fit_transform`. Raises Refusal when no column can be used.
    """
    screened = screen(table, schema, inputs)
    fitting = _Fitting(table, schema, screened, options, _target_columns(target, task), list(screened.left_out))
    match style:
        case Style.TREE:
            steps = tuple(fitting.tree_steps())
        case Style.LINEAR | Style.NETWORK:
            steps = tuple(fitting.smooth_steps(robust=style is Style.NETWORK))
    if not steps:
        raise Refusal(Issue("training.no_usable_column"))
    return Encoder(style, steps, tuple(fitting.left_out))


def fit_transform(
    table: Table,
    schema: Schema,
    inputs: Sequence[str],
    style: Style,
    *,
    target: Target,
    task: TaskKind,
    options: EncoderOptions = USUAL_OPTIONS,
    groups: npt.NDArray[np.int64] | None = None,
) -> tuple[Encoder, Features]:
    """Learn an encoder and return it with the features of these training rows, target means out of fold.

    Rows of one group are never in two folds.
    """
    encoder = fit_encoder(table, schema, inputs, style, target=target, task=task, options=options)
    features = encoder.transform(table)
    position = 0
    for step in encoder.steps:
        if isinstance(step, LevelValues) and step.of_target:
            folds = _folds(len(table), groups, options.seed)
            means = out_of_fold_means(step, table, _target_columns(target, task), folds, options.smoothing)
            features[:, position : position + means.shape[1]] = means
        position += len(step.names)
    return encoder, features


@dataclass
class _Fitting:
    """One fit under way; steps are yielded in the order of the features."""

    table: Table
    schema: Schema
    screened: Screened
    options: EncoderOptions
    targets: Floats
    left_out: list[LeftOut] = field(default_factory=list)

    def tree_steps(self) -> Iterator[Step]:
        numbers = (*self.screened.numbers, *(self.screened.times if self.options.absolute_time else ()))
        if numbers:
            yield Numbers(numbers, tuple(self._fill(column) for column in numbers))
        yield from self._calendar(_TREE_PARTS)
        yield from self._arithmetic()
        for column in self.screened.texts:
            levels = self._levels(column, _TREE_LEVELS, max(2, min(10, len(self.table) // 500)))
            if levels:
                yield Codes(column, levels, self.schema.column(column).fill_missing)
            yield from self._level_values(column, grouped=len(levels) < self._distinct(column))

    def smooth_steps(self, *, robust: bool) -> Iterator[Step]:
        numbers = tuple(column for column in self.screened.numbers if self._varies(column))
        if numbers:
            scaled = fit_robust(numbers, self.table) if robust else fit_standard(numbers, self.table)
            yield scaled
            hinges = fit_hinges(scaled, self.table, self.options.knots) if self.options.knots else None
            if hinges is not None:
                yield hinges
        flagged = tuple(self._flagged())
        if flagged:
            yield MissingFlags(flagged)
        yield from self._calendar(_SMOOTH_PARTS)
        for column in self.screened.texts:
            yield from self._one_hot(column)

    def _one_hot(self, column: str) -> Iterator[Step]:
        counts, fill = self.screened.counts[column], self.schema.column(column).fill_missing
        levels = self._levels(column, _ONE_HOT_LEVELS, max(2, min(20, len(self.table) // 200)))
        rare, missing = len(levels) < self._distinct(column), counts[""] > 0 and not fill
        if levels:
            two_sided = len(levels) == 2 and not rare and not missing
            yield OneHot(column, levels[:1] if two_sided else levels, rare, missing, fill)
        yield from self._level_values(column, grouped=rare)

    def _levels(self, column: str, most: int, least_count: int) -> tuple[str, ...]:
        options, counts = self.options, self.screened.counts[column]
        least = least_count if options.least_count is None else options.least_count
        # The two texts of a yes/no column are told apart however rare one is.
        least = 1 if self._distinct(column) <= 2 else least
        levels = frequent_levels(counts, options.most_levels or most, least)
        if not levels:
            self.left_out.append(LeftOut("left_out.column_only_rare_texts", {"column": column}))
        elif len(levels) < self._distinct(column):
            grouped = self._distinct(column) - len(levels)
            self.left_out.append(
                LeftOut("left_out.rare_texts", {"column": column, "kept": len(levels), "grouped": grouped})
            )
        return levels

    def _distinct(self, column: str) -> int:
        counts = self.screened.counts[column]
        return len(counts) - ("" in counts)

    def _level_values(self, column: str, *, grouped: bool) -> Iterator[Step]:
        if (self.options.frequency and self._distinct(column) > 2) or grouped:
            yield fit_frequency(column, self.screened.counts[column])
        if self.options.target_means and self.targets.shape[1] and self._distinct(column) > 2:
            labels = tuple(f"target_mean_{index}" for index in range(self.targets.shape[1]))
            yield fit_target_means(column, self.table.texts[column], self.targets, labels, self.options.smoothing)

    def _calendar(self, parts: tuple[Part, ...]) -> Iterator[Step]:
        for column in self.screened.times:
            times = self.table.numbers[column]
            long = float(np.nanmax(times) - np.nanmin(times)) > _TWO_YEARS
            wanted = (*parts, *(_DATE_PARTS if long and not self.options.forward and parts is _TREE_PARTS else ()))
            everything = CalendarParts(column, wanted).features(self.table)
            useful = tuple(part for part, values in zip(wanted, everything, strict=True) if _changes(values))
            if useful:
                yield CalendarParts(column, useful)
            if not self.options.absolute_time:
                code = "left_out.absolute_time" if useful else "left_out.column_only_absolute_time"
                self.left_out.append(LeftOut(code, {"column": column}))

    def _arithmetic(self) -> Iterator[Step]:
        """Durations between time columns, and golden terms if asked for."""
        times = self.screened.times[:4]
        durations = [
            Term(Operation.DIFFERENCE, later, first) for at, first in enumerate(times) for later in times[at + 1 :]
        ]
        terms = [term for term in durations if any(map(_changes, Arithmetic((term,)).features(self.table)))]
        if self.options.arithmetic and self.targets.shape[1]:
            most, seed = self.options.arithmetic, self.options.seed
            terms.extend(golden_terms(self.table, self.screened.numbers, self.targets, most, seed))
        if terms:
            yield Arithmetic(tuple(terms))

    def _fill(self, column: str) -> float | None:
        return float(np.nanmedian(self.table.numbers[column])) if self.schema.column(column).fill_missing else None

    def _varies(self, column: str) -> bool:
        values = self.table.numbers[column]
        return bool(np.nanmax(values) > np.nanmin(values))

    def _flagged(self) -> Iterator[str]:
        """Columns with missing cells nobody asked to fill; sensors that fail together share one flag."""
        seen: set[bytes] = set()
        for column in (*self.screened.numbers, *self.screened.times):
            missing = np.isnan(self.table.numbers[column])
            pattern = np.packbits(missing).tobytes()
            if missing.any() and pattern not in seen and not self.schema.column(column).fill_missing:
                seen.add(pattern)
                yield column


def _changes(values: Floats) -> bool:
    known = values[~np.isnan(values)]
    return bool(len(known)) and bool(known.max() > known.min())


def _target_columns(target: Target | None, task: TaskKind | None) -> Floats:
    """Return what means are taken of, float64[n, k]: the number, the yes, or every class."""
    if target is None or task is None:
        return np.empty((0, 0))
    if task is TaskKind.MULTICLASS:
        return np.asarray(target[:, None] == np.arange(int(target.max()) + 1), np.float64)
    return np.asarray(target, np.float64).reshape(-1, 1)


def _folds(count: int, groups: npt.NDArray[np.int64] | None, seed: int) -> npt.NDArray[np.int64]:
    """Return a fold number for every row, the same for all rows of a group."""
    kinds, group = np.unique(np.arange(count) if groups is None else groups, return_inverse=True)
    fold_of_group = np.random.default_rng(seed).permutation(len(kinds)) % _FOLDS
    folds: npt.NDArray[np.int64] = fold_of_group[group].astype(np.int64)
    return folds
