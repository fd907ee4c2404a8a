"""The Goal page for images: three questions, what is good, which mistakes are bearable, answered by mouse and keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from automl import api
from automl.domain.dataset import DatasetProfile
from automl.domain.images import CLASS_COLUMN
from automl.domain.job import Job, TrainJob
from automl.domain.labels import Label, Provenance
from automl.domain.language import Language
from automl.domain.task import ANOMALY_FAMILIES, IMAGE_FAMILIES, ImageGoal, TaskKind
from automl.drawing.parts import draw_parts
from desktop.actions import PageId
from desktop.i18n import Translator, translate
from desktop.pages.goal.goal_page import GoalPage
from desktop.pages.goal.images.image_sheet import ImageSheet
from desktop.pages.goal.images.variations import Variations
from desktop.pages.session import Session
from desktop.widgets.buttons import Button
from desktop.widgets.choice_card import ChoiceCard
from desktop.widgets.choices import CheckBox
from desktop.widgets.fields import ComboBox, TextField
from tests.desktop.clicks import click, press, write
from tests.desktop.sizes import fits_the_smallest_window
from tests.image_projects import image_project

CLASSES = ("good", "scratch", "pit")
PATIENCE = 60_000


class Desk:
    """A session with its Goal page on a project of drawn images; jobs are noted instead of started."""

    def __init__(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, folder: Path, *, labelled: bool = True) -> None:
        self.session = Session()
        self.jobs: list[Job] = []
        self.places: list[tuple[str, str]] = []
        monkeypatch.setattr(self.session, "start", self._start)
        self.session.page_requested.connect(lambda page, sub: self.places.append((page, sub)))
        image_project(folder, draw_parts(45, CLASSES, seed=3, size=16), labelled=labelled)
        with api.open_project(folder) as project:
            project.datasets.save_profile(1, (), CLASS_COLUMN, DatasetProfile(row_count=45, columns=(), findings=()))
        self.page = GoalPage(self.session)
        qtbot.addWidget(self.page)
        self.page.resize(1224, 824)
        self.page.show()
        assert self.session.open(folder)

    def _start(self, job: Job) -> bool:
        self.jobs.append(job)
        return True

    @property
    def image(self) -> ImageGoal:
        """What the draft says about images."""
        assert self.page.draft.image is not None
        return self.page.draft.image

    @property
    def questions(self) -> ImageSheet:
        """The questions about images."""
        return self.page.findChildren(ImageSheet)[0]

    def button(self, key: str) -> Button:
        """Return the button with these words that can be seen."""
        words = translate(key)
        return next(one for one in self.page.findChildren(Button) if one.isVisible() and one.text() == words)

    def card(self, key: str) -> ChoiceCard:
        """Return an answer."""
        return next(one for one in self.questions.findChildren(ChoiceCard) if one.text() == translate(key))

    def box(self, words: str) -> CheckBox:
        """Return the box with these words."""
        return next(one for one in self.page.findChildren(CheckBox) if one.text() == words)

    def field(self, key: str) -> TextField:
        """Return the field of this name."""
        name = translate(key)
        return next(one for one in self.questions.findChildren(TextField) if one.accessibleName() == name)

    def words(self) -> str:
        """Return all words that can be seen."""
        return " ".join(one.text() for one in self.page.findChildren(QLabel) if one.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, monkeypatch, tmp_path / "images")
    yield made
    made.session.end()


@pytest.fixture
def unlabelled(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, monkeypatch, tmp_path / "images", labelled=False)
    yield made
    made.session.end()


def type_into(field: TextField, text: str) -> None:
    field.setFocus()
    field.selectAll()
    write(field, text)
    press(field, Qt.Key.Key_Return)


def test_the_labels_fill_in_the_answers(desk: Desk) -> None:
    draft = desk.page.draft
    assert (draft.target, draft.task, desk.image.good) == (CLASS_COLUMN, TaskKind.MULTICLASS, ("good",))
    assert draft.families == IMAGE_FAMILIES
    assert desk.button("goal.start").isEnabled()
    assert "45 labelled images" in desk.words()


def test_another_question_brings_its_own_families(desk: Desk, qtbot: QtBot) -> None:
    click(desk.card("goal.images.task.anomaly"))
    assert (desk.page.draft.task, desk.page.draft.families) == (TaskKind.ANOMALY, ANOMALY_FAMILIES)
    qtbot.waitUntil(lambda: desk.box(translate("family.patches")).isVisible())
    click(desk.card("goal.images.task.binary"))
    assert (desk.page.draft.task, desk.page.draft.families) == (TaskKind.BINARY, IMAGE_FAMILIES)


def test_without_a_good_class_good_or_not_cannot_start(desk: Desk, qtbot: QtBot) -> None:
    click(desk.card("goal.images.task.binary"))
    press(desk.box("good (15)"), Qt.Key.Key_Space)
    assert desk.image.good == ()
    assert not desk.button("goal.start").isEnabled()
    qtbot.waitUntil(lambda: translate("issue.goal.images.no_good_named.title") in desk.words())


def test_bearable_mistakes_are_said_in_parts(desk: Desk) -> None:
    type_into(desk.field("goal.images.bear.missed"), "0.5")
    type_into(desk.field("goal.images.bear.stopped"), "2")
    assert (desk.image.most_missed, desk.image.most_stopped) == (0.005, 0.02)
    assert "Of 1,000 flawed parts at most" in desk.words()
    type_into(desk.field("goal.images.bear.a_day"), "5,000")
    assert "Of 5,000 good parts a day" in desk.words()


@pytest.mark.parametrize("typed", ["-1", "90", "much", ""])
def test_what_is_no_share_is_said_beside_the_field(desk: Desk, typed: str) -> None:
    before = desk.image
    type_into(desk.field("goal.images.bear.missed"), typed or " ")
    assert desk.image == before
    assert translate("goal.images.bear.wrong", most=50.0) in desk.words()


def test_orientation_and_strength_of_variations_are_answered(desk: Desk) -> None:
    click(desk.card("goal.images.pose.any"))
    combo = next(
        one
        for one in desk.questions.findChildren(ComboBox)
        if one.accessibleName() == translate("goal.images.variations")
    )
    combo.chosen.emit("strong")
    assert (desk.image.any_orientation, desk.image.augmentation) == (True, 0.9)
    combo.chosen.emit("auto")
    assert desk.image.augmentation is None


def test_variations_are_drawn_by_the_worker_and_shown(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.undo()
    view = desk.questions.findChildren(Variations)[0]
    click(view.draw)
    qtbot.waitUntil(lambda: len(view.tiles.numbers()) == 12, timeout=PATIENCE)
    assert desk.button("goal.images.variations.again").isEnabled()
    click(desk.card("goal.images.pose.any"))
    assert view.tiles.numbers() == ()


def test_a_start_freezes_the_labels(desk: Desk) -> None:
    click(desk.button("goal.start"))
    job = desk.jobs[-1]
    assert isinstance(job, TrainJob)
    assert job.goal == desk.page.draft == desk.session.goal
    assert len(job.labels) == 64
    assert desk.places == [(PageId.TRAIN.value, "")]


def test_the_proposal_follows_the_labels_until_a_person_answers(desk: Desk) -> None:
    images = desk.session.images

    def rename(name: str) -> None:
        images.set_labels(
            [Label(one.sha256, name, Provenance.PERSON) for one in images.records if one.class_name != "good"], "label"
        )

    tasks = []
    rename("flaw")
    tasks.append(desk.page.draft.task)
    click(desk.card("goal.images.task.multiclass"))
    rename("defect")
    tasks.append(desk.page.draft.task)
    assert tasks == [TaskKind.BINARY, TaskKind.MULTICLASS]
    desk.session.undo_and_tell()
    assert "flaw" in images.counts


def test_without_labels_there_is_the_way_to_them_or_all_count_as_good(unlabelled: Desk, qtbot: QtBot) -> None:
    assert not unlabelled.button("goal.start").isEnabled()
    click(unlabelled.button("goal.images.label"))
    assert unlabelled.places == [(PageId.DATA.value, "label")]
    click(unlabelled.card("goal.images.task.anomaly"))
    assert unlabelled.button("goal.start").isEnabled()
    qtbot.waitUntil(lambda: translate("issue.goal.images.all_count_as_good.title") in unlabelled.words())


def test_all_sentences_follow_the_language(desk: Desk, words: Translator) -> None:
    before = desk.words()
    words.set_language(Language.KOREAN)
    assert translate("goal.images.pose.question") in desk.words()
    words.set_language(Language.ENGLISH)
    assert desk.words() == before


def test_it_fits_the_smallest_window(desk: Desk, qtbot: QtBot) -> None:
    desk.page.set_narrow(True)
    qtbot.waitUntil(lambda: fits_the_smallest_window(desk.page))
