"""The data of a project: dataset versions, their profiles and rows."""

from automl.domain.dataset import DataKind, Dataset, DatasetProfile, DatasetVersion
from automl.domain.schema import Role
from automl.storage.project import Project
from automl.storage.row_pages import PageRow


def datasets(project: Project) -> tuple[DatasetVersion, ...]:
    """Return all dataset versions, oldest first."""
    return project.datasets.versions()


def current_dataset(project: Project) -> Dataset | None:
    """Return the dataset in use, None in an empty project."""
    return project.datasets.current()


def use_dataset(project: Project, number: int) -> Dataset:
    """Use another dataset version."""
    project.require_writing()
    return project.datasets.make_current(number)


def profile(project: Project) -> DatasetProfile | None:
    """Return the profile of the current dataset; that of a former recipe while a new one is not ready, None before any."""
    dataset = project.datasets.current()
    if dataset is None:
        return None
    number = dataset.version.number
    exact = project.datasets.profile(number, dataset.steps, target_in_force(project, dataset))
    return exact or project.datasets.newest_profile(number)


def profile_is_current(project: Project) -> bool:
    """Whether the profile was made under exactly the recipe and target in force."""
    dataset = project.datasets.current()
    if dataset is None:
        return False
    target = target_in_force(project, dataset)
    return project.datasets.profile(dataset.version.number, dataset.steps, target) is not None


def target_in_force(project: Project, dataset: Dataset) -> str:
    """Return the target as the recipe says, else as the goal says; empty when neither does."""
    named = dataset.schema().of_role(Role.TARGET)
    if named:
        return named[0].name
    goal_in_force = project.goals.current()
    known = goal_in_force is not None and goal_in_force.target in dataset.schema().names()
    return goal_in_force.target if goal_in_force is not None and known else ""


def rows(project: Project, start: int, count: int) -> list[PageRow]:
    """Return rows of the current dataset as (row number in the file, cells as text), from position `start`."""
    dataset = project.datasets.current()
    return [] if dataset is None else rows_of(project, dataset.version, start, count)


def rows_of(project: Project, version: DatasetVersion, start: int, count: int) -> list[PageRow]:
    """Return rows of one version in the same form, without asking the database which one is current.

    A row of images is (number of the image, [its path, the class that was imported]).
    """
    if version.kind is DataKind.IMAGES:
        shown = project.images.listing(version).images[max(start, 0) : max(start + count, 0)]
        return [(image.number, [image.path, image.class_name]) for image in shown]
    return project.row_pages(version.pages).rows(start, count)


def row_count(project: Project) -> int:
    """Return how many rows the current dataset has."""
    dataset = project.datasets.current()
    return 0 if dataset is None else dataset.version.row_count
