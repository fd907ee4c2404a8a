"""The recipes tried so far and the rows got wrong, as tables."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from automl.domain.events import JobStarted, TrialFinished, TrialState
from automl.domain.language import Language
from automl.domain.result import InWords, RowMistake
from automl.domain.run_state import RunState
from automl.domain.task import Family, Metric
from desktop.i18n import Translator
from desktop.itemmodels.mistakes import MistakesModel
from desktop.itemmodels.trials import TrialField, TrialsModel, ranked
from tests.desktop.itemmodels.soundness import sound


def trial(number: int, value: float | None, family: Family = Family.BOOSTED) -> TrialFinished:
    state = TrialState.FAILED if value is None else TrialState.COMPLETE
    lower, upper = (None, None) if value is None else (value - 0.05, value + 0.05)
    words = (InWords("boosted.shallow_trees"),)
    return TrialFinished(
        number=number, family=family, state=state, value=value, lower=lower, upper=upper, seconds=2.0, words=words
    )


def run(*trials: TrialFinished) -> RunState:
    return RunState(started=JobStarted(kind="train"), trials=trials)


@pytest.fixture
def shown() -> TrialsModel:
    made = TrialsModel()
    made.show_state(run(trial(1, 0.4), trial(2, 0.2), trial(3, None), trial(4, 0.3, Family.FOREST)), Metric.LOG_LOSS)
    return made


def test_it_is_a_sound_model(shown: TrialsModel) -> None:
    assert sound(shown)
    shown.show_state(run(trial(1, 0.4)), Metric.LOG_LOSS)
    shown.show_state(RunState(), Metric.LOG_LOSS)
    assert shown.rowCount() == 0


def test_the_best_comes_first_and_what_failed_is_not_there(shown: TrialsModel) -> None:
    assert [shown.data(shown.index(row, TrialField.SCORE)) for row in range(shown.rowCount())] == ["0.2", "0.3", "0.4"]
    assert [one.number for one in ranked([trial(1, 0.4), trial(2, 0.6)], Metric.ACCURACY)] == [2, 1]


def test_the_best_and_the_newest_are_marked(shown: TrialsModel) -> None:
    marks = [shown.cell(shown.index(row, TrialField.RECIPE)).pill for row in range(3)]
    assert [mark[0] if mark else "" for mark in marks] == ["Best so far", "New", ""]


def test_nothing_is_told_while_nothing_changes(shown: TrialsModel) -> None:
    state = run(trial(1, 0.4), trial(2, 0.2))
    shown.show_state(state, Metric.LOG_LOSS)
    resets = QSignalSpy(shown.modelReset)
    shown.show_state(state, Metric.LOG_LOSS)
    assert resets.count() == 0


def test_words_follow_the_language(shown: TrialsModel, words: Translator) -> None:
    words.set_language(Language.KOREAN)
    assert str(shown.data(shown.index(1, TrialField.RECIPE))).startswith("랜덤 포레스트")
    assert shown.headerData(TrialField.TIME, Qt.Orientation.Horizontal) == "시간"


def test_mistakes_say_row_kind_and_amount() -> None:
    made = MistakesModel()
    made.show_mistakes(
        (
            RowMistake(1204, "yes", "no", 0.004, None, "missed"),
            RowMistake(9, "B", "A", 0.91, None, "wrong_class"),
            RowMistake(7, "27.7312", "24.4579", None, -3.2733, "error"),
        )
    )
    assert sound(made)
    said = [(made.data(made.index(row, 0)), made.data(made.index(row, 1))) for row in range(3)]
    assert said == [
        ("Row 1,204 missed", "0.4%"),
        ("Row 9 really B, said A", "91%"),
        ("Row 7 really 27.73, said 24.46", "−3.27"),
    ]
