"""The leaderboard as a table for a spreadsheet."""

import csv
import io
from collections.abc import Sequence

from automl.domain.result import Leaderboard
from desktop.i18n import translate
from desktop.itemmodels.leaderboard import BoardRow
from desktop.itemmodels.model_words import family_name, model_detail, model_recipe

FIELDS = (
    "model",
    "recipe",
    "how",
    "metric",
    "score",
    "low",
    "high",
    "checking",
    "milliseconds",
    "bytes",
    "simple",
    "suggested",
)


def leaderboard_csv(leaderboard: Leaderboard, rows: Sequence[BoardRow]) -> str:
    """Return the rows shown as CSV with a header; numbers are plain, so that a spreadsheet can reckon with them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    metrics = sorted({name for row in rows for name in row.model.metrics})
    writer.writerow([*(translate(f"compare.export.{field}") for field in FIELDS), *metrics])
    for row in rows:
        model = row.model
        known = [model.metrics.get(name) for name in metrics]
        writer.writerow(
            [
                family_name(model),
                model_detail(model, leaderboard),
                model_recipe(model),
                model.metric.value,
                row.score.value,
                row.score.lower,
                row.score.upper,
                model.checking.value,
                model.milliseconds_per_row,
                model.size_bytes,
                model.simplicity,
                translate("compare.export.yes") if model.model_id == leaderboard.chosen else "",
                *("" if one is None else one.value for one in known),
            ]
        )
    return text.getvalue()
