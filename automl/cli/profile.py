"""lathe profile: what is in a table or among images and what deserves a look, without keeping anything."""

import tempfile
from argparse import Namespace
from pathlib import Path

import msgspec

from automl import api
from automl.cli.console import DONE, Console
from automl.cli.image_profile import say_images
from automl.cli.job_runner import ended, run_job
from automl.cli.parser import Parser
from automl.cli.reading import add_reading_words, read_options
from automl.cli.words import Words
from automl.domain import formatting
from automl.domain.dataset import ColumnProfile, DataKind, Dataset, DatasetProfile
from automl.domain.issues import Refusal
from automl.domain.job import ImportJob
from automl.domain.schema import Column

_NUMBERS = frozenset({3, 4})
_SHOWN_TEXTS = 3


def add_words(parser: Parser, words: Words) -> None:
    """Name the words this command takes."""
    parser.positions.add_argument("data", metavar="DATA", type=Path, help=words.text("cli.train.data"))
    parser.options.add_argument("--target", metavar="COL", default="", help=words.text("cli.train.target"))
    parser.options.add_argument("--json", action="store_true", help=words.text("cli.profile.json"))
    add_reading_words(parser, words)


def run(arguments: Namespace, console: Console) -> int:
    """Import into a project that is thrown away, and say its profile."""
    with tempfile.TemporaryDirectory(prefix="lathe-") as folder:
        project = api.create_project(Path(folder) / "project")
        try:
            return _profiled(project, arguments, console)
        finally:
            api.close(project)


def _profiled(project: api.Project, arguments: Namespace, console: Console) -> int:
    job = ImportJob(
        job_id=api.new_job_id(),
        project=str(project.folder),
        path=str(arguments.data.absolute()),
        options=read_options(arguments),
        target=arguments.target,
    )
    issues = api.validate(project, job)
    if issues:
        raise Refusal(*issues)
    console.quiet = arguments.json
    code = ended(run_job(project, job, console, says_findings=False), console)
    dataset, profile = api.current_dataset(project), api.profile(project)
    if code != DONE or dataset is None or profile is None:
        return code
    if arguments.json:
        console.write(msgspec.json.encode(profile).decode() + "\n")
    elif dataset.version.kind is DataKind.IMAGES:
        say_images(console, project, profile)
    else:
        _say(console, dataset, profile)
    return DONE


def _say(console: Console, dataset: Dataset, profile: DatasetProfile) -> None:
    words = console.words
    console.say("cli.profile.size", rows=profile.row_count, columns=len(profile.columns))
    console.line()
    head = [words.text(f"cli.profile.{name}") for name in ("column", "type", "role", "missing", "distinct", "values")]
    schema = dataset.schema()
    lines = [_line(console, schema.column(one.name), one) for one in profile.columns]
    console.table(head, lines, numbers=_NUMBERS)
    console.line()
    if profile.suggested_target:
        console.say("cli.profile.target", column=profile.suggested_target)
    for finding in profile.findings:
        mark = words.text(f"cli.severity.{finding.severity}")
        console.line(f"{mark} {words.issue(finding)}")


def _line(console: Console, column: Column, facts: ColumnProfile) -> list[str]:
    words = console.words
    return [
        column.name,
        words.text(f"cli.type.{column.type}"),
        words.text(f"cli.role.{column.role}"),
        formatting.number(facts.missing),
        formatting.number(facts.distinct),
        _values(facts),
    ]


def _values(facts: ColumnProfile) -> str:
    if facts.top_values:
        return ", ".join(text for text, _ in facts.top_values[:_SHOWN_TEXTS])
    if facts.minimum is None or facts.maximum is None or facts.type.value == "time":
        return ""
    return f"{formatting.number(facts.minimum)} – {formatting.number(facts.maximum)}"
