"""The page of charts, each with made-up numbers."""

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.charts.bars import BarsChart, DifferenceChart, IntervalChart
from desktop.charts.chart import Chart
from desktop.charts.confusion import ConfusionChart, HeatTable
from desktop.charts.curves import CalibrationChart, CurveChart
from desktop.charts.data import (
    BarItem,
    BarsData,
    CalibrationData,
    CalibrationPoint,
    ConfusionCell,
    ConfusionData,
    CurveData,
    DifferenceData,
    HeatTableData,
    HistogramData,
    IntervalData,
    LabelCurveData,
    LearningCurvesData,
    ScatterData,
    TrialHistoryData,
    TrialPoint,
    best_so_far,
    whole_percent,
)
from desktop.charts.label_curve import LabelCurveChart
from desktop.charts.learning_curves import LearningCurvesChart
from desktop.charts.numbers import HistogramChart, ScatterChart
from desktop.charts.trial_history import TrialHistoryChart
from desktop.widgets.card import Card


def every_chart() -> list[Chart]:
    """One of each kind, with data and a reading."""
    charts = [
        trial_history(),
        learning_curves(),
        labels_and_score(),
        found_against_stopped(),
        calibration(),
        confusion(),
        heat_table(),
        scatter(),
        residuals(),
        bars(),
        interval(),
        difference(),
    ]
    for chart in charts:
        chart.set_reading(f"One sentence of {type(chart).__name__}, computed from the **data**.")
        chart.set_caption("What is drawn, and which way is better")
    return charts


def chart_page() -> QWidget:
    """A page of cards, three charts wide."""
    page = QWidget()
    page.setProperty("surface", "page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    grid = QGridLayout(page)
    grid.setContentsMargins(16, 16, 16, 16)
    grid.setSpacing(12)
    for place, chart in enumerate(every_chart()):
        card = Card()
        card.add(chart, 1)
        grid.addWidget(card, place // 4, place % 4)
    for column in range(4):
        grid.setColumnStretch(column, 1)
    return page


def trial_history() -> TrialHistoryChart:
    """Forty recipes of sixty."""
    values = [480 - 6.0 * number + 40 * math.sin(number * 1.7) for number in range(38)]
    series = ["s2", "s3", "s4", "s1"]
    points = tuple(TrialPoint(n + 1, value, series[min(3, n // 4) if n % 5 else 1]) for n, value in enumerate(values))
    chart = TrialHistoryChart()
    legend = (("s2", "Straight line"), ("s3", "Forest"))
    chart.set_data(
        TrialHistoryData(points, best_so_far(values, lower_is_better=True), 60, legend, lambda v: f"₩{v:.0f}k")
    )
    return chart


def learning_curves() -> LearningCurvesChart:
    """Two curves that flatten."""
    chart = LearningCurvesChart()
    checking = tuple((float(step), 0.3 + math.exp(-step / 60)) for step in range(1, 250))
    learning = tuple((float(step), 0.22 + math.exp(-step / 55)) for step in range(1, 250))
    chart.set_data(LearningCurvesData(checking, learning, 400, "trees"))
    return chart


def labels_and_score() -> LabelCurveChart:
    """Suggestions that get better with labels."""
    chart = LabelCurveChart()
    points = tuple(
        (float(labels), 0.9 - 0.5 / labels**0.5, 0.84 - 0.5 / labels**0.5, 0.94 - 0.4 / labels**0.5)
        for labels in (8, 16, 32, 64)
    )
    chart.set_data(LabelCurveData(points, "Labels"))
    return chart


def found_against_stopped() -> CurveChart:
    """A good curve with a setting."""
    chart = CurveChart()
    points = tuple((x / 100, min(1.0, (x / 100) ** 0.08)) for x in range(101))
    chart.set_data(CurveData(points, "good parts stopped", (0.025, 0.9), "your setting", "guessing"))
    return chart


def calibration() -> CalibrationChart:
    """Four points near the diagonal."""
    chart = CalibrationChart()
    points = tuple(
        CalibrationPoint(p, p + 0.02, max(0.0, p - 0.1), min(1.0, p + 0.14), 30) for p in (0.02, 0.2, 0.44, 0.83)
    )
    chart.set_data(CalibrationData(points, "risk it says", "perfectly honest"))
    return chart


def confusion() -> ConfusionChart:
    """Four cells with costs."""
    chart = ConfusionChart()
    found, missed = ConfusionCell(76, "found", "₩0", "accent"), ConfusionCell(8, "missed", "₩336,000", "bad")
    alarm, through = ConfusionCell(61, "false alarms", "₩213,500", "warn"), ConfusionCell(2351, "let through", "₩0")
    chart.set_data(
        ConfusionData(("Really bad", "Really good"), ("Alarm", "No alarm"), ((found, missed), (alarm, through)))
    )
    return chart


def heat_table() -> HeatTable:
    """Four classes, one of them difficult."""
    chart = HeatTable()
    counts = ((120, 3, 0, 1), (8, 80, 14, 0), (0, 9, 66, 2), (1, 0, 0, 41))
    chart.set_data(HeatTableData(("crack", "dent", "스크래치", "a very long class name"), counts, "true", "said"))
    return chart


def scatter() -> ScatterChart:
    """Numbers around the diagonal."""
    chart = ScatterChart()
    actual = tuple(20 + 10 * math.sin(n * 0.7) + n * 0.02 for n in range(400))
    predicted = tuple(value + 1.5 * math.cos(n * 1.3) for n, value in enumerate(actual))
    chart.set_data(ScatterData(actual, predicted, "true, µm", "predicted", band=2.0))
    return chart


def residuals() -> HistogramChart:
    """A bell."""
    chart = HistogramChart()
    counts = tuple(round(400 * math.exp(-((n - 10) ** 2) / 18)) for n in range(21))
    edges = tuple(-10.5 + n for n in range(22))
    chart.set_data(HistogramData(counts, edges, "error, µm", zero_line=True))
    return chart


def bars() -> BarsChart:
    """Importance of columns."""
    chart = BarsChart()
    names = ("CUSHION", "INJ_PRESS_MAX", "MELT_TEMP_Z3", "HOLD_TIME", "MOLD_TEMP_MOV", "사출 압력 최대값")
    values = (0.21, 0.17, 0.12, 0.09, 0.07, 0.01)
    items = (
        BarItem(name, v, v - 0.02, v + 0.02, strong=not n)
        for n, (name, v) in enumerate(zip(names, values, strict=True))
    )
    chart.set_data(BarsData(tuple(items), whole_percent))
    return chart


def interval() -> IntervalChart:
    """A value on a track."""
    chart = IntervalChart()
    chart.set_data(IntervalData(0.42, 0.3, 0.55, (0, 1), ((0.077, "alarm line 7.7%"),), whole_percent))
    return chart


def difference() -> DifferenceChart:
    """Two models that are hardly apart."""
    chart = DifferenceChart()
    chart.set_data(DifferenceData(5, -14, 24, "Recipe 31 cheaper", "Blend cheaper", lambda v: f"₩{v:.0f}k"))
    return chart
