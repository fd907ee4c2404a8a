"""The Compare page on really trained images, with answers a test makes up: every kind of mistake, one heatmap."""

import shutil
from io import BytesIO
from pathlib import Path

import msgspec
from PIL import Image
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from automl.domain.image_result import (
    Advice,
    DecisionBand,
    HistogramOfTwo,
    ImageEvaluation,
    ImageVerdict,
    JudgedImage,
)
from automl.domain.images import ImageRecord
from automl.domain.result import Interval, InWords
from automl.storage.run_folder import RunFolder
from desktop.i18n import translate
from desktop.pages.compare.compare_page import MISTAKES, ComparePage
from desktop.pages.compare.mistakes.page import MistakesPage
from desktop.pages.notice import Notice
from desktop.pages.session import Session
from desktop.widgets.buttons import Button
from desktop.widgets.chip import Chip
from desktop.widgets.segmented import Segment
from tests.fixtures_training import TrainedImages

LINE = 0.5
SCRATCH_MISSED, PIT_NEARLY_FOUND, GOOD_STOPPED, GOOD_NEARLY_PASSED, STAIN_MIXED_UP = range(5)
"""Places in `numbers` of the mistakes made up, in the order the gallery shows them."""


class Desk:
    """A session with its Compare page, opened on the mistakes of the suggested model."""

    def __init__(self, qtbot: QtBot) -> None:
        self.session = Session()
        self.page = ComparePage(self.session)
        self.notices: list[Notice] = []
        self.places: list[tuple[str, str]] = []
        self.numbers: tuple[int, ...] = ()
        self.session.noticed.connect(self.notices.append)
        self.session.page_requested.connect(lambda page, sub: self.places.append((page, sub)))
        qtbot.addWidget(self.page)
        self.page.resize(1224, 824)
        self.page.show()
        qtbot.waitExposed(self.page)

    def open(self, trained: TrainedImages, folder: Path) -> None:
        """Open a copy of the project in which the suggested model made known mistakes."""
        shutil.copytree(trained.folder, folder)
        run, model_id = RunFolder(folder / "runs" / trained.run_id), trained.leaderboard.chosen
        self.numbers = _first_of(trained.images, "scratch", "pit", "good", "good", "stain")
        made_up = made_up_evaluation(trained, self.numbers)
        run.image_evaluation_path(model_id).write_bytes(msgspec.json.encode(made_up))
        heatmap = run.heatmap_path(model_id, self.numbers[SCRATCH_MISSED])
        heatmap.parent.mkdir(parents=True, exist_ok=True)
        heatmap.write_bytes(_grey_png())
        assert self.session.open(folder)
        self.page.show_sub_page(MISTAKES)

    @property
    def mistakes(self) -> MistakesPage:
        """The sub-page."""
        return self.page.mistakes

    def shown(self) -> tuple[int, ...]:
        """The numbers of the images in the gallery."""
        return tuple(self.mistakes.gallery.shown())

    def button(self, key: str, **parameters: object) -> Button:
        """Return the button with these words that can be seen."""
        words = translate(key, **parameters)
        return next(one for one in self.page.findChildren(Button) if one.isVisible() and one.text() == words)

    def offers(self, key: str) -> bool:
        """Whether a button with these words can be seen."""
        words = translate(key)
        return any(one.isVisible() and one.text() == words for one in self.page.findChildren(Button))

    def chip(self, key: str, count: int) -> Chip:
        """Return the chip with this name and count."""
        words = f"{translate(key)} {count}"
        return next(one for one in self.page.findChildren(Chip) if one.isVisible() and one.text() == words)

    def segment(self, key: str) -> Segment:
        """Return the segment with these words that can be seen."""
        words = translate(key)
        return next(one for one in self.page.findChildren(Segment) if one.isVisible() and one.text() == words)

    def child(self, kind: type[QWidget], name: str) -> QWidget:
        """Return the visible widget of a kind whose accessible name begins so."""
        found = (one for one in self.mistakes.findChildren(kind) if one.isVisible())
        return next(one for one in found if one.accessibleName().startswith(name))


def made_up_evaluation(trained: TrainedImages, wrong: tuple[int, ...]) -> ImageEvaluation:
    """Everything is answered right but five images; the order is that of the places above."""
    classes = trained.leaderboard.classes
    good, pit = classes.index("good"), classes.index("pit")
    answers = {
        wrong[SCRATCH_MISSED]: (good, 0.1),
        wrong[PIT_NEARLY_FOUND]: (good, 0.46),
        wrong[GOOD_STOPPED]: (pit, 0.9),
        wrong[GOOD_NEARLY_PASSED]: (pit, 0.52),
        wrong[STAIN_MIXED_UP]: (pit, 0.95),
    }
    judged = []
    for record in trained.images:
        actual = classes.index(record.class_name)
        predicted, unusual = answers.get(record.number, (actual, 0.2 if actual == good else 0.85))
        verdict = ImageVerdict.NOT_GOOD if unusual >= LINE else ImageVerdict.OK
        heatmap = record.number == wrong[SCRATCH_MISSED]
        judged.append(JudgedImage(record.number, actual, predicted, 0.8, unusual, verdict, heatmap))
    share = Interval(0.05, 0.01, 0.12)
    return ImageEvaluation(
        model_id=trained.leaderboard.chosen,
        classes=classes,
        good=(good,),
        judged=tuple(judged),
        histogram=HistogramOfTwo((0.0, 0.25, 0.5, 0.75, 1.0), (14, 0, 1, 1), (1, 1, 0, 46)),
        band=DecisionBand(lower=0.3, upper=LINE, missed=share, stopped=share, to_person=share),
        advice=(
            Advice(InWords("advice.dark_mistakes", {"count": 2, "mistakes": 5}), "show", (wrong[1], wrong[2])),
            Advice(
                InWords("advice.few_images", {"class_name": "scratch", "count": 16, "missed": 1, "of": 16, "more": 20}),
                "add",
            ),
            Advice(InWords("advice.labels_look_wrong", {"count": 1}), "check", _first_right(trained, wrong)),
        ),
    )


def _first_of(images: tuple[ImageRecord, ...], *class_names: str) -> tuple[int, ...]:
    """Return the numbers of different images of these classes."""
    found: list[int] = []
    for name in class_names:
        found.append(next(one.number for one in images if one.class_name == name and one.number not in found))
    return tuple(found)


def _first_right(trained: TrainedImages, wrong: tuple[int, ...]) -> tuple[int, ...]:
    return (next(record.number for record in trained.images if record.number not in wrong),)


def _grey_png() -> bytes:
    buffer = BytesIO()
    heat = Image.new("L", (8, 8))
    heat.putpixel((2, 3), 255)
    heat.save(buffer, "PNG")
    return buffer.getvalue()
