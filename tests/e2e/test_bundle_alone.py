"""A bundle where there is no Lathe: a fresh Python with numpy and onnxruntime only, in a folder with Hangul and spaces."""

import csv
import importlib.util
import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from automl.bundle.writer import write_bundle
from automl.domain.task import TaskKind
from automl.runtime.image.predictor import ImagePredictor
from automl.runtime.predictor import Predictor
from automl.runtime.words import Words
from tests.automl.bundle.making import TABLE_TASKS, make_files, raw_table
from tests.automl.bundle.making_images import CLASSES as IMAGE_CLASSES
from tests.automl.bundle.making_images import some_images, write_image_bundle, write_images

_NEEDED = ("numpy", "numpy.libs", "onnxruntime", "onnxruntime.libs")
_FOR_IMAGES = ("PIL", "pillow.libs")
_WORDS = Path(__file__).parents[2] / "resources/translations/en/issues_predict.json"


@pytest.fixture(scope="module")
def bare_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment that has two packages, linked from those installed here."""
    return _bare_python(tmp_path_factory.mktemp("bare"), _NEEDED)


@pytest.fixture(scope="module")
def bare_python_for_images(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Another one that has Pillow besides."""
    return _bare_python(tmp_path_factory.mktemp("bare_images"), (*_NEEDED, *_FOR_IMAGES))


def _bare_python(folder: Path, packages: tuple[str, ...]) -> Path:
    venv.create(folder, with_pip=False, symlinks=os.name != "nt")
    site = next(folder.rglob("site-packages"))
    for name in packages:
        for installed in {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}:
            if Path(installed, name).is_dir() and not (site / name).exists():
                (site / name).symlink_to(Path(installed, name), target_is_directory=True)
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _run(python: Path, program: Path, *arguments: str, language: str = "en") -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    return subprocess.run(
        [str(python), str(program), *arguments],
        env={**environment, "LATHE_LANGUAGE": language, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("task", TABLE_TASKS)
def test_a_bundle_needs_nothing_else(task: TaskKind, bare_python: Path, tmp_path: Path) -> None:
    place = tmp_path / "배포 폴더 (라인 2)" / "my bundle"
    write_bundle(make_files(task), place, lambda path: None)
    table, to = tmp_path / "새 데이터.csv", tmp_path / "예측 결과.csv"
    raw = raw_table(30, seed=3)
    with table.open("w", encoding="cp949", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(raw.texts)
        writer.writerows(zip(*raw.texts.values(), strict=True))
    done = _run(bare_python, place / "predict.py", str(table), str(to))
    assert done.returncode == 0, done.stderr
    assert "30 rows predicted" in done.stdout
    in_app = tmp_path / "app.csv"
    Predictor.open(place).predict_file(table, in_app, Words.read(_WORDS))
    assert to.read_bytes() == in_app.read_bytes()
    proof = _run(bare_python, place / "predict.py", "--selftest", "--json")
    assert proof.returncode == 0, proof.stderr
    assert json.loads(proof.stdout)["passed"]
    assert not list(place.rglob("__pycache__"))


def test_a_table_that_does_not_fit_is_refused_in_korean(bare_python: Path, tmp_path: Path) -> None:
    place = tmp_path / "b"
    write_bundle(make_files(), place, lambda path: None)
    table = tmp_path / "t.csv"
    table.write_text("a,b\n1,2\n", encoding="utf-8")
    done = _run(bare_python, place / "predict.py", str(table), language="ko")
    assert done.returncode == 2
    assert "열이 없습니다" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "t_predictions.csv").exists()


def test_a_missing_library_is_named_with_the_way_out(tmp_path: Path) -> None:
    place = tmp_path / "b"
    write_bundle(make_files(), place, lambda path: None)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(place / "predict.py"), "--selftest"],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert importlib.util.find_spec("numpy")
    assert done.returncode == 1
    assert "requirements.txt" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a shell script")
def test_the_shell_script_starts_the_program(bare_python: Path, tmp_path: Path) -> None:
    place = tmp_path / "b 1"
    write_bundle(make_files(), place, lambda path: None)
    path = f"{bare_python.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [str(place / "run_predict.sh"), "--selftest"],
        env={"PATH": path, "LATHE_LANGUAGE": "en"},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Passed: ")


@pytest.mark.parametrize("task", list(IMAGE_CLASSES))
def test_a_bundle_for_images_needs_only_pillow_besides(
    task: TaskKind, bare_python_for_images: Path, tmp_path: Path
) -> None:
    place = write_image_bundle(tmp_path / "배포 폴더 (라인 2)" / "inspector", task)
    folder = write_images(tmp_path / "새 사진", some_images(6))
    to = tmp_path / "판정.csv"
    done = _run(
        bare_python_for_images, place / "predict.py", str(folder), str(to), "--heatmaps", str(tmp_path / "heat")
    )
    assert done.returncode == 0, done.stderr
    assert "Images judged: 6" in done.stdout
    with to.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(Path(row["heatmap"]).is_file() and row["verdict"] for row in rows)
    given = ImagePredictor.open(place).predict_files([folder])
    assert [row["verdict"] for row in rows] == [one.verdict for one in given]
    proof = _run(bare_python_for_images, place / "predict.py", "--selftest", "--json")
    assert proof.returncode == 0, proof.stderr
    assert json.loads(proof.stdout)["passed"]
    assert not list(place.rglob("__pycache__"))


def test_without_pillow_it_says_what_to_install(bare_python: Path, tmp_path: Path) -> None:
    place = write_image_bundle(tmp_path / "b")
    done = _run(bare_python, place / "predict.py", "--selftest")
    assert done.returncode == 1
    assert "PIL" in done.stderr
    assert "requirements.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_inspector_says_a_verdict_for_every_new_image_until_its_input_closes(
    bare_python_for_images: Path, tmp_path: Path
) -> None:
    place = write_image_bundle(tmp_path / "b")
    folder = write_images(tmp_path / "in", some_images(1))
    to = tmp_path / "out.csv"
    command = [str(bare_python_for_images), str(place / "predict.py"), "--watch", "--json", str(folder), str(to)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    with subprocess.Popen(
        command, env={**environment, "PYTHONUTF8": "1"}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        first = json.loads(process.stdout.readline())
        assert (first["path"], first["prediction"], first["verdict"]) == ("부품 000.png", "good", "ok")
        write_images(folder / "more", some_images(2)[1:])
        second = json.loads(process.stdout.readline())
        assert (second["path"], second["verdict"]) == ("more/부품 000.png", "not_good")
        process.stdin.close()
        assert process.wait(30) == 0
    assert to.read_text(encoding="utf-8-sig").count("\n") == 3
