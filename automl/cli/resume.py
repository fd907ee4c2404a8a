"""lathe resume: go on with a training that did not reach its end."""

from argparse import Namespace
from pathlib import Path

from automl import api
from automl.cli.console import Console
from automl.cli.parser import Parser
from automl.cli.projects import last_training, opened
from automl.cli.train import train
from automl.cli.words import Words
from automl.domain.dataset import Dataset
from automl.domain.issues import Issue, Refusal
from automl.domain.job import TrainJob
from automl.domain.project import RunStatus


def add_words(parser: Parser, words: Words) -> None:
    """Name the words this command takes."""
    parser.positions.add_argument("project", metavar="PROJECT", type=Path, help=words.text("cli.project"))
    parser.options.add_argument("--json", action="store_true", help=words.text("cli.train.json"))


def run(arguments: Namespace, console: Console) -> int:
    """Train with the goal, data and finished trials of the last run."""
    console.quiet = arguments.json
    with opened(arguments.project) as project:
        last = last_training(project)
        job = api.job_of(project, last.run_id)
        if last.status is RunStatus.COMPLETED or not isinstance(job, TrainJob):
            raise Refusal(Issue("project.nothing_to_resume", parameters={"folder": str(project.folder)}))
        console.say("cli.resume.kept", count=last.trials)
        dataset = Dataset(project.datasets.version(job.version), job.steps)
        return train(
            project,
            dataset,
            job.goal,
            console,
            as_json=arguments.json,
            resumes=last.run_id,
            labels=job.labels,
        )
