"""The whole job on images by mouse and keyboard alone, with the real workers: from a dropped folder to verdicts."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt

from automl.domain.job import TrainJob
from automl.domain.task import TaskKind
from automl.drawing.parts import DrawnImage, draw_parts
from desktop.actions import PageId
from desktop.i18n import translate, translator
from desktop.pages.compare.compare_page import ComparePage
from desktop.pages.deploy.deploy_page import DeployPage
from desktop.pages.goal.goal_page import GoalPage
from desktop.widgets.choice_card import ChoiceCard
from tests.desktop.clicks import click, drop, press
from tests.e2e.command_line import lathe
from tests.e2e.person import PATIENCE, SIX_SECONDS, Person
from tests.image_projects import write_image_folder

CLASSES = ("good", "scratch")
LABELLED, UNLABELLED, NEW, SIDE = 40, 4, 6, 48


def test_from_dropped_images_to_verdicts(person: Person, tmp_path: Path) -> None:
    drawn = draw_parts(LABELLED + UNLABELLED, CLASSES, seed=3, size=SIDE)
    folder = write_image_folder(tmp_path / "부품 이미지", drawn[:LABELLED])
    write_image_folder(folder, drawn[LABELLED:], classes=False)
    new = write_image_folder(tmp_path / "새 이미지", draw_parts(NEW, CLASSES, seed=9, size=SIDE), classes=False)

    _bring_in(person, folder)
    _label_the_rest(person, drawn[LABELLED:])
    _train_for_good_or_not(person)
    _look_at_mistakes(person)
    bundle = _make_a_bundle(person)
    _compare_with_the_command(person, bundle, new)


def _bring_in(person: Person, folder: Path) -> None:
    shell, session = person.shell, person.shell.session
    drop(shell.start.zone, [folder])
    person.wait_for_page(PageId.DATA)
    person.qtbot.waitUntil(lambda: session.profile_is_current, timeout=PATIENCE)
    person.wait_for_rest()
    assert shell.data.sub_page() == "check"
    assert _unlabelled(person) == UNLABELLED


def _label_the_rest(person: Person, drawn: Sequence[DrawnImage]) -> None:
    """Give every image that needs a look its class by a digit."""
    images, page = person.shell.session.images, person.shell.data.label
    by_name = {image.part: image.class_name for image in drawn}
    person.go_to_sub_page("label.sub")
    for left in range(UNLABELLED, 0, -1):
        record = images.record(page.labelling.current)
        assert record is not None
        name = by_name[int(record.path[-12:-9])]
        press(page.browse.grid, (Qt.Key.Key_1, Qt.Key.Key_2)[CLASSES.index(name)])
        assert _unlabelled(person) == left - 1
    assert sum(images.counts.values()) == LABELLED + UNLABELLED


def _train_for_good_or_not(person: Person) -> None:
    session = person.shell.session
    person.go_to(PageId.GOAL)
    assert isinstance(person.page, GoalPage)
    words = translate("goal.images.task.binary")
    click(next(card for card in person.page.findChildren(ChoiceCard) if card.isVisible() and card.text() == words))
    assert person.page.draft.task is TaskKind.BINARY
    person.give_little_time(SIX_SECONDS)
    person.press_button("goal.start")
    assert person.shell.window.current_page() is PageId.TRAIN
    assert session.training is not None
    assert isinstance(session.training.job, TrainJob)
    assert session.training.job.labels
    person.wait_for_rest()
    assert session.run_state.succeeded


def _look_at_mistakes(person: Person) -> None:
    person.press_button("train.compare")
    person.wait_for_page(PageId.COMPARE)
    assert isinstance(person.page, ComparePage)
    person.go_to_sub_page("compare.sub.mistakes")
    assert person.page.mistakes.gallery.isVisible()
    person.go_to_sub_page("compare.sub.results")
    click(person.use_button())
    person.wait_for_page(PageId.DEPLOY)
    assert person.shell.session.model_was_chosen


def _make_a_bundle(person: Person) -> Path:
    page = person.page
    assert isinstance(page, DeployPage)
    person.press_button("deploy.create")
    person.wait_for_rest()
    assert page.verification.pill.text() == translate("deploy.verification.passed")
    assert page.predict.bundle is not None
    return page.predict.bundle


def _compare_with_the_command(person: Person, bundle: Path, new: Path) -> None:
    page = person.page
    assert isinstance(page, DeployPage)
    drop(page.predict.image_zone, [new])
    person.wait_for_rest()
    assert translate("deploy.predict.done.images", rows=NEW) in page.predict.result.words()
    by_command = new.parent / "by command.csv"
    said = lathe("predict", bundle, new, "--to", by_command, language=translator().language.value)
    assert said.returncode == 0, said.stderr
    assert (new.parent / f"{new.name}_predictions.csv").read_bytes() == by_command.read_bytes()


def _unlabelled(person: Person) -> int:
    progress = person.shell.session.images.progress
    return progress.images - progress.labelled
