"""The main job from a terminal: a table in, a verified bundle and predictions out; and every wrong word answered."""

import csv
import itertools
import json
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from automl import api
from automl.cli import main
from automl.domain.events import Event, JobFinished, JobStarted, Outcome, TrialFinished
from automl.domain.job import TrainJob
from automl.domain.project import RunStatus
from automl.drawing.parts import draw_parts
from tests.e2e.command_line import command, environment, lathe, write_parts
from tests.image_projects import four_classes, write_image_folder

HANGUL = re.compile(r"[가-힣]")


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return write_parts(tmp_path / "사출 품질.csv")


def test_from_a_table_to_predictions(table: Path, tmp_path: Path) -> None:
    project, bundle, answers = tmp_path / "내 프로젝트", tmp_path / "묶음 1.zip", tmp_path / "답.csv"

    trained = lathe("train", table, "--target", "결과", "--project", project, "--budget", "6s", language="ko")
    assert (trained.returncode, trained.stderr.count("Traceback")) == (0, 0), trained.stderr
    assert "“불량”인지 예측합니다" in trained.stdout
    assert "\r" not in trained.stdout
    assert str(project) in trained.stdout

    board = lathe("leaderboard", project, "--json")
    assert board.returncode == 0
    names = [model["model_id"] for model in json.loads(board.stdout)["models"]]
    assert "baseline" in names

    exported = lathe("export", project, "--model", names[0], "--to", bundle)
    assert exported.returncode == 0, exported.stdout + exported.stderr
    verified = lathe("verify", bundle)
    assert verified.returncode == 0, verified.stdout + verified.stderr

    predicted = lathe("predict", bundle, table, "--to", answers)
    assert predicted.returncode == 0, predicted.stderr
    with answers.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["row"] for row in rows] == [str(number) for number in range(1, 241)]
    assert {row["prediction"] for row in rows} <= {"양품", "불량"}
    assert set(rows[0]) >= {"row", "prediction", "probability_불량", "probability_양품", "issues"}

    again = lathe("train", table, "--target", "결과", "--project", project, "--budget", "3s")
    assert again.returncode == 0
    assert "already in the project" in again.stdout
    resumed = lathe("resume", project)
    assert resumed.returncode == 2
    assert "nothing to go on with" in resumed.stderr


def test_ctrl_c_keeps_finished_trials_and_resume_goes_on(table: Path, tmp_path: Path) -> None:
    folder = tmp_path / "project"
    words = command("train", table, "--target", "결과", "--project", folder, "--budget", "8s", "--json")
    with subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        decoder = api.EventDecoder()
        told = (event for line in process.stdout for event in decoder.feed(line))
        finished = list(itertools.islice((event for event in told if isinstance(event, TrialFinished)), 2))
        process.send_signal(signal.SIGINT)
        *_, last = told
        assert process.stderr is not None
        said = process.stderr.read().decode()
        assert process.wait() == 3
    assert isinstance(last, JobFinished)
    assert last.outcome is Outcome.CANCELED
    assert "kept" in said
    assert "Traceback" not in said

    resumed = lathe("resume", folder)
    assert resumed.returncode == 0, resumed.stderr
    project = api.open_project(folder)
    newest, stopped = api.runs(project, "train")
    job = api.job_of(project, newest.run_id)
    api.close(project)
    assert isinstance(job, TrainJob)
    assert job.resumes == stopped.run_id
    assert stopped.trials >= len(finished)
    assert newest.status is RunStatus.COMPLETED


def test_json_prints_whole_streams_and_nothing_else(table: Path, tmp_path: Path) -> None:
    done = lathe("train", table, "--target", "온도", "--project", tmp_path / "p", "--budget", "3s", "--json")
    assert done.returncode == 0, done.stderr
    decoder = api.EventDecoder()
    events: list[Event] = decoder.feed(done.stdout.encode())
    assert decoder.refused_lines == 0
    streams = [list(group) for _, group in itertools.groupby(events, key=lambda event: event.job_id)]
    assert len(streams) == 2
    for stream in streams:
        assert isinstance(stream[0], JobStarted)
        assert isinstance(stream[-1], JobFinished)


@pytest.mark.parametrize(
    "words",
    [
        ["train"],
        ["train", "TABLE"],
        ["train", "nowhere.csv", "--target", "결과", "--project", "P"],
        ["train", "TABLE", "--target", "결과", "--project", "P", "--budget", "soon"],
        ["train", "TABLE", "--target", "결과", "--project", "P", "--task", "guess"],
        ["train", "TABLE", "--target", "결과", "--project", "P", "--metric", "luck"],
        ["train", "TABLE", "--target", "결과", "--project", "P", "--device", "cuda"],
        ["train", "TABLE", "--target", "결과", "--project", "P", "--split", "time"],
        ["train", "TABLE", "--target", "결과", "--project", "P", "--holdout", "2"],
        ["train", "TABLE", "--target", "결과", "--project", "P", "--role", "온도=boss"],
        ["train", "TABLE", "--target", "결과", "--project", "P", "--cost-miss", "5"],
        ["train", "TABLE", "--target", "결과", "--project", "P", "--seed", "-1"],
        ["train", "TABLE", "--target", "결과", "--project", "P", "--colour", "blue"],
        ["leaderboard", "nowhere"],
        ["export", "nowhere", "--to", "b.zip"],
        ["verify", "nowhere.zip"],
        ["predict", "nowhere.zip", "TABLE", "--to", "out.csv"],
        ["profile", "nowhere.csv"],
        ["resume", "nowhere"],
        ["dance"],
    ],
    ids=" ".join,
)
def test_wrong_words_get_one_clear_message(
    words: list[str],
    table: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    spoken = [str(table) if word == "TABLE" else word for word in words]
    said = {}
    for language in ("en", "ko"):
        monkeypatch.setenv("LATHE_LANGUAGE", language)
        assert main(spoken) == 2
        said[language] = capsys.readouterr().err
        assert said[language].strip()
        assert "Traceback" not in said[language]
        assert "issue." not in said[language]
        assert "<" not in said[language]
    assert said["en"] != said["ko"]
    assert not (tmp_path / "P").exists()


def test_unknown_columns_are_answered_with_the_nearest(table: Path, tmp_path: Path) -> None:
    for number, words in enumerate((["--target", "결가"], ["--target", "결과", "--ignore", "압럭"])):
        done = lathe("train", table, *words, "--project", tmp_path / str(number), "--budget", "3s")
        assert done.returncode == 2
        assert "결과" in done.stderr or "압력" in done.stderr


def test_unknown_columns_change_nothing_and_all_are_named(table: Path, tmp_path: Path) -> None:
    words = ("train", table, "--target", "결과", "--project", tmp_path / "p", "--budget", "2s")
    refused = lathe(*words, "--ignore", "온도", "압럭", "--role", "라이=ignore")
    assert refused.returncode == 2
    assert "압럭" in refused.stderr
    assert "라이" in refused.stderr
    done = lathe(*words, "--ignore", "압력", "라인")
    assert done.returncode == 0, done.stderr
    assert "from 1 column" in done.stdout
    assert "Not used as inputs: 압력, 라인." in done.stdout


def test_a_file_that_is_no_bundle_is_refused(table: Path) -> None:
    done = lathe("verify", table)
    assert done.returncode == 2
    assert "manifest.json" in done.stderr


def test_a_project_somebody_else_has_open_is_not_trained(table: Path, tmp_path: Path) -> None:
    project = api.create_project(tmp_path / "p")
    done = lathe("train", table, "--target", "결과", "--project", tmp_path / "p", "--budget", "3s")
    api.close(project)
    assert done.returncode == 2
    assert "open somewhere else" in done.stderr


def test_profile_says_what_is_in_a_table_and_keeps_nothing(table: Path, tmp_path: Path) -> None:
    said = lathe("profile", table)
    assert said.returncode == 0
    assert said.stderr == ""
    assert "240" in said.stdout
    assert "온도" in said.stdout
    as_json = lathe("profile", table, "--json")
    assert json.loads(as_json.stdout)["row_count"] == 240
    assert [path.name for path in tmp_path.iterdir()] == [table.name]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_help_is_in_the_language_of_the_terminal(
    language: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LATHE_LANGUAGE", language)
    for words in (["--help"], *([name, "--help"] for name in ("train", "export", "predict", "resume"))):
        assert main(words) == 0
        said = capsys.readouterr().out
        assert bool(HANGUL.search(said)) == (language == "ko")
        assert "cli." not in said


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_the_window_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main([]) == 2
    assert "lathe --help" in capsys.readouterr().err


def test_doctor_says_what_is_there() -> None:
    said = lathe("doctor")
    assert said.returncode == 0, said.stdout
    assert "lightgbm" in said.stdout


def test_from_a_folder_of_images_to_verdicts(tmp_path: Path) -> None:
    folder = four_classes(tmp_path / "부품 사진", 48)
    project, bundle, verdicts = tmp_path / "프로젝트", tmp_path / "묶음.zip", tmp_path / "판정.csv"

    trained = lathe("train", folder, "--project", project, "--good", "good", "--budget", "12s", language="ko")
    assert (trained.returncode, trained.stderr.count("Traceback")) == (0, 0), trained.stderr
    assert "양품: good." in trained.stdout
    assert "이미지 모델" in trained.stdout

    exported = lathe("export", project, "--to", bundle)
    assert exported.returncode == 0, exported.stdout + exported.stderr
    predicted = lathe("predict", bundle, folder / "pit", "--to", verdicts)
    assert predicted.returncode == 0, predicted.stderr
    with verdicts.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 12
    assert {row["verdict"] for row in rows} <= {"ok", "not_good", "person", "unknown"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--split", "random"], "Only for tables: --split"),
        (["--target", "pit"], "Only for tables: --target"),
        (["--good", "goood"], "good"),
        (["--task", "regression"], "images"),
    ],
)
def test_words_that_mean_nothing_for_images_are_answered(words: list[str], said: str, tmp_path: Path) -> None:
    folder = four_classes(tmp_path / "parts", 24, size=32)

    done = lathe("train", folder, "--project", tmp_path / "p", *words, "--budget", "3s")

    assert done.returncode == 2
    assert said in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_images_without_labels_are_told_the_word_for_only_good_parts(tmp_path: Path) -> None:
    write_image_folder(tmp_path / "parts", draw_parts(24, ("good",), size=32), classes=False)

    done = lathe("train", tmp_path / "parts", "--project", tmp_path / "p", "--budget", "3s")

    assert done.returncode == 2
    assert "--task anomaly" in done.stderr


def test_images_of_one_part_are_refused_without_an_offer_to_go_on(tmp_path: Path) -> None:
    shots = draw_parts(24, ("good",), seed=1, size=32, shots=24)
    write_image_folder(tmp_path / "parts" / "good", shots[::2], classes=False)
    write_image_folder(tmp_path / "parts" / "pit", shots[1::2], classes=False)

    done = lathe("train", tmp_path / "parts", "--project", tmp_path / "p", "--budget", "3s")

    assert done.returncode == 2
    assert "the same part" in done.stderr
    assert "lathe resume" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems only take names that are text")
def test_a_name_that_is_no_text_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "parts\udcff"
    write_image_folder(folder, draw_parts(2, ("good",), size=32))

    assert main(["profile", str(folder)]) == 2
    assert "parts?" in capsys.readouterr().err
