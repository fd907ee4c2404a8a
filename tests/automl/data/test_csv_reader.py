"""Separated text: how it is written is found out, damage is shown by row, and no cell ever changes."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automl.data.readers.base import DamagedRows
from automl.domain.dataset import ReadOptions
from automl.domain.inspection import RepairKind
from automl.domain.issues import Refusal
from tests.automl.data.files import read_bytes, read_text, texts_of

SHOTS = "id,time,temp,press,cycle,verdict\n" + "".join(
    f"{8000 + place},2026-05-02 09:{place % 60:02d},{230 + place % 4}.{place % 10},11{place % 5}.{place % 9},1.4{place % 8},no\n"
    for place in range(200)
)
CELL = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\u2028\u2029\x85"), max_size=8
)
ODD_CELL = st.one_of(
    CELL, st.sampled_from(("two\nlines", 'say "x"', "a,b;c\td|e", " padded ", "'", "=1+1", "00123", "NA"))
)
NAME = st.text("abcdefgXYZ온도압력_", min_size=1, max_size=6)


def refused(content: bytes, folder: Path, options: ReadOptions | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        read_bytes(content, folder, options)
    return caught.value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    names=st.lists(NAME, min_size=2, max_size=5, unique=True),
    data=st.data(),
    delimiter=st.sampled_from(",;\t|"),
    written=st.tuples(st.sampled_from(("\n", "\r\n")), st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp949"))),
)
def test_a_table_comes_back_cell_by_cell(
    tmp_path: Path, names: list[str], data: st.DataObject, delimiter: str, written: tuple[str, str]
) -> None:
    (line_end, encoding), width = written, len(names)
    rows = data.draw(st.lists(st.lists(ODD_CELL, min_size=width, max_size=width).filter(any), min_size=1, max_size=12))
    if encoding == "cp949":
        rows = [[cell.encode("cp949", "ignore").decode("cp949") or "x" for cell in row] for row in rows]
    text = "".join(
        delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) + line_end for row in (names, *rows)
    )
    # A short CP949 text may be valid UTF-8 too, so its encoding is said; all others are found out.
    options = ReadOptions(encoding="cp949" if encoding == "cp949" else "", delimiter=delimiter, header_row=1)
    result = read_bytes(text.encode(encoding), tmp_path, options)
    table = texts_of(result, tmp_path)
    assert result.names == tuple(names)
    assert [list(row) for row in zip(*(table.texts[name] for name in names), strict=True)] == rows


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(("1.5", "-3", "", "2,5", "1e3")),
            st.sampled_from(("가", "b", "c d", "")),
            st.integers(0, 99).map(str),
        ),
        min_size=3,
        max_size=20,
    ),
    delimiter=st.sampled_from(";\t|"),
)
def test_plain_and_quoted_files_read_alike(tmp_path: Path, rows: list[tuple[str, str, str]], delimiter: str) -> None:
    header = ("온도", "lot", "n")
    plain = "".join(delimiter.join(row) + "\n" for row in (header, *rows))
    quoted = "".join(delimiter.join(f'"{cell}"' for cell in row) + "\n" for row in (header, *rows))
    first = texts_of(read_text(plain, tmp_path), tmp_path)
    second = texts_of(read_text(quoted, tmp_path), tmp_path)
    assert {name: list(cells) for name, cells in first.texts.items()} == {
        name: list(cells) for name, cells in second.texts.items()
    }


def test_damaged_rows_are_named_with_what_they_probably_mean(tmp_path: Path) -> None:
    lines = SHOTS.split("\n")
    lines[100] = "8099,2026-05-02 09:55,232.1,113.91.47,no"
    lines[101] = "8100,2026-05-02 10:15,231.5,112.,8,1.44,no"
    with pytest.raises(DamagedRows) as caught:
        read_text("\n".join(lines), tmp_path)
    issue, inspection = caught.value.issue, caught.value.inspection
    assert issue.code == "data.two_rows_damaged"
    assert issue.rows == (100, 101)
    assert issue.parameters == {
        "damaged": 2, "total": 200, "fine": 198, "expected": 6, "row": 100, "found": 5, "row_2": 101, "found_2": 7,
    }  # fmt: skip
    assert [(line.row, line.line, line.damaged) for line in inspection.lines] == [
        (98, 99, False), (99, 100, False), (100, 101, True), (101, 102, True), (102, 103, False), (103, 104, False),
    ]  # fmt: skip
    split, join = (line.repair for line in inspection.lines if line.damaged)
    assert split is not None
    assert (split.kind, split.values, split.column) == (RepairKind.SPLIT, ("113.9", "1.47"), "press")
    assert lines[100][split.start : split.end] == "113.91.47"
    assert join is not None
    assert (join.kind, join.values, lines[101][join.start : join.end]) == (RepairKind.JOIN, ("112.8",), "112.,8")


def test_going_on_without_damaged_rows_keeps_the_numbers_of_the_others(tmp_path: Path) -> None:
    damaged = SHOTS.replace("8002,", "8002")
    result = read_text(damaged, tmp_path, ReadOptions(skip_damaged_rows=True))
    table = texts_of(result, tmp_path)
    assert table.row_numbers[:4].tolist() == [1, 2, 4, 5]
    assert [issue.code for issue in result.issues] == ["data.rows_skipped"]


def test_accepted_repairs_are_written(tmp_path: Path) -> None:
    damaged = SHOTS.replace("230.0,110.0,1.40", "230.0110.0,1.40", 1)
    result = read_text(damaged, tmp_path, ReadOptions(accept_repairs=True))
    table = texts_of(result, tmp_path)
    assert (table.texts["temp"][0], table.texts["press"][0], len(table)) == ("230.0", "110.0", 200)
    assert [issue.code for issue in result.issues] == ["data.rows_repaired"]


def test_a_quote_that_never_closes_damages_one_row_only(tmp_path: Path) -> None:
    damaged = SHOTS.replace("\n8050,", '\n"8050,')
    with pytest.raises(DamagedRows) as caught:
        read_text(damaged, tmp_path)
    assert (caught.value.issue.code, caught.value.issue.rows) == ("data.quotes_damaged", (51,))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [("a;b\n1,5;2,5\n3,5;4,5\n", ";"), ("a\tb\n1,5\t2\n", "\t"), ("a|b\n1|2\n", "|"), ("a,b\n1,x;y\n2,z\n", ",")],
)
def test_the_separator_is_found(text: str, delimiter: str, tmp_path: Path) -> None:
    assert read_text(text, tmp_path).options.delimiter == delimiter


def test_names_may_stand_below_a_title(tmp_path: Path) -> None:
    text = "생산 실적 보고서\n\n2026-06-01 출력\n\nLOT,온도,판정\nA1,231.5,양품\nA2,230.1,불량\n"
    result = read_text(text, tmp_path)
    assert (result.names, result.options.header_row) == (("LOT", "온도", "판정"), 5)
    assert "data.lines_above_header" in {issue.code for issue in result.issues}
    assert texts_of(result, tmp_path).texts["온도"].tolist() == ["231.5", "230.1"]


def test_a_file_without_names_gets_some(tmp_path: Path) -> None:
    result = read_text("1.5,2,yes\n2.5,3,no\n3.5,4,yes\n", tmp_path)
    assert result.names == ("column_1", "column_2", "column_3")
    assert [issue.code for issue in result.issues] == ["data.no_header"]
    assert len(texts_of(result, tmp_path)) == 3


def test_names_that_repeat_or_lack_are_made_unique_and_told(tmp_path: Path) -> None:
    result = read_text("a,,a,A\nx,y,z,w\n", tmp_path)
    assert result.names == ("a", "column_2", "a_2", "A")
    assert [issue.code for issue in result.issues] == ["data.name_empty", "data.name_repeated"]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("온도,판정\n1,양품\n2,불량\n".encode("cp949"), "cp949"),
        ("온도,판정\n1,양품\n".encode("utf-16"), "utf-16"),
        ("temp,verdict\n1,good\n2,bad\n".encode("utf-16-le"), "utf-16-le"),
        ("온도,판정\n1,양품\n".encode("utf-8-sig"), "utf-8-sig"),
    ],
)
def test_encodings_are_found(content: bytes, encoding: str, tmp_path: Path) -> None:
    result = read_bytes(content, tmp_path)
    assert result.options.encoding == encoding
    assert result.issues == ()


def test_western_letters_are_not_taken_for_korean(tmp_path: Path) -> None:
    result = read_bytes("temp °C,verdict\n1,µm\n2,Ätzung\n".encode("cp1252"), tmp_path)
    assert result.names == ("temp °C", "verdict")
    assert [issue.code for issue in result.issues] == ["data.encoding_guessed"]


def test_bytes_that_no_western_encoding_knows_are_read_as_korean(tmp_path: Path) -> None:
    """0x9D means nothing in Western Windows, while the pair is a rare Korean syllable."""
    assert read_bytes(b"file,\x9dabel\n1,2\n", tmp_path).options.encoding == "cp949"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "data.file_empty"),
        (b"\n\n  \n", "data.file_empty"),
        (b"a,b,c\n", "data.no_rows"),
        (b"a,b\n1,\x002\n", "data.file_not_text"),
        (b"a,b\n" + "온도압력".encode() + b",1\n\xff\xff,2\n", "data.encoding_broken"),
        (b"a,b\n\xff\xff\xff,2\n", "data.encoding_unknown"),
        (b"a,b,c\n1,2\n3,4\n5,6\n", "data.header_count_differs"),
        (",".join(f"c{n}" for n in range(5001)).encode() + b"\n", "data.too_many_columns"),
        (b"a" * 100_000 + b",b\n1,2\n", "data.name_too_long"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(content: bytes, code: str, tmp_path: Path) -> None:
    (issue,) = refused(content, tmp_path).issues
    assert (issue.code, issue.where.file, issue.parameters["file"]) == (code, "table.csv", "table.csv")


def test_a_broken_byte_is_named_by_place(tmp_path: Path) -> None:
    content = "온도,판정\n1,양품\n".encode() + b"2,\xff\n"
    (issue,) = refused(content, tmp_path).issues
    assert (issue.parameters["position"], issue.parameters["line"]) == (content.index(b"\xff"), 3)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (ReadOptions(encoding="klingon"), "data.encoding_name"),
        (ReadOptions(encoding="ascii"), "data.encoding_wrong"),
        (ReadOptions(encoding="utf-16"), "data.encoding_wrong"),
        (ReadOptions(encoding="utf-32"), "data.encoding_wrong"),
        (ReadOptions(encoding="punycode"), "data.encoding_wrong"),
        (ReadOptions(delimiter=";;"), "data.delimiter_name"),
        (ReadOptions(header_row=90), "data.header_row_missing"),
    ],
)
def test_wishes_that_cannot_be_fulfilled_are_refused(options: ReadOptions, code: str, tmp_path: Path) -> None:
    assert refused("온도,b\n1,2\n".encode(), tmp_path, options).issues[0].code == code


def test_blank_lines_are_no_rows(tmp_path: Path) -> None:
    table = texts_of(read_text("a,b\n1,2\n\n \n3,4\n\n", tmp_path), tmp_path)
    assert table.row_numbers.tolist() == [1, 2]


def test_one_separator_too_many_at_line_ends_is_forgiven(tmp_path: Path) -> None:
    table = texts_of(read_text("a,b\n1,2,\n3,4,\n", tmp_path), tmp_path)
    assert {name: cells.tolist() for name, cells in table.texts.items()} == {"a": ["1", "3"], "b": ["2", "4"]}
