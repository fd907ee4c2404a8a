"""The model card: both languages, nothing outside the page, nothing claimed that was not measured."""

import base64
import re
from html.parser import HTMLParser

import pytest

from automl.bundle.manifest_builder import build_manifest
from automl.bundle.model_card import model_card
from automl.domain.task import TaskKind
from tests.automl.bundle.making import TABLE_TASKS, make_source


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data.strip())


def _card(task: TaskKind, language: str) -> tuple[str, _Page]:
    source = make_source(task)
    text = model_card(source, build_manifest(source, "c41d 07be 52a9 e6f0"), language).decode("utf-8")
    page = _Page()
    page.feed(text)
    return text, page


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("task", TABLE_TASKS)
def test_a_card_stands_by_itself(task: TaskKind, language: str) -> None:
    text, page = _card(task, language)
    assert not re.search(r"https?://(?!www\.w3\.org)", text)
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "link", "iframe", "object", "form"})
    images = [attributes for tag, attributes in page.tags if tag == "img"]
    assert len(images) == (2 if task is TaskKind.REGRESSION else 3)
    for attributes in images:
        kind, _, content = str(attributes["src"]).partition(",")
        assert kind == "data:image/svg+xml;base64"
        drawing = base64.b64decode(content).decode("utf-8")
        assert "<script" not in drawing
        assert attributes["alt"]
    assert "{" not in "".join(word for word in page.words if not word.startswith(("body", "@")))


def test_names_of_people_are_text_not_markup() -> None:
    text, page = _card(TaskKind.BINARY, "ko")
    assert "도어 패널 &lt;품질&gt;" in text
    assert "도어 패널 <품질>" in page.words
    assert any("기계 9" in word for word in page.words)


def test_the_same_model_gives_the_same_card() -> None:
    assert _card(TaskKind.BINARY, "en")[0] == _card(TaskKind.BINARY, "en")[0]


def test_what_was_measured_is_said() -> None:
    words = " ".join(_card(TaskKind.BINARY, "en")[1].words)
    assert "Finds 30 of 32 rows that are “=yes”; stops 2 of 32 others." in words
    assert "0.21 (likely range 0.18 to 0.25)" in words
    assert "For comparison, guessing" in words
    number = " ".join(_card(TaskKind.REGRESSION, "en")[1].words)
    assert "within ± 0.9 of the estimate in 95% of rows" in number
