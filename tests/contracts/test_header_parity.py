"""Column names come out the same when a table is imported and when it is predicted."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from automl.data.readers.header import unique_names
from automl.runtime.header import column_names

CELLS = st.sampled_from(
    ["", " ", "a", "a ", "a_2", "a\n b", "column_1", "column_2", "온도", "온도", "\ufeffa", "x\x00", "1"]
)


@given(st.lists(CELLS | st.text(max_size=6), max_size=8))
def test_names_are_the_same(cells: list[str]) -> None:
    names, _ = unique_names(cells, Path("table.csv"))
    assert column_names(cells) == names
    assert len(set(names)) == len(names)
