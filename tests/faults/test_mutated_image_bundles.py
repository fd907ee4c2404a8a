"""Three hundred bundles for images that somebody or something changed: every one refused in words, or what it was."""

import dataclasses
import random
from pathlib import Path

import pytest

from automl.bundle.manifest_builder import file_facts
from automl.domain.task import TaskKind
from automl.runtime.image.predictor import ImagePredictor
from automl.runtime.image.selftest import run_selftest
from automl.runtime.manifest_reading import read_manifest
from automl.runtime.problems import RefusedError
from automl.runtime.words import Words
from tests.automl.bundle.making import make_key
from tests.automl.bundle.making_images import image_model, make_image_files
from tests.faults.test_mutated_bundles import CHANGES, Files, as_zip, write_files

WORDS = Words.read(Path(__file__).parents[2] / "resources/translations/ko/issues_predict.json")


def _said(error: RefusedError) -> str:
    said = WORDS.problem(error.problems[0])
    assert not said.startswith("issue."), said
    return error.problems[0].code


def _signed_anew(files: Files) -> Files:
    """What somebody with a key of his own can make of changed files."""
    key = make_key(9)
    plain = {name: content for name, content in files.items() if not name.startswith("manifest.")}
    manifest = dataclasses.replace(
        read_manifest(files["manifest.json"]), key_id=key.key_id, files=file_facts(plain)
    ).to_json()
    return {"manifest.json": manifest, "manifest.sig": key.sign(manifest).to_json(), **plain}


@pytest.mark.parametrize("seed", range(10))
def test_changed_files_are_refused(seed: int, tmp_path: Path) -> None:
    chance = random.Random(1000 + seed)
    whole = make_image_files()
    for number in range(20):
        change = chance.choice(CHANGES)
        changed = change(whole, chance)
        if changed == whole:
            continue
        path = tmp_path / f"{number}.zip"
        if number % 2:
            path.write_bytes(as_zip(changed))
        else:
            path = write_files(changed, tmp_path / str(number))
        try:
            opened = ImagePredictor.open(path, threads=1)
        except RefusedError as error:
            _said(error)
        else:
            assert opened.bundle.key_id == make_key(9).key_id


@pytest.mark.parametrize("seed", range(4))
def test_forged_contents_fail_in_words(seed: int, tmp_path: Path) -> None:
    """Whoever signs anew may put anything into model, golden images and answers; nothing of it ends in a traceback."""
    chance = random.Random(seed)
    whole = make_image_files()
    inside = [name for name in whole if name.startswith(("golden/", "model/"))]
    outcomes = set()
    for number in range(25):
        name = chance.choice(inside)
        content = bytearray(whole[name])
        for _ in range(chance.choice([1, 4, 40])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        if chance.random() < 0.3:
            del content[chance.randrange(len(content)) :]
        path = tmp_path / f"{number}.zip"
        path.write_bytes(as_zip(_signed_anew(whole | {name: bytes(content)})))
        try:
            outcomes.add(str(run_selftest(ImagePredictor.open(path, threads=1)).passed))
        except RefusedError as error:
            outcomes.add(_said(error))
    assert len(outcomes) > 1


def _refusal_of_model(model: bytes, tmp_path: Path) -> str:
    path = tmp_path / "b.zip"
    path.write_bytes(as_zip(_signed_anew(make_image_files() | {"model/model.onnx": model})))
    with pytest.raises(RefusedError) as caught:
        run_selftest(ImagePredictor.open(path, threads=1))
    return _said(caught.value)


def test_a_graph_of_another_shape_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "narrow.zip"
    path.write_bytes(as_zip(_signed_anew(make_image_files() | {"model/model.onnx": image_model(TaskKind.BINARY)})))
    assert not run_selftest(ImagePredictor.open(path, threads=1)).passed
    assert (
        _refusal_of_model(image_model().replace(b"probabilities", b"probabilitiez"), tmp_path)
        == "bundle.model_unreadable"
    )
    assert _refusal_of_model(b"", tmp_path) == "bundle.model_unreadable"


def test_a_bundle_without_golden_images_is_refused(tmp_path: Path) -> None:
    whole = make_image_files()
    bare = {name: content for name, content in whole.items() if not name.startswith("golden/images/")}
    path = write_files(_signed_anew(bare), tmp_path / "b")
    with pytest.raises(RefusedError) as caught:
        ImagePredictor.open(path)
    assert _said(caught.value) == "bundle.missing_file"


def test_images_beside_the_program_are_no_harm(tmp_path: Path) -> None:
    path = write_files(make_image_files(), tmp_path / "b")
    (path / "part.png").write_bytes(b"x")
    assert ImagePredictor.open(path).manifest.task == "multiclass"
    (path / "golden" / "images" / "0999.png").write_bytes(b"x")
    with pytest.raises(RefusedError) as caught:
        ImagePredictor.open(path)
    assert _said(caught.value) == "bundle.extra_file"
