"""What the terminal says: in its language, to the width of Hangul, with values read as people write them."""

import contextlib
from argparse import ArgumentTypeError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automl.cli.console import shortened, width
from automl.cli.values import Values
from automl.cli.words import Words, language_of
from automl.domain.issues import Issue, Where
from automl.domain.language import Language
from automl.domain.schema import Role
from automl.domain.task import GroupSplit, Metric, RandomSplit, TimeSplit

VALUES = Values(Words(Language.ENGLISH))


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, Language.ENGLISH),
        ({"LANG": "ko_KR.UTF-8"}, Language.KOREAN),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": "C.UTF-8"}, Language.ENGLISH),
        ({"LANG": "en_US.UTF-8", "LATHE_LANGUAGE": "ko"}, Language.KOREAN),
    ],
)
def test_the_language_is_that_of_the_terminal(environment: dict[str, str], language: Language) -> None:
    assert language_of(environment) is language


@given(st.text(max_size=30), st.integers(1, 20))
def test_a_shortened_text_fits(text: str, most: int) -> None:
    assert width(shortened(text, most)) <= most or width(text) <= most
    if width(text) <= most:
        assert shortened(text, most) == text


def test_hangul_takes_two_columns() -> None:
    assert width("온도 1") == 6
    assert shortened("온도 센서", 6) == "온도 …"


@pytest.mark.parametrize(("text", "seconds"), [("60s", 60), ("10m", 600), ("1h", 3600), ("1.5H", 5400), ("90", 90)])
def test_durations(text: str, seconds: float) -> None:
    assert VALUES.duration(text) == seconds


def test_other_values() -> None:
    assert (VALUES.share("0.25"), VALUES.share("25%"), VALUES.share("none")) == (0.25, 0.25, None)
    assert VALUES.money("1,200") == 1200
    assert VALUES.metric("Log-Loss") is Metric.LOG_LOSS
    assert VALUES.role("a=b=Ignore") == ("a=b", Role.IGNORE)
    assert VALUES.split("auto") is None
    assert VALUES.split("random") == RandomSplit()
    assert VALUES.split("time:측정 시각") == TimeSplit("측정 시각")
    assert VALUES.split("group:a:b") == GroupSplit("a:b")


@pytest.mark.parametrize("text", ["nan", "inf", "1e400", "-1", "0", ""])
def test_an_amount_is_a_number_one_can_pay(text: str) -> None:
    with pytest.raises(ArgumentTypeError):
        VALUES.money(text)


@pytest.mark.parametrize("text", ["99999999999999999999", "1" * 5000, "-1", "1.5"])
def test_a_seed_is_one_that_every_library_takes(text: str) -> None:
    with pytest.raises(ArgumentTypeError):
        VALUES.seed(text)


@pytest.mark.parametrize("text", ["99999999999999h", "9" * 400, "0s", "nan"])
def test_a_duration_ends(text: str) -> None:
    with pytest.raises(ArgumentTypeError):
        VALUES.duration(text)


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for read in (VALUES.duration, VALUES.share, VALUES.money, VALUES.metric, VALUES.role, VALUES.split, VALUES.seed):
        with contextlib.suppress(ArgumentTypeError):
            read(text)


def test_an_issue_is_a_paragraph() -> None:
    issue = Issue("job.file_missing", parameters={"file": "a.csv", "path": "/x/a.csv"}, where=Where(file="a.csv"))
    assert Words(Language.ENGLISH).issue(issue) == (
        "“a.csv” was not found. There is nothing at /x/a.csv. Check the path."
    )
    assert Words(Language.KOREAN).issue(issue).startswith("“a.csv” 파일을 찾을 수 없습니다.")
