"""Whether the risk a model states comes true."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.charts.curves import CalibrationChart
from desktop.charts.data import CalibrationData, CalibrationPoint
from desktop.i18n import translate
from desktop.itemmodels.unit_words import said_of
from desktop.pages.compare.readings import calibration_reading
from desktop.pages.compare.shown import Shown
from desktop.widgets.card import Card
from desktop.widgets.icon_view import IconView
from desktop.widgets.text import plain_label, set_tone

TRUST = {
    True: ("check-circle", "ok-mark", "ok", "compare.calibration.trusted"),
    False: ("alert-triangle", "warn-mark", "warn", "compare.calibration.not_trusted"),
    None: ("info", "text-3", "", "compare.calibration.too_few"),
}


class CalibrationCard(Card):
    """Stated against true, with likely ranges, and a verdict in words."""

    def __init__(self) -> None:
        super().__init__()
        self._chart = CalibrationChart()
        self._sign = IconView("info", "text-3")
        self._words = plain_label("", "body", wrap=True)
        self.add(self._chart, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.body.addLayout(row)

    def show_model(self, shown: Shown) -> None:
        """Show how the risks of a model came true."""
        found = shown.evaluation
        kind = "yes" if shown.positive else "right"
        self._chart.set_reading(calibration_reading(found.calibration, shown.positive, of_images=shown.of_images))
        self._chart.set_caption(
            said_of(shown.of_images, f"compare.calibration.{kind}.caption", positive=shown.positive)
        )
        self._chart.set_data(
            CalibrationData(
                points=tuple(
                    CalibrationPoint(
                        one.predicted, one.observed.value, one.observed.lower, one.observed.upper, one.count
                    )
                    for one in found.calibration
                ),
                x_name=translate(f"compare.calibration.{kind}.across"),
                honest_name=translate("compare.calibration.honest"),
            )
        )
        icon, ink, tone, key = TRUST[found.calibration_trusted]
        self._sign.set(icon, ink)
        self._words.setText(said_of(shown.of_images, key))
        set_tone(self._words, tone)
