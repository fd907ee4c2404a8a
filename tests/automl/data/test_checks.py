"""Each check finds what was planted, says it with numbers, offers the step that repairs it, and stays quiet otherwise."""

from pathlib import Path

import numpy as np
import pytest

from automl.data.checks.registry import corrections
from automl.data.connection import no_progress
from automl.data.infer_schema import infer_schema
from automl.data.profiler import profile
from automl.domain.dataset import DatasetProfile
from automl.domain.issues import Issue, Severity
from automl.domain.recipe import (
    FillMissing,
    LeaveOutRepeatedRows,
    LimitRange,
    SetRole,
    SetType,
    TreatAsMissing,
    apply_to_schema,
)
from automl.domain.schema import ColumnType, Role
from tests.automl.data.files import snapshot_of

ROWS = 400
Columns = dict[str, list[str]]


def clean_columns(seed: int = 1) -> Columns:
    """A table without anything to find: one noisy sensor, one setting, one balanced target."""
    random = np.random.default_rng(seed)
    temperature = random.normal(230, 3, ROWS)
    target = np.where(temperature + random.normal(0, 4, ROWS) > 230, "yes", "no")
    return {
        "TEMP": [f"{value:.6f}" for value in temperature],
        "MACHINE": random.choice(["IMM-07", "IMM-09"], ROWS).tolist(),
        "DEFECT": target.tolist(),
    }


def found(columns: Columns, folder: Path, target: str = "DEFECT") -> DatasetProfile:
    names = list(columns)
    lines = [names, *zip(*columns.values(), strict=True)]
    snapshot, known = snapshot_of("".join(",".join(line) + "\n" for line in lines), folder)
    schema = infer_schema(snapshot, known, False, no_progress).schema.with_role(target, Role.TARGET)
    return profile(snapshot, schema, target, no_progress)


def only(profile_found: DatasetProfile, code: str) -> Issue:
    (issue,) = [issue for issue in profile_found.findings if issue.code == code]
    return issue


def put(columns: Columns, after: str, name: str, values: list[str]) -> Columns:
    """The same columns with one more."""
    items = list(columns.items())
    place = list(columns).index(after) + 1
    return dict([*items[:place], (name, values), *items[place:]])


@pytest.mark.parametrize("seed", range(5))
def test_nothing_is_found_where_nothing_is(seed: int, tmp_path: Path) -> None:
    assert found(clean_columns(seed), tmp_path).findings == ()


def test_gaps_are_told_with_the_machine_that_explains_them(tmp_path: Path) -> None:
    columns = clean_columns()
    on_nine = [place for place, machine in enumerate(columns["MACHINE"]) if machine == "IMM-09"][:70]
    columns["TEMP"] = ["" if place in on_nine else text for place, text in enumerate(columns["TEMP"])]
    issue = only(found(columns, tmp_path), "data.column_missing_in_group")
    assert issue.parameters["share"] == pytest.approx(70 / ROWS)
    assert (issue.parameters["group"], issue.parameters["value"]) == ("MACHINE", "IMM-09")
    assert (issue.severity, issue.fix) == (Severity.LOOK, FillMissing("TEMP"))


def test_gaps_anywhere_are_told_without_a_culprit(tmp_path: Path) -> None:
    columns = clean_columns()
    columns["TEMP"] = ["" if place % 7 == 0 else text for place, text in enumerate(columns["TEMP"])]
    assert only(found(columns, tmp_path), "data.column_missing_values").parameters["count"] == 58


def test_constants_and_empty_columns_are_ignored_by_themselves(tmp_path: Path) -> None:
    columns = put(put(clean_columns(), "TEMP", "SCREW_DIA", ["45"] * ROWS), "TEMP", "SPARE", [""] * ROWS)
    result = found(columns, tmp_path)
    assert only(result, "data.column_constant").parameters["value"] == 45.0
    assert set(corrections(result.findings)) == {SetRole("SCREW_DIA", Role.IGNORE), SetRole("SPARE", Role.IGNORE)}


def test_a_time_that_never_changes_is_said_as_a_time(tmp_path: Path) -> None:
    columns = put(clean_columns(), "TEMP", "STARTED", ["2024-01-01 06:30:00"] * ROWS)
    assert only(found(columns, tmp_path), "data.column_constant").parameters["value"] == "2024-01-01 06:30:00"


def test_a_mark_set_now_and_then_is_no_constant(tmp_path: Path) -> None:
    marks = ["X" if place % 9 == 0 else "" for place in range(ROWS)]
    assert found(put(clean_columns(), "TEMP", "ALARM", marks), tmp_path).findings == ()


@pytest.mark.parametrize(
    "values",
    [
        [str(4000 + place) for place in range(ROWS)],
        [str(4000 + ROWS - place) for place in range(ROWS)],
        [f"LOT-{place * 7919 % 100003:06d}" for place in range(ROWS)],
        [str(place * 37 % ROWS) for place in range(ROWS)],
    ],
)
def test_serial_numbers_are_ignored_by_themselves(values: list[str], tmp_path: Path) -> None:
    result = found(put(clean_columns(), "TEMP", "KEY", values), tmp_path)
    assert only(result, "data.column_serial").fix == SetRole("KEY", Role.IGNORE)


def test_copied_rows_are_left_out_by_themselves(tmp_path: Path) -> None:
    columns = {name: [*values, *values[:20]] for name, values in clean_columns().items()}
    issue = only(found(columns, tmp_path), "data.rows_copied")
    assert (issue.parameters["count"], issue.fix) == (20, LeaveOutRepeatedRows())
    assert issue.rows[0] == ROWS + 1


def test_rows_equal_by_chance_are_not_called_copies(tmp_path: Path) -> None:
    columns = clean_columns()
    columns["TEMP"] = [text[:-4] for text in columns["TEMP"]]
    result = found(columns, tmp_path)
    assert 5 < int(only(result, "data.rows_equal").parameters["count"]) < 30


def test_equal_rows_of_coarse_values_are_only_told(tmp_path: Path) -> None:
    columns = clean_columns()
    columns["TEMP"] = [text[:2] + "0" for text in columns["TEMP"]]
    result = found(columns, tmp_path)
    assert only(result, "data.rows_equal").severity is Severity.INFO
    assert corrections(result.findings) == ()


def test_a_copy_of_the_answer_is_certain(tmp_path: Path) -> None:
    columns = clean_columns()
    codes = ["C1" if answer == "yes" else "C2" for answer in columns["DEFECT"]]
    issue = only(found(put(columns, "TEMP", "CODE", codes), tmp_path), "data.leak_certain")
    assert (issue.severity, issue.fix) == (Severity.ACT, SetRole("CODE", Role.IGNORE))


def test_a_noisy_copy_of_a_number_is_suspect(tmp_path: Path) -> None:
    random = np.random.default_rng(4)
    thickness = random.normal(20, 2, ROWS)
    columns = clean_columns()
    columns["GAUGE"] = [f"{value + random.normal(0, 0.25):.3f}" for value in thickness]
    columns["THICKNESS"] = [f"{value:.3f}" for value in thickness]
    issue = only(found(columns, tmp_path, "THICKNESS"), "data.leak_suspect")
    assert (issue.where.column, issue.severity) == ("GAUGE", Severity.LOOK)
    assert 0.95 <= float(issue.parameters["score"]) < 0.999


def test_a_column_filled_in_after_the_answer_gives_it_away(tmp_path: Path) -> None:
    columns = clean_columns()
    rework = [("R1", "R2")[place % 2] if answer == "yes" else "" for place, answer in enumerate(columns["DEFECT"])]
    issue = only(found(put(columns, "TEMP", "REWORK", rework), tmp_path), "data.leak_filled_after")
    assert (issue.severity, issue.parameters["value"]) == (Severity.ACT, "yes")


def test_rare_answers_are_told_and_too_few_stop(tmp_path: Path) -> None:
    columns = clean_columns()
    columns["DEFECT"] = ["yes" if place % 25 == 0 else "no" for place in range(ROWS)]
    assert only(found(columns, tmp_path), "data.target_imbalanced").parameters["share"] == pytest.approx(0.04)
    columns["DEFECT"] = ["yes" if place < 4 else "no" for place in range(ROWS)]
    assert only(found(columns, tmp_path), "data.class_too_small").severity is Severity.ACT


def test_a_rare_class_beside_enough_others_deserves_a_look(tmp_path: Path) -> None:
    columns = clean_columns()
    columns["DEFECT"] = ["rare" if place < 4 else ("a", "b", "c")[place % 3] for place in range(ROWS)]
    assert only(found(columns, tmp_path), "data.class_too_small").severity is Severity.LOOK


def test_an_error_text_among_numbers_is_named_by_row(tmp_path: Path) -> None:
    columns = clean_columns()
    columns["TEMP"][211] = "ERR"
    issue = only(found(columns, tmp_path), "data.column_not_all_numbers")
    assert (issue.parameters["row"], issue.parameters["example"]) == (212, "ERR")
    assert issue.fix == TreatAsMissing("TEMP", ("ERR",))


def test_mostly_numbers_may_be_read_as_numbers(tmp_path: Path) -> None:
    columns = clean_columns()
    columns["TEMP"] = ["n.d." if place % 5 == 0 else text for place, text in enumerate(columns["TEMP"])]
    assert only(found(columns, tmp_path), "data.column_half_numbers").fix == SetType("TEMP", ColumnType.NUMBER)


def test_a_stand_in_for_missing_is_recognised(tmp_path: Path) -> None:
    columns = clean_columns()
    columns["TEMP"] = ["-999.0" if place % 40 == 0 else text for place, text in enumerate(columns["TEMP"])]
    issue = only(found(columns, tmp_path), "data.column_sentinel")
    assert (issue.parameters["count"], issue.fix) == (10, TreatAsMissing("TEMP", ("-999.0",)))


def test_a_few_odd_values_are_told_with_the_usual_range(tmp_path: Path) -> None:
    columns = clean_columns()
    for place in (5, 50, 150):
        columns["TEMP"][place] = "290.5"
    issue = only(found(columns, tmp_path), "data.column_odd_high")
    assert (issue.parameters["count"], issue.rows) == (3, (6, 51, 151))
    assert isinstance(issue.fix, LimitRange)
    assert issue.fix.upper < 250


def test_a_constant_target_cannot_be_predicted(tmp_path: Path) -> None:
    columns = clean_columns()
    columns["DEFECT"] = ["no"] * ROWS
    assert only(found(columns, tmp_path), "data.target_constant").severity is Severity.ACT


def test_profile_describes_every_kind_of_column(tmp_path: Path) -> None:
    columns = clean_columns()
    columns = put(
        columns, "TEMP", "TIME", [f"2026-01-{place // 20 + 1:02d} 08:{place % 60:02d}" for place in range(ROWS)]
    )
    result = found(columns, tmp_path)
    temperature, time, machine, defect = result.columns
    assert (temperature.type, time.type, machine.type, defect.type) == (
        ColumnType.NUMBER,
        ColumnType.TIME,
        ColumnType.TEXT,
        ColumnType.YES_NO,
    )
    for column in result.columns:
        assert sum(column.histogram.counts) == ROWS
    assert len(temperature.histogram.edges) == len(temperature.histogram.counts) + 1 == 15
    assert temperature.quartiles is not None
    assert (temperature.minimum or 0) < temperature.quartiles[0] < temperature.quartiles[1] < (temperature.maximum or 0)
    assert dict(machine.top_values).keys() == {"IMM-07", "IMM-09"}
    assert (result.suggested_target, result.suggested_time, result.suggested_group) == ("DEFECT", "TIME", "MACHINE")


def test_a_column_that_is_no_time_may_still_be_called_one(tmp_path: Path) -> None:
    columns = clean_columns()
    lines = [list(columns), *zip(*columns.values(), strict=True)]
    snapshot, names = snapshot_of("".join(",".join(line) + "\n" for line in lines), tmp_path)
    schema = infer_schema(snapshot, names, False, no_progress).schema
    schema = apply_to_schema(schema, (SetType("MACHINE", ColumnType.TIME),))
    result = profile(snapshot, schema, "DEFECT", no_progress)
    assert only(result, "data.column_not_all_times").parameters["count"] == ROWS
