from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from desktop.pages.project_names import free_folder, project_name


def test_letters_of_all_languages_stay() -> None:
    assert project_name("사출 품질_2026H1.csv", "Table") == "사출 품질_2026H1"


def test_decomposed_hangul_is_put_together() -> None:
    assert project_name("\u1112\u1161\u11ab\u1100\u1173\u11af.csv", "Table") == "한글"


def test_signs_that_file_systems_refuse_become_spaces() -> None:
    assert project_name('a<b>:"c|?*.csv', "Table") == "a b c"


def test_names_of_devices_are_changed() -> None:
    assert project_name("CON.csv", "Table") == "CON_"


def test_a_name_of_nothing_falls_back() -> None:
    assert project_name("....csv", "Table") == "Table"


@given(st.text(max_size=300))
def test_every_name_makes_a_folder(name: str) -> None:
    made = project_name(name, "Table")
    assert made == made.strip(" .")
    assert 0 < len(made) <= 61
    assert not set(made) & set('<>:"/\\|?*\0\n\r\t')


def test_a_taken_folder_gets_a_number(tmp_path: Path) -> None:
    (tmp_path / "line").mkdir()
    (tmp_path / "line 2").mkdir()
    assert free_folder(tmp_path, "line") == tmp_path / "line 3"
