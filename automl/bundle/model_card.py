"""The model card: what a model is for, how good it is and what to watch for, as one HTML page without anything outside it."""

from collections.abc import Iterable
from datetime import datetime
from html import escape
from string import Template

import resources
from automl.bundle.card_figures import CardFigure, calibration_figure, importance_figure, quality_figure
from automl.bundle.card_sentences import details, words_of_bundle
from automl.bundle.source import BundleSource
from automl.runtime.manifest_reading import AnyManifest

_CARD = "bundle_template/model_card.html"


def model_card(source: BundleSource, manifest: AnyManifest, language: str) -> bytes:
    """Return the page in one language."""
    words = words_of_bundle(source, manifest, language)
    evaluation, say = source.evaluation, words.sentences.say
    figures = (
        quality_figure(evaluation, words.classes, say),
        calibration_figure(evaluation, say),
        importance_figure(evaluation, say),
    )
    page = Template(resources.path(_CARD).read_text(encoding="utf-8"))
    filled = page.substitute(
        language=language,
        title=escape(manifest.project),
        subtitle=escape(words.sentences.subtitle(datetime.fromisoformat(manifest.created))),
        facts="\n".join(_fact(name, sentences) for name, sentences in words.sentences.facts()),
        figures="\n".join(_figure(figure) for figure in figures if figure is not None),
        inputs_title=escape(words.table.title),
        inputs_head=_row("th", words.table.head),
        inputs="\n".join(_row("td", cells) for cells in words.table.rows),
        details_title=escape(say("card.details")),
        details="\n".join(_fact(name, [text]) for name, text in details(words, manifest)),
    )
    return filled.encode("utf-8")


def _fact(name: str, sentences: Iterable[str]) -> str:
    said = "<br>".join(escape(sentence) for sentence in sentences)
    return f"<dt>{escape(name)}</dt><dd>{said}</dd>"


def _figure(figure: CardFigure) -> str:
    caption = escape(figure.alternative)
    return f'<figure><img src="{figure.source}" alt="{caption}"><figcaption>{caption}</figcaption></figure>'


def _row(tag: str, cells: Iterable[str]) -> str:
    return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"
