"""Whether more labels help: how good the suggestions have become with the labels so far."""

from automl.domain.labels import LabelPoint, Suggestions
from desktop.charts.data import LabelCurveData
from desktop.charts.label_curve import LabelCurveChart
from desktop.i18n import translate, translator
from desktop.pages.label.labelling import Labelling
from desktop.pages.label.side_panel import SidePanel
from desktop.widgets.text import label


class CurvePanel(SidePanel):
    """A sentence computed from the curve, then the curve."""

    def __init__(self, labelling: Labelling) -> None:
        super().__init__("label.curve.title")
        self._labelling = labelling
        self.chart = LabelCurveChart()
        self.chart.set_plot_height(240)
        self.add(self.chart)
        self.add(label("label.curve.how", "caption", wrap=True))
        self.add_stretch()
        labelling.changed.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """Show the curve as it is now."""
        found = self._labelling.state.suggestions
        points = found.curve if found is not None else ()
        rows = tuple((float(one.labels), one.score, one.lower, one.upper) for one in points)
        self.chart.set_data(LabelCurveData(rows, translate("label.curve.labels")))
        self.chart.set_caption(translate("label.curve.caption"))
        self.chart.set_reading(curve_words(found))


def curve_words(found: Suggestions | None) -> str:
    """Return what the curve says, in one sentence with **strong** words."""
    if found is None or not found.curve:
        return translate("label.curve.none")
    last, before = found.curve[-1], _earlier(found.curve)
    score = translator().percent(last.score, 0)
    if found.enough is None or before is None:
        return translate("label.curve.so_far", labels=last.labels, score=score)
    gained = translator().percent(max(0.0, last.score - before.score), 0)
    key = "label.curve.enough" if found.enough else "label.curve.helps"
    return translate(key, labels=last.labels, score=score, gained=gained, more=last.labels - before.labels)


def _earlier(curve: tuple[LabelPoint, ...]) -> LabelPoint | None:
    """The point at about half as many labels as now."""
    half = [point for point in curve if point.labels <= curve[-1].labels / 2]
    return half[-1] if half else curve[0] if len(curve) > 1 else None
