"""The variations job draws an image as training would vary it, the same way for the same seed."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from automl.domain.issues import Refusal
from automl.domain.job import VariationsJob
from automl.drawing.parts import draw_parts
from automl.jobs import variations
from automl.jobs.context import Controls, EventSink, JobContext
from automl.models.image.base import Pixels
from automl.storage.project import Access, Project
from automl.storage.run_folder import RunFolder
from tests.image_projects import image_project


def drawn(folder: Path, *, image: int = 1, strength: float = 0.5, name: str = "variations-1") -> list[Pixels]:
    job = VariationsJob(job_id=name, project=str(folder), version=1, image=image, strength=strength)
    with Project.open(folder, Access.WORKER) as project:
        place = project.run_folder(name)
        place.mkdir(parents=True)
        sink = EventSink(name, lambda _line: None, "variations")
        variations.run(job, JobContext(sink=sink, controls=Controls(), run_folder=place, project=project))
        return [np.asarray(Image.open(BytesIO(content))) for content in RunFolder(place).variations()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    image_project(tmp_path / "p", draw_parts(2, ("good", "pit"), seed=1, size=300))
    return tmp_path / "p"


def test_the_image_itself_comes_first_at_the_size_networks_see(folder: Path) -> None:
    images = drawn(folder)

    assert len(images) == 12
    assert {image.shape for image in images} == {(224, 224, 3)}
    assert all((image != images[0]).any() for image in images[1:])


def test_the_same_seed_draws_the_same(folder: Path) -> None:
    first, again = drawn(folder, name="one"), drawn(folder, name="two")

    assert all((left == right).all() for left, right in zip(first, again, strict=True))


def test_no_strength_changes_nothing(folder: Path) -> None:
    images = drawn(folder, strength=0.0)

    assert all((image == images[0]).all() for image in images)


def test_an_image_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(Refusal):
        drawn(folder, image=99)
