"""lathe predict: a table or images through a bundle."""

from argparse import Namespace
from pathlib import Path

from automl import api
from automl.cli.console import DONE, Console
from automl.cli.job_runner import ended, run_alone
from automl.cli.parser import Parser
from automl.cli.words import Words
from automl.domain.issues import Refusal
from automl.domain.job import PredictJob


def add_words(parser: Parser, words: Words) -> None:
    """Name the words this command takes."""
    parser.positions.add_argument("bundle", metavar="BUNDLE", type=Path, help=words.text("cli.bundle"))
    parser.positions.add_argument("data", metavar="DATA", type=Path, help=words.text("cli.predict.data"))
    parser.options.add_argument(
        "--to", metavar="predictions.csv", required=True, type=Path, help=words.text("cli.predict.to")
    )
    parser.options.add_argument("--heatmaps", metavar="FOLDER", type=Path, help=words.text("cli.predict.heatmaps"))
    parser.options.add_argument("--trust-columns", action="store_true", help=words.text("cli.predict.trust_columns"))
    parser.options.add_argument("--trust-key", action="store_true", help=words.text("cli.predict.trust_key"))
    parser.options.add_argument("--json", action="store_true", help=words.text("cli.train.json"))


def run(arguments: Namespace, console: Console) -> int:
    """Predict every row or image and write the answers."""
    console.quiet = arguments.json
    job = PredictJob(
        job_id=api.new_job_id(),
        project="",
        bundle=str(arguments.bundle.absolute()),
        data=str(arguments.data.absolute()),
        to=str(arguments.to.absolute()),
        heatmaps=str(arguments.heatmaps.absolute()) if arguments.heatmaps else "",
        trust_columns=arguments.trust_columns,
        trust_key=arguments.trust_key,
    )
    issues = api.validate(None, job)
    if issues:
        raise Refusal(*issues)
    with run_alone(job, console, as_json=arguments.json) as state:
        code = ended(state, console)
    if code == DONE:
        rows = round(state.progress.done) if state.progress else 0
        console.say("cli.predict.done", count=rows, path=job.to)
    return code
