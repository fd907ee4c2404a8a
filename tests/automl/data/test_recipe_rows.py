"""Equal rows are kept together where they were copied, and count one by one where coarse values make them by chance."""

import numpy as np

from automl.data.recipe_rows import copied_groups, row_groups
from automl.data.table import Table


def table_of(numbers: dict[str, list[float]], texts: dict[str, list[str]]) -> Table:
    count = len(next(iter((numbers | texts).values())))
    return Table(
        np.arange(1, count + 1),
        {name: np.array(values, dtype=np.float64) for name, values in numbers.items()},
        {name: np.array(values, dtype=object) for name, values in texts.items()},
    )


def test_equal_rows_get_one_number_in_order_of_their_first() -> None:
    table = table_of({"a": [2.0, 1.0, 2.0, np.nan, np.nan]}, {"b": ["x", "x", "x", "", ""]})
    assert row_groups(table).tolist() == [0, 1, 0, 2, 2]


def test_copies_of_fine_measurements_stay_together() -> None:
    values = np.random.default_rng(0).normal(size=60).tolist() * 4
    assert copied_groups(table_of({"a": values}, {"b": ["x", "y"] * 120})).tolist() == list(range(60)) * 4


def test_rows_of_coarse_values_count_one_by_one() -> None:
    random = np.random.default_rng(0)
    texts = {
        "colour": random.choice(["red", "green", "blue"], 300).tolist(),
        "line": random.choice(["1", "2"], 300).tolist(),
    }
    assert copied_groups(table_of({}, texts)).tolist() == list(range(300))


def test_a_table_without_equal_rows_is_numbered_through() -> None:
    assert copied_groups(table_of({"a": [3.0, 1.0, 2.0]}, {})).tolist() == [0, 1, 2]
