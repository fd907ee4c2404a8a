"""A bundle from its files to its answers, and who signed it."""

import csv
import dataclasses
import stat
import sys
from pathlib import Path

import msgspec
import numpy as np
import pytest

from automl.bundle.manifest_builder import file_facts
from automl.bundle.signing import KEY_FILE, this_computers_key
from automl.bundle.trust import TrustStore
from automl.bundle.verifier import require_verified, verify
from automl.bundle.writer import bundle_files, write_bundle
from automl.domain.issues import Refusal
from automl.domain.result import Interval
from automl.domain.task import TaskKind
from automl.domain.verification import KeyStanding
from automl.runtime.manifest_reading import read_manifest
from automl.runtime.opening import open_bundle
from automl.runtime.predictor import Predictor
from automl.runtime.words import Words
from tests.automl.bundle.making import (
    TABLE_TASKS,
    make_files,
    make_key,
    make_source,
    python_model,
    raw_table,
    typed_table,
)


def _write(task: TaskKind, to: Path, seed: int = 1) -> Path:
    write_bundle(make_files(task, seed), to, lambda path: None)
    return to


@pytest.mark.parametrize("task", TABLE_TASKS)
@pytest.mark.parametrize("name", ["묶음 1", "bundle 1.zip"])
def test_a_bundle_proves_itself(task: TaskKind, name: str, tmp_path: Path) -> None:
    trust = TrustStore(tmp_path / "config")
    path = tmp_path / name
    key = this_computers_key(tmp_path / "config")
    reports = []
    write_bundle(
        bundle_files(make_source(task), key), path, lambda staged: reports.append(require_verified(staged, trust))
    )
    (report,) = reports
    assert report.passed
    assert report.standing is KeyStanding.OWN
    assert report.rows >= 1000
    assert report.difference <= 1e-5
    assert [check.code for check in report.checks] == [
        "whole",
        "signed",
        "runs_alone",
        "predicted_again",
        "fast_enough",
        "refuses_broken_input",
    ]
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".")]


def test_scores_that_could_not_be_computed_are_not_claimed(tmp_path: Path) -> None:
    source = make_source(TaskKind.REGRESSION)
    unclear = msgspec.structs.replace(source.summary, metrics={"r2": Interval(float("nan"), float("-inf"), 1.0)})
    files = bundle_files(dataclasses.replace(source, summary=unclear), make_key())
    write_bundle(files, tmp_path / "b", lambda path: None)
    assert "r2" not in open_bundle(tmp_path / "b").manifest.metrics


def test_a_model_that_differs_is_not_handed_out(tmp_path: Path) -> None:
    source = make_source(TaskKind.BINARY)
    answers = tuple((0.5, 0.5) for _ in source.golden.answers)
    wrong = dataclasses.replace(source, golden=msgspec.structs.replace(source.golden, answers=answers))
    key, trust = this_computers_key(tmp_path / "config"), TrustStore(tmp_path / "config")

    def gate(path: Path) -> None:
        require_verified(path, trust)

    with pytest.raises(Refusal) as caught:
        write_bundle(bundle_files(wrong, key), tmp_path / "out", gate)
    assert caught.value.issues[0].code == "bundle.answers_differ"
    assert not (tmp_path / "out").exists()


def test_answers_of_the_runtime_are_those_of_the_model(tmp_path: Path) -> None:
    predictor = Predictor.open(_write(TaskKind.MULTICLASS, tmp_path / "b"))
    raw = raw_table(300, seed=5)
    answers = predictor.answer_columns({name: list(values) for name, values in raw.texts.items()})
    expected = python_model(typed_table(raw), TaskKind.MULTICLASS)
    np.testing.assert_allclose(answers.numbers, expected, atol=1e-6)


def test_predictions_keep_every_row_in_order(tmp_path: Path) -> None:
    predictor = Predictor.open(_write(TaskKind.BINARY, tmp_path / "b"))
    table, to = tmp_path / "표.csv", tmp_path / "out.csv"
    raw = raw_table(50)
    lines = [",".join(f'"{raw.texts[name][row]}"' for name in raw.texts) for row in range(50)]
    lines[3] = lines[3].replace("IMM", "XXX")
    lines[4] = lines[4].rsplit(",", 3)[0]
    table.write_text("\n".join([",".join(raw.texts), *lines]), encoding="cp949")
    words = Words.read(Path(__file__).parents[3] / "resources/translations/ko/issues_predict.json")
    outcome = predictor.predict_file(table, to, words)
    with to.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["row"] for row in rows] == [str(number) for number in range(1, 51)]
    assert outcome.rows == 50
    assert {row["prediction"] for row in rows} <= {"no", "'=yes"}
    assert rows[4]["issues"].startswith("too_few_cells")
    assert all(abs(float(row["probability_no"]) + float(row["probability_=yes"]) - 1) < 1e-6 for row in rows)
    assert rows[7]["온도"] == raw.texts["온도"][7]


def test_a_bundle_of_another_key_is_new_then_known_then_changed(tmp_path: Path) -> None:
    trust = TrustStore(tmp_path / "config")
    first = open_bundle(_write(TaskKind.BINARY, tmp_path / "first", seed=1))
    second = open_bundle(_write(TaskKind.BINARY, tmp_path / "second", seed=2))
    assert trust.standing(first) is KeyStanding.NEW
    note = trust.require(first)
    assert note is not None
    assert note.code == "bundle.unknown_key"
    assert trust.require(first) is None
    with pytest.raises(Refusal) as caught:
        trust.require(second)
    assert caught.value.issues[0].code == "bundle.key_changed"
    report = verify(tmp_path / "second", trust)
    assert not report.passed
    assert report.standing is KeyStanding.CHANGED
    assert trust.require(second, accept=True) is None
    assert trust.standing(second) is KeyStanding.KNOWN


def test_a_foreign_program_is_not_run_when_verifying(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    files = make_files()
    path = _signed_anew(files, {"predict.py": f"open({str(canary)!r}, 'w')".encode()}, tmp_path / "b")
    report = verify(path, TrustStore(tmp_path / "config"))
    assert report.passed
    assert not canary.exists()


def _signed_anew(files: dict[str, bytes], changed: dict[str, bytes], to: Path) -> Path:
    key = make_key(7)
    plain = {name: content for name, content in (files | changed).items() if not name.startswith("manifest.")}
    manifest = dataclasses.replace(read_manifest(files["manifest.json"]), key_id=key.key_id, files=file_facts(plain))
    signed = {"manifest.json": manifest.to_json(), "manifest.sig": key.sign(manifest.to_json()).to_json(), **plain}
    write_bundle(signed, to, lambda path: None)
    return to


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_private_key_is_for_its_owner_only(tmp_path: Path) -> None:
    key = this_computers_key(tmp_path)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert this_computers_key(tmp_path).public_key == key.public_key


def test_a_damaged_private_key_is_named(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("no key")
    with pytest.raises(Refusal) as caught:
        this_computers_key(tmp_path)
    assert caught.value.issues[0].code == "bundle.signing_key_damaged"


def test_something_else_is_never_replaced(tmp_path: Path) -> None:
    place = tmp_path / "papers"
    place.mkdir()
    (place / "thesis.txt").write_text("years of work")
    with pytest.raises(Refusal) as caught:
        _write(TaskKind.BINARY, place)
    assert caught.value.issues[0].code == "bundle.place_taken"
    assert (place / "thesis.txt").read_text() == "years of work"


def test_a_bundle_is_replaced_whole(tmp_path: Path) -> None:
    for name in ("b", "b.zip"):
        _write(TaskKind.BINARY, tmp_path / name)
        _write(TaskKind.MULTICLASS, tmp_path / name)
        assert open_bundle(tmp_path / name).manifest.task == "multiclass"
