"""A bundle for images from its files to its answers."""

import dataclasses
import json
import re
from pathlib import Path

import numpy as np
import pytest

from automl.bundle.image_trial import FAST_ENOUGH_MILLISECONDS
from automl.bundle.proof_images import SIZES
from automl.bundle.signing import this_computers_key
from automl.bundle.trust import TrustStore
from automl.bundle.verifier import require_verified, verify
from automl.bundle.writer import bundle_files, write_bundle
from automl.domain.issues import Refusal
from automl.domain.task import TaskKind
from automl.domain.verification import VerificationReport
from automl.runtime.image.predictor import ImagePredictor
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.opening import open_bundle
from automl.runtime.predictor import Predictor
from automl.runtime.problems import RefusedError
from tests.automl.bundle.making import make_files
from tests.automl.bundle.making_images import (
    CLASSES,
    image_model,
    make_image_files,
    make_image_source,
    make_proof,
    write_image_bundle,
)


def test_a_bundle_for_images_proves_itself(tmp_path: Path) -> None:
    trust, key = TrustStore(tmp_path / "config"), this_computers_key(tmp_path / "config")
    source = make_image_source()
    proof = make_proof(source.onnx, TaskKind.MULTICLASS, count=6)
    reports: list[VerificationReport] = []
    write_bundle(
        bundle_files(source, key),
        tmp_path / "묶음 1.zip",
        lambda staged: reports.append(require_verified(staged, trust, proof)),
    )
    (report,) = reports
    assert report.passed
    assert [check.code for check in report.checks] == [
        "whole",
        "signed",
        "runs_alone",
        "predicted_again_images",
        "every_size_images",
        "fast_enough_images",
        "refuses_broken_input_images",
    ]
    assert report.rows == len(source.golden) + 6 * len(SIZES)
    assert report.difference <= 1e-4
    assert report.checks[4].parameters["sizes"] == 5
    kinds = {file.kind for file in report.files}
    assert {"start", "model", "card", "manifest", "golden", "runtime", "csharp"} <= kinds
    later = verify(tmp_path / "묶음 1.zip", trust)
    assert later.passed
    assert "every_size_images" not in [check.code for check in later.checks]


@pytest.mark.parametrize("task", list(CLASSES))
def test_the_manifest_says_what_the_model_is(task: TaskKind, tmp_path: Path) -> None:
    manifest = open_bundle(write_image_bundle(tmp_path / "b", task)).manifest
    assert isinstance(manifest, ImageManifest)
    assert (manifest.format, manifest.kind, manifest.task) == (2, "images", task.value)
    assert manifest.good == ("good",)
    assert (manifest.lower, manifest.upper) == (0.3, 0.7)
    assert manifest.classes == CLASSES[task]
    assert manifest.alarm_line == (None if task is TaskKind.MULTICLASS else 0.5)


def test_a_graph_that_answers_otherwise_is_not_handed_out(tmp_path: Path) -> None:
    source = make_image_source()
    other = dataclasses.replace(source, onnx=image_model(gain=1.9))
    trust, key = TrustStore(tmp_path / "config"), this_computers_key(tmp_path / "config")
    with pytest.raises(Refusal) as caught:
        write_bundle(bundle_files(other, key), tmp_path / "out", lambda path: _gate(path, trust))
    assert caught.value.issues[0].code == "bundle.answers_differ_images"
    assert not (tmp_path / "out").exists()


def _gate(path: Path, trust: TrustStore) -> None:
    require_verified(path, trust)


def test_a_stop_ends_the_verification_and_leaves_nothing(tmp_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop() -> None:
        raise StoppedError

    trust, key = TrustStore(tmp_path / "config"), this_computers_key(tmp_path / "config")
    with pytest.raises(StoppedError):
        write_bundle(
            bundle_files(make_image_source(), key),
            tmp_path / "out",
            lambda path: _stopped_gate(path, trust, stop),
        )
    assert not (tmp_path / "out").exists()


def _stopped_gate(path: Path, trust: TrustStore, stop: object) -> None:
    assert callable(stop)
    require_verified(path, trust, (), stop)


def test_each_kind_of_bundle_refuses_the_work_of_the_other(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as caught:
        Predictor.open(write_image_bundle(tmp_path / "images"))
    assert caught.value.problems[0].code == "bundle.for_images"
    write_bundle(make_files(), tmp_path / "table", lambda path: None)
    with pytest.raises(RefusedError) as caught:
        ImagePredictor.open(tmp_path / "table")
    assert caught.value.problems[0].code == "bundle.for_tables"


def test_only_a_bundle_for_images_asks_for_pillow() -> None:
    images, table = make_image_files(), make_files()
    assert b"pillow==" in images["requirements.txt"]
    assert b"pillow" not in table["requirements.txt"]
    assert any(name.startswith("runtime/automl/runtime/image/") for name in images)
    assert not any("/image/" in name for name in table)


def test_the_sample_for_csharp_knows_the_names_the_manifest_and_the_graph_know(tmp_path: Path) -> None:
    files = make_image_files()
    sample, manifest = files["csharp/Inspect.cs"].decode("utf-8"), json.loads(files["manifest.json"])
    assert "$" not in sample
    names = re.search(r"Classes = \{ (.*) \};", sample)
    assert names is not None
    assert json.loads(f"[{names.group(1)}]") == manifest["classes"]
    assert f"Lower = {manifest['lower']}" in sample
    assert f"Upper = {manifest['upper']}" in sample
    assert re.search(r"Good = \{ 0 \}", sample)
    for name in ("pixels", "probabilities", "outside"):
        assert f'"{name}"' in sample
    assert b"Microsoft.ML.OnnxRuntime" in files["csharp/Inspect.csproj"]


def test_golden_images_are_few_and_small() -> None:
    files = make_image_files()
    golden = {name: content for name, content in files.items() if name.startswith("golden/images/")}
    assert len(golden) == 12
    assert sum(map(len, golden.values())) < 4_000_000
    assert FAST_ENOUGH_MILLISECONDS >= 15


def test_pixels_answer_the_same_alone_and_from_a_file(tmp_path: Path) -> None:
    predictor = ImagePredictor.open(write_image_bundle(tmp_path / "b"))
    for one in make_image_source().golden:
        source = tmp_path / "one.png"
        source.write_bytes(one.content)
        (given,) = predictor.predict_files([source])
        np.testing.assert_allclose(given.probabilities, one.probabilities, atol=1e-6)
