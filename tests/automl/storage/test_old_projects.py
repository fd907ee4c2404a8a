"""Projects of every released format open for ever. A frozen one is never made again, only joined by the next format's."""

import zipfile
from pathlib import Path

import pytest

from automl import api
from automl.domain.project import RunStatus
from automl.domain.recipe import FillMissing
from automl.domain.task import Goal
from tests.automl.storage.records import LEFT_OUT, dataset_profile

FROZEN = sorted((Path(__file__).parents[2] / "data" / "projects").glob("format_*.zip"))


@pytest.mark.parametrize("frozen", FROZEN, ids=lambda path: path.stem)
def test_an_old_project_opens_with_everything_in_it(frozen: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(frozen) as archive:
        archive.extractall(tmp_path / "오래된 프로젝트")
    project = api.open_project(tmp_path / "오래된 프로젝트")
    dataset = api.current_dataset(project)
    assert dataset is not None
    assert dataset.steps == (LEFT_OUT, FillMissing("온도"))
    assert api.profile(project) == dataset_profile()
    assert api.rows(project, 98, 5) == [(99, ["1", "99.5", "L99", "OK"]), (100, ["1", "100.5", "L100", "OK"])]
    assert api.goal(project) == Goal(target="결과")
    training = api.runs(project, "train")[0]
    assert (training.status, training.trials, training.models) == (RunStatus.COMPLETED, 1, 1)
    assert training.chosen == "boosted-3"
    assert api.run_state(project, training.run_id).succeeded
    assert [bundle.model_id for bundle in api.bundles(project)] == ["boosted-3"]
    assert api.can_undo(project)
    assert api.undo(project).steps == (LEFT_OUT,)
    api.close(project)
