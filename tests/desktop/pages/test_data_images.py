"""Images through the real worker: dropped, checked, looked at, added to; and the ways that lead on."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from automl.domain.dataset import DataKind
from automl.domain.labels import Label, Provenance
from automl.domain.language import Language
from automl.drawing.parts import draw_parts
from desktop.actions import PageId
from desktop.app.search_items import search_items
from desktop.app.shell import Shell
from desktop.i18n import translate, translator
from desktop.pages.data.images.class_row import ClassRow, spread_out
from desktop.widgets.buttons import Button
from desktop.widgets.finding_row import FindingRow
from desktop.widgets.image_tiles import ImageTile
from desktop.widgets.rail import StepState
from tests.desktop.clicks import click, drop
from tests.desktop.sizes import fits_the_smallest_window
from tests.image_projects import four_classes, image_project, write_image_folder

PATIENCE = 60_000


@pytest.fixture(scope="session")
def drawn_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Drawn images in four folders, two shots a part; copy it before use."""
    return four_classes(tmp_path_factory.mktemp("drawn_once") / "부품", 24, size=32, shots=2)


@pytest.fixture
def parts(drawn_once: Path, tmp_path: Path) -> Path:
    """A folder of one's own."""
    return shutil.copytree(drawn_once, tmp_path / "부품")


@pytest.fixture
def drawn(shell: Shell, tmp_path: Path) -> Shell:
    """The window with a project of drawn images open, made without an import."""
    image_project(tmp_path / "drawn", draw_parts(12, ("good", "pit"), seed=2, size=16), labelled=False)
    shell.projects.open(tmp_path / "drawn")
    return shell


def button_that_says(shell: Shell, key: str, **words: object) -> Button:
    said = translate(key, **words)
    return next(one for one in shell.window.findChildren(Button) if one.isVisible() and one.text() == said)


def wait_for_version(qtbot: QtBot, shell: Shell, number: int) -> None:
    qtbot.waitUntil(lambda: len(shell.session.versions) == number and shell.session.running is None, timeout=PATIENCE)


@pytest.mark.parametrize("language", list(Language))
def test_a_dropped_folder_of_images_becomes_a_project(
    qtbot: QtBot, shell: Shell, parts: Path, language: Language
) -> None:
    translator().set_language(language)
    drop(shell.start.zone, [parts])
    wait_for_version(qtbot, shell, 1)
    qtbot.waitUntil(lambda: shell.data.sub_page() == "check")
    session = shell.session
    assert session.has_images
    assert session.project is not None
    assert session.project.folder.name == "부품"
    assert session.images.counts == {"good": 6, "pit": 6, "scratch": 6, "stain": 6}
    rows = [row for row in shell.data.check.overview.findChildren(ClassRow) if row.isVisible()]
    assert len(rows) == 4
    step = shell.window.rail.step(PageId.DATA.value)
    assert translate("label.sub") in [item.label for item in search_items(session, shell.data)]
    assert step.state() is not StepState.TO_DO


def test_findings_show_their_images(qtbot: QtBot, shell: Shell, parts: Path) -> None:
    shutil.copy(next(parts.glob("good/*.png")), parts / "pit" / "copied.png")
    drop(shell.window, [parts])
    wait_for_version(qtbot, shell, 1)
    findings = [finding for finding in shell.session.open_findings if finding.rows]
    assert findings
    row = shell.data.check.findings.findChildren(FindingRow)[shell.session.open_findings.index(findings[0])]
    tile = row.findChildren(ImageTile)[0]
    qtbot.waitUntil(tile.isVisible)
    click(tile)
    overview = shell.data.check.overview
    assert overview.gallery.numbers() == findings[0].rows
    assert overview.gallery.isVisible()
    english = overview.gallery.title.text()
    translator().set_language(Language.KOREAN)
    assert overview.gallery.title.text() not in ("", english)
    click(button_that_says(shell, "data.images.gallery.back"))
    assert overview.classes.isVisible()


def test_findings_are_looked_for_again_when_labels_have_changed(qtbot: QtBot, shell: Shell, parts: Path) -> None:
    drop(shell.window, [parts])
    wait_for_version(qtbot, shell, 1)
    qtbot.waitUntil(lambda: shell.data.sub_page() == "check")
    again, images = shell.data.check.findings.again, shell.session.images
    assert not again.isVisible()
    images.set_labels([Label(one.sha256, "good", Provenance.PERSON) for one in images.records], "label")
    click(again)
    qtbot.waitUntil(lambda: shell.session.running is None, timeout=PATIENCE)
    assert not again.isVisible()
    assert shell.session.profile is not None
    assert dict(shell.session.profile.columns[1].top_values) == {"good": 24}


def test_added_images_join_those_there_are(
    qtbot: QtBot, shell: Shell, parts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(shell.window, [parts])
    wait_for_version(qtbot, shell, 1)
    qtbot.waitUntil(lambda: shell.data.sub_page() == "check")
    more = write_image_folder(tmp_path / "more", draw_parts(4, ("stain", "crack"), seed=9, size=32))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(more))
    click(button_that_says(shell, "data.action.add_images"))
    assert shell.data.sub_page() == "add"
    click(button_that_says(shell, "start.drop.choose_folder"))
    wait_for_version(qtbot, shell, 2)
    assert len(shell.session.images.records) == 28
    assert "crack" in shell.session.images.counts
    shell.go_to(PageId.DATA.value, "versions")
    model = shell.data.versions.model
    assert [model.index(row, 3).data() for row in range(2)] == ["28 images", "24 images"]
    assert model.index(0, 6).data() == "4 more images than version 1"


def test_one_image_offers_its_folder(qtbot: QtBot, shell: Shell, parts: Path) -> None:
    drop(shell.start.zone, [next(parts.glob("good/*.png"))])
    assert shell.session.project is None
    shell.window.toasts.toasts()[-1].findChildren(Button)[0].click()
    wait_for_version(qtbot, shell, 1)
    assert len(shell.session.images.records) == 6


def test_images_dropped_on_a_table_get_a_project_of_their_own(qtbot: QtBot, moulding: Shell, parts: Path) -> None:
    before = moulding.session.project
    moulding.projects.take_files([str(parts)], into_open_project=True)
    assert moulding.session.project is not before
    wait_for_version(qtbot, moulding, 1)
    assert moulding.session.has_images


def test_a_folder_without_images_says_so(qtbot: QtBot, shell: Shell, tmp_path: Path) -> None:
    empty = tmp_path / "reports"
    empty.mkdir()
    (empty / "notes.md").write_text("nothing to see", encoding="utf-8")
    drop(shell.start.zone, [empty])
    qtbot.waitUntil(shell.data.add.has_problem, timeout=PATIENCE)
    words = " ".join(one.text() for one in shell.data.add.findChildren(QLabel) if one.isVisible())
    assert "reports" in words


def test_images_without_labels_lead_to_labelling(drawn: Shell) -> None:
    drawn.go_to(PageId.DATA.value, "check")
    click(button_that_says(drawn, "data.action.label"))
    assert drawn.data.sub_page() == "label"
    images = drawn.session.images
    images.set_labels([Label(images.records[0].sha256, "pit", Provenance.PERSON)], "label")
    drawn.go_to(PageId.DATA.value, "check")
    click(button_that_says(drawn, "data.action.continue"))
    assert drawn.window.current_page() is PageId.GOAL


def test_the_list_of_projects_tells_images_from_tables(qtbot: QtBot, drawn: Shell) -> None:
    drawn.projects.refresh()
    qtbot.waitUntil(lambda: drawn.start.recent.model.rowCount() == 1)
    glance = drawn.start.recent.model.glance(0)
    assert (glance.kind, glance.rows) == (DataKind.IMAGES, 12)


def test_a_project_of_images_fits_the_smallest_window(qtbot: QtBot, drawn: Shell) -> None:
    drawn.go_to(PageId.DATA.value, "check")
    drawn.data.check.set_narrow(True)
    qtbot.waitUntil(lambda: fits_the_smallest_window(drawn.data.check))


def test_examples_are_spread_over_a_class() -> None:
    assert spread_out(range(1, 101), 4) == (1, 26, 51, 76)
    assert spread_out((3, 5), 4) == (3, 5)
