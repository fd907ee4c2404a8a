"""The word a person probably meant."""

import pytest

from automl.domain.spelling import nearest


@pytest.mark.parametrize(
    ("word", "found"),
    [("Pressure", "pressure"), ("presure", "pressure"), ("온도 1", "온도1"), ("ＬＯＴ", "lot")],
)
def test_the_nearest_known_word_is_found(word: str, found: str) -> None:
    assert nearest(word, ["pressure", "온도1", "lot"]) == found


def test_only_nothing_known_gives_nothing() -> None:
    assert nearest("zzz", []) == ""
    assert nearest("zzz", ["온도"]) == "온도"
