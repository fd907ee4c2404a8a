"""What the model card of a bundle says beyond the model itself: its inputs, versions and fingerprints."""

from collections.abc import Iterator
from datetime import UTC, datetime

import resources
from automl.bundle.source import BundleSource
from automl.domain import formatting
from automl.domain.model_card import OFTEN_MISSING, CardFacts, CardSentences
from automl.runtime.parsing import NUMBER, TIME
from automl.runtime.table_manifest import InputColumn, TableManifest

_NAMED_CATEGORIES = 6


class BundleSentences(CardSentences):
    """Says everything about one bundle in one language."""

    def __init__(self, source: BundleSource, manifest: TableManifest, language: str) -> None:
        facts = CardFacts(
            leaderboard=source.leaderboard,
            summary=source.summary,
            evaluation=source.evaluation,
            file_name=manifest.data.file_name,
            row_count=manifest.data.row_count,
            often_missing=tuple(one.name for one in manifest.inputs if one.missing_share >= OFTEN_MISSING),
        )
        super().__init__(facts, resources.texts(language), language)
        self._manifest = manifest

    def dated(self) -> str:
        """Return the line below the title with the day of the export."""
        return self.subtitle(datetime.fromisoformat(self._manifest.created))

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

    def _learned(self, column: InputColumn) -> str:
        if column.kind == TIME and column.minimum is not None and column.maximum is not None:
            return " – ".join(self._day(moment) for moment in (column.minimum, column.maximum))
        if column.kind == NUMBER and column.minimum is not None and column.maximum is not None:
            return f"{formatting.number(column.minimum)} – {formatting.number(column.maximum)}"
        named = ", ".join(column.categories[:_NAMED_CATEGORIES])
        if column.category_count > _NAMED_CATEGORIES:
            return self.say("card.input.categories", count=column.category_count, names=named)
        return named

    def _day(self, moment: float) -> str:
        return formatting.full_day(datetime.fromtimestamp(moment, UTC).date(), self._language)
