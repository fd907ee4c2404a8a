import msgspec
import numpy as np
import pytest

from automl.domain.result import Interval, Leaderboard, ModelEvaluation, ModelSummary, SplitSummary
from automl.domain.task import Family, Goal, Metric, MistakeCost, TaskKind
from automl.evaluation.chart_data import CheckedRows, evaluate_model
from automl.evaluation.leaderboard import CheckedModel, RunFacts, build_leaderboard

ROWS = 600


def summary(model_id: str, family: Family, checking: float, metric: Metric) -> ModelSummary:
    return ModelSummary(
        model_id=model_id,
        family=family,
        number=1,
        words=(),
        metric=metric,
        checking=Interval(checking, checking, checking),
        holdout=None,
        metrics={},
        seconds=1.0,
        milliseconds_per_row=0.1,
        size_bytes=1000,
        simplicity=3,
        alarm_line=0.2 if metric is Metric.COST else 0.5,
    )


def rows(signal: float, task: TaskKind = TaskKind.BINARY) -> tuple[CheckedRows, np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    if task is TaskKind.REGRESSION:
        target = random.normal(size=ROWS)
        guess = np.zeros(ROWS)
        model = signal * target + (1 - signal) * random.normal(size=ROWS) * 0.1
        return CheckedRows(np.arange(1, ROWS + 1), target, task, (), True), guess, model
    codes = random.integers(0, 2, ROWS)
    risk = np.clip(0.5 + signal * (codes - 0.5) + random.normal(scale=0.15, size=ROWS), 0.01, 0.99)
    guess = np.full((ROWS, 2), 0.5)
    classes = ("no", "yes")
    return CheckedRows(np.arange(1, ROWS + 1), codes, task, classes, True), guess, np.column_stack([1 - risk, risk])


def leaderboard(signal: float, task: TaskKind = TaskKind.BINARY, cost: MistakeCost | None = None) -> Leaderboard:
    checked, guess, model = rows(signal, task)
    metric = Metric.RMSE if task is TaskKind.REGRESSION else Metric.COST if cost else Metric.LOG_LOSS
    facts = RunFacts("run", Goal(target="y", cost=cost), metric, SplitSummary("random", "", 900, ROWS, 5), (), (), 1)
    models = [
        CheckedModel(summary("guess", Family.BASELINE, 0.69, metric), guess, 0.69),
        CheckedModel(summary("trees", Family.BOOSTED, 0.3, metric), model, 0.3),
    ]
    return build_leaderboard(facts, checked, models)


@pytest.mark.parametrize(
    ("signal", "task", "expected"),
    [
        (0.25, TaskKind.BINARY, "verdict.good_enough.binary"),
        (0.0, TaskKind.BINARY, "verdict.not_proven.binary"),
        (0.9, TaskKind.BINARY, "verdict.too_good.binary"),
        (0.8, TaskKind.REGRESSION, "verdict.good_enough.regression"),
    ],
)
def test_the_verdict_follows_the_evidence(signal: float, task: TaskKind, expected: str) -> None:
    assert leaderboard(signal, task).verdict.code == expected


@pytest.mark.parametrize("positives", [0, 1, 2])
def test_no_score_is_claimed_that_the_sealed_rows_cannot_give(positives: int) -> None:
    codes = np.zeros(40, dtype=np.int64)
    codes[:positives] = 1
    checked = CheckedRows(np.arange(1, 41), codes, TaskKind.BINARY, ("no", "yes"), True)
    risk = np.linspace(0.9, 0.1, 40)
    facts = RunFacts(
        "run", Goal(target="y"), Metric.ROC_AUC, SplitSummary("random", "", 160, 40, 5), (), (), holdout_reads=1
    )
    models = [
        CheckedModel(summary("guess", Family.BASELINE, 0.5, Metric.ROC_AUC), np.full((40, 2), 0.5), 0.1),
        CheckedModel(summary("trees", Family.BOOSTED, 0.9, Metric.ROC_AUC), np.column_stack([1 - risk, risk]), 0.1),
    ]
    board = build_leaderboard(facts, checked, models)
    assert (board.models[0].holdout is None) == (positives == 0)
    assert msgspec.json.decode(msgspec.json.encode(board), type=Leaderboard) == board


def test_money_decides_when_it_is_known() -> None:
    board = leaderboard(0.4, cost=MistakeCost(miss=10, false_alarm=1))
    assert board.verdict.code == "verdict.good_enough.cost"
    best = board.models[0]
    assert best.holdout is not None
    assert best.holdout.lower <= best.holdout.value <= best.holdout.upper


def test_what_is_saved_is_counted_from_what_guessing_costs_on_the_leaderboard() -> None:
    cost = MistakeCost(miss=10, false_alarm=1)
    checked, guess, model = rows(0.4)
    facts = RunFacts(
        "run", Goal(target="y", cost=cost), Metric.COST, SplitSummary("random", "", 900, ROWS, 5), (), (), 1
    )
    never = msgspec.structs.replace(summary("guess", Family.BASELINE, 0.69, Metric.COST), alarm_line=0.9)
    models = [
        CheckedModel(never, guess, 0.69),
        CheckedModel(summary("trees", Family.BOOSTED, 0.3, Metric.COST), model, 0.3),
    ]

    board = build_leaderboard(facts, checked, models)

    best, guessing = (one.holdout.value for one in board.models if one.holdout is not None)
    assert board.verdict.parameters["gain"] == pytest.approx(1 - best / guessing)


def test_the_best_checking_score_comes_first_and_is_chosen() -> None:
    board = leaderboard(0.25)
    assert [model.model_id for model in board.models] == ["trees", "guess"]
    assert board.chosen == "trees"
    assert board.comparisons[0].proven


@pytest.mark.parametrize("task", [TaskKind.BINARY, TaskKind.REGRESSION])
def test_records_survive_json(task: TaskKind) -> None:
    board = leaderboard(0.25, task)
    assert msgspec.json.decode(msgspec.json.encode(board), type=Leaderboard) == board
    checked, _, model = rows(0.25, task)
    evaluation = evaluate_model("trees", checked, model, 0.5)
    assert msgspec.json.decode(msgspec.json.encode(evaluation), type=ModelEvaluation) == evaluation


def test_every_alarm_point_accounts_for_every_row() -> None:
    checked, _, model = rows(0.25)
    evaluation = evaluate_model("trees", checked, model, 0.37)
    assert all(p.found + p.missed + p.false_alarms + p.let_through == ROWS for p in evaluation.alarm_points)
    assert any(point.line == 0.37 for point in evaluation.alarm_points)
    first, last = evaluation.alarm_points[0], evaluation.alarm_points[-1]
    assert first.missed == first.let_through == 0
    assert last.found == last.false_alarms == 0


def test_mistakes_are_the_worst_first_and_name_their_rows() -> None:
    checked, _, model = rows(0.25)
    evaluation = evaluate_model("trees", checked, model, 0.5)
    codes = checked.target
    said = model[:, 1] >= 0.5
    assert evaluation.mistake_count == int((said != codes).sum())
    for mistake in evaluation.mistakes:
        position = mistake.row - 1
        assert (mistake.kind == "missed") == bool(codes[position] == 1 and not said[position])


def test_among_scores_that_chance_could_swap_the_truest_risks_are_suggested() -> None:
    checked, guess, model = rows(0.4)
    facts = RunFacts("run", Goal(target="y"), Metric.ACCURACY, SplitSummary("random", "", 900, ROWS, 5), (), (), 1)

    def scored(model_id: str, family: Family, value: float) -> ModelSummary:
        likely = Interval(value, value - 0.05, value + 0.05)
        return msgspec.structs.replace(summary(model_id, family, value, Metric.ACCURACY), checking=likely)

    board = build_leaderboard(
        facts,
        checked,
        [
            CheckedModel(scored("guess", Family.BASELINE, 0.5), guess, 0.69),
            CheckedModel(scored("lucky", Family.FOREST, 0.91), model, 0.40),
            CheckedModel(scored("true", Family.BOOSTED, 0.90), model, 0.25),
            CheckedModel(scored("worse", Family.LINEAR, 0.80), model, 0.20),
        ],
    )
    assert [one.model_id for one in board.models] == ["lucky", "true", "worse", "guess"]
    assert board.chosen == "true"
