"""Watching a folder: every complete image once, whatever happens in between."""

import csv
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PIL import Image

from automl.runtime.image.inspector import PATIENCE, InspectedImage, Inspector
from automl.runtime.image.predictor import ImagePredictor
from automl.runtime.image.watching import FolderWatch
from automl.runtime.problems import Problem, RefusedError
from automl.runtime.words import Words
from tests.automl.bundle.making_images import encoded, pixels, write_image_bundle

WORDS = Words.read(Path(__file__).parents[4] / "resources/translations/en/issues_predict.json")


@pytest.fixture(scope="module")
def predictor(tmp_path_factory: pytest.TempPathFactory) -> ImagePredictor:
    return ImagePredictor.open(write_image_bundle(tmp_path_factory.mktemp("bundle") / "b.zip"), threads=1)


class Line:
    """Runs an inspector for so many looks; `between` is called after each look with its number."""

    def __init__(self, looks: int = 4, between: Callable[[int], None] = lambda look: None) -> None:
        self.verdicts: list[InspectedImage] = []
        self.notes: list[Problem] = []
        self._looks, self._between = looks, between

    def run(self, inspector: Inspector) -> list[str]:
        looks = self._looks
        between = self._between

        class Counted(Event):
            made = 0

            def wait(self, timeout: float | None = None) -> bool:
                self.made += 1
                between(self.made)
                if self.made >= looks:
                    self.set()
                return self.is_set()

        inspector.run(Counted(), self.verdicts.append, self.notes.append, poll_seconds=0.0)
        return [one.judged.name for one in self.verdicts]


def _save(folder: Path, name: str, kind: int = 0) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    Image.fromarray(pixels(kind)).save(path)
    return path


def test_images_there_and_images_to_come_are_judged_once(predictor: ImagePredictor, tmp_path: Path) -> None:
    folder, to = tmp_path / "카메라", tmp_path / "판정.csv"
    _save(folder / "a", "one.png", 1)

    def between(look: int) -> None:
        if look == 3:
            _save(folder, "둘.png", 2)

    line = Line(8, between)
    assert line.run(Inspector(predictor, folder, WORDS, to=to)) == ["a/one.png", "둘.png"]
    assert [one.judged.answer.prediction for one in line.verdicts] == ["scratch", "stain 얼룩"]
    with to.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["path"] for row in rows] == ["a/one.png", "둘.png"]
    assert rows[0]["verdict"] == "not_good"
    # Started again, nothing is judged twice; written over, it is another image.
    assert Line().run(Inspector(predictor, folder, WORDS, to=to)) == []
    _save(folder, "둘.png", 0)
    assert Line().run(Inspector(predictor, folder, WORDS, to=to)) == ["둘.png"]
    assert Line().run(Inspector(predictor, folder, WORDS, to=to)) == []


@pytest.mark.parametrize("name", ["=cmd.png", "'quoted.png", "+1.png", "쉼표, 빈칸.png"])
def test_odd_names_are_known_again(name: str, predictor: ImagePredictor, tmp_path: Path) -> None:
    folder, to = tmp_path / "in", tmp_path / "out.csv"
    _save(folder, name)
    assert Line().run(Inspector(predictor, folder, WORDS, to=to)) == [name]
    assert Line().run(Inspector(predictor, folder, WORDS, to=to)) == []


@pytest.mark.skipif(sys.platform != "linux", reason="other systems only take names that are text")
def test_names_that_are_no_text_stop_no_line(predictor: ImagePredictor, tmp_path: Path) -> None:
    folder, to = tmp_path / "in", tmp_path / "out.csv"
    folder.mkdir()
    (folder / os.fsdecode("불량.png".encode("cp949"))).write_bytes(encoded(pixels(0)))
    assert Line().run(Inspector(predictor, folder, WORDS, to=to)) == ["불량.png"]
    assert Line().run(Inspector(predictor, folder, WORDS, to=to)) == []


def test_a_file_that_grows_is_left_alone_until_it_rests(predictor: ImagePredictor, tmp_path: Path) -> None:
    folder, content = tmp_path / "in", encoded(pixels(0))
    folder.mkdir()

    def between(look: int) -> None:
        if look <= 5:
            with (folder / "slow.png").open("ab") as file:
                file.write(content[(look - 1) * len(content) // 5 : look * len(content) // 5])

    line = Line(10, between)
    assert line.run(Inspector(predictor, folder, WORDS)) == ["slow.png"]
    assert line.verdicts[0].judged.answer.answered
    assert not line.verdicts[0].judged.answer.issues


def test_a_file_that_stays_damaged_is_told_in_the_end(predictor: ImagePredictor, tmp_path: Path) -> None:
    folder, to = tmp_path / "in", tmp_path / "out.csv"
    folder.mkdir()
    (folder / "half.png").write_bytes(encoded(pixels(0))[:300])
    assert Line(PATIENCE).run(Inspector(predictor, folder, WORDS, to=to)) == []
    line = Line(PATIENCE + 3)
    assert line.run(Inspector(predictor, folder, WORDS, to=to)) == ["half.png"]
    assert line.verdicts[0].judged.answer.verdict == ""
    shown = json.loads(line.verdicts[0].as_json(WORDS, predictor.manifest.classes))
    assert shown["verdict"] is None
    assert shown["probabilities"]["good"] is None
    assert shown["issues"][0].startswith("image.damaged")
    assert Line(PATIENCE + 3).run(Inspector(predictor, folder, WORDS, to=to)) == []


def test_a_file_that_is_moved_to_its_name_is_found_and_scratch_files_are_not(
    predictor: ImagePredictor, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    scratch = _save(folder, ".upload.png")
    _save(folder, "~part.png")

    def between(look: int) -> None:
        if look == 2:
            scratch.rename(folder / "done.png")

    assert Line(6, between).run(Inspector(predictor, folder, WORDS)) == ["done.png"]


def test_heatmaps_in_the_watched_folder_are_not_watched(predictor: ImagePredictor, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    _save(folder, "one.png")
    line = Line(8)
    assert line.run(Inspector(predictor, folder, WORDS, heatmaps=folder / "heat")) == ["one.png"]
    assert Path(line.verdicts[0].heatmap).is_file()


def test_a_line_torn_by_a_power_cut_is_judged_again(predictor: ImagePredictor, tmp_path: Path) -> None:
    folder, to = tmp_path / "in", tmp_path / "out.csv"
    _save(folder, "one.png")
    _save(folder, "two.png")
    assert len(Line().run(Inspector(predictor, folder, WORDS, to=to))) == 2
    whole = to.read_bytes()
    to.write_bytes(whole[:-30])
    assert Line().run(Inspector(predictor, folder, WORDS, to=to)) == ["two.png"]
    assert to.read_bytes().count(b"\n") == whole.count(b"\n")


def test_a_log_that_cannot_be_written_for_a_while_keeps_its_lines(predictor: ImagePredictor, tmp_path: Path) -> None:
    folder, to, aside = tmp_path / "in", tmp_path / "out.csv", tmp_path / "aside.csv"
    inspector = Inspector(predictor, _save(folder, "one.png").parent, WORDS, to=to)
    before = to.read_bytes()
    to.rename(aside)
    to.mkdir()

    def between(look: int) -> None:
        if look == 5:
            to.rmdir()
            aside.rename(to)

    line = Line(8, between)
    assert line.run(inspector) == ["one.png"]
    assert [note.code for note in line.notes] == ["predict.log_waits"]
    assert to.read_bytes().count(b"\n") == before.count(b"\n") + 1


def test_a_file_of_other_answers_is_never_added_to(predictor: ImagePredictor, tmp_path: Path) -> None:
    to = tmp_path / "out.csv"
    to.write_text("mine,too\n1,2\n")
    (tmp_path / "in").mkdir()
    with pytest.raises(RefusedError) as caught:
        Inspector(predictor, tmp_path / "in", WORDS, to=to)
    assert caught.value.problems[0].code == "predict.other_answers"
    assert to.read_text() == "mine,too\n1,2\n"
    with pytest.raises(RefusedError) as caught:
        Inspector(predictor, to, WORDS)
    assert caught.value.problems[0].code == "predict.not_a_folder"


def test_a_folder_that_disappears_and_comes_back_is_watched_on(tmp_path: Path) -> None:
    folder = tmp_path / "share"
    _save(folder, "one.png")
    watch = FolderWatch(folder, ())
    assert watch.look() == []
    assert [state.name for state in watch.look()] == ["one.png"]
    folder.rename(tmp_path / "away")
    assert watch.look() == []
    (tmp_path / "away").rename(folder)
    watch.look()
    assert [state.name for state in watch.look()] == ["one.png"]
