"""The Deploy page: a bundle that proves itself, its card, and answers for new tables."""

import csv
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from automl import api
from automl.bundle.config_folder import config_folder
from automl.bundle.trust import KNOWN_KEYS_FILE
from automl.domain.issues import Issue, Severity
from automl.domain.job import ExportJob, Job
from automl.domain.language import Language
from automl.domain.run_state import RunState
from automl.domain.verification import BundleFile
from desktop.actions import PageId
from desktop.i18n import Translator, translate
from desktop.pages.deploy.deploy_page import DeployPage
from desktop.pages.deploy.place_card import PlaceCard
from desktop.pages.deploy.readings import (
    FILE_KINDS,
    FOLDER,
    bundle_of,
    file_groups,
    first_rows,
    free_path,
    is_bundle,
    prediction_counts,
)
from desktop.pages.notice import Notice
from desktop.pages.session import Session
from desktop.widgets.buttons import Button
from desktop.widgets.segmented import Segment
from desktop.widgets.text import ElidedLabel
from tests.desktop.clicks import click, drop, press
from tests.fixtures_training import TrainedImages, TrainedProject
from tests.image_projects import four_classes

PATIENCE = 60_000


class Desk:
    """A session with its Deploy page, and what the page said."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session = Session()
        self.page = DeployPage(self.session)
        self.notices: list[Notice] = []
        self.places: list[str] = []
        self.session.noticed.connect(self.notices.append)
        self.session.page_requested.connect(lambda page, _sub: self.places.append(page))
        qtbot.addWidget(self.page)
        self.page.resize(1200, 820)
        self.page.show()

    def button(self, key: str) -> Button:
        """Return the button with these words that can be seen."""
        words = translate(key)
        return next(one for one in self.page.findChildren(Button) if one.isVisible() and one.text() == words)

    def run(self, act: Callable[[], object]) -> tuple[Job, RunState]:
        """Do something that begins a job and wait for its end."""
        with self.qtbot.waitSignal(self.session.job_ended, timeout=PATIENCE) as ended:
            act()
        assert ended.args is not None
        job, state = ended.args
        return job, state

    def said(self) -> list[str]:
        """Return the keys of what was said."""
        return [notice.key for notice in self.notices]


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.session.end()


def opened(desk: Desk, trained: TrainedProject | TrainedImages, tmp_path: Path) -> Path:
    """Open a copy of a trained project; return its folder."""
    folder = tmp_path / "Door panel"
    shutil.copytree(trained.folder, folder)
    assert desk.session.open(folder)
    return folder


def with_bundle(desk: Desk, trained: TrainedProject | TrainedImages, tmp_path: Path) -> Path:
    """Open a copy of a trained project and make its bundle by a click; return the bundle."""
    opened(desk, trained, tmp_path)
    job, state = desk.run(lambda: click(desk.button("deploy.create")))
    assert isinstance(job, ExportJob)
    assert state.succeeded
    return Path(job.to)


def test_before_the_first_model_there_is_the_way_to_it(desk: Desk) -> None:
    click(desk.button("deploy.empty.action.data"))
    assert desk.places == [PageId.DATA.value]
    assert desk.page.primary_action() is None


@pytest.mark.parametrize("kind", ["binary", "regression", "multiclass"])
def test_the_card_is_read_off_the_records_in_both_languages(
    kind: str, desk: Desk, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    trained: TrainedProject = request.getfixturevalue(f"trained_{kind}")
    opened(desk, trained, tmp_path)
    card = desk.page.card
    assert trained.goal.target in card.words()
    assert "What for" in card.words()
    click(next(segment for segment in card.language.findChildren(Segment) if segment.text() == "한국어"))
    assert "용도" in card.words()
    assert trained.goal.target in card.words()


def test_the_place_follows_form_and_choice(desk: Desk, trained_binary: TrainedProject, tmp_path: Path) -> None:
    folder = opened(desk, trained_binary, tmp_path)
    place = desk.page.place
    assert place.path.parent == folder / "bundles"
    assert place.path.suffix == ".zip"
    place.forms.set_value(FOLDER)
    place.forms.chosen.emit(FOLDER)
    assert place.path.suffix == ""
    assert place.path.name == f"Test {trained_binary.leaderboard.chosen}"


def test_a_bundle_is_made_proven_and_shown(
    desk: Desk, trained_binary: TrainedProject, tmp_path: Path, words: Translator
) -> None:
    bundle = with_bundle(desk, trained_binary, tmp_path)
    page = desk.page
    assert is_bundle(bundle)
    assert desk.said() == ["deploy.created"]
    assert desk.notices[0].action == "deploy.open_folder"
    assert page.verification.pill.isVisible()
    assert page.verification.pill.text() == "All passed"
    assert page.place.path != bundle
    QTest.mouseClick(page.contents.copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == page.contents.fingerprint != ""
    with zipfile.ZipFile(bundle) as archive:
        assert page.contents.fingerprint in archive.read("README.txt").decode("utf-8-sig")
    assert page.predict.bundle == bundle
    words.set_language(Language.KOREAN)
    assert page.verification.pill.text() == "모두 통과"
    assert "용도" in page.card.words()

    _, state = desk.run(lambda: click(page.verification.again))
    assert state.succeeded
    assert page.verification.pill.text() == "모두 통과"
    bundle.write_bytes(bundle.read_bytes()[:-200])
    desk.run(lambda: click(page.verification.again))
    assert page.verification.pill.text() == "통과하지 못함"


def test_a_dropped_table_is_predicted(
    desk: Desk, trained_binary: TrainedProject, tmp_path: Path, words: Translator
) -> None:
    bundle = with_bundle(desk, trained_binary, tmp_path)
    card = desk.page.predict
    table = trained_binary.write_csv(tmp_path / "new parts.csv", 40)
    lines = table.read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3].replace(lines[3].split(",")[0], "99999", 1)
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")

    desk.run(lambda: drop(card.zone, [table]))
    answers = tmp_path / "new parts_predictions.csv"
    with answers.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["row"] for row in rows] == [str(number) for number in range(1, 41)]
    assert "40 rows predicted" in card.result.words()
    assert "outside the learned range" in card.result.words()
    assert card.result.model.rowCount() == 8
    assert card.result.model.headerData(1, card.result.table.horizontalHeader().orientation()) == "prediction"
    assert card.result.model.index(0, 1).data() == rows[0]["prediction"]
    words.set_language(Language.KOREAN)
    assert "40행을 예측했습니다" in card.result.words()

    desk.run(lambda: drop(card, [table]))
    assert (tmp_path / "new parts_predictions 2.csv").exists()

    click(card.result.another)
    bad = tmp_path / "other.csv"
    bad.write_text("A,B\n1,2\n", encoding="utf-8")
    desk.run(lambda: drop(card.zone, [bad]))
    assert card.refusal.isVisible()
    assert card.refusal.note.accessibleName()
    assert not (tmp_path / "other_predictions.csv").exists()

    click(desk.button("deploy.predict.another"))
    bundle.write_bytes(bundle.read_bytes()[:-200])
    desk.run(lambda: drop(card.zone, [table]))
    assert card.refusal.isVisible()
    assert desk.button("deploy.predict.other_bundle")


def test_a_dropped_folder_of_images_is_judged(
    desk: Desk, trained_images: TrainedImages, tmp_path: Path, words: Translator
) -> None:
    opened(desk, trained_images, tmp_path)
    page, card = desk.page, desk.page.predict
    job, state = desk.run(lambda: click(desk.button("deploy.create")))
    assert isinstance(job, ExportJob)
    assert state.succeeded
    assert page.verification.pill.text() == "All passed"
    assert "which of 4 classes" in page.card.words()

    new = four_classes(tmp_path / "새 이미지", 8, size=48, seed=7)
    whole = next((new / "good").iterdir()).read_bytes()
    (new / "good" / "cut.png").write_bytes(whole[: len(whole) // 2])
    desk.run(lambda: drop(card.image_zone, [new]))
    with (tmp_path / "새 이미지_predictions.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 9
    assert "9 images judged" in card.result.words()
    assert "1 damaged file" in card.result.words()
    assert card.result.model.rowCount() == 8
    words.set_language(Language.KOREAN)
    assert "이미지 9개" in card.result.words()

    click(card.result.another)
    press(card.heatmaps, Qt.Key.Key_Space)
    desk.run(lambda: drop(card.image_zone, [new]))
    heatmaps = tmp_path / "새 이미지_heatmaps"
    assert len(list(heatmaps.rglob("*.png"))) == 8
    shown = [one.text() for one in card.result.findChildren(ElidedLabel) if one.isVisible()]
    assert translate("deploy.predict.place.heatmaps", path=str(heatmaps)) in shown


def test_doubts_about_columns_and_keys_are_for_the_person_to_settle(
    desk: Desk, trained_binary: TrainedProject, tmp_path: Path
) -> None:
    with_bundle(desk, trained_binary, tmp_path)
    card = desk.page.predict
    table = trained_binary.write_csv(tmp_path / "swapped.csv", 40)
    head, rest = table.read_text(encoding="utf-8").split("\n", 1)
    table.write_text(f"{_swapped(head, 'MELT_TEMP', 'PRESSURE')}\n{rest}", encoding="utf-8")

    desk.run(lambda: drop(card.zone, [table]))
    assert "look swapped" in card.refusal.note.accessibleName()
    desk.run(lambda: click(desk.button("deploy.predict.trust_columns")))
    assert card.result.isVisible()

    _forget_keys()
    desk.run(lambda: drop(card, [trained_binary.write_csv(tmp_path / "parts.csv", 5)]))
    assert "another key than before" in card.refusal.note.accessibleName()
    desk.run(lambda: click(desk.button("deploy.predict.trust_key")))
    assert "5 rows predicted" in card.result.words()


def _swapped(text: str, first: str, second: str) -> str:
    return text.replace(first, "\0").replace(second, first).replace("\0", second)


def _forget_keys() -> None:
    """Take this computer for another one, whose project was signed by somebody else until now."""
    folder = config_folder()
    keys = folder / KNOWN_KEYS_FILE
    other = {"public_key": "00" * 32, "key_id": "0000 0000 0000 0000"}
    known = dict.fromkeys(json.loads(keys.read_text(encoding="utf-8")), other)
    for file in folder.iterdir():
        file.unlink()
    keys.write_text(json.dumps(known), encoding="utf-8")


def test_files_that_are_neither_table_nor_bundle_are_told(
    desk: Desk, trained_binary: TrainedProject, tmp_path: Path
) -> None:
    opened(desk, trained_binary, tmp_path)
    photo = tmp_path / "photo.png"
    photo.write_bytes(b"\x89PNG")
    drop(desk.page.predict, [photo])
    desk.page.predict.use_bundle(tmp_path / "any.zip")
    drop(desk.page.predict, [photo])
    assert desk.said() == ["deploy.predict.no_bundle", "start.drop.unknown"]


def test_a_bundle_dropped_becomes_the_one_that_answers(
    desk: Desk, trained_binary: TrainedProject, tmp_path: Path
) -> None:
    opened(desk, trained_binary, tmp_path)
    folder = tmp_path / "somebody's"
    folder.mkdir()
    (folder / "manifest.json").write_text("{}", encoding="utf-8")
    desk.page.predict.take_files([str(folder / "manifest.json")])
    assert desk.page.predict.bundle == folder
    assert desk.page.predict.zone.isVisible()


def test_a_cancel_leaves_no_bundle(desk: Desk, trained_binary: TrainedProject, tmp_path: Path) -> None:
    folder = opened(desk, trained_binary, tmp_path)
    click(desk.button("deploy.create"))
    assert not desk.button("deploy.create").isEnabled()
    desk.run(lambda: click(desk.button("deploy.cancel")))
    assert desk.said() == ["deploy.canceled"]
    assert not list((folder / "bundles").glob("*.zip"))
    assert desk.button("deploy.create").isEnabled()


def test_another_project_begins_anew(desk: Desk, trained_binary: TrainedProject, tmp_path: Path) -> None:
    folder = opened(desk, trained_binary, tmp_path)
    click(desk.button("deploy.create"))
    other = tmp_path / "other"
    shutil.copytree(trained_binary.folder, other)
    assert desk.session.open(other)
    assert desk.button("deploy.create").isEnabled()
    assert desk.page.place.path.parent == other / "bundles"
    assert desk.page.predict.bundle is None
    assert not list((folder / "bundles").glob("*.zip"))


def test_a_project_open_for_reading_makes_no_bundle(desk: Desk, trained_binary: TrainedProject, tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    shutil.copytree(trained_binary.folder, folder)
    with api.open_project(folder):
        assert desk.session.open(folder)
        assert not desk.button("deploy.create").isEnabled()
        assert desk.button("deploy.create").toolTip() == translate("app.read_only")


def test_a_place_that_is_taken_is_refused_with_the_way_out(
    desk: Desk, trained_binary: TrainedProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(desk, trained_binary, tmp_path)
    taken = tmp_path / "notes.zip"
    taken.write_text("not a bundle", encoding="utf-8")
    monkeypatch.setattr(PlaceCard, "path", taken)
    desk.run(lambda: click(desk.button("deploy.create")))
    assert desk.page.verification.pill.text() == "No bundle"
    assert taken.read_text(encoding="utf-8") == "not a bundle"


def test_files_stand_by_what_they_are_for() -> None:
    promised = file_groups(())
    assert [group.kind for group in promised] == list(FILE_KINDS)
    assert all(group.size_bytes is None for group in promised)
    files = [BundleFile("predict.py", "start", 10), BundleFile("new", "news", 1), BundleFile("run.bat", "start", 5)]
    start, other = file_groups(files)
    assert (start.names, start.size_bytes) == (("predict.py", "run.bat"), 15)
    assert other.kind == "news"


def test_counts_of_what_is_unusual_come_most_frequent_first() -> None:
    facts: dict[str, str | int | float | bool] = {"rows": 3, "total": 9, "counts": "", "not_a_time": 1, "no_answer": 4}
    counts = prediction_counts(RunState(issues=(Issue("predict.rows_have_issues", Severity.LOOK, facts),)))
    assert (counts.rows, counts.unusual) == (9, 3)
    assert counts.kinds == (("no_answer", 4), ("not_a_time", 1))
    assert prediction_counts(RunState()).rows == 0


def test_paths_are_never_taken(tmp_path: Path) -> None:
    assert free_path(tmp_path, "a", ".csv") == tmp_path / "a.csv"
    (tmp_path / "a.csv").touch()
    assert free_path(tmp_path, "a", ".csv") == tmp_path / "a 2.csv"
    assert first_rows(tmp_path / "none.csv", 3) == ((), [])
    assert bundle_of(tmp_path / "manifest.json") == tmp_path
    assert not is_bundle(tmp_path / "a.csv")
