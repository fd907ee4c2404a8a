"""Images of all kinds of places through a bundle to a predictions file."""

import csv
import os
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from automl.domain.image_result import ImageVerdict
from automl.domain.images import IMAGE_EXTENSIONS
from automl.domain.task import TaskKind
from automl.runtime.image.answers import titles
from automl.runtime.image.predictor import ImagePredictor, ImagesOutcome
from automl.runtime.image.sources import HEATMAP_ENDING, IMAGE_ENDINGS, image_sources
from automl.runtime.image.verdicts import VERDICTS, Lines, unusual, verdicts_of
from automl.runtime.problems import RefusedError
from automl.runtime.words import Words
from tests.automl.bundle.making_images import encoded, pixels, some_images, write_image_bundle, write_images

WORDS = Words.read(Path(__file__).parents[4] / "resources/translations/en/issues_predict.json")
KOREAN = Words.read(Path(__file__).parents[4] / "resources/translations/ko/issues_predict.json")


@pytest.fixture(scope="module")
def predictor(tmp_path_factory: pytest.TempPathFactory) -> ImagePredictor:
    return ImagePredictor.open(write_image_bundle(tmp_path_factory.mktemp("bundle") / "b.zip"), threads=1)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _predict(
    predictor: ImagePredictor, data: Path, to: Path, *, heatmaps: Path | None = None, words: Words = WORDS
) -> tuple[ImagesOutcome, list[dict[str, str]]]:
    outcome = predictor.predict_to(image_sources(data), to, words, heatmaps=heatmaps)
    return outcome, _rows(to)


def test_the_runtime_uses_the_words_of_the_product() -> None:
    assert tuple(VERDICTS) == tuple(verdict.value for verdict in ImageVerdict)
    assert set(IMAGE_ENDINGS) == set(IMAGE_EXTENSIONS)


def test_verdicts_stand_at_the_lines() -> None:
    answers = np.array([[0.9, 0.1], [0.6, 0.4], [0.2, 0.8], [0.9, 0.1], [np.nan, 0.5]])
    outside = np.array([0.2, 1.0, 0.0, 1.1, 0.0])
    lines = Lines((0,), 0.3, 0.7)
    assert verdicts_of(answers, outside, lines) == ["ok", "person", "not_good", "unknown", "unknown"]
    assert verdicts_of(answers, outside, Lines((), 0.3, 2.0)) == ["ok", "person", "ok", "unknown", "unknown"]
    far = np.full(5, 9.0)
    assert verdicts_of(answers, far, Lines((0,), 0.3, 0.7, unlike_is_flawed=True)) == [
        "unknown",
        "unknown",
        "not_good",
        "unknown",
        "unknown",
    ]
    np.testing.assert_allclose(unusual(answers[:3], (0,)), [0.1, 0.4, 0.8])
    np.testing.assert_allclose(unusual(answers[:3], ()), [0.1, 0.4, 0.2])


def test_a_folder_becomes_a_table_of_answers(predictor: ImagePredictor, tmp_path: Path) -> None:
    folder = write_images(tmp_path / "새 사진" / "라인 2", some_images(9))
    (folder / "cut.png").write_bytes(encoded(pixels(0))[:200])
    (folder / "notes.txt").write_text("no image")
    (folder / ".hidden.png").write_bytes(b"x")
    Image.fromarray(pixels(0, width=400, height=320)).save(folder / "zoomed.png")
    Image.fromarray(np.full((32, 40, 3), 250, np.uint8)).save(folder / "white.bmp")
    outcome, rows = _predict(predictor, folder.parent, tmp_path / "out.csv")
    assert outcome.images == len(rows) == 12
    assert tuple(rows[0]) == titles(predictor.manifest)
    by_name = {Path(row["path"]).name: row for row in rows}
    assert all(row["path"].startswith("라인 2/") for row in rows)
    assert [by_name[f"부품 {number:03d}.png"]["prediction"] for number in range(3)] == ["good", "scratch", "stain 얼룩"]
    assert [by_name[f"부품 {number:03d}.png"]["verdict"] for number in range(3)] == ["ok", "not_good", "not_good"]
    for row in rows:
        if row["prediction"]:
            assert abs(sum(float(row[f"probability_{name}"]) for name in predictor.manifest.classes) - 1) < 1e-5
    cut = by_name["cut.png"]
    assert (cut["prediction"], cut["verdict"], cut["probability_good"], cut["outside"]) == ("", "", "", "")
    assert cut["issues"].startswith("image.damaged: The image is damaged")
    assert by_name["zoomed.png"]["issues"].startswith("image.larger: ")
    assert by_name["zoomed.png"]["prediction"] == "good"
    assert by_name["white.bmp"]["verdict"] == "unknown"
    assert by_name["white.bmp"]["issues"].startswith("image.unlike_learned")
    assert outcome.issue_counts == {"image.damaged": 1, "image.larger": 1, "image.unlike_learned": 1}
    assert sum(outcome.verdict_counts.values()) == 11


def test_folder_zip_list_and_single_images_give_the_same_answers(predictor: ImagePredictor, tmp_path: Path) -> None:
    images = some_images(4)
    folder = write_images(tmp_path / "a", images)
    paths = sorted(folder.iterdir())
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for path in paths:
            archive.write(path, f"in/{path.name}")
        archive.writestr("__MACOSX/in/._x.png", b"x")
    listed = "\n".join(["번호,file,class", *(f"{number},a\\{path.name},good" for number, path in enumerate(paths))])
    (tmp_path / "list.csv").write_text(listed, encoding="cp949")
    (tmp_path / "bare.txt").write_text("\n".join(str(path) for path in paths), encoding="utf-8")
    expected = [row["probability_good"] for row in _predict(predictor, folder, tmp_path / "1.csv")[1]]
    assert len(expected) == 4
    for number, data in enumerate((tmp_path / "a.zip", tmp_path / "list.csv", tmp_path / "bare.txt")):
        rows = _predict(predictor, data, tmp_path / f"{number}.out.csv")[1]
        assert [row["probability_good"] for row in rows] == expected, data.name
    assert len(_predict(predictor, paths[0], tmp_path / "2.csv")[1]) == 1
    given = predictor.predict_files([folder, paths[0]])
    assert [str(one.probabilities[0]) for one in given] == [*expected, expected[0]]


def test_korean_names_of_old_windows_programs_are_read(predictor: ImagePredictor, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("QWER/1.png", encoded(pixels(2)))
    path.write_bytes(path.read_bytes().replace(b"QWER", "불량".encode("cp949")))
    _, rows = _predict(predictor, path, tmp_path / "out.csv")
    assert [(row["path"], bool(row["prediction"])) for row in rows] == [("불량/1.png", True)]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems only take names that are text")
def test_names_that_are_no_text_are_shown_as_well_as_they_can_be(predictor: ImagePredictor, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for raw in ("불량.png".encode("cp949"), b"\xff\xfe.png"):
        (folder / os.fsdecode(raw)).write_bytes(encoded(pixels(2)))
    _, rows = _predict(predictor, folder, tmp_path / "out.csv")
    assert {row["path"] for row in rows} == {"불량.png", b"\xff\xfe.png".decode("cp437")}
    assert all(row["prediction"] for row in rows)
    assert len(_predict(predictor, folder / os.fsdecode(b"\xff\xfe.png"), tmp_path / "1.csv")[1]) == 1


@pytest.mark.parametrize(
    ("given", "to"),
    [
        ("in", "in/부품 000.png"),
        ("in", "bundle.zip"),
        ("a.zip", "a.zip"),
        ("list.csv", "list.csv"),
        ("list.csv", "in/부품 000.png"),
    ],
)
def test_answers_never_replace_what_they_come_from(given: str, to: str, tmp_path: Path) -> None:
    write_images(tmp_path / "in", some_images(1))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(tmp_path / "in/부품 000.png", "1.png")
    (tmp_path / "list.csv").write_text("path\nin/부품 000.png\n", encoding="utf-8")
    own = ImagePredictor.open(write_image_bundle(tmp_path / "bundle.zip"), threads=1)
    before = (tmp_path / to).read_bytes()
    with pytest.raises(RefusedError) as caught:
        _predict(own, tmp_path / given, tmp_path / to)
    assert caught.value.problems[0].code == "predict.same_file"
    assert (tmp_path / to).read_bytes() == before


def test_an_image_of_a_list_that_is_not_there_is_a_row(predictor: ImagePredictor, tmp_path: Path) -> None:
    write_images(tmp_path, some_images(1))
    (tmp_path / "list.csv").write_text("path\n부품 000.png\ngone.png\n", encoding="utf-8")
    _, rows = _predict(predictor, tmp_path / "list.csv", tmp_path / "out.csv")
    assert [bool(row["prediction"]) for row in rows] == [True, False]
    assert rows[1]["issues"].startswith("predict.file_missing")


def test_heatmaps_lie_as_the_images_do(predictor: ImagePredictor, tmp_path: Path) -> None:
    folder = write_images(tmp_path / "a" / "b", some_images(3))
    _, rows = _predict(predictor, folder.parent, tmp_path / "out.csv", heatmaps=tmp_path / "heat")
    for row, image in zip(rows, some_images(3), strict=True):
        path = Path(row["heatmap"])
        assert path == tmp_path / "heat" / f"{row['path']}{HEATMAP_ENDING}"
        with Image.open(path) as shown:
            assert shown.size == (image.shape[1], image.shape[0])
    # Heatmaps of ours are never taken for images.
    with pytest.raises(RefusedError) as caught:
        image_sources(tmp_path / "heat")
    assert caught.value.problems[0].code == "predict.no_images"


def test_names_with_dots_stay_below_the_folder_of_heatmaps(predictor: ImagePredictor, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("../../evil.png", encoded(pixels(2)))
    _, rows = _predict(predictor, tmp_path / "a.zip", tmp_path / "out.csv", heatmaps=tmp_path / "x" / "heat")
    assert Path(rows[0]["heatmap"]) == tmp_path / "x" / "heat" / f"evil.png{HEATMAP_ENDING}"
    assert not (tmp_path / "evil.png").exists()


@pytest.mark.parametrize("made", ["empty", "text", "list", "zip", "gone"])
def test_what_holds_no_images_is_refused(made: str, predictor: ImagePredictor, tmp_path: Path) -> None:
    data, code = tmp_path / "x", "predict.no_images"
    if made == "empty":
        data.mkdir()
    elif made == "text":
        data = tmp_path / "x.docx"
        data.write_bytes(b"x")
    elif made == "list":
        data, code = tmp_path / "x.csv", "predict.no_image_column"
        data.write_text("a,b\n1,2\n")
    elif made == "zip":
        data, code = tmp_path / "x.zip", "predict.file_unreadable"
        data.write_bytes(b"PK\x03\x04 no zip")
    else:
        code = "predict.file_missing"
    with pytest.raises(RefusedError) as caught:
        _predict(predictor, data, tmp_path / "out.csv")
    assert caught.value.problems[0].code == code
    assert not KOREAN.problem(caught.value.problems[0]).startswith("issue.")
    assert not (tmp_path / "out.csv").exists()


def test_a_stop_leaves_no_half_file(predictor: ImagePredictor, tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        assert (done, total) == (1, 6)
        raise StoppedError

    folder = write_images(tmp_path / "a", some_images(6))
    with pytest.raises(StoppedError):
        predictor.predict_to(image_sources(folder), tmp_path / "out.csv", WORDS, progress=stop)
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_two_classes_answer_by_the_alarm_line(tmp_path: Path) -> None:
    predictor = ImagePredictor.open(write_image_bundle(tmp_path / "b", TaskKind.BINARY))
    (given,) = predictor.predict_files([write_images(tmp_path / "i", [pixels(1)])])
    assert (given.prediction, given.verdict) == ("=flawed", "not_good")
    _, rows = _predict(predictor, tmp_path / "i", tmp_path / "o.csv")
    # A spreadsheet would take it for a formula.
    assert rows[0]["prediction"] == "'=flawed"
