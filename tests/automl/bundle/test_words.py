"""Every problem a bundle can name has its words in both languages, simple enough for the runtime."""

import json
import re
from pathlib import Path

import pytest

import automl.bundle
import automl.runtime
from automl.runtime import row_checks
from automl.runtime.parsing import NUMBER, TIME

ROOT = Path(__file__).parents[3]
SOURCES = [Path(str(package.__file__)).parent for package in (automl.runtime, automl.bundle)]
CODE = re.compile(r'"((?:bundle|predict)\.[a-z_]+)"')
SIMPLE = re.compile(r"\{\w+\}")


def _catalogue(language: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name in ("issues_predict", "verification"):
        path = ROOT / f"resources/translations/{language}/{name}.json"
        texts |= json.loads(path.read_text(encoding="utf-8"))
    return texts


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_code_is_said(language: str) -> None:
    texts = _catalogue(language)
    files = [
        *SOURCES[0].glob("*.py"),
        *SOURCES[1].glob("*.py"),
        ROOT / "automl/jobs/export.py",
        ROOT / "automl/jobs/predict.py",
    ]
    codes = {code for file in files for code in CODE.findall(file.read_text(encoding="utf-8"))}
    plain = {"predict.done", "predict.rows_with_issues", "predict.py"}
    for code in codes - plain:
        for part in ("title", "detail", "next"):
            assert texts.get(f"issue.{code}.{part}"), f"{code}.{part}"
    kinds = {NUMBER, TIME}
    issues = [value for name, value in vars(row_checks).items() if name.isupper() and isinstance(value, str)]
    assert all(texts.get(f"row_issue.{code}") for code in set(issues) - kinds)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_runtimes_words_need_only_names_filled_in(language: str) -> None:
    path = ROOT / f"resources/translations/{language}/issues_predict.json"
    for key, text in json.loads(path.read_text(encoding="utf-8")).items():
        assert "{" not in SIMPLE.sub("", text), key


def test_both_languages_fill_in_the_same() -> None:
    english, korean = _catalogue("en"), _catalogue("ko")
    assert english.keys() == korean.keys()
    for key in english:
        names = [set(re.findall(r"\{(\w+)", texts[key])) for texts in (english, korean)]
        assert names[1] <= names[0], key
