"""The sentences of the model card, computed from what was measured; nothing is claimed that was not."""

from collections.abc import Iterator
from datetime import UTC, datetime

import resources
from automl.bundle.source import BundleSource
from automl.domain import formatting
from automl.domain.language import fill
from automl.domain.result import Interval, LeftOut, ModelSummary
from automl.domain.task import Family, Metric
from automl.runtime.manifest import BINARY, REGRESSION, InputColumn, Manifest
from automl.runtime.parsing import NUMBER, TIME

_NAMED_CATEGORIES = 6
_OFTEN_MISSING = 0.05
_POORLY_FOUND = 0.5
_SHARES = frozenset({Metric.ACCURACY, Metric.BALANCED_ACCURACY})


class CardSentences:
    """Says everything about one model in one language."""

    def __init__(self, source: BundleSource, manifest: Manifest, language: str) -> None:
        self._source = source
        self._manifest = manifest
        self._language = language
        self._texts = resources.texts(language)

    def say(self, key: str, **parameters: object) -> str:
        """Return one text of the catalogue."""
        return fill(self._texts[key], parameters, self._language)

    def subtitle(self) -> str:
        """Return the line below the title: the model and the day it was exported."""
        family = self._texts[f"family.{self._source.summary.family.value}"]
        created = datetime.fromisoformat(self._manifest.created)
        day = formatting.full_day(created.date(), self._language)
        return self.say("card.subtitle", family=family, number=self._source.summary.number, day=day)

    def facts(self) -> Iterator[tuple[str, list[str]]]:
        """Yield (name, sentences) in the order of the card."""
        yield self.say("card.what_for"), [self._what_for()]
        yield self.say("card.not_for"), [self.say("card.not_for.text")]
        yield self.say("card.learned_from"), list(self._learned_from())
        yield self.say("card.how_good"), list(self._how_good())
        yield self.say("card.weak_spots"), list(self._weak_spots()) or [self.say("card.weak_spots.none")]
        left_out = list(self._left_out())
        if left_out:
            yield self.say("card.left_out"), left_out
        yield self.say("card.watch_for"), list(self._watch_for())

    def input_titles(self) -> tuple[str, ...]:
        """Return the head of the table of inputs."""
        return tuple(self.say(f"card.input.{name}") for name in ("name", "kind", "learned", "missing"))

    def inputs(self) -> Iterator[tuple[str, ...]]:
        """Yield one row an input column."""
        for column in self._manifest.inputs:
            kind = self.say(f"card.kind.{column.kind}")
            missing = formatting.percent(column.missing_share)
            yield column.name, f"{kind}, {column.unit}" if column.unit else kind, self._learned(column), missing

    def details(self) -> Iterator[tuple[str, str]]:
        """Yield versions, fingerprints and how the bundle was verified."""
        manifest = self._manifest
        golden = manifest.golden
        yield self.say("card.made_by"), manifest.made_by
        yield (
            self.say("card.libraries"),
            ", ".join(f"{name} {number}" for name, number in sorted(manifest.versions.items())),
        )
        yield self.say("card.data_fingerprint"), manifest.data.fingerprint
        yield self.say("card.signed_with"), manifest.key_id
        yield (
            self.say("card.verified"),
            self.say("card.verified.text", rows=golden.rows, tolerance=f"{golden.tolerance:g}"),
        )

    def _what_for(self) -> str:
        manifest = self._manifest
        if manifest.task == REGRESSION:
            return self.say("card.what_for.number", target=manifest.target)
        if manifest.task == BINARY:
            line = formatting.percent(manifest.alarm_line if manifest.alarm_line is not None else 0.5)
            return self.say("card.what_for.yes_no", target=manifest.target, positive=manifest.classes[1], line=line)
        return self.say("card.what_for.classes", target=manifest.target, count=len(manifest.classes))

    def _learned_from(self) -> Iterator[str]:
        split, data = self._manifest.split, self._manifest.data
        yield self.say("card.learned_from.rows", rows=split.learn_rows, all=data.row_count, file=data.file_name)
        kind = f"card.split.{split.kind}"
        yield self.say(kind, column=split.column, rows=split.holdout_rows, folds=split.folds)
        if split.boundary:
            yield self.say("card.split.boundary", boundary=self._moment(split.boundary))

    def _how_good(self) -> Iterator[str]:
        board, summary = self._source.leaderboard, self._source.summary
        evaluation = self._source.evaluation
        where = "card.judged.holdout" if evaluation.on_holdout else "card.judged.out_of_fold"
        yield self.say(where, rows=evaluation.row_count)
        yield from self._counts()
        yield self._scored("card.score", summary, summary.metric)
        guessing = next((model for model in board.models if model.family is Family.BASELINE), None)
        if guessing is not None and guessing.model_id != summary.model_id:
            yield self._scored("card.yardstick", guessing, summary.metric)
        if self._manifest.interval_halfwidths:
            yield self.say("card.likely_range", width=formatting.number(self._manifest.interval_halfwidths[-1]))
        if board.chosen == summary.model_id:
            title = self._texts[f"verdict.title.{board.verdict.code.removeprefix('verdict.').split('.')[0]}"]
            yield title

    def _counts(self) -> Iterator[str]:
        """What the answers were worth in rows, for a yes or no."""
        counts = self._source.evaluation.confusion
        if self._manifest.task != BINARY or len(counts) != 2:
            return
        (kept, stopped), (missed, found) = counts
        yield self.say(
            "card.found",
            found=found,
            positives=found + missed,
            positive=self._manifest.classes[1],
            stopped=stopped,
            negatives=kept + stopped,
        )

    def _scored(self, key: str, model: ModelSummary, metric: Metric) -> str:
        score = (model.holdout or model.checking) if model.metric is metric else model.checking
        return self.say(key, metric=self._texts[f"metric.{metric.value}"], **self._shown(score, metric))

    def _shown(self, score: Interval, metric: Metric) -> dict[str, object]:
        show = formatting.percent if metric in _SHARES else formatting.number
        return {"value": show(score.value), "lower": show(score.lower), "upper": show(score.upper)}

    def _weak_spots(self) -> Iterator[str]:
        evaluation, manifest = self._source.evaluation, self._manifest
        often_missing = [column.name for column in manifest.inputs if column.missing_share >= _OFTEN_MISSING]
        if often_missing:
            yield self.say("card.weak.missing", columns=", ".join(often_missing[:_NAMED_CATEGORIES]))
        if evaluation.calibration_trusted is False:
            yield self.say("card.weak.calibration")
        for name, counts in zip(manifest.classes, evaluation.confusion, strict=False):
            place = manifest.classes.index(name)
            if sum(counts) and counts[place] / sum(counts) < _POORLY_FOUND:
                yield self.say("card.weak.class", name=name, found=counts[place], rows=sum(counts))

    def _left_out(self) -> Iterator[str]:
        for left_out in self._source.leaderboard.left_out:
            yield from self._said_left_out(left_out)

    def _said_left_out(self, left_out: LeftOut) -> Iterator[str]:
        text = self._texts.get(left_out.code)
        if text is not None:
            yield fill(text, left_out.parameters, self._language)

    def _watch_for(self) -> Iterator[str]:
        yield self.say("card.watch.issues")
        yield self.say("card.watch.columns")
        yield self.say("card.watch.true_values")

    def _learned(self, column: InputColumn) -> str:
        if column.kind == TIME and column.minimum is not None and column.maximum is not None:
            return " – ".join(self._day(moment) for moment in (column.minimum, column.maximum))
        if column.kind == NUMBER and column.minimum is not None and column.maximum is not None:
            return f"{formatting.number(column.minimum)} – {formatting.number(column.maximum)}"
        named = ", ".join(column.categories[:_NAMED_CATEGORIES])
        if column.category_count > _NAMED_CATEGORIES:
            return self.say("card.input.categories", count=column.category_count, names=named)
        return named

    def _moment(self, text: str) -> str:
        """A moment in the reader's order; anything else as it stands."""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        day = formatting.full_day(moment.date(), self._language)
        return f"{day} {formatting.clock(moment, self._language)}"

    def _day(self, moment: float) -> str:
        return formatting.full_day(datetime.fromtimestamp(moment, UTC).date(), self._language)
