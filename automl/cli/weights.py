"""lathe weights: the weights of networks that a project can build on."""

from argparse import Namespace
from pathlib import Path

import msgspec

from automl import api
from automl.cli.console import BAD_INPUT, DONE, Console
from automl.cli.job_runner import ended, run_job
from automl.cli.parser import Parser, UsageError
from automl.cli.projects import opened
from automl.cli.words import Words
from automl.domain.formatting import number
from automl.domain.job import ImportWeightsJob
from automl.domain.weights import ARCHITECTURES, WeightsRecord

_ACTIONS = ("list", "import", "download")
_MEGABYTE = 1e6


def add_words(parser: Parser, words: Words) -> None:
    """Name the words this command takes."""
    parser.positions.add_argument("action", metavar="ACTION", choices=_ACTIONS, help=words.text("cli.weights.action"))
    parser.positions.add_argument("what", metavar="WHAT", nargs="?", default="", help=words.text("cli.weights.what"))
    parser.options.add_argument(
        "--project", metavar="PROJECT", required=True, type=Path, help=words.text("cli.weights.project")
    )
    parser.options.add_argument("--licence", metavar="NAME", default="", help=words.text("cli.weights.licence"))
    parser.options.add_argument("--json", action="store_true", help=words.text("cli.train.json"))


def run(arguments: Namespace, console: Console) -> int:
    """List the weights of a project, or take more into it."""
    console.quiet = arguments.json
    if arguments.action == "list":
        return _list(arguments, console)
    if not arguments.what:
        raise UsageError(console.words.text("cli.weights.nothing_named"))
    brings = arguments.action == "import"
    with opened(arguments.project, create=True) as project:
        job = ImportWeightsJob(
            job_id=api.new_job_id(),
            project=str(project.folder),
            path=str(Path(arguments.what).absolute()) if brings else "",
            download="" if brings else arguments.what,
            licence=arguments.licence,
        )
        issues = api.validate(project, job)
        console.issues(issues)
        if any(api.blocks(issue) for issue in issues):
            return BAD_INPUT
        code = ended(run_job(project, job, console, as_json=arguments.json), console)
        if code == DONE:
            newest = api.weights(project)[-1]
            console.say("cli.weights.done", title=newest.title, name=newest.name)
    return code


def _list(arguments: Namespace, console: Console) -> int:
    with opened(arguments.project, read_only=True) as project:
        known = api.weights(project)
    if arguments.json:
        console.write(msgspec.json.encode(known).decode() + "\n")
        return DONE
    for record in known:
        _say(console, record)
    if not known:
        console.say("cli.weights.none")
    console.say("cli.weights.known")
    for each in ARCHITECTURES:
        console.say(
            "cli.weights.offered",
            name=each.name,
            title=each.title,
            parameters=number(each.parameters),
            licence=each.licence,
        )
    return DONE


def _say(console: Console, record: WeightsRecord) -> None:
    console.say(
        "cli.weights.line",
        title=record.title,
        name=record.name,
        size=number(record.size_bytes / _MEGABYTE),
        licence=record.licence or console.words.text("cli.weights.no_licence"),
    )
