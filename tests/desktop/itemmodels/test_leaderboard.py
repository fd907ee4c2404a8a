"""The finished models as a table."""

import csv
import io

import msgspec
import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.qtbot import QtBot

from automl.domain.language import Language
from automl.domain.result import Leaderboard, ModelEvaluation
from automl.domain.task import Family, ImageGoal, Metric, TaskKind
from desktop.i18n import Translator, translate
from desktop.itemmodels.leaderboard import (
    BoardField,
    LeaderboardModel,
    Order,
    board_rows,
    first_pair,
    found_share,
    leads,
    range_scale,
    sorted_rows,
)
from desktop.itemmodels.leaderboard_csv import leaderboard_csv
from desktop.itemmodels.model_words import model_detail, model_name
from desktop.widgets.cells import Check, Range
from tests.desktop.itemmodels.soundness import sound
from tests.desktop.results import evaluation, leaderboard, model


@pytest.fixture
def shown() -> LeaderboardModel:
    made = LeaderboardModel()
    made.show_leaderboard(leaderboard(), {"boosted-3": evaluation("boosted-3")})
    return made


def ids(shown: LeaderboardModel) -> list[str]:
    return [row.model.model_id for row in shown.rows()]


def test_it_is_a_sound_model(shown: LeaderboardModel) -> None:
    assert sound(shown)
    shown.sort_by(Order.SIZE)
    shown.toggle(0)
    shown.set_in_use("blend")
    shown.show_leaderboard(None, {})
    assert shown.rowCount() == 0


def test_every_order_begins_with_the_most_wanted(shown: LeaderboardModel) -> None:
    assert ids(shown)[0] == "blend"
    assert ids(shown)[-1] == "baseline"
    for order, first in ((Order.SPEED, "linear-1"), (Order.SIZE, "blend"), (Order.SIMPLE, "linear-1")):
        shown.sort_by(order)
        assert ids(shown)[0] == first
    shown.sort_by(Order.SHARE)
    assert ids(shown)[0] == "boosted-3"


def test_where_more_is_better_the_highest_comes_first() -> None:
    rows = board_rows(leaderboard(), {})
    assert sorted_rows(rows, Order.SCORE, Metric.ACCURACY)[0].model.family is Family.BASELINE


def test_what_is_selected_stays_selected_in_another_order(shown: LeaderboardModel) -> None:
    kept = QPersistentModelIndex(shown.index(0, 0))
    shown.sort_by(Order.SIZE)
    assert shown.model_at(kept.row()).model_id == "blend"


def test_a_third_tick_takes_the_place_of_the_oldest(qtbot: QtBot, shown: LeaderboardModel) -> None:
    assert shown.pair() == ("blend", "boosted-3")
    with qtbot.waitSignal(shown.pair_changed):
        shown.toggle(shown.row_of("linear-1"))
    assert shown.pair() == ("boosted-3", "linear-1")
    shown.toggle(shown.row_of("linear-1"))
    assert shown.pair() == ("boosted-3",)
    cell = shown.cell(shown.index(shown.row_of("boosted-3"), BoardField.PICK))
    assert cell.drawing == Check(True)
    state = shown.data(shown.index(shown.row_of("blend"), BoardField.PICK), Qt.ItemDataRole.CheckStateRole)
    assert state == Qt.CheckState.Unchecked
    spoken = [shown.data(shown.index(row, BoardField.PICK), Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert sorted(map(str, spoken)) == ["not ticked", "not ticked", "not ticked", "ticked"]


def test_guessing_is_in_no_first_pair() -> None:
    board = leaderboard()
    assert first_pair(board) == ("blend", "boosted-3")
    alone = Leaderboard(
        **{name: getattr(board, name) for name in board.__struct_fields__}
        | {"models": (model("baseline", Family.BASELINE, number=0, score=0.9),), "chosen": "baseline"}
    )
    assert first_pair(alone) == ("baseline",)


def test_suggested_and_in_use_are_marked(shown: LeaderboardModel) -> None:
    def mark(model_id: str) -> str:
        pill = shown.cell(shown.index(shown.row_of(model_id), BoardField.MODEL)).pill
        return pill[0] if pill else ""

    assert (mark("boosted-3"), mark("blend")) == ("Suggested", "")
    shown.set_in_use("blend")
    assert (mark("boosted-3"), mark("blend")) == ("Suggested", "In use")
    shown.set_in_use("boosted-3")
    assert mark("boosted-3") == "In use"


def test_ranges_share_a_scale_that_guessing_does_not_stretch(shown: LeaderboardModel) -> None:
    low, high = range_scale(shown.rows())
    assert high < 0.9
    assert isinstance(shown.cell(shown.index(0, BoardField.RANGE)).drawing, Range)
    assert shown.cell(shown.index(shown.row_of("baseline"), BoardField.RANGE)).drawing is None
    assert low < high


def test_what_is_drawn_is_also_said(shown: LeaderboardModel) -> None:
    row = shown.row_of("boosted-3")
    said = [shown.data(shown.index(row, field)) for field in BoardField]
    assert said[BoardField.RANGE] == "0.18 to 0.22"
    assert said[BoardField.SHARE] == "90%"
    assert said[BoardField.SIMPLE] == "3 of 5"
    assert shown.data(shown.index(shown.row_of("blend"), BoardField.SHARE)) == "–"
    assert "recall" in str(shown.headerData(BoardField.SHARE, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole))


def test_it_follows_the_language(shown: LeaderboardModel, words: Translator) -> None:
    words.set_language(Language.KOREAN)
    assert shown.headerData(BoardField.SCORE, Qt.Orientation.Horizontal) == "로그 손실"


@pytest.mark.parametrize("task", list(TaskKind))
@pytest.mark.parametrize("image", [None, ImageGoal()], ids=["rows", "images"])
def test_columns_have_names_and_meanings_for_every_task(task: TaskKind, image: ImageGoal | None) -> None:
    board = leaderboard()
    goal = msgspec.structs.replace(board.goal, image=image)
    made = LeaderboardModel()
    made.show_leaderboard(msgspec.structs.replace(board, task=task, goal=goal), {})
    for field in set(BoardField) - {BoardField.PICK}:
        for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            said = made.headerData(field, Qt.Orientation.Horizontal, role)
            assert said
            assert image is None or "row" not in str(said)


def test_models_are_named_by_their_recipes() -> None:
    board = leaderboard()
    named = {one.model_id: (model_name(one), model_detail(one, board)) for one in board.models}
    assert named["boosted-3"] == ("Recipe 3", "Recipe 3")
    assert named["blend"] == ("Blend", "3, 1")
    assert named["baseline"] == ("Guessing", "")


def test_a_suggestion_that_does_not_lead_is_explained(shown: LeaderboardModel) -> None:
    assert not leads(leaderboard())
    why = translate("compare.judged.truest", name="Recipe 3")
    tips = [str(shown.data(shown.index(row, BoardField.MODEL), Qt.ItemDataRole.ToolTipRole)) for row in range(4)]
    assert [why in tip for tip in tips] == [row.model.model_id == "boosted-3" for row in shown.rows()]


def test_nothing_can_be_found_where_there_is_nothing() -> None:
    nobody = ModelEvaluation(model_id="x", on_holdout=True, row_count=3, confusion=((3, 0), (0, 0)))
    assert found_share(nobody) is None
    assert found_share(ModelEvaluation(model_id="x", on_holdout=True, row_count=0)) is None


def test_the_exported_table_holds_plain_numbers() -> None:
    board = leaderboard()
    rows = list(csv.reader(io.StringIO(leaderboard_csv(board, board_rows(board, {})))))
    head, first = rows[0], rows[1]
    assert len(rows) == 1 + len(board.models)
    assert float(first[head.index("Score")]) == 0.2
    assert [row[head.index("Suggested")] for row in rows[1:]].count("yes") == 1
    assert all(len(row) == len(head) for row in rows)
