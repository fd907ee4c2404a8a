"""How long the window keeps a person waiting who labels 50,000 images."""

import gc
import random
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import msgspec
import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from automl import api
from automl.domain.dataset import DatasetVersion
from automl.domain.images import ImageListing, ImageRecord
from automl.domain.labels import Label, LabelPoint, Provenance, Suggestion, Suggestions
from automl.domain.language import Language
from automl.storage.project import Project
from desktop.actions import PageId
from desktop.app.shell import Shell
from desktop.i18n import Translator, translator
from desktop.itemmodels.images_labelled import Filter, Kind
from desktop.pages.data.page import LABEL
from desktop.settings import Settings
from desktop.theme import Theme
from tests.bench import prepared_suggestions
from tests.bench.lag import LagMeter

pytestmark = pytest.mark.bench

IMAGES, DRAWN = 50_000, 320
KEYS = 5
QUIET_MILLISECONDS = 600


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application with colours and words."""
    made = (Theme(qapp), Translator(qapp))
    # As the window does at its start; a process that tests has much more that could be looked through for garbage.
    gc.freeze()
    yield qapp
    gc.unfreeze()
    for one in made:
        shiboken6.delete(one)


@pytest.fixture(scope="module")
def many_images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of 50,000 images that share the files of a few hundred; every second one has a label."""
    folder = tmp_path_factory.mktemp("many")
    parts = import_module("tests.image_projects").four_classes(folder / "parts", DRAWN, size=96)
    import_module("tests.imported_projects").import_table(folder / "project", parts)
    with Project.open(folder / "project") as project:
        few = project.datasets.current()
        assert few is not None
        records = _many(project.images.listing(few.version).images)
        _add_version(project, few.version, records)
        named = [Label(one.sha256, one.class_name, Provenance.IMPORTED) for one in records[::2]]
        project.labels.set(named, action="import")
        prepared = _suggested(records[1::2], tuple(one.name for one in project.labels.classes()))
    (folder / "prepared").write_bytes(msgspec.json.encode(prepared))
    return folder / "project"


class Watch:
    """Does something in the real window, waits until nothing more happens, and prints the longest stall."""

    def __init__(self, qtbot: QtBot, shell: Shell) -> None:
        self._qtbot, self.shell = qtbot, shell

    def time(self, name: str, act: Callable[[], object], until: Callable[[], bool] = lambda: True) -> None:
        self._qtbot.wait(QUIET_MILLISECONDS)
        meter = LagMeter()
        QTimer.singleShot(0, self.shell.window, lambda: act() and None)
        self._qtbot.wait(QUIET_MILLISECONDS)
        self._qtbot.waitUntil(until, timeout=60_000)
        self._qtbot.wait(QUIET_MILLISECONDS)
        print(f"{name:<48} {meter.stop()}")

    def each(self, name: str, values: list[int], act: Callable[[int], object]) -> None:
        left = list(values)
        turn = QTimer(interval=0)
        turn.timeout.connect(lambda: act(left.pop()) if left else None)
        self.time(name, turn.start, lambda: not left)
        turn.stop()


def test_labelling_50000_images(
    qtbot: QtBot, dressed: QApplication, many_images: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert dressed
    monkeypatch.setattr(api, "worker_command", prepared_suggestions.command)
    shell = Shell(Settings(tmp_path / "settings.ini"))
    qtbot.addWidget(shell.window)
    shell.window.resize(1440, 900)
    shell.window.show()
    qtbot.waitExposed(shell.window)
    watch, page = Watch(qtbot, shell), shell.data.label
    print(f"\nlongest stalls with {IMAGES:,} images")
    watch.time("open the project", lambda: shell.projects.open(many_images))
    watch.time("open Label", lambda: shell.go_to(PageId.DATA, LABEL))
    service = page.labelling.service
    qtbot.waitUntil(lambda: service.running, timeout=20_000)
    watch.each(f"{KEYS} labels by key, without suggestions", [0] * KEYS, lambda _: _press(page, Qt.Key.Key_1))
    prepared = many_images.parent / "prepared"
    prepared.replace(many_images / prepared_suggestions.PREPARED)
    watch.time("suggestions arrive", lambda: service.labels_changed(100), lambda: page.labelling.state.suggests)
    _scroll(watch)
    watch.time("filter by a class", lambda: page.browse.keep(Filter(Kind.CLASS, "pit")))
    watch.time("filter by no label", lambda: page.browse.keep(Filter(Kind.UNLABELLED)))
    watch.time("filter by nothing", lambda: page.browse.keep(Filter()))
    watch.each(f"{KEYS} labels by key", [0] * KEYS, lambda _: _press(page, Qt.Key.Key_2))
    watch.time("skip", lambda: _press(page, Qt.Key.Key_S))
    watch.time(
        "select all", lambda: QTest.keyClick(page.browse.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    )
    watch.time("select none", lambda: QTest.keyClick(page.browse.grid, Qt.Key.Key_Escape))
    watch.time("least sure first", page.browse.bar.sort.click)
    watch.time("a label by key, least sure first", lambda: _press(page, Qt.Key.Key_3))
    watch.time("by number again", page.browse.bar.sort.click)
    watch.time("undo of one", shell.session.undo_and_tell)
    watch.time("open accept-all", page.browse.bar.accept.click)
    slider = page.accept.slider.slider
    watch.each("move the line", [0] * 30, lambda _: QTest.keyClick(slider, Qt.Key.Key_Left))
    watch.time("accept all above the line", page.accept.take.click)
    watch.time("undo of all", shell.session.undo_and_tell)
    watch.time("redo of all", shell.session.redo_and_tell)
    watch.time("other language on Label", lambda: translator().set_language(Language.KOREAN))
    watch.time("Check", lambda: shell.go_to(PageId.DATA, "check"))
    watch.time("other language on Check", lambda: translator().set_language(Language.ENGLISH))
    watch.time("Goal", lambda: shell.go_to(PageId.GOAL))
    watch.time("Label again", lambda: shell.go_to(PageId.DATA, LABEL))
    watch.time("a label by key", lambda: _press(page, Qt.Key.Key_4))
    watch.time("Goal after a label", lambda: shell.go_to(PageId.GOAL))
    watch.time("Check after", lambda: shell.go_to(PageId.DATA, "check"))
    watch.time("close the project", shell.session.close)
    watch.time("open it again", lambda: shell.projects.open(many_images))
    watch.time("open Label with the last suggestions", lambda: shell.go_to(PageId.DATA, LABEL))
    began = time.perf_counter()
    shell.window.close()
    print(f"closed within {time.perf_counter() - began:.1f} s")


def _scroll(watch: Watch) -> None:
    bar = watch.shell.data.label.browse.grid.verticalScrollBar()
    far = [bar.maximum() * step // 400 for step in range(400)]
    watch.each("scroll from end to end", far, bar.setValue)
    watch.each("scroll slowly", [bar.singleStep() * step for step in range(400)], bar.setValue)


def _press(page: object, key: Qt.Key) -> None:
    assert hasattr(page, "browse")
    QTest.keyClick(page.browse.grid, key)


def _many(few: tuple[ImageRecord, ...]) -> tuple[ImageRecord, ...]:
    """As many images as are asked for, each with a content of its own that looks like one of the few."""
    made = []
    for place in range(IMAGES):
        record = few[place % len(few)]
        made.append(
            msgspec.structs.replace(
                record,
                number=place + 1,
                path=f"lot{place // 1000:02}/{place:05}_{record.path.rpartition('/')[2]}",
                sha256=f"{place:064x}",
                group=place + 1,
                shown=record.shown or record.sha256,
            )
        )
    return tuple(made)


def _add_version(project: Project, former: DatasetVersion, records: tuple[ImageRecord, ...]) -> None:
    snapshot = project.objects.put_bytes(msgspec.json.encode(ImageListing(records)))
    version = msgspec.structs.replace(former, number=2, snapshot=snapshot, fingerprint=snapshot, row_count=len(records))
    profile = project.datasets.newest_profile(former.number)
    assert profile is not None
    project.datasets.add(version)
    project.datasets.save_profile(2, (), "", msgspec.structs.replace(profile, row_count=len(records)))


def _suggested(records: tuple[ImageRecord, ...], classes: tuple[str, ...]) -> Suggestions:
    """Suggestions for these images as the worker writes them: four decimals, more often sure than not."""
    chance = random.Random(0)
    said = []
    for record in records:
        sure = 1 - chance.random() ** 2 * 0.7
        rest = (1 - sure) / (len(classes) - 1)
        said.append(
            Suggestion(record.number, tuple(round(sure if name == record.class_name else rest, 4) for name in classes))
        )
    lines = tuple(round(0.5 + step / 100, 2) for step in range(51))
    return Suggestions(
        classes=classes,
        label_count=IMAGES // 2,
        seconds=1.0,
        suggestions=tuple(said),
        queue=tuple(one.number for one in sorted(said, key=lambda one: max(one.probabilities))[:1_000]),
        suspects=tuple(range(1, 400, 2)),
        lines=lines,
        acceptable=tuple(20_000 - 300 * step for step in range(51)),
        expected_wrong=tuple(200.0 - 3 * step for step in range(51)),
        curve=(LabelPoint(4, 0.5, 0.4, 0.6), LabelPoint(8, 0.7, 0.6, 0.8)),
        enough=False,
    )
