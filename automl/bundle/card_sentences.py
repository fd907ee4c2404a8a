"""What the model card of a bundle says beyond the model itself: its inputs or classes, versions and fingerprints."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import resources
from automl.bundle.source import BundleSource, ImagesSource, TableSource
from automl.domain import formatting
from automl.domain.image_card import ImageCardFacts, ImageCardSentences
from automl.domain.model_card import OFTEN_MISSING, CardFacts, CardSentences
from automl.runtime.image_manifest import INT8, ImageManifest
from automl.runtime.manifest_reading import AnyManifest
from automl.runtime.parsing import NUMBER, TIME
from automl.runtime.table_manifest import InputColumn, TableManifest

_NAMED_CATEGORIES = 6


@dataclass(frozen=True)
class CardTable:
    """The table of a card: its title, its head and its rows."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class BundleWords:
    """The words of one bundle in one language.

    `classes` are the names of the classes as people call them, `verified` is the key of the sentence on the verification run.
    """

    sentences: CardSentences
    table: CardTable
    classes: tuple[str, ...]
    verified: str


def words_of_bundle(source: BundleSource, manifest: AnyManifest, language: str) -> BundleWords:
    """Return what the card of a bundle says. Raises TypeError when source and manifest are of different kinds."""
    if isinstance(source, TableSource) and isinstance(manifest, TableManifest):
        return _words_of_table(source, manifest, language)
    if isinstance(source, ImagesSource) and isinstance(manifest, ImageManifest):
        return _words_of_images(source, manifest, language)
    raise TypeError("source and manifest are of different kinds")


def details(words: BundleWords, manifest: AnyManifest) -> Iterator[tuple[str, str]]:
    """Yield versions, fingerprints and how the bundle was verified."""
    say, golden = words.sentences.say, manifest.golden
    yield say("card.made_by"), manifest.made_by
    versions = ", ".join(f"{name} {number}" for name, number in sorted(manifest.versions.items()))
    yield say("card.libraries"), versions
    yield say("card.data_fingerprint"), manifest.data.fingerprint
    yield say("card.signed_with"), manifest.key_id
    yield say("card.verified"), say(words.verified, rows=golden.rows, tolerance=f"{golden.tolerance:g}")
    if isinstance(manifest, ImageManifest):
        yield say("card.images.speed"), say("card.images.speed.text", milliseconds=f"{manifest.milliseconds:.1f}")


def _words_of_table(source: TableSource, manifest: TableManifest, language: str) -> BundleWords:
    facts = CardFacts(
        leaderboard=source.leaderboard,
        summary=source.summary,
        evaluation=source.evaluation,
        file_name=manifest.data.file_name,
        row_count=manifest.data.row_count,
        often_missing=tuple(one.name for one in manifest.inputs if one.missing_share >= OFTEN_MISSING),
    )
    sentences = CardSentences(facts, resources.texts(language), language)
    head = tuple(sentences.say(f"card.input.{name}") for name in ("name", "kind", "learned", "missing"))
    rows = tuple(_input(column, sentences, language) for column in manifest.inputs)
    table = CardTable(sentences.say("card.inputs"), head, rows)
    return BundleWords(sentences, table, manifest.classes, "card.verified.text")


def _words_of_images(source: ImagesSource, manifest: ImageManifest, language: str) -> BundleWords:
    facts = ImageCardFacts(
        leaderboard=source.leaderboard,
        summary=source.summary,
        evaluation=source.evaluation,
        file_name=manifest.data.file_name,
        row_count=manifest.data.row_count,
        images=source.images,
        class_counts=source.learned.class_counts,
        group_count=source.learned.group_count,
        weights=source.weights,
        smaller_numbers=manifest.numbers.kind == INT8,
    )
    sentences = ImageCardSentences(facts, resources.texts(language), language)
    head = tuple(sentences.say(f"card.images.class.{name}") for name in ("name", "learned", "found"))
    table = CardTable(sentences.say("card.images.classes"), head, tuple(sentences.class_rows()))
    names = tuple(map(sentences.class_name, manifest.classes))
    return BundleWords(sentences, table, names, "card.images.verified.text")


def _input(column: InputColumn, sentences: CardSentences, language: str) -> tuple[str, ...]:
    kind = sentences.say(f"card.kind.{column.kind}")
    missing = formatting.percent(column.missing_share)
    unit = f"{kind}, {column.unit}" if column.unit else kind
    return column.name, unit, _learned(column, sentences, language), missing


def _learned(column: InputColumn, sentences: CardSentences, language: str) -> str:
    if column.kind == TIME and column.minimum is not None and column.maximum is not None:
        return " – ".join(_day(moment, language) for moment in (column.minimum, column.maximum))
    if column.kind == NUMBER and column.minimum is not None and column.maximum is not None:
        return f"{formatting.number(column.minimum)} – {formatting.number(column.maximum)}"
    named = ", ".join(column.categories[:_NAMED_CATEGORIES])
    if column.category_count > _NAMED_CATEGORIES:
        return sentences.say("card.input.categories", count=column.category_count, names=named)
    return named


def _day(moment: float, language: str) -> str:
    return formatting.full_day(datetime.fromtimestamp(moment, UTC).date(), language)
