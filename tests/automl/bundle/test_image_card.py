"""The model card of images: both languages, nothing claimed that was not measured."""

import dataclasses
import re
from html.parser import HTMLParser

import msgspec
import pytest

from automl.bundle.manifest_builder import build_manifest
from automl.bundle.model_card import model_card
from automl.bundle.source import ImagesSource
from automl.domain.image_result import WeightsUsed
from automl.domain.task import TaskKind
from tests.automl.bundle.making_images import CLASSES, make_image_source


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())


def _said(source: ImagesSource, language: str) -> str:
    page = _Words()
    page.feed(model_card(source, build_manifest(source, "c41d 07be 52a9 e6f0"), language).decode("utf-8"))
    return " ".join(word for word in page.words if word and not word.startswith(("body", "@")))


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("task", list(CLASSES))
def test_a_card_stands_by_itself(task: TaskKind, language: str) -> None:
    said = _said(make_image_source(task), language)
    assert "{" not in said
    assert not re.search(r"card\.|class\.\w", said)
    assert "타일 <검사>" in said


def test_what_was_measured_is_said() -> None:
    said = _said(make_image_source(), "en")
    assert "which of 3 classes it shows, and whether the part is OK, not good, or needs a person" in said
    assert "Of flawed parts 1% pass as OK (likely range 0% to 4%)." in said
    assert "They show 70 different parts" in said
    assert "torn apart it would have looked like" in said
    assert "Fewer than 20 images to learn from: stain 얼룩." in said
    assert "30 of 36" in said
    assert "column" not in said.replace("The verdict “unknown” and the column “issues”", "")


def test_words_of_two_classes_nobody_named() -> None:
    said = _said(make_image_source(TaskKind.ANOMALY), "ko")
    assert "good" in _said(make_image_source(TaskKind.MULTICLASS), "ko")
    assert "양품만으로 학습" in said
    assert "flawed" not in said


def test_a_licence_that_forbids_business_is_said_first() -> None:
    weights = (WeightsUsed("convnext", "CC-BY-NC-4.0", non_commercial=True), WeightsUsed("own"))
    said = _said(make_image_source(weights=weights), "en")
    assert "Commercial use: the licence of the weights “convnext” (CC-BY-NC-4.0) does not allow it." in said
    assert "“own”; nobody said under which licence" in said


def test_flaws_that_were_never_seen_are_not_claimed() -> None:
    source = make_image_source(TaskKind.ANOMALY)
    good_only = tuple(msgspec.structs.replace(one, actual=0) for one in source.images.judged)
    images = msgspec.structs.replace(source.images, judged=good_only, band=None)
    said = _said(dataclasses.replace(source, images=images), "en")
    assert "No image of a flawed part was labelled" in said
    assert "Of flawed parts" not in said
