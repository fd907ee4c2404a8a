"""lathe verify: whether a bundle is whole, signed, and still gives the answers it was made with."""

from argparse import Namespace
from pathlib import Path

import msgspec

from automl import api
from automl.cli.console import BAD_INPUT, DONE, Console
from automl.cli.job_runner import ended, run_alone
from automl.cli.parser import Parser
from automl.cli.words import Words
from automl.domain.issues import Refusal
from automl.domain.job import VerifyJob
from automl.domain.run_state import RunState
from automl.domain.verification import VerificationReport

_KIND = "verification"


def add_words(parser: Parser, words: Words) -> None:
    """Name the words this command takes."""
    parser.positions.add_argument("bundle", metavar="BUNDLE", type=Path, help=words.text("cli.bundle"))
    parser.options.add_argument("--json", action="store_true", help=words.text("cli.train.json"))


def run(arguments: Namespace, console: Console) -> int:
    """Verify a bundle and say every check."""
    console.quiet = arguments.json
    job = VerifyJob(job_id=api.new_job_id(), project="", bundle=str(arguments.bundle.absolute()))
    issues = api.validate(None, job)
    if issues:
        raise Refusal(*issues)
    with run_alone(job, console, as_json=arguments.json) as state:
        code, report = ended(state, console), report_of(state)
    if report is None:
        return code
    say_report(console, report)
    console.say("cli.verify.passed" if report.passed else "cli.verify.failed", path=job.bundle)
    if code == DONE and not report.passed:
        return BAD_INPUT
    return code


def report_of(state: RunState) -> VerificationReport | None:
    """Return the verification report a job wrote, None when it wrote none."""
    for artifact in reversed(state.artifacts):
        if artifact.kind == _KIND:
            return msgspec.json.decode(Path(artifact.path).read_bytes(), type=VerificationReport)
    return None


def say_report(console: Console, report: VerificationReport) -> None:
    """Say every check with its mark, and why a bundle did not pass."""
    for check in report.checks:
        key = f"verification.{check.code}"
        mark = console.words.text("cli.verify.ok" if check.passed else "cli.verify.not_ok")
        title = console.words.text(f"{key}.title", **check.parameters)
        detail = console.words.text(f"{key}.detail", **check.parameters) if console.words.has(f"{key}.detail") else ""
        console.line(f"{mark} {title}. {detail}".rstrip())
    console.issues(report.issues)
