"""Figures of the model card, drawn as SVG in the series colours of the theme; their words stay text."""

import base64
import io
import json
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

import resources
from automl.domain.result import ModelEvaluation

KOREAN_FONTS = ("Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo", "NanumGothic")
_SHOWN_BARS = 12
_SHOWN_CLASSES = 12
_LONGEST_NAME = 28

Say = Callable[..., str]


@dataclass(frozen=True)
class CardFigure:
    """A figure as a data URI with the sentence that says what it shows."""

    source: str
    alternative: str


def importance_figure(evaluation: ModelEvaluation, say: Say) -> CardFigure | None:
    """How much worse the model gets without each column, most important first; None when it was not measured."""
    bars = sorted(evaluation.importance, key=lambda bar: -bar.drop.value)[:_SHOWN_BARS]
    if not bars:
        return None

    def draw(axes: Axes, colours: Mapping[str, str]) -> None:
        places = np.arange(len(bars))[::-1]
        drops = np.array([bar.drop.value for bar in bars])
        reach = np.array([[bar.drop.value - bar.drop.lower, bar.drop.upper - bar.drop.value] for bar in bars]).T
        axes.barh(places, drops, color=colours["s1"], height=0.6)
        axes.errorbar(drops, places, xerr=np.clip(reach, 0, None), fmt="none", ecolor=colours["text-2"], elinewidth=1)
        axes.set_yticks(places, [_short(bar.column) for bar in bars])
        axes.set_xlabel(say("card.figure.importance_axis"))

    return CardFigure(_drawn(draw, height=0.9 + 0.28 * len(bars)), say("card.figure.importance"))


def quality_figure(evaluation: ModelEvaluation, classes: tuple[str, ...], say: Say) -> CardFigure | None:
    """Actual against predicted: a matrix of counts for classes, points for a number."""
    if evaluation.regression is not None:
        actual, predicted = evaluation.regression.actual, evaluation.regression.predicted

        def draw_points(axes: Axes, colours: Mapping[str, str]) -> None:
            axes.scatter(actual, predicted, s=9, color=colours["s1"], alpha=0.5, linewidths=0)
            ends = [min(*actual, *predicted), max(*actual, *predicted)]
            axes.plot(ends, ends, color=colours["axis"], linewidth=1, linestyle="--")
            axes.set_xlabel(say("card.figure.actual"))
            axes.set_ylabel(say("card.figure.predicted"))

        return CardFigure(_drawn(draw_points, height=4.2), say("card.figure.points")) if actual else None
    if not evaluation.confusion or len(classes) > _SHOWN_CLASSES:
        return None
    counts = np.array(evaluation.confusion)

    def draw_matrix(axes: Axes, colours: Mapping[str, str]) -> None:
        _draw_counts(axes, counts, classes, colours)
        axes.set_xlabel(say("card.figure.predicted"))
        axes.set_ylabel(say("card.figure.actual"))

    return CardFigure(_drawn(draw_matrix, height=1.4 + 0.5 * len(classes)), say("card.figure.confusion"))


def calibration_figure(evaluation: ModelEvaluation, say: Say) -> CardFigure | None:
    """Predicted against observed share of "yes"; None without it."""
    bins = evaluation.calibration
    if not bins:
        return None

    def draw(axes: Axes, colours: Mapping[str, str]) -> None:
        predicted = np.array([each.predicted for each in bins])
        observed = np.array([each.observed.value for each in bins])
        reach = np.array([[each.observed.lower, each.observed.upper] for each in bins]).T
        axes.plot([0, 1], [0, 1], color=colours["axis"], linewidth=1, linestyle="--")
        spread = np.clip(np.abs(reach - observed), 0, None)
        axes.errorbar(
            predicted, observed, yerr=spread, fmt="o", color=colours["s1"], ecolor=colours["s1"], elinewidth=1
        )
        axes.set_xlabel(say("card.figure.predicted_share"))
        axes.set_ylabel(say("card.figure.observed_share"))

    return CardFigure(_drawn(draw, height=3.8), say("card.figure.calibration"))


def _draw_counts(axes: Axes, counts: np.ndarray, classes: tuple[str, ...], colours: Mapping[str, str]) -> None:
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    light_to_series = mpl.colors.LinearSegmentedColormap.from_list("counts", [colours["surface"], colours["s1"]])
    axes.imshow(shares, cmap=light_to_series, vmin=0, vmax=1, aspect="auto")
    for (row, column), count in np.ndenumerate(counts):
        colour = colours["on-accent"] if shares[row, column] > 0.55 else colours["text"]
        axes.text(column, row, f"{count:,}", ha="center", va="center", color=colour)
    axes.set_xticks(range(len(classes)), [_short(name) for name in classes])
    axes.set_yticks(range(len(classes)), [_short(name) for name in classes])


def _drawn(draw: Callable[[Axes, Mapping[str, str]], None], height: float) -> str:
    """Draw on clean axes and return the SVG as a data URI, the same bytes for the same figure."""
    colours: dict[str, str] = json.loads(resources.path("themes/light.json").read_text(encoding="utf-8"))
    style = mpl.rc_context(
        {
            "svg.fonttype": "none",
            "svg.hashsalt": "lathe",
            "font.family": [*_fonts_here(), "sans-serif"],
            "font.size": 9.5,
            "axes.unicode_minus": False,
            "text.color": colours["text"],
            "axes.labelcolor": colours["text-2"],
            "axes.edgecolor": colours["border"],
            "xtick.color": colours["text-2"],
            "ytick.color": colours["text"],
            "axes.spines.top": False,
            "axes.spines.right": False,
            "text.parse_math": False,
        }
    )
    with style, warnings.catch_warnings():
        # The words stay text in the SVG: whoever looks at it has the glyphs this computer may lack.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = Figure(figsize=(6.4, height), layout="constrained")
        draw(figure.add_subplot(), colours)
        content = io.BytesIO()
        figure.savefig(content, format="svg", metadata={"Date": None})
    return f"data:image/svg+xml;base64,{base64.b64encode(content.getvalue()).decode()}"


def _fonts_here() -> list[str]:
    known = {font.name for font in font_manager.fontManager.ttflist}
    return [name for name in KOREAN_FONTS if name in known]


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
