"""lathe export: a model as a bundle that proves itself."""

from argparse import Namespace
from pathlib import Path

from automl import api
from automl.cli.console import BAD_INPUT, DONE, Console, quoted
from automl.cli.job_runner import ended, run_job
from automl.cli.parser import Parser
from automl.cli.projects import last_leaderboard, model_named, opened
from automl.cli.verify import report_of, say_report
from automl.cli.words import Words
from automl.domain.job import ExportJob


def add_words(parser: Parser, words: Words) -> None:
    """Name the words this command takes."""
    parser.positions.add_argument("project", metavar="PROJECT", type=Path, help=words.text("cli.project"))
    parser.options.add_argument("--model", metavar="NAME", default="", help=words.text("cli.export.model"))
    parser.options.add_argument("--to", metavar="PATH", required=True, type=Path, help=words.text("cli.export.to"))
    parser.options.add_argument("--smaller-numbers", action="store_true", help=words.text("cli.export.smaller_numbers"))
    parser.options.add_argument("--json", action="store_true", help=words.text("cli.train.json"))


def run(arguments: Namespace, console: Console) -> int:
    """Write and verify the bundle of the named model, or of the chosen one."""
    console.quiet = arguments.json
    with opened(arguments.project) as project:
        board = last_leaderboard(project)
        name = arguments.model or api.chosen_model(project, board.run_id)
        job = ExportJob(
            job_id=api.new_job_id(),
            project=str(project.folder),
            run_id=board.run_id,
            model_id=model_named(board, name).model_id,
            to=str(arguments.to.absolute()),
            smaller_numbers=arguments.smaller_numbers,
        )
        issues = api.validate(project, job)
        console.issues(issues)
        if any(api.blocks(issue) for issue in issues):
            return BAD_INPUT
        state = run_job(project, job, console, as_json=arguments.json)
    code = ended(state, console)
    if code == DONE:
        report = report_of(state)
        if report is not None:
            say_report(console, report)
        console.say("cli.export.done", path=job.to)
        console.say("cli.export.next", path=quoted(job.to))
    return code
