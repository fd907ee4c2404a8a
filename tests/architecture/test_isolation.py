"""The guards around every test do what they promise."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QSettings, QStandardPaths, QTimer
from pytestqt.qtbot import QtBot

from tests import conftest
from tests.isolation import leaks

SOMEWHERE_ELSE = ("192.0.2.1", 9)  # an address reserved for documentation


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leaks, "PATIENCE", 0.01)


def test_home_and_settings_are_inside_the_tests_own_folder(isolated_home: Path) -> None:
    places = [Path.home(), Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))]
    places += [Path(QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Lathe", "Lathe").fileName())]

    assert all(place.is_relative_to(isolated_home) for place in places)


def test_another_machine_cannot_be_reached() -> None:
    with socket.socket() as client, pytest.raises(PermissionError, match="network"):
        client.connect(SOMEWHERE_ELSE)
    with pytest.raises(PermissionError, match="network"):
        socket.getaddrinfo("example.invalid", 80)

    assert conftest._network_attempts == [SOMEWHERE_ELSE[0], "example.invalid"]
    conftest._network_attempts.clear()


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()[:2]) as client:
        assert client.getpeername() == server.getsockname()


def test_child_processes_cannot_reach_another_machine_either() -> None:
    program = f"import socket; socket.socket().connect({SOMEWHERE_ELSE!r})"

    child = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert "tests may not use the network" in child.stderr


@pytest.mark.usefixtures("impatient")
def test_a_thread_left_running_is_named() -> None:
    census, release = leaks.Census(), threading.Event()
    thread = threading.Thread(target=release.wait, name="forgotten")
    thread.start()

    assert census.left_behind() == ["thread forgotten"]

    release.set()
    thread.join()
    assert census.left_behind() == []


@pytest.mark.usefixtures("impatient")
def test_a_process_left_running_is_named() -> None:
    census = leaks.Census()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert any("input()" in name for name in census.left_behind())
        process.kill()

    assert census.left_behind() == []


def test_a_timer_left_running_is_named(qtbot: QtBot) -> None:
    census, timer = leaks.Census(), QTimer()
    timer.start(1000)

    assert [name.split()[0] for name in census.left_behind()] == ["timer"]

    timer.stop()
    assert census.left_behind() == []


def test_a_timer_of_a_deleted_parent_is_no_leak(qtbot: QtBot) -> None:
    census, parent = leaks.Census(), QTimer()
    child = QTimer(parent)
    child.start(1000)
    parent.deleteLater()

    assert QCoreApplication.instance() is not None
    assert census.left_behind() == []


def test_libraries_use_one_thread() -> None:
    assert os.environ["OMP_NUM_THREADS"] == "1"
