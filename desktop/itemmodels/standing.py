"""Where a project stands, read off a glance at it: a state for each of the five steps and one line of words."""

from dataclasses import dataclass
from enum import StrEnum

from automl.domain.glance import ProjectGlance
from automl.domain.project import RunStatus


class Mark(StrEnum):
    """How one step stands."""

    DONE = "done"
    HERE = "here"
    LOOK = "look"
    ACT = "act"
    TO_DO = "to_do"


STEPS = ("data", "goal", "train", "compare", "deploy")


@dataclass(frozen=True)
class Standing:
    """One mark a step, the step that is next, and the key and count of the sentence on it."""

    marks: tuple[Mark, ...]
    step: str
    line: str
    count: int
    mark: Mark


def standing(glance: ProjectGlance) -> Standing:
    """Return where a project stands."""
    if not glance.found:
        return Standing((Mark.TO_DO,) * len(STEPS), "", "start.stands.missing", 0, Mark.ACT)
    if glance.rows is None:
        return _at("data", "start.stands.data.empty")
    if glance.models and glance.training is RunStatus.COMPLETED:
        if glance.bundles:
            return _at("deploy", "start.stands.deploy.done", mark=Mark.DONE)
        if glance.model_chosen:
            return _at("deploy", "start.stands.deploy.open")
        return _at("compare", "start.stands.compare.open")
    if glance.training is not None and glance.training is not RunStatus.COMPLETED:
        return _at("train", "start.stands.train.stopped", count=glance.models, mark=Mark.LOOK)
    if glance.open_findings and not glance.target:
        return _at("data", "start.stands.data.findings", count=glance.open_findings, mark=Mark.LOOK)
    return _at("train", "start.stands.train.open") if glance.target else _at("goal", "start.stands.goal.open")


def _at(step: str, line: str, *, count: int = 0, mark: Mark = Mark.HERE) -> Standing:
    place = STEPS.index(step)
    marks = (*(Mark.DONE for _ in range(place)), mark, *(Mark.TO_DO for _ in STEPS[place + 1 :]))
    return Standing(marks, step, line, count, mark)
