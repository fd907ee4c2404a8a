"""The sentences of the model card, computed from what was measured; nothing is claimed that was not. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from automl.domain import formatting
from automl.domain.language import fill
from automl.domain.result import Interval, Leaderboard, LeftOut, ModelEvaluation, ModelSummary
from automl.domain.task import Family, Metric, TaskKind

OFTEN_MISSING = 0.05
_NAMED_COLUMNS = 6
_POORLY_FOUND = 0.5
_MIDDLE = 0.5
_SHARES = frozenset({Metric.ACCURACY, Metric.BALANCED_ACCURACY})


@dataclass(frozen=True, kw_only=True)
class CardFacts:
    """What a card tells of. The file and its rows are those learned from; `often_missing` names inputs that were often empty."""

    leaderboard: Leaderboard
    summary: ModelSummary
    evaluation: ModelEvaluation
    file_name: str
    row_count: int
    often_missing: tuple[str, ...] = ()


class CardSentences:
    """Says everything about one model in one language. `texts` are all texts of that language."""

    def __init__(self, facts: CardFacts, texts: Mapping[str, str], language: str) -> None:
        self._facts = facts
        self._texts = texts
        self._language = language
        self._no_weak_spots = "card.weak_spots.none"

    def say(self, key: str, **parameters: object) -> str:
        """Return one text of the catalogue."""
        return fill(self._texts[key], parameters, self._language)

    def subtitle(self, created: datetime) -> str:
        """Return the line below the title: the model and the day it was exported."""
        summary = self._facts.summary
        family = self._texts[f"family.{summary.family.value}"]
        day = formatting.full_day(created.date(), self._language)
        key = "card.subtitle" if summary.number else "card.subtitle.unnumbered"
        return self.say(key, family=family, number=summary.number, day=day)

    def facts(self) -> Iterator[tuple[str, list[str]]]:
        """Yield (name, sentences) in the order of the card."""
        yield self.say("card.what_for"), [self._what_for()]
        yield self.say("card.not_for"), list(self.not_for())
        yield self.say("card.learned_from"), list(self._learned_from())
        yield self.say("card.how_good"), list(self._how_good())
        yield self.say("card.weak_spots"), list(self._weak_spots()) or [self.say(self._no_weak_spots)]
        left_out = list(self._left_out())
        if left_out:
            yield self.say("card.left_out"), left_out
        yield self.say("card.watch_for"), list(self._watch_for())

    def not_for(self) -> Iterator[str]:
        """Yield what the model is not made for."""
        yield self.say("card.not_for.text")

    def _what_for(self) -> str:
        board = self._facts.leaderboard
        target = board.goal.target
        if board.task is TaskKind.REGRESSION:
            return self.say("card.what_for.number", target=target)
        if board.task is TaskKind.BINARY:
            line = self._facts.summary.alarm_line
            shown = formatting.percent(_MIDDLE if line is None else line)
            return self.say("card.what_for.yes_no", target=target, positive=board.classes[1], line=shown)
        return self.say("card.what_for.classes", target=target, count=len(board.classes))

    def _learned_from(self) -> Iterator[str]:
        facts, split = self._facts, self._facts.leaderboard.split
        yield self.say("card.learned_from.rows", rows=split.learn_rows, all=facts.row_count, file=facts.file_name)
        kind = f"card.split.{split.kind}" if split.holdout_rows else f"card.split.{split.kind}.no_holdout"
        yield self.say(kind, column=split.column, rows=split.holdout_rows, folds=split.folds)
        if split.boundary:
            yield self.say("card.split.boundary", boundary=self._moment(split.boundary))

    def _how_good(self) -> Iterator[str]:
        board, summary = self._facts.leaderboard, self._facts.summary
        evaluation = self._facts.evaluation
        where = "card.judged.holdout" if evaluation.on_holdout else "card.judged.out_of_fold"
        yield self.say(where, rows=evaluation.row_count)
        yield from self._counts()
        yield self._scored("card.score", summary, summary.metric)
        guessing = next((model for model in board.models if model.family is Family.BASELINE), None)
        if guessing is not None and guessing.model_id != summary.model_id:
            yield self._scored("card.yardstick", guessing, summary.metric)
        if evaluation.interval_halfwidths:
            yield self.say("card.likely_range", width=formatting.number(evaluation.interval_halfwidths[-1]))
        yield from self._chosen()

    def _chosen(self) -> Iterator[str]:
        """The verdict on the run, on the card of the model it is about."""
        board = self._facts.leaderboard
        if board.chosen == self._facts.summary.model_id:
            yield self._texts[f"verdict.title.{board.verdict.code.removeprefix('verdict.').split('.')[0]}"]

    def _counts(self) -> Iterator[str]:
        """What the answers were worth in rows, for a yes or no."""
        board, counts = self._facts.leaderboard, self._facts.evaluation.confusion
        if board.task is not TaskKind.BINARY or len(counts) != 2:
            return
        (kept, stopped), (missed, found) = counts
        yield self.say(
            "card.found",
            found=found,
            positives=found + missed,
            positive=board.classes[1],
            stopped=stopped,
            negatives=kept + stopped,
        )

    def _scored(self, key: str, model: ModelSummary, metric: Metric) -> str:
        score = (model.holdout or model.checking) if model.metric is metric else model.checking
        said = self.say(key, metric=self._texts[f"metric.{metric.value}"], **self._shown(score, metric))
        return said[:1].upper() + said[1:]

    def _shown(self, score: Interval, metric: Metric) -> dict[str, object]:
        show = formatting.percent if metric in _SHARES else formatting.number
        return {"value": show(score.value), "lower": show(score.lower), "upper": show(score.upper)}

    def _weak_spots(self) -> Iterator[str]:
        facts, evaluation = self._facts, self._facts.evaluation
        if facts.often_missing:
            yield self.say("card.weak.missing", columns=", ".join(facts.often_missing[:_NAMED_COLUMNS]))
        if evaluation.calibration_trusted is False:
            yield self.say("card.weak.calibration")
        for name, found, count in self._poorly_found():
            yield self.say("card.weak.class", name=name, found=found, rows=count)

    def _poorly_found(self) -> Iterator[tuple[str, int, int]]:
        """Classes of which most were not recognised: name, how many were, how many there are."""
        board = self._facts.leaderboard
        classes = () if board.task is TaskKind.REGRESSION else board.classes
        for place, (name, counts) in enumerate(zip(classes, self._facts.evaluation.confusion, strict=False)):
            if sum(counts) and counts[place] / sum(counts) < _POORLY_FOUND:
                yield name, counts[place], sum(counts)

    def _left_out(self) -> Iterator[str]:
        for left_out in self._facts.leaderboard.left_out:
            yield from self._said_left_out(left_out)

    def _said_left_out(self, left_out: LeftOut) -> Iterator[str]:
        text = self._texts.get(left_out.code)
        if text is not None:
            yield fill(text, left_out.parameters, self._language)

    def _watch_for(self) -> Iterator[str]:
        yield self.say("card.watch.issues")
        yield self.say("card.watch.columns")
        yield self.say("card.watch.true_values")

    def _moment(self, text: str) -> str:
        """A moment in the reader's order; anything else as it stands."""
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        day = formatting.full_day(moment.date(), self._language)
        return f"{day} {formatting.clock(moment, self._language)}"
