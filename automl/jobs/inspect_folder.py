"""The inspector: a folder is watched with a bundle for images until somebody stops it.

No job of the worker: it has no end, its verdicts are its output, and it must live as long as the terminal or service it
was started in.
"""

from collections.abc import Callable
from pathlib import Path

import resources
from automl.bundle.config_folder import config_folder
from automl.bundle.problems import as_refusal
from automl.bundle.trust import TrustStore
from automl.domain.issues import Issue
from automl.runtime.image.command import watch
from automl.runtime.image.inspector import Inspector
from automl.runtime.image.predictor import ImagePredictor
from automl.runtime.opening import open_bundle
from automl.runtime.words import Words


def inspect_folder(
    bundle: Path,
    folder: Path,
    tell: Callable[[Issue], None],
    *,
    language: str,
    to: Path | None = None,
    heatmaps: Path | None = None,
    as_json: bool = False,
    trust_key: bool = False,
) -> None:
    """Write a verdict to standard output for every new image, until it is stopped. Raises Refusal for what cannot be used."""
    with as_refusal():
        opened = open_bundle(bundle)
        note = TrustStore(config_folder()).require(opened, accept=trust_key)
        if note is not None:
            tell(note)
        words = Words.read(resources.path(f"translations/{language}/issues_predict.json"))
        inspector = Inspector(ImagePredictor(opened), folder, words, to=to, heatmaps=heatmaps)
        watch(inspector, words, as_json=as_json, classes=opened.manifest.classes)
