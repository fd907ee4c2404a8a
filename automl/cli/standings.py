"""The leaderboard as a table, and the verdict under it."""

from automl.cli.console import Console
from automl.domain import formatting
from automl.domain.image_result import NO_GAP, ImageEvaluation
from automl.domain.result import Interval, Leaderboard, ModelSummary
from automl.domain.task import TaskKind

HANDED_OVER = 0.1
_NUMBERS = frozenset({0, 3, 4, 5, 6})


def say_leaderboard(console: Console, board: Leaderboard, images: ImageEvaluation | None = None) -> None:
    """Say the models best first with their likely ranges, the verdict, warnings and what was left out.

    `images` is what was found of the suggested model on images.
    """
    words = console.words
    metric = words.text(f"metric.{board.metric}")
    better = words.text("cli.board.higher" if board.metric.higher_is_better else "cli.board.lower")
    title = "cli.board.title" if board.goal.image is None else "cli.board.title_images"
    console.line(words.text(title, target=board.goal.target, metric=metric, better=better))
    console.line(_rows_used(console, board))
    console.line()
    sealed, speed = ("holdout", "speed") if board.goal.image is None else ("holdout_images", "speed_images")
    names = ("rank", "model", "id", "checking", sealed, speed, "size")
    head = [words.text(f"cli.board.{name}") for name in names]
    lines = [_line(console, rank, model, board.chosen) for rank, model in enumerate(board.models, start=1)]
    console.table(head, lines, numbers=_NUMBERS)
    console.line()
    title = f"verdict.title.{board.verdict.code.split('.')[1]}"
    console.line(f"{words.text(title)} {words.say(board.verdict)}")
    if images is not None:
        _say_honesty(console, images)
    for warning in board.warnings:
        console.line(f"! {words.issue(warning)}")
    for left_out in board.left_out:
        console.line(f"- {words.text(left_out.code, **left_out.parameters)}")


def _say_honesty(console: Console, images: ImageEvaluation) -> None:
    """Say what tearing shots of one part apart would have looked like, and what a person's look at the unsure ones saves."""
    gap, spared = images.gap(), images.spared_mistakes(HANDED_OVER)
    if gap is not None:
        same = abs(gap[1] - gap[0]) < NO_GAP
        grouped, torn = map(formatting.number, gap)
        console.line(console.words.text(f"words.images.gap{'.same' if same else ''}", grouped=grouped, random=torn))
    if spared is not None:
        console.line(console.words.text("words.images.spared", share=HANDED_OVER, spared=spared))


def _rows_used(console: Console, board: Leaderboard) -> str:
    split = board.split
    kind = "rows" if board.goal.image is None else "good_images" if board.task is TaskKind.ANOMALY else "images"
    key = f"cli.board.{kind}" if split.holdout_rows else f"cli.board.{kind}_all"
    return console.words.text(key, learn=split.learn_rows, holdout=split.holdout_rows, folds=split.folds)


def _line(console: Console, rank: int, model: ModelSummary, chosen: str) -> list[str]:
    words = console.words
    name = words.text(f"family.{model.family}")
    return [
        f"{rank}{'*' if model.model_id == chosen else ' '}",
        name,
        model.model_id,
        _score(model.checking),
        _score(model.holdout) if model.holdout else "–",
        words.text("cli.board.milliseconds", value=formatting.number(model.milliseconds_per_row)),
        formatting.size(model.size_bytes, words.language.value),
    ]


def _score(interval: Interval) -> str:
    value, lower, upper = (formatting.number(one) for one in (interval.value, interval.lower, interval.upper))
    return f"{value} ({lower}–{upper})"
