"""The recipe of the current dataset and the goal: what a person changes before training."""

from automl.domain.dataset import Dataset
from automl.domain.issues import Issue, Refusal
from automl.domain.recipe import RecipeStep
from automl.domain.recipe_editing import add_step, column_of
from automl.domain.spelling import nearest
from automl.domain.task import Goal
from automl.storage.project import Project


def apply_step(project: Project, step: RecipeStep) -> Dataset:
    """Add a correction to the recipe of the current dataset."""
    dataset = _dataset_to_change(project)
    column, names = column_of(step), dataset.version.schema.names()
    if column and column not in names:
        raise Refusal(Issue("recipe.unknown_column", parameters={"column": column, "nearest": nearest(column, names)}))
    return _change_recipe(project, dataset, add_step(dataset.version.schema, dataset.steps, step))


def remove_step(project: Project, step: RecipeStep) -> Dataset:
    """Take one correction out of the recipe, wherever it stands."""
    dataset = _dataset_to_change(project)
    return _change_recipe(project, dataset, tuple(one for one in dataset.steps if one != step))


def undo(project: Project) -> Dataset:
    """Go back to the recipe before the last change; nothing happens when there is none."""
    dataset = _dataset_to_change(project)
    with project.transaction():
        if project.recipes.undo(dataset.version.number):
            project.audit.add("recipe.undone", version=dataset.version.number)
    return project.datasets.dataset(dataset.version.number)


def redo(project: Project) -> Dataset:
    """Take the last undo back; nothing happens when there is none."""
    dataset = _dataset_to_change(project)
    with project.transaction():
        if project.recipes.redo(dataset.version.number):
            project.audit.add("recipe.redone", version=dataset.version.number)
    return project.datasets.dataset(dataset.version.number)


def can_undo(project: Project) -> bool:
    """Whether the recipe has a former state."""
    dataset = project.datasets.current()
    return dataset is not None and project.recipes.can_undo(dataset.version.number)


def can_redo(project: Project) -> bool:
    """Whether an undo can be taken back."""
    dataset = project.datasets.current()
    return dataset is not None and project.recipes.can_redo(dataset.version.number)


def goal(project: Project) -> Goal | None:
    """Return the goal in force, None before the first."""
    return project.goals.current()


def save_goal(project: Project, wanted: Goal) -> None:
    """Put a goal in force."""
    with project.transaction():
        project.goals.save(wanted)


def _dataset_to_change(project: Project) -> Dataset:
    project.require_writing()
    dataset = project.datasets.current()
    if dataset is None:
        raise Refusal(Issue("project.no_data"))
    return dataset


def _change_recipe(project: Project, dataset: Dataset, steps: tuple[RecipeStep, ...]) -> Dataset:
    number = dataset.version.number
    if steps != dataset.steps:
        with project.transaction():
            project.recipes.change(number, steps)
            project.audit.add("recipe.changed", version=number, steps=len(steps))
    return project.datasets.dataset(number)
