"""The real window with a job at work, to be killed: ``python -m tests.faults.window_at_work PROJECT``.

Prints how many trials the window has heard of, a line each time it hears of more.
"""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from automl import api
from automl.domain.run_state import RunState
from desktop.app import open_shell
from desktop.app.options import options_from
from desktop.settings import Settings
from tests import scripted_worker


def main() -> int:
    """Open the project, begin a job that records trials without end, and say what is heard."""
    application = QApplication([])
    api.worker_command = scripted_worker.command
    api.warm_worker_command = scripted_worker.warm_command
    shell = open_shell(application, options_from([]), Settings())
    shell.window.show()
    session = shell.session
    session.open(Path(sys.argv[1]))
    assert session.project is not None
    assert session.start(scripted_worker.scripted(session.project, "trials"))
    assert session.running is not None
    session.running.state_changed.connect(_say)
    session.warm_up()
    return application.exec()


def _say(state: RunState) -> None:
    sys.stdout.write(f"{len(state.trials)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
