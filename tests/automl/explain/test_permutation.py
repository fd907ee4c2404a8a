import numpy as np

from automl.data.table import Table
from automl.explain.permutation import permutation_importance


def table(rows: int = 500) -> Table:
    random = np.random.default_rng(0)
    return Table(
        np.arange(1, rows + 1),
        {"pressure": random.normal(size=rows), "noise": random.normal(size=rows)},
        {"machine": random.choice(np.array(["IMM-07", "IMM-09"], dtype=object), rows)},
    )


def test_the_column_that_matters_most_comes_first_and_noise_weighs_nothing() -> None:
    rows = table()
    truth = 3 * rows.numbers["pressure"] + (rows.texts["machine"] == "IMM-09")

    def loss(shown: Table, positions: np.ndarray) -> float:
        said = 3 * shown.numbers["pressure"] + (shown.texts["machine"] == "IMM-09")
        return float(np.square(said - truth[positions]).mean())

    bars = permutation_importance(rows, ["noise", "machine", "pressure"], loss)
    assert [bar.column for bar in bars] == ["pressure", "machine", "noise"]
    assert bars[0].drop.lower > bars[1].drop.upper
    assert bars[2].drop.value == 0.0


def test_only_whole_rounds_count_when_time_is_up() -> None:
    def importance(turns: int) -> tuple[str, ...]:
        left = iter([True] * turns + [False])
        bars = permutation_importance(table(), ["noise", "pressure"], lambda *_: 0.0, go_on=lambda: next(left))
        return tuple(bar.column for bar in bars)

    assert importance(1) == ()
    assert sorted(importance(2)) == ["noise", "pressure"]
    assert sorted(importance(3)) == ["noise", "pressure"]
