"""lathe train: from a table or a folder of images to a leaderboard."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from automl import api
from automl.cli.console import BAD_INPUT, CANCELED, DONE, FAULT, Console, quoted
from automl.cli.goal_words import say_goal
from automl.cli.image_goal import image_goal, require_words_for_images
from automl.cli.job_runner import ended, run_job
from automl.cli.parser import Parser, UsageError
from automl.cli.projects import opened
from automl.cli.reading import add_reading_words, read_options
from automl.cli.standings import say_leaderboard
from automl.cli.values import Values
from automl.cli.words import Words
from automl.domain.dataset import DataKind, Dataset, DatasetProfile
from automl.domain.issues import Issue, Refusal, Severity
from automl.domain.job import ImportJob, ProfileJob, TrainJob
from automl.domain.recipe import SetRole
from automl.domain.schema import Role
from automl.domain.spelling import nearest
from automl.domain.task import Device, Goal, GroupSplit, MistakeCost, TaskKind, TimeSplit
from automl.storage.objects import file_sha256

_AUTO = "auto"
# Issues whose way out is the third question, which a command asks by a word of its own.
_FOR_ONLY_GOOD = frozenset({"goal.images.no_labels", "goal.images.one_class", "goal.images.all_good"})


class _NotDoneError(Exception):
    """A job before the training did not end well; carries the exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


def add_words(parser: Parser, words: Words) -> None:
    """Name the words this command takes."""
    values = Values(words)
    usual = Goal(target="")

    def option(name: str, **rest: Any) -> None:
        key = f"cli.train.{name.removeprefix('--').replace('-', '_')}"
        parser.options.add_argument(name, help=words.text(key), **rest)

    parser.positions.add_argument("data", metavar="DATA", type=Path, help=words.text("cli.train.data"))
    option("--target", metavar="COL", default="")
    option("--project", metavar="DIR", required=True, type=Path)
    option("--budget", metavar="60s|10m|1h", type=values.duration, default=usual.budget_seconds)
    option("--task", choices=[_AUTO, *(kind.value for kind in TaskKind)], default=_AUTO)
    option("--split", metavar="auto|random|time:COL|group:COL", type=values.split, default=None)
    option("--metric", metavar="NAME", type=values.metric, default=None)
    option("--cost-miss", metavar="X", type=values.money, default=None)
    option("--cost-false-alarm", metavar="Y", type=values.money, default=None)
    option("--ignore", metavar="COL", nargs="+", action="extend", default=[])
    option("--role", metavar="COL=ROLE", nargs="+", action="extend", type=values.role, default=[])
    option("--good", metavar="CLASS", nargs="+", action="extend", default=[])
    option("--any-orientation", action="store_true")
    option("--holdout", metavar="0.2|none", type=values.share, default=usual.holdout)
    option("--seed", metavar="N", type=values.seed, default=usual.seed)
    option("--device", choices=[device.value for device in Device], default=usual.device.value)
    option("--json", action="store_true")
    add_reading_words(parser, words)


def run(arguments: Namespace, console: Console) -> int:
    """Import, propose a goal, train, and say the leaderboard."""
    if (arguments.cost_miss is None) != (arguments.cost_false_alarm is None):
        raise UsageError(console.words.text("cli.usage.both_costs"))
    console.quiet = arguments.json
    path = arguments.data.absolute()
    _require_file(path)
    with opened(arguments.project, create=True) as project:
        try:
            _import(project, path, arguments, console)
            if holds_images(project):
                return train_on_images(project, arguments, console)
            _require_target(arguments, console)
            dataset = _with_roles(project, arguments)
            profile = _profile(project, dataset, arguments, console)
        except _NotDoneError as stop:
            return stop.code
        goal = api.with_target(_goal(arguments), dataset.schema(), profile)
        return train(project, dataset, goal, console, as_json=arguments.json)


def holds_images(project: api.Project) -> bool:
    """Whether the data in use are images."""
    dataset = api.current_dataset(project)
    return dataset is not None and dataset.version.kind is DataKind.IMAGES


def train_on_images(project: api.Project, arguments: Namespace, console: Console) -> int:
    """State the goal for the images in use, train, and say what came of it."""
    require_words_for_images(arguments, console)
    dataset = api.current_dataset(project)
    if dataset is None:
        raise Refusal(Issue("job.no_data"))
    goal = image_goal(project, arguments)
    return train(project, dataset, goal, console, as_json=arguments.json, labels=api.freeze_labels(project))


def train(
    project: api.Project,
    dataset: Dataset,
    goal: Goal,
    console: Console,
    *,
    as_json: bool,
    resumes: str = "",
    labels: str = "",
) -> int:
    """Check the goal, train, and say what came of it."""
    job = TrainJob(
        job_id=api.new_job_id(),
        project=str(project.folder),
        version=dataset.version.number,
        steps=dataset.steps,
        goal=goal,
        resumes=resumes,
        labels=labels,
    )
    issues = api.validate(project, job)
    console.issues(issue for issue in issues if issue.severity is not Severity.INFO)
    if any(api.blocks(issue) for issue in issues):
        if any(issue.code in _FOR_ONLY_GOOD for issue in issues):
            console.problem(console.words.text("cli.train.only_good"))
        return BAD_INPUT
    api.save_goal(project, goal)
    say_goal(console, goal, dataset)
    state = run_job(project, job, console, as_json=as_json)
    code = ended(state, console)
    board = api.leaderboard(project, job.job_id)
    if board is not None:
        console.line()
        say_leaderboard(console, board, api.image_evaluation(project, job.job_id, board.chosen))
        console.line()
        console.say("cli.train.project_at", folder=str(project.folder))
        console.say("cli.train.next", folder=quoted(project.folder))
    elif code in (CANCELED, FAULT):
        console.problem(console.words.text("cli.train.resume", folder=quoted(project.folder)))
    return code


def _require_target(arguments: Namespace, console: Console) -> None:
    if not arguments.target:
        raise UsageError(console.words.text("cli.usage.required", names="--target"))
    if arguments.good or arguments.any_orientation:
        raise UsageError(console.words.text("cli.usage.only_for_images", names="--good, --any-orientation"))


def _require_file(path: Path) -> None:
    if not path.exists():
        raise Refusal(Issue("job.file_missing", parameters={"path": str(path), "file": path.name}))


def _import(project: api.Project, path: Path, arguments: Namespace, console: Console) -> None:
    """Use the data a project already has when it came from this very file; else import it."""
    options = read_options(arguments)
    known = project.datasets.same_file(file_sha256(path), options) if path.is_file() else None
    if known is not None:
        api.use_dataset(project, known.number)
        console.say("cli.train.same_file", file=path.name, version=known.number)
        return
    job = ImportJob(
        job_id=api.new_job_id(),
        project=str(project.folder),
        path=str(path),
        options=options,
        target=arguments.target,
    )
    code = ended(run_job(project, job, console, as_json=arguments.json), console)
    if code != DONE:
        raise _NotDoneError(code)


def _with_roles(project: api.Project, arguments: Namespace) -> Dataset:
    """Give the columns the roles that were said: all of them, or none when a column is not there."""
    roles = [(column, Role.IGNORE) for column in arguments.ignore] + list(arguments.role)
    if isinstance(arguments.split, TimeSplit):
        roles.append((arguments.split.column, Role.TIME))
    elif isinstance(arguments.split, GroupSplit):
        roles.append((arguments.split.column, Role.GROUP))
    roles.append((arguments.target, Role.TARGET))
    _require_columns(project, [column for column, _ in roles])
    for column, role in roles:
        api.apply_step(project, SetRole(column, role))
    dataset = api.current_dataset(project)
    if dataset is None:
        raise Refusal(Issue("job.no_data"))
    return dataset


def _require_columns(project: api.Project, columns: list[str]) -> None:
    dataset = api.current_dataset(project)
    names = dataset.schema().names() if dataset else ()
    unknown = [column for column in dict.fromkeys(columns) if column not in names]
    if unknown:
        raise Refusal(
            *(
                Issue("recipe.unknown_column", parameters={"column": column, "nearest": nearest(column, names)})
                for column in unknown
            )
        )


def _profile(project: api.Project, dataset: Dataset, arguments: Namespace, console: Console) -> DatasetProfile:
    """Return what is known of the data for this target, looking again when it was looked at for another one."""
    number = dataset.version.number
    known = project.datasets.profile_for(number, arguments.target)
    if known is None:
        job = ProfileJob(
            job_id=api.new_job_id(),
            project=str(project.folder),
            version=number,
            steps=dataset.steps,
            target=arguments.target,
        )
        code = ended(run_job(project, job, console, as_json=arguments.json), console)
        if code != DONE:
            raise _NotDoneError(code)
        known = project.datasets.profile_for(number, arguments.target)
    if known is None:
        raise Refusal(Issue("job.not_profiled"))
    return known


def _goal(arguments: Namespace) -> Goal:
    cost = None
    if arguments.cost_miss is not None:
        cost = MistakeCost(miss=arguments.cost_miss, false_alarm=arguments.cost_false_alarm)
    return Goal(
        target=arguments.target,
        task=None if arguments.task == _AUTO else TaskKind(arguments.task),
        split=arguments.split,
        metric=arguments.metric,
        cost=cost,
        budget_seconds=arguments.budget,
        holdout=arguments.holdout,
        seed=arguments.seed,
        device=Device(arguments.device),
    )
