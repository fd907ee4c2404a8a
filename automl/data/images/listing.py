"""The listing of a dataset version: all its images by number."""

from automl.domain.images import ImageListing
from automl.storage.project import Project


def read_listing(project: Project, version: int) -> ImageListing:
    """Return the images of a version by number; an empty listing for a table."""
    return project.images.listing(project.datasets.version(version))
