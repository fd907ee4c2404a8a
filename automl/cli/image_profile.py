"""What is in a folder of images, in the words of the terminal."""

from collections import Counter

from automl import api
from automl.cli.console import Console
from automl.domain import formatting
from automl.domain.dataset import DatasetProfile
from automl.domain.images import ImageRecord

_NUMBERS = frozenset({1, 2})
_SHOWN = 3


def say_images(console: Console, project: api.Project, profile: DatasetProfile) -> None:
    """Say how many images show each class and how many different parts, then the findings with some images each."""
    words = console.words
    images, labels = api.images(project), api.labels(project)
    groups = len({image.group for image in images})
    console.say("cli.profile.size_images", images=len(images), classes=len(api.class_counts(project)), groups=groups)
    console.line()
    shown: Counter[str] = Counter()
    parts: dict[str, set[int]] = {}
    for image in images:
        name = labels[image.sha256].class_name if image.sha256 in labels else ""
        shown[name] += 1
        parts.setdefault(name, set()).add(image.group)
    head = [words.text(f"cli.profile.{name}") for name in ("class", "images", "groups")]
    lines = [
        [name or words.text("cli.profile.no_label"), formatting.number(count), formatting.number(len(parts[name]))]
        for name, count in sorted(shown.items(), key=lambda item: (not item[0], -item[1], item[0]))
    ]
    console.table(head, lines, numbers=_NUMBERS)
    console.line()
    by_number = {image.number: image for image in images}
    for finding in profile.findings:
        console.line(f"{words.text(f'cli.severity.{finding.severity}')} {words.issue(finding)}")
        if finding.rows:
            console.line(f"  {_examples(finding.rows, by_number)}")


def _examples(numbers: tuple[int, ...], images: dict[int, ImageRecord]) -> str:
    names = [images[number].path for number in numbers[:_SHOWN] if number in images]
    return ", ".join(names) + (", …" if len(numbers) > _SHOWN else "")
