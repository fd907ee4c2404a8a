"""The sentences of the model card of a model of images, computed from what was measured. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from automl.domain import formatting
from automl.domain.image_result import NO_GAP, ImageEvaluation, WeightsUsed
from automl.domain.model_card import CardFacts, CardSentences
from automl.domain.result import Interval
from automl.domain.task import TaskKind

_FEW_IMAGES = 20
_UNCALIBRATED = 0.08
# What the two classes are called where nobody named them.
_CODES_OF_TWO = ("good", "flawed")


@dataclass(frozen=True, kw_only=True)
class ImageCardFacts(CardFacts):
    """What a card of a model of images tells of.

    `class_counts` are the images learned from in the order of the classes, `group_count` how many parts they show (images
    of one group count once); empty and 0 where nobody counted. `smaller_numbers` tells that the graph calculates in 8 bits.
    """

    images: ImageEvaluation
    class_counts: tuple[int, ...] = ()
    group_count: int = 0
    weights: tuple[WeightsUsed, ...] = ()
    smaller_numbers: bool = False


class ImageCardSentences(CardSentences):
    """Says everything about one model of images in one language."""

    def __init__(self, facts: ImageCardFacts, texts: dict[str, str], language: str) -> None:
        super().__init__(facts, texts, language)
        self._image_facts = facts
        self._no_weak_spots = "card.images.weak_spots.none"

    def class_name(self, name: str) -> str:
        """Return a class as a person calls it: the two classes that were not named by anybody have words."""
        nobody_named = self._image_facts.images.classes == _CODES_OF_TWO
        return self._texts.get(f"class.{name}", name) if nobody_named else name

    def class_rows(self) -> Iterator[tuple[str, str, str]]:
        """Yield name, images learned from and the share recognised of every class."""
        facts = self._image_facts
        counts = facts.class_counts or (None,) * len(facts.images.classes)
        confusion = facts.evaluation.confusion
        for place, (name, count) in enumerate(zip(facts.images.classes, counts, strict=False)):
            judged = confusion[place] if place < len(confusion) else ()
            found = self.say("card.images.found", found=judged[place], images=sum(judged)) if sum(judged) else "–"
            yield self.class_name(name), "–" if count is None else f"{count:,}", found

    def not_for(self) -> Iterator[str]:
        """Yield what the model cannot do and what its weights may not be used for."""
        yield self.say("card.images.not_for")
        yield self.say("card.images.cannot")
        for weights in self._image_facts.weights:
            if weights.non_commercial:
                yield self.say("card.images.weights.non_commercial", name=weights.name, licence=weights.licence)

    def _what_for(self) -> str:
        facts = self._image_facts
        if facts.leaderboard.task is TaskKind.ANOMALY:
            return self.say("card.images.what_for.anomaly")
        if facts.leaderboard.task is TaskKind.BINARY:
            return self.say("card.images.what_for.two")
        key = "card.images.what_for.verdict" if facts.images.good else "card.images.what_for.classes"
        return self.say(key, count=len(facts.images.classes))

    def _learned_from(self) -> Iterator[str]:
        facts, split = self._image_facts, self._image_facts.leaderboard.split
        yield self.say("card.images.learned_from", images=split.learn_rows, all=facts.row_count, file=facts.file_name)
        if facts.group_count and facts.group_count < sum(facts.class_counts):
            yield self.say("card.images.groups", groups=facts.group_count)
        kind = "card.images.split" if split.holdout_rows else "card.images.split.no_holdout"
        yield self.say(kind, images=split.holdout_rows, folds=split.folds)
        for weights in facts.weights:
            key = "card.images.weights" if weights.licence else "card.images.weights.no_licence"
            yield self.say(key, name=weights.name, licence=weights.licence)

    def _how_good(self) -> Iterator[str]:
        facts, images, summary = self._image_facts, self._image_facts.images, self._image_facts.summary
        where = "card.images.judged.holdout" if facts.evaluation.on_holdout else "card.images.judged.out_of_fold"
        yield self.say(where, images=facts.evaluation.row_count)
        yield self._scored("card.score", summary, summary.metric)
        yield from self._gap()
        if images.band is not None and images.good:
            for name in ("missed", "stopped", "to_person"):
                yield self._share(f"card.images.{name}", getattr(images.band, name))
        elif images.band is not None:
            yield self._share("card.images.to_person", images.band.to_person)
        if facts.smaller_numbers:
            yield self.say("card.images.smaller_numbers")
        yield from self._chosen()

    def _gap(self) -> Iterator[str]:
        """What the score would have looked like with images of one part on both sides."""
        gap, metric = self._image_facts.images.gap(), self._image_facts.summary.metric
        if gap is None:
            return
        if abs(gap[1] - gap[0]) < NO_GAP:
            yield self.say("card.images.grouped.same")
            return
        grouped, torn = (self._shown(Interval(score, score, score), metric)["value"] for score in gap)
        yield self.say("card.images.grouped", grouped=grouped, random=torn)

    def _share(self, key: str, share: Interval) -> str:
        percent = formatting.percent
        return self.say(key, value=percent(share.value), lower=percent(share.lower), upper=percent(share.upper))

    def _weak_spots(self) -> Iterator[str]:
        facts, images = self._image_facts, self._image_facts.images
        if facts.leaderboard.task is TaskKind.ANOMALY and not any(judged.actual for judged in images.judged):
            yield self.say("card.images.weak.no_flaws")
        few = [
            self.class_name(name)
            for name, count in zip(images.classes, facts.class_counts, strict=False)
            if 0 < count < _FEW_IMAGES
        ]
        if few:
            yield self.say("card.images.weak.few", names=", ".join(few), count=_FEW_IMAGES)
        for name, found, count in self._poorly_found():
            yield self.say("card.images.weak.class", name=self.class_name(name), found=found, images=count)
        if images.calibration_error > _UNCALIBRATED:
            yield self.say("card.weak.calibration.images")

    def _watch_for(self) -> Iterator[str]:
        yield self.say("card.images.watch.unknown")
        yield self.say("card.images.watch.camera")
        yield self.say("card.watch.true_values")
