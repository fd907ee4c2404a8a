"""The page of weights: a file is brought by a drop or a click, nothing is fetched without the button that says what."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from automl.domain.events import IssueRaised, JobFinished, JobStarted, Outcome
from automl.domain.issues import Issue, Severity
from automl.domain.job import ImportWeightsJob, Job
from automl.domain.language import Language
from automl.domain.run_state import RunState, fold
from automl.domain.weights import ARCHITECTURES, WeightsRecord, WeightsSource
from automl.drawing.parts import draw_parts
from desktop.i18n import Translator, translate
from desktop.pages.session import Session
from desktop.pages.train.weights.page import WeightsPage
from desktop.widgets.buttons import Button
from tests.desktop.clicks import click, click_cell, drop, write
from tests.desktop.sizes import fits_the_smallest_window
from tests.image_projects import image_project

SAID = "CC-BY-NC-4.0"


class Desk:
    """A session with its page of weights; jobs are noted instead of started."""

    def __init__(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self.session = Session()
        self.jobs: list[ImportWeightsJob] = []
        self.notices: list[str] = []
        monkeypatch.setattr(self.session, "start", self._start)
        self.session.noticed.connect(lambda notice: self.notices.append(notice.key))
        image_project(folder, draw_parts(4, ("good", "pit"), seed=1, size=16))
        self.page = WeightsPage(self.session)
        qtbot.addWidget(self.page)
        self.page.resize(1224, 824)
        self.page.show()
        assert self.session.open(folder)

    def _start(self, job: Job) -> bool:
        assert isinstance(job, ImportWeightsJob)
        self.jobs.append(job)
        return True

    def end(self, state: RunState) -> None:
        """Let the last job be over."""
        self.session.job_ended.emit(self.jobs[-1], state)

    def words(self) -> str:
        """Return all words that can be seen."""
        return " ".join(one.text() for one in self.page.findChildren(QLabel) if one.isVisible())


def over(outcome: Outcome, issue: Issue | None = None) -> RunState:
    failed = (issue,) if issue is not None and outcome is Outcome.FAILED else ()
    told = (IssueRaised(seq=1, issue=issue),) if issue is not None and not failed else ()
    return fold((JobStarted(kind="import_weights"), *told, JobFinished(seq=2, outcome=outcome, issues=failed)))


def record(source: WeightsSource = WeightsSource.FILE) -> WeightsRecord:
    return WeightsRecord(
        name="resnet18.safetensors",
        architecture="resnet18",
        sha256="ab" * 32,
        size_bytes=44_000_000,
        source=source,
        licence=SAID,
        non_commercial=True,
        added="2026-01-01T00:00:00+00:00",
    )


@pytest.fixture
def desk(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(qtbot, monkeypatch, tmp_path / "images")
    yield made
    made.session.end()


def test_a_dropped_file_is_taken_with_the_licence_that_was_said(desk: Desk, tmp_path: Path) -> None:
    write(desk.page.bring.licence, SAID)
    drop(desk.page.bring.zone, [tmp_path / "notes.txt", tmp_path / "net.safetensors"])
    assert [(Path(job.path).name, job.licence, job.download) for job in desk.jobs] == [("net.safetensors", SAID, "")]
    assert translate("weights.checking") in desk.words()
    drop(desk.page.bring.zone, [tmp_path / "other.safetensors"])
    assert len(desk.jobs) == 1


def test_a_file_of_another_kind_is_never_opened(desk: Desk, tmp_path: Path) -> None:
    drop(desk.page.bring.zone, [tmp_path / "net.pth"])
    assert desk.jobs == []
    assert desk.notices == ["weights.bring.other"]


def test_a_file_can_be_chosen(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_words: ("/weights/net.safetensors", ""))
    words = translate("weights.bring.choose")
    click(next(one for one in desk.page.findChildren(Button) if one.text() == words))
    assert [job.path for job in desk.jobs] == ["/weights/net.safetensors"]


def test_nothing_is_fetched_before_the_button_that_says_what(desk: Desk) -> None:
    desk.page.download.network.set_value(ARCHITECTURES[-1].name)
    desk.page.download.network.chosen.emit(ARCHITECTURES[-1].name)
    assert desk.jobs == []
    said = desk.words().replace("\u200b", "")
    assert ARCHITECTURES[-1].repository in said
    assert "huggingface.co" in said
    click(desk.page.download.fetch)
    assert [job.download for job in desk.jobs] == [ARCHITECTURES[-1].name]
    assert not desk.page.download.fetch.isEnabled()


def test_what_stood_in_the_way_is_said_on_the_page(desk: Desk, words: Translator) -> None:
    click(desk.page.download.fetch)
    issue = Issue("weights.no_download", parameters={"name": "LCNet", "repository": "timm/lcnet_100.ra2_in1k"})
    desk.end(over(Outcome.FAILED, issue))
    assert "LCNet could not be downloaded" in desk.words()
    assert desk.page.download.fetch.isEnabled()
    words.set_language(Language.KOREAN)
    assert "LCNet could not be downloaded" not in desk.words()


def test_weights_are_listed_and_licences_against_business_are_said(desk: Desk, tmp_path: Path) -> None:
    assert desk.session.project is not None
    file = tmp_path / "resnet18.safetensors"
    file.write_bytes(b"weights")
    desk.page.import_file(file)
    desk.session.project.weights.add(record(), file)
    warning = Issue("weights.non_commercial", Severity.ACT, {"name": "ResNet-18", "licence": SAID})
    desk.end(over(Outcome.COMPLETED, warning))
    model = desk.page.list.model
    shown = [str(model.index(0, field).data()) for field in range(model.columnCount())]
    assert shown[0] == "ResNet-18"
    assert f"{SAID}: not for business" in shown
    assert "ResNet-18 may not be used in a business" in desk.words()


def test_brought_weights_can_be_removed_again(desk: Desk, tmp_path: Path) -> None:
    assert desk.session.project is not None
    file = tmp_path / "resnet18.safetensors"
    file.write_bytes(b"weights")
    desk.session.project.weights.add(record(), file)
    desk.page.import_file(file)
    desk.end(over(Outcome.COMPLETED))
    rows = desk.page.list.model.rowCount()
    click_cell(desk.page.list.table, desk.page.list.model.index(rows - 1, 0))
    click(desk.page.list.remove)
    assert desk.page.list.model.rowCount() == rows - 1


def test_it_fits_the_smallest_window(desk: Desk, qtbot: QtBot) -> None:
    desk.page.set_narrow(True)
    qtbot.waitUntil(lambda: fits_the_smallest_window(desk.page))
