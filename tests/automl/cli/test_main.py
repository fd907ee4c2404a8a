"""The command as a whole, in circumstances that no command causes itself."""

import sys
from argparse import Namespace

import pytest

from automl.cli import doctor, main
from automl.cli.console import Console
from automl.cli.words import Words
from automl.domain.issues import Issue
from automl.domain.language import Language


def test_a_program_that_nobody_listens_to_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(["--version"]) == 0
    assert main(["dance"]) == 2


def test_what_was_said_is_not_said_again(capsys: pytest.CaptureFixture[str]) -> None:
    console = Console(Words(Language.ENGLISH))
    leak = Issue("goal.cost_unknown")
    console.issues([leak, leak])
    console.issues([leak])
    assert capsys.readouterr().err.count("not known") == 1


def test_ctrl_c_between_two_jobs_is_a_cancel(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(_arguments: Namespace, _console: Console) -> int:
        raise KeyboardInterrupt

    monkeypatch.setenv("LATHE_LANGUAGE", "en")
    monkeypatch.setattr(doctor, "run", interrupted)
    assert main(["doctor"]) == 3
    assert capsys.readouterr().err == "Canceled.\n"
