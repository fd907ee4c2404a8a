"""Locks are read whole, and markers are judged as pip judges them."""

from pathlib import Path

import pytest
from packaging.markers import Marker

from lockfile import applies, read_lock, this_machine
from tests.packaging.imagined import LOCK

LINUX = {**this_machine(), "sys_platform": "linux", "platform_machine": "x86_64", "python_full_version": "3.11.7"}
WINDOWS = {**LINUX, "sys_platform": "win32", "platform_machine": "AMD64", "os_name": "nt"}
NEW_PYTHON = {**LINUX, "python_full_version": "3.16.0", "python_version": "3.16"}


def test_every_entry_is_read_with_its_hashes_and_its_marker(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(LOCK, encoding="utf-8")

    alpha, beta, gamma = read_lock(lock)

    assert (alpha.name, alpha.version, alpha.marker) == ("alpha", "1.0", "")
    assert (beta.name, beta.marker) == ("beta-tool", "sys_platform == 'nowhere'")
    assert gamma.text.count("--hash=") == 2


@pytest.mark.parametrize("machine", [LINUX, WINDOWS, NEW_PYTHON], ids=["linux", "windows", "new python"])
@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_markers_of_our_locks_are_judged_as_the_standard_says(
    repository: Path, name: str, machine: dict[str, str]
) -> None:
    requirements = [item for item in read_lock(repository / "packaging" / name) if item.marker]

    assert requirements
    for item in requirements:
        assert applies(item.marker, machine) == Marker(item.marker).evaluate(machine), item.marker


@pytest.mark.parametrize("marker", ["sys_platform", "unheard_of == 'x'", "sys_platform < 'x'", "1 == 2"])
def test_a_marker_that_is_not_understood_is_refused(marker: str) -> None:
    with pytest.raises(ValueError, match="marker"):
        applies(marker, LINUX)


def test_the_development_lock_contains_the_other_one(repository: Path) -> None:
    folder = repository / "packaging"
    run = {item.text for item in read_lock(folder / "requirements.lock")}
    development = {item.text for item in read_lock(folder / "requirements-dev.lock")}

    assert run < development


def test_every_locked_package_has_hashes_and_no_address(repository: Path) -> None:
    for path in (repository / "packaging").glob("*.lock"):
        assert all("--hash=sha256:" in item.text for item in read_lock(path))
        assert "://" not in path.read_text(encoding="utf-8")
