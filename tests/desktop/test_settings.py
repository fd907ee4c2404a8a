"""What Lathe remembers, also when the file is broken."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QByteArray

from automl.domain.language import Language
from desktop.settings import MOST_RECENT, Settings
from desktop.theme import ThemeChoice


def test_choices_come_back(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    written = Settings(file)
    written.theme = ThemeChoice.DARK
    written.set_language(Language.KOREAN)
    written.last_folder = tmp_path / "공장 데이터"
    written.window_geometry = QByteArray(b"\x01\x02")
    written.save()
    read = Settings(file)
    assert read.theme is ThemeChoice.DARK
    assert read.language(Language.ENGLISH) is Language.KOREAN
    assert read.last_folder == tmp_path / "공장 데이터"
    assert read.window_geometry == QByteArray(b"\x01\x02")


def test_recent_projects_are_newest_first_without_repeats(tmp_path: Path) -> None:
    remembered = Settings(tmp_path / "settings.ini")
    projects = [tmp_path / f"project {number}" for number in range(MOST_RECENT + 3)]
    for project in [*projects, projects[5]]:
        remembered.add_recent_project(project)
    remembered.save()
    recent = Settings(tmp_path / "settings.ini").recent_projects
    assert recent[0] == projects[5]
    assert len(recent) == len(set(recent)) == MOST_RECENT
    remembered.remove_recent_project(projects[5])
    assert projects[5] not in remembered.recent_projects


def test_a_single_recent_project_comes_back(tmp_path: Path) -> None:
    remembered = Settings(tmp_path / "settings.ini")
    remembered.add_recent_project(tmp_path / "only one")
    remembered.save()
    assert Settings(tmp_path / "settings.ini").recent_projects == (tmp_path / "only one",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(max_size=400))
def test_a_broken_file_means_defaults(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "settings.ini"
    file.write_bytes(content)
    read = Settings(file)
    assert read.theme in set(ThemeChoice)
    assert read.language(Language.KOREAN) in set(Language)
    assert isinstance(read.recent_projects, tuple)
    assert isinstance(read.last_folder, Path)
    assert isinstance(read.window_geometry, QByteArray)


def test_unknown_values_mean_defaults(tmp_path: Path) -> None:
    file = tmp_path / "settings.ini"
    file.write_text("[General]\ntheme=pink\nlanguage=7\nwindow_geometry=x\nlast_folder=\n", encoding="utf-8")
    read = Settings(file)
    assert read.theme is ThemeChoice.LIGHT
    assert read.language(Language.KOREAN) is Language.KOREAN
    assert read.window_geometry.isEmpty()
    assert read.last_folder == Path.home()
