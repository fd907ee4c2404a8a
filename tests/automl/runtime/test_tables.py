"""Tables that do not fit a model, or only partly: refused with the way out, or named row by row."""

import csv
import errno
import random
from pathlib import Path

import numpy as np
import pytest

from automl.bundle.writer import write_bundle
from automl.data.table import Table
from automl.domain.task import TaskKind
from automl.runtime.csv_reading import find_encoding, find_table
from automl.runtime.csv_writing import harmless
from automl.runtime.predictor import Predictor, TableOutcome
from automl.runtime.problems import RefusedError
from automl.runtime.words import Words, preferred_language
from tests.automl.bundle.making import make_files, raw_table

ROOT = Path(__file__).parents[3]
WORDS = Words.read(ROOT / "resources/translations/en/issues_predict.json")


@pytest.fixture(scope="module")
def predictor(tmp_path_factory: pytest.TempPathFactory) -> Predictor:
    folder = tmp_path_factory.mktemp("bundles") / "b"
    write_bundle(make_files(TaskKind.BINARY), folder, lambda path: None)
    return Predictor.open(folder)


def _write(path: Path, table: Table, names: dict[str, str] | None = None, **columns: list[str]) -> Path:
    texts = {name: list(values) for name, values in table.texts.items()} | columns
    titles = [(names or {}).get(name, name) for name in texts]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(titles)
        writer.writerows(zip(*texts.values(), strict=True))
    return path


def _predict(
    predictor: Predictor, table: Path, *, trust_columns: bool = False
) -> tuple[TableOutcome, list[dict[str, str]]]:
    to = table.with_name("out.csv")
    outcome = predictor.predict_file(table, to, WORDS, trust_columns=trust_columns)
    with to.open(encoding="utf-8-sig", newline="") as file:
        return outcome, list(csv.DictReader(file))


def _refusal(predictor: Predictor, table: Path) -> list[tuple[str, dict[str, object]]]:
    to = table.with_name("refused.csv")
    with pytest.raises(RefusedError) as caught:
        predictor.predict_file(table, to, WORDS)
    assert not to.exists()
    assert all(not WORDS.problem(problem).startswith("issue.") for problem in caught.value.problems)
    return [(problem.code, dict(problem.parameters)) for problem in caught.value.problems]


def test_a_missing_and_a_renamed_column(predictor: Predictor, tmp_path: Path) -> None:
    table = _write(tmp_path / "t.csv", raw_table(20), {"PRESSURE": "pressure ", "MACHINE": "xyz"})
    assert _refusal(predictor, table) == [
        ("predict.column_renamed", {"column": "PRESSURE", "nearest": "pressure"}),
        ("predict.column_missing", {"column": "MACHINE"}),
    ]


def test_columns_in_any_order_with_others_between(predictor: Predictor, tmp_path: Path) -> None:
    raw = raw_table(30)
    _, first = _predict(predictor, _write(tmp_path / "t.csv", raw))
    backwards = Table(raw.row_numbers, {}, dict(reversed(raw.texts.items())))
    outcome, second = _predict(predictor, _write(tmp_path / "t.csv", backwards, EXTRA=["1"] * 30))
    assert [row["probability_no"] for row in first] == [row["probability_no"] for row in second]
    assert [note.code for note in outcome.notes] == ["predict.columns_ignored"]
    assert outcome.notes[0].parameters["names"] == "NOTE, EXTRA"


def test_swapped_columns_are_refused_unless_trusted(predictor: Predictor, tmp_path: Path) -> None:
    raw = raw_table(40)
    heat = [f"{250 + row}" for row in range(40)]
    pressure = [f"{195 + row % 4}" for row in range(40)]
    table = _write(tmp_path / "t.csv", raw, 온도=heat, PRESSURE=pressure)
    codes = [code for code, _ in _refusal(predictor, table)]
    assert codes == ["predict.columns_swapped"]
    outcome, _ = _predict(predictor, table, trust_columns=True)
    assert outcome.rows == 40


def test_another_unit_is_suspected(predictor: Predictor, tmp_path: Path) -> None:
    raw = raw_table(40)
    fahrenheit = [text if text == "-999" else f"{float(text) * 1.8 + 32:.1f}" for text in raw.texts["온도"]]
    outcome, rows = _predict(predictor, _write(tmp_path / "t.csv", raw, 온도=fahrenheit))
    assert [note.parameters for note in outcome.notes if note.code == "predict.unit_suspected"] == [
        {"column": "온도", "factor": "× 9/5 + 32"}
    ]
    assert "unit_suspected" in rows[5]["issues"]


def test_a_column_that_went_empty_or_unreadable(predictor: Predictor, tmp_path: Path) -> None:
    raw = raw_table(40)
    outcome, rows = _predict(predictor, _write(tmp_path / "t.csv", raw, 온도=[""] * 40))
    assert "predict.column_empty" in [note.code for note in outcome.notes]
    assert all("empty_column" in row["issues"] for row in rows)
    table = _write(tmp_path / "t.csv", raw, TIME=["02/01/2026"] * 40)
    assert [code for code, _ in _refusal(predictor, table)] == ["predict.column_not_times"]
    table = _write(tmp_path / "t.csv", raw, 온도=["hot"] * 40)
    assert [code for code, _ in _refusal(predictor, table)] == ["predict.column_not_numbers"]


def test_every_doubt_is_named_in_its_row(predictor: Predictor, tmp_path: Path) -> None:
    raw = raw_table(40)
    heat, machine, pressure = (list(raw.texts[name]) for name in ("온도", "MACHINE", "PRESSURE"))
    heat[1], heat[2] = "ERR", "1000"
    machine[3], machine[4], pressure[5] = "라인=7", "", "1e300"
    _, rows = _predict(predictor, _write(tmp_path / "t.csv", raw, 온도=heat, MACHINE=machine, PRESSURE=pressure))
    assert rows[1]["issues"].startswith("not_a_number: 온도 is “ERR”")
    assert rows[2]["issues"].startswith("out_of_range: 온도 is 1000, outside the learned range")
    assert rows[3]["issues"] == "unseen_category: MACHINE is “라인=7”, never seen when learning"
    assert rows[4]["issues"].startswith("missing_value: MACHINE")
    assert rows[6]["issues"] == ""
    assert len(rows) == 40


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "predict.file_empty"),
        (b"\n\n", "predict.file_empty"),
        (b"\xff\xfe", "predict.file_empty"),
        ("TIME,온도,PRESSURE,MACHINE\n".encode(), "predict.no_rows"),
        (b"\x80\x04\x95\xff\xff", "predict.encoding_unknown"),
        ("TIME,온도,PRESSURE,MACHINE\n1,2,3,4\n1,2\x81,3,4".encode("latin-1", "replace"), "predict.encoding_unknown"),
        (b"\x00\x01\x02\x03" * 50, "predict.column_missing"),
        (b"a,b\n1,2\n", "predict.column_missing"),
    ],
)
def test_what_is_no_table_of_the_model(predictor: Predictor, tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    assert _refusal(predictor, path)[0][0] == code


def test_files_that_are_not_there(predictor: Predictor, tmp_path: Path) -> None:
    assert _refusal(predictor, tmp_path / "none.csv")[0][0] == "predict.file_missing"
    (tmp_path / "d.csv").mkdir()
    assert _refusal(predictor, tmp_path / "d.csv")[0][0] == "predict.is_a_folder"
    table = _write(tmp_path / "t.csv", raw_table(10))
    with pytest.raises(RefusedError) as caught:
        predictor.predict_file(table, table, WORDS)
    assert caught.value.problems[0].code == "predict.same_file"
    with pytest.raises(RefusedError) as caught:
        predictor.predict_file(table, tmp_path / "no folder" / "out.csv", WORDS)
    assert caught.value.problems[0].code == "predict.cannot_write"


@pytest.mark.parametrize(
    ("text", "header_row"), [("1.5;A;OK\n2;B;NG\n", -1), ("a;b;c\n2;B;NG\n", 0), ("column_1;column_2;c\n2;B;NG\n", 0)]
)
def test_a_model_of_a_table_without_header_reads_one_without(tmp_path: Path, text: str, header_row: int) -> None:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    table = find_table(tmp_path / "t.csv", ("column_1", "column_2"))
    assert table.header_row == header_row
    assert len(list(table.rows())) == (2 if header_row < 0 else 1)
    assert set(table.names) >= ({"column_1", "column_2"} if header_row < 0 else set())


def test_answers_for_a_read_only_disk(predictor: Predictor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = _write(tmp_path / "t.csv", raw_table(10))

    def refuse(path: Path, *_arguments: object, **_options: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", refuse)
        with pytest.raises(RefusedError) as caught:
            predictor.predict_file(table, tmp_path / "no folder" / "out.csv", WORDS)
    assert caught.value.problems[0].code == "predict.cannot_write"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", list(",;\t|"))
def test_encodings_and_delimiters(encoding: str, delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    lines = [
        "생산 기록",
        "",
        delimiter.join(["온도", "b", '"x y"']),
        delimiter.join(["1,5" if delimiter != "," else "1.5", "가", ""]),
    ]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    table = find_table(path, ("온도", "b"))
    assert table.names == ("온도", "b", "x y")
    assert [cells[1] for cells in table.rows()] == ["가"]
    assert find_encoding(path) in (encoding, "utf-8")


def test_an_open_quote_never_swallows_rows(predictor: Predictor, tmp_path: Path) -> None:
    table = _write(tmp_path / "t.csv", raw_table(20))
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("IMM-01", '"IMM-01', 1), encoding="utf-8")
    assert [code for code, _ in _refusal(predictor, table)] == ["predict.row_unreadable"]


def test_columns_named_like_ours_stay_apart(predictor: Predictor, tmp_path: Path) -> None:
    table = _write(tmp_path / "t.csv", raw_table(10), prediction=["mine"] * 10, row=["x"] * 10)
    _, rows = _predict(predictor, table)
    assert rows[0]["row"] == "1"
    assert rows[0]["prediction (input)"] == "mine"
    assert rows[0]["row (input)"] == "x"


def test_damaged_tables_never_end_in_a_traceback(predictor: Predictor, tmp_path: Path) -> None:
    whole = _write(tmp_path / "t.csv", raw_table(30)).read_bytes()
    path, to = tmp_path / "damaged.csv", tmp_path / "out.csv"
    outcomes: set[bool | str] = set()
    for seed in range(100):
        chance = random.Random(seed)
        content = bytearray(whole)
        for _ in range(chance.choice([1, 5, 50])):
            place = chance.randrange(len(content))
            content[place : place + chance.randrange(3)] = chance.choice(
                [b'"', b",", b"\n", b"\x00", b"\xff", b"\r", b"9", b"="]
            )
        path.write_bytes(bytes(content))
        try:
            outcomes.add(predictor.predict_file(path, to, WORDS).rows > 0)
        except RefusedError as error:
            outcomes.add(error.problems[0].code)
    assert True in outcomes
    assert len(outcomes) > 2


def test_cells_a_spreadsheet_would_run_are_marked_as_text() -> None:
    for text in ("=1+1", "+cmd", "-x", "@SUM(A1)", "\tx", "\rx", "=", "-1+2"):
        assert harmless(text) == f"'{text}"
    for text in ("-5", "+1.5", "-1,234.5", "1e-5", "-.5", "x=1", "", "가", "-3%"):
        assert harmless(text) == text


def test_one_row_by_name(predictor: Predictor) -> None:
    raw = raw_table(5)
    row = {name: str(values[1]) for name, values in raw.texts.items()}
    answers = predictor.predict_rows([row])
    assert answers.predictions[0] in ("no", "=yes")
    assert answers.numbers.dtype == np.float32
    assert predictor.predict_rows([]).predictions == []
    with pytest.raises(RefusedError):
        predictor.predict_rows([{"온도": "1"}])


def test_words_in_the_language_of_the_person() -> None:
    assert preferred_language({"LANG": "ko_KR.UTF-8"}) == "ko"
    assert preferred_language({"LATHE_LANGUAGE": "en", "LANG": "ko_KR"}) == "en"
    assert preferred_language({}) == "en"
