"""Golden rows: enough of them, with every edge, and the same each time."""

import numpy as np
import pytest

from automl.bundle.learned import learn_columns
from automl.bundle.probes import UNSEEN_TEXT, choose_probes, golden_rows
from automl.data.table import Table
from automl.runtime.row_checks import category_hash
from tests.automl.bundle.making import SCHEMA, raw_table, typed_table


@pytest.mark.parametrize("rows", [1, 7, 400, 3000])
def test_there_are_always_enough_rows(rows: int) -> None:
    probes = choose_probes(typed_table(raw_table(rows)), SCHEMA)
    assert len(probes) >= 1000
    assert np.count_nonzero(probes.row_numbers) == min(rows, 1000)


def test_every_edge_is_there() -> None:
    table = typed_table(raw_table(400))
    probes = choose_probes(table, SCHEMA)
    made_up = probes.take(np.flatnonzero(probes.row_numbers == 0))
    for name, values in made_up.numbers.items():
        assert np.isnan(values).any(), name
    assert UNSEEN_TEXT in made_up.texts["MACHINE"]
    assert "" in made_up.texts["MACHINE"]
    heat = made_up.numbers["온도"]
    assert np.nanmax(heat) > np.nanmax(table.numbers["온도"])
    limited = made_up.numbers["PRESSURE"]
    assert np.nanmin(limited) >= 100
    assert np.nanmax(limited) <= 400
    known = np.isin(made_up.numbers["TIME"], table.numbers["TIME"]) | np.isnan(made_up.numbers["TIME"])
    assert known.all()


def test_the_same_rows_each_time() -> None:
    table = typed_table(raw_table(50))
    first, second = choose_probes(table, SCHEMA, 3), choose_probes(table, SCHEMA, 3)
    np.testing.assert_array_equal(first.numbers["온도"], second.numbers["온도"])


def test_rows_without_an_answer_are_no_golden_rows() -> None:
    probes = choose_probes(typed_table(raw_table(50)), SCHEMA)
    answers = np.zeros(len(probes))
    answers[5] = np.nan
    assert len(golden_rows(probes, answers)) == len(probes) - 1


def test_very_many_categories_are_remembered_by_their_hashes() -> None:
    texts = np.array([f"lot {number}" for number in range(1500)] + [""], dtype=object)
    learned = learn_columns(Table(np.arange(1501), {"x": np.full(1501, np.nan)}, {"LOT": texts}))
    lots = learned.column("LOT")
    assert (lots.category_count, lots.categories) == (1500, ())
    assert category_hash("lot 7") in lots.category_hashes
    assert learned.column("x").minimum is None
