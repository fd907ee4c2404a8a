"""The page of components, laid out as in the design."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.widgets.buttons import button, danger_button, primary_button, text_button
from desktop.widgets.card import Card, line
from desktop.widgets.choices import CheckBox, RadioButton, Switch
from desktop.widgets.explain import ExplainLabel, Explanation
from desktop.widgets.fields import Choice, ComboBox, FieldRow, SearchField, TextField
from desktop.widgets.finding_row import FindingRow, FixedRow, Severity
from desktop.widgets.metric_tile import MetricTile
from desktop.widgets.note import Note
from desktop.widgets.pill import Pill
from desktop.widgets.progress import ProgressRow, ProgressState
from desktop.widgets.rail import RailStep, StepState
from desktop.widgets.segmented import SegmentedControl
from desktop.widgets.slider import Mark, MarkedSlider, Slider, ValueSlider
from desktop.widgets.sparkline import Sparkline
from desktop.widgets.text import label, plain_label, rich, rich_label

WHY = Explanation("finding.why_it_matters", "search.hint", "top.open_project", "widget.working")


def component_page() -> QWidget:
    """A page of cards, four columns wide."""
    page = QWidget()
    page.setProperty("surface", "page")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    grid = QGridLayout(page)
    grid.setContentsMargins(16, 16, 16, 16)
    grid.setSpacing(12)
    cards = (
        _buttons,
        _fields,
        _rail_steps,
        _choices,
        _findings,
        _progress,
        _notes,
        _pills,
        _tiles,
        _sliders,
        _type,
        _words,
    )
    for place, make in enumerate(cards):
        grid.addWidget(make(), place // 4, place % 4)
    for column in range(4):
        grid.setColumnStretch(column, 1)
    return page


def _buttons() -> Card:
    card = Card("page.start")
    disabled = primary_button("page.train")
    disabled.setEnabled(False)
    card.add_row(primary_button("page.train"), primary_button("page.goal", trailing="arrow-right"), disabled)
    off = button("page.train")
    off.setEnabled(False)
    card.add_row(button("page.train"), button("page.data", icon="file-plus"), off)
    busy = button("widget.working")
    busy.set_busy(True)
    card.add_row(
        danger_button("page.train", icon="x"), button("page.goal", small=True), text_button("finding.undo"), busy
    )
    card.add_stretch()
    return card


def _fields() -> Card:
    card = Card("page.data")
    field = TextField(suffix="page.data", prefix="₩")
    field.setText("42,000")
    card.add(FieldRow("top.project", field))
    wrong = TextField()
    wrong.setText("7.9 mm")
    row = FieldRow("page.goal", wrong)
    row.set_error("Outside the allowed range. Enter 4.5 to 7.0.")
    card.add(row)
    combo = ComboBox([Choice("target", "page.goal", icon="target"), Choice("time", "page.data", icon="clock")])
    small = ComboBox([Choice("target", "page.goal", icon="target")], small=True, ink="accent")
    card.add_row(combo, small, SearchField("search.hint_short"))
    card.add_stretch()
    return card


def _rail_steps() -> Card:
    card = Card("rail.name")
    for number, state in enumerate(StepState, 1):
        step = RailStep(number, 6, "page.data")
        step.set_state(state, "finding.undo", progress=0.62)
        card.add(step)
    return card


def _choices() -> Card:
    card = Card("page.compare")
    some, on = CheckBox("page.goal"), CheckBox("page.data")
    some.setTristate(True)
    some.setCheckState(Qt.CheckState.PartiallyChecked)
    on.setChecked(True)
    card.add_row(CheckBox("page.start"), on, some)
    chosen, switch = RadioButton("page.start"), Switch("page.start")
    chosen.setChecked(True)
    switch.setChecked(True)
    card.add_row(chosen, RadioButton("page.goal"), Switch("page.start"), switch)
    card.add_row(SegmentedControl([("a", "page.start"), ("b", "page.data"), ("c", "page.goal")]))
    slider, limited = Slider(0, 10), Slider(0, 10, allowed=(3, 7))
    slider.set_value(4.2)
    limited.set_value(5)
    card.add(slider)
    card.add(limited)
    card.add_stretch()
    return card


def _findings() -> Card:
    card = Card("page.data", flush=True)
    card.add(FindingRow(Severity.ACT, "HUMIDITY is missing in 18.4% of rows", "Only on IMM-09.", "finding.undo", WHY))
    card.add(line())
    card.add(FixedRow("187 repeated rows left out"))
    card.add(line())
    card.add(FixedRow("Filling 2,296 values", working=True, detail="2 s"))
    card.add_stretch()
    return card


def _progress() -> Card:
    card = Card("rail.state.running")
    for state, share in zip(ProgressState, (0.62, 0.0, 0.38, 0.71, 1.0), strict=True):
        row = ProgressRow()
        row.set(state.value, f"{share:.0%}", state, share)
        card.add(row)
    card.add_stretch()
    return card


def _notes() -> Card:
    card = Card("page.operate")
    for tone in ("info", "ok", "warn", "bad", "plain"):
        card.add(Note(tone, "status.offline"))
    card.add_stretch()
    return card


def _pills() -> Card:
    card = Card("page.deploy")
    card.add_row(
        *(Pill("page.data", tone) for tone in ("plain", "warn", "bad", "accent")), Pill("page.goal", "ok", icon="check")
    )
    explain = ExplainLabel("page.compare", WHY)
    spark = Sparkline("s3")
    spark.set_values([0.4, 0.5, 0.3, 0.6, 0.55, 0.7, 0.2, 0.5])
    card.add_row(explain, spark)
    card.add_stretch()
    return card


def _tiles() -> Card:
    card = Card("page.compare")
    found, cost = MetricTile("page.data"), MetricTile("page.goal")
    found.set("90.5%", "↑ 2.4 points", "ok")
    cost.set("₩220k", "123k to 317k likely")
    row = QHBoxLayout()
    for tile in (found, cost, MetricTile("page.train")):
        row.addWidget(tile, 1)
    card.body.addLayout(row)
    card.add_stretch()
    return card


def _sliders() -> Card:
    card = Card("page.train")
    marks = [
        Mark(place, key, "page.data")
        for place, key in enumerate(("page.start", "page.goal", "page.train", "page.deploy"))
    ]
    slider = MarkedSlider(marks)
    slider.set_value(1)
    value = ValueSlider(0, 1, name="page.goal", scale=100)
    value.set_value(0.077)
    card.add(slider)
    card.add(value)
    card.add_stretch()
    return card


def _type() -> Card:
    card = Card("page.start")
    for style in ("page-title", "metric", "card-title", "reading", "body", "secondary", "caption"):
        card.add(plain_label(f"{style} 0123456789 한국어", style))
    return card


def _words() -> Card:
    card = Card("page.start")
    summary = rich_label("", "summary")
    summary.setText(
        rich("Predict whether a part will be a **DEFECT** from **39 inputs**. Learn from shots up to **22 May**.", 24)
    )
    card.add(summary)
    card.add(label("status.offline", "caption", wrap=True))
    card.set_footer(label("status.no_job", "caption"), text_button("finding.undo"))
    return card
