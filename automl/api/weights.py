"""Weights of networks a project can build on. Importing and downloading are jobs."""

from automl.domain.weights import WeightsRecord
from automl.storage.project import Project
from automl.weights.built_in import built_in


def weights(project: Project) -> tuple[WeightsRecord, ...]:
    """Return all weights: built-in ones first, then those of the project, oldest first."""
    return (*(record for record, _ in built_in()), *project.weights.records())


def remove_weights(project: Project, sha256: str) -> None:
    """Take weights out of the project; models that were trained on them stay as they are. Unknown ones are ignored."""
    known = next((record for record in project.weights.records() if record.sha256 == sha256), None)
    if known is None:
        return
    with project.transaction():
        project.weights.remove(sha256)
        project.audit.add("weights.removed", name=known.title, file=known.name)
