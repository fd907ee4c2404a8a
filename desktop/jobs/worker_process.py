"""A worker as the operating system sees it: started in its own session, ended with all its children."""

import contextlib
import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment

from automl import api


def cold_worker(run_folder: Path, parent: QObject) -> QProcess:
    """Start a worker for a run folder."""
    process = _prepared(parent)
    process.setStandardErrorFile(str(run_folder / "worker.log"), QProcess.OpenModeFlag.Append)
    _start(process, api.worker_command(run_folder))
    return process


def warm_worker(parent: QObject) -> QProcess:
    """Start a worker that loads its libraries and waits to be told its run folder."""
    process = _prepared(parent)
    process.setStandardErrorFile(QProcess.nullDevice())
    _start(process, api.warm_worker_command())
    return process


def say(process: QProcess, line: str) -> None:
    """Write a line to the worker's standard input."""
    process.write(f"{line}\n".encode())


def end_hard(number: int) -> None:
    """End the worker of that process number and everything it started, at once; it may be gone already."""
    if not number:
        return
    if sys.platform == "win32":
        QProcess.startDetached("taskkill", ["/T", "/F", "/PID", str(number)])
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(number, signal.SIGKILL)


def exit_code(process: QProcess) -> int:
    """Return the exit code the way `subprocess` gives it: the number of the signal, negative, after a crash."""
    crashed = process.exitStatus() is QProcess.ExitStatus.CrashExit
    return -process.exitCode() if crashed else process.exitCode()


def _prepared(parent: QObject) -> QProcess:
    process = QProcess(parent)
    environment = QProcessEnvironment()
    for name, value in api.worker_environment().items():
        environment.insert(name, value)
    process.setProcessEnvironment(environment)
    if sys.platform != "win32":
        process.setUnixProcessParameters(QProcess.UnixProcessFlag.CreateNewSession)
    return process


def _start(process: QProcess, command: list[str]) -> None:
    program, *arguments = command
    process.start(program, arguments)
