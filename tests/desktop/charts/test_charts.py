"""Every chart: drawn, spoken, copied, in both themes and languages, with much and with nothing."""

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from automl.domain.language import Language
from desktop.charts.bars import BarsChart, DifferenceChart, IntervalChart
from desktop.charts.chart import Chart
from desktop.charts.confusion import ConfusionChart, HeatTable
from desktop.charts.curves import CalibrationChart, CurveChart
from desktop.charts.data import TrialHistoryData, TrialPoint, best_so_far
from desktop.charts.label_curve import LabelCurveChart
from desktop.charts.learning_curves import LearningCurvesChart
from desktop.charts.numbers import HistogramChart, ScatterChart
from desktop.charts.trial_history import TrialHistoryChart
from desktop.charts.two_histograms import TwoHistogramsChart
from desktop.i18n import Translator
from desktop.theme import Theme, ThemeChoice
from tests.desktop.gallery.charts import every_chart

KINDS: tuple[type[Chart], ...] = (
    TrialHistoryChart,
    LearningCurvesChart,
    LabelCurveChart,
    CurveChart,
    CalibrationChart,
    ConfusionChart,
    HeatTable,
    ScatterChart,
    HistogramChart,
    BarsChart,
    IntervalChart,
    DifferenceChart,
    TwoHistogramsChart,
)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(320, 240), (130, 70), (900, 500)])
def test_a_chart_without_data_draws_and_speaks(qtbot: QtBot, kind: type[Chart], size: tuple[int, int]) -> None:
    chart = kind()
    qtbot.addWidget(chart)
    chart.resize(*size)
    assert not chart.grab().isNull()
    assert chart.accessibleName() == "Chart"


def test_every_chart_draws_something_in_both_themes(qtbot: QtBot, look: Theme) -> None:
    for chart in every_chart():
        qtbot.addWidget(chart)
        chart.resize(420, 300)
        light = chart.grab().toImage()
        look.set_choice(ThemeChoice.DARK)
        assert chart.grab().toImage() != light, type(chart).__name__
        look.set_choice(ThemeChoice.LIGHT)


def test_a_chart_speaks_its_reading_without_marks(qtbot: QtBot, words: Translator) -> None:
    chart = BarsChart()
    qtbot.addWidget(chart)
    chart.set_reading("**CUSHION** matters most.")
    chart.set_caption("How much worse it gets")
    words.set_language(Language.KOREAN)
    assert chart.accessibleName() == "CUSHION matters most."
    assert chart.accessibleDescription() == "How much worse it gets"


def test_every_chart_copies_its_data_as_a_table(qtbot: QtBot) -> None:
    for chart in every_chart():
        qtbot.addWidget(chart)
        chart.copy_data()
        lines = QGuiApplication.clipboard().text().splitlines()
        assert len(lines) > 1, type(chart).__name__
        assert len({line.count("\t") for line in lines}) == 1, type(chart).__name__


def test_a_chart_copies_its_picture(qtbot: QtBot) -> None:
    chart = every_chart()[0]
    qtbot.addWidget(chart)
    chart.copy_picture()
    assert not QGuiApplication.clipboard().pixmap().isNull()


def test_a_live_axis_stays_until_a_value_leaves_it(qtbot: QtBot) -> None:
    chart = TrialHistoryChart()
    qtbot.addWidget(chart)

    def show(*values: float) -> tuple[float, float] | None:
        points = tuple(TrialPoint(number, value, "s1") for number, value in enumerate(values, 1))
        chart.set_data(TrialHistoryData(points, best_so_far(values, lower_is_better=True)))
        return chart._range

    first = show(10, 20)
    assert show(10, 20, 15) == first
    assert show(10, 20, 15, 31) != first
