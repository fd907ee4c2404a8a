"""English and Korean say the same things, and everything the code says has words."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from automl.domain.formatting import FORMATS
from automl.domain.language import placeholders
from tests.architecture.sources import calls, python_files

# How the window and the command line ask for words: the name of the call and which argument is the key.
ASKING = {
    "translate": 0,
    "text": 0,
    "bind_text": 1,
    "bind_tooltip": 1,
    "bind_accessible_name": 1,
    "bind_placeholder": 1,
}
KEY = re.compile(r"[a-z][\w-]*(\.[\w-]+)+")
SPACE_BEFORE_UNIT = re.compile(r"\{(?!value|name|class|column)\w+\}\s+(개|행|분|초|건|%)")
PLAIN_ENDING = re.compile(r"(?<![가-힣])(이다|한다|된다|없다|있다)[.!]?$")


def catalogue(language: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in sorted(resources.path(f"translations/{language}").glob("*.json")):
        texts |= json.loads(path.read_text(encoding="utf-8"))
    return texts


def values(template: str) -> frozenset[str]:
    """Return the parameters a template shows; one that only chooses between singular and plural needs no counterpart."""
    return placeholders(re.sub(r"\{\w+\|[^{}]*\}", "", template))


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    return catalogue("en")


@pytest.fixture(scope="module")
def korean() -> dict[str, str]:
    return catalogue("ko")


def test_both_languages_have_the_same_files_and_keys() -> None:
    files = {language: {path.name for path in _files(language)} for language in ("en", "ko")}
    assert files["en"] == files["ko"]
    for path in _files("en"):
        beside = path.parents[1] / "ko" / path.name
        assert _keys(path) == _keys(beside), path.name


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_key_is_given_twice(language: str) -> None:
    keys = [key for path in _files(language) for key in _keys(path)]

    assert len(keys) == len(set(keys)), sorted({key for key in keys if keys.count(key) > 1})


def test_both_languages_use_the_same_parameters(english: dict[str, str], korean: dict[str, str]) -> None:
    different = {key for key in english if values(english[key]) != values(korean.get(key, ""))}

    assert not different


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_text_says_something_and_its_placeholders_are_understood(language: str) -> None:
    wrong = [key for key, text in catalogue(language).items() if not text.strip() or not _is_well_formed(text)]

    assert not wrong


def test_korean_numbers_stand_close_to_their_units(korean: dict[str, str]) -> None:
    assert not {key: text for key, text in korean.items() if SPACE_BEFORE_UNIT.search(text)}


def test_korean_sentences_are_polite(korean: dict[str, str]) -> None:
    assert not {key: text for key, text in korean.items() if PLAIN_ENDING.search(text)}


def test_every_key_in_the_code_has_words(english: dict[str, str]) -> None:
    paths = [
        *python_files("desktop"),
        *(path for path in python_files("automl") if path.name == "cli.py" or "cli" in path.parts),
    ]
    missing = [f"{path} {key}" for path in paths for key in _keys_asked_for(path) if not _has_words(key, english)]

    assert not missing


def test_every_issue_of_the_core_has_words(english: dict[str, str]) -> None:
    codes = {code: path for path in python_files("automl") for code in _codes(path, ("Issue", "Problem"))}
    nameless = [f"{path} {code}" for code, path in codes.items() if f"issue.{code}.title" not in english]
    unexplained = [code for code in codes if not {f"issue.{code}.detail", f"issue.{code}.next"} & english.keys()]

    assert codes
    assert not nameless
    assert not unexplained


def test_every_sentence_of_the_core_has_words(english: dict[str, str]) -> None:
    missing = [
        f"{path} {code}"
        for path in python_files("automl")
        for code in _codes(path, ("InWords",))
        if f"words.{code}" not in english
    ]

    assert not missing


def _files(language: str) -> list[Path]:
    return sorted(resources.path(f"translations/{language}").glob("*.json"))


def _keys(path: Path) -> list[str]:
    pairs: list[tuple[str, str]] = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list)
    return sorted(key for key, _ in pairs)


def _is_well_formed(text: str) -> bool:
    inside = re.findall(r"\{([^{}]*)\}", text)
    formats = [part for place in inside for part in place.partition("|")[0].split(":")[1:]]
    braces_match = text.count("{") == text.count("}") == len(inside)
    return braces_match and all("/" in part or part in FORMATS for part in formats)


def _keys_asked_for(path: Path) -> Iterator[str]:
    for call, name in calls(path):
        place = ASKING.get(name.rpartition(".")[2])
        if place is not None and len(call.args) > place:
            yield from _literal_keys(call.args[place])


def _literal_keys(node: ast.expr) -> Iterator[str]:
    """Keys an expression can be, with ``*`` for what is only known at run time."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values]
        if re.match(r"[a-z][\w-]*\.", parts[0]):
            yield "".join(parts)
    elif isinstance(node, ast.IfExp):
        yield from _literal_keys(node.body)
        yield from _literal_keys(node.orelse)


def _has_words(key: str, texts: dict[str, str]) -> bool:
    if "*" not in key:
        return key in texts
    pattern = re.compile(".+".join(re.escape(part) for part in key.split("*")))
    return any(pattern.fullmatch(known) for known in texts)


def _codes(path: Path, records: tuple[str, ...]) -> Iterator[str]:
    for call, name in calls(path):
        if name.rpartition(".")[2] in records:
            given = [call.args[0]] if call.args else [word.value for word in call.keywords if word.arg == "code"]
            yield from (node.value for node in given if isinstance(node, ast.Constant) and isinstance(node.value, str))
