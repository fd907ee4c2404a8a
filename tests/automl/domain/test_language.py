"""Sentences with their values put in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automl.domain.language import MissingParameterError, fill, final_sound, particle, placeholders


@pytest.mark.parametrize(
    ("word", "subject", "direction"),
    [
        ("부품", "이", "으로"),
        ("데이터", "가", "로"),
        ("서울", "이", "로"),
        ("HUMIDITY", "가", "로"),
        ("TEMP_1", "이", "로"),
        ("RPM", "이", "으로"),
        ("L", "이", "로"),
        ("12,480", "이", "으로"),
        ("3.2", "가", "로"),
        ("84%", "가", "로"),
        ("열(가격)", "이", "으로"),
        ("??", "이(가)", "(으)로"),
    ],
)
def test_particles_follow_the_last_sound(word: str, subject: str, direction: str) -> None:
    assert particle(word, "이/가") == subject
    assert particle(word, "으로/로") == direction


@given(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))
def test_every_syllable_takes_exactly_one_of_the_two_forms(syllable: str) -> None:
    has_final = (ord(syllable) - 0xAC00) % 28 != 0
    assert particle(syllable, "을/를") == ("을" if has_final else "를")
    assert particle(f"“{syllable}”", "을/를") == particle(syllable, "을/를")


@given(st.text())
def test_any_text_has_some_particle(text: str) -> None:
    sound = final_sound(text)
    assert sound is None or 0 <= sound < 28
    assert particle(text, "은/는") in {"은", "는", "은(는)"}


def test_english_chooses_the_word_by_the_count() -> None:
    template = "{n} {n|row|rows} of {total}"
    assert fill(template, {"n": 1, "total": 12480}, "en") == "1 row of 12,480"
    assert fill(template, {"n": 3, "total": 12480}, "en") == "3 rows of 12,480"


def test_particles_follow_the_value_as_it_is_shown() -> None:
    assert fill("{column:이/가} 비었습니다", {"column": "HUMIDITY"}, "ko") == "HUMIDITY가 비었습니다"
    assert fill("{share:percent:이/가} 비었습니다", {"share": 0.184}, "ko") == "18.4%가 비었습니다"


def test_a_missing_parameter_is_named() -> None:
    with pytest.raises(MissingParameterError, match="rows"):
        fill("{rows}", {}, "en")


@given(st.text(alphabet=st.characters(exclude_characters="{}")))
def test_text_without_placeholders_stays_as_it_is(text: str) -> None:
    assert fill(text, {}, "en") == text
    assert not placeholders(text)


@given(st.text())
def test_values_are_never_read_as_templates(value: str) -> None:
    assert fill("{name:raw}", {"name": value}, "en") == value


def test_placeholders_are_found_in_every_form() -> None:
    assert placeholders("{a} {b:percent} {c|one|many} {d:이/가}") == {"a", "b", "c", "d"}
