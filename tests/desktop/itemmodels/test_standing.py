import msgspec

from automl.domain.glance import ProjectGlance
from automl.domain.project import RunStatus
from desktop.itemmodels.standing import STEPS, Mark, standing

NEW = ProjectGlance(folder="/projects/line 3", name="line 3")
WITH_DATA = msgspec.structs.replace(NEW, rows=120)
WITH_GOAL = msgspec.structs.replace(WITH_DATA, target="DEFECT")
TRAINED = msgspec.structs.replace(WITH_GOAL, training=RunStatus.COMPLETED, models=5)


def test_a_new_project_waits_for_data() -> None:
    assert standing(NEW).marks == (Mark.HERE, Mark.TO_DO, Mark.TO_DO, Mark.TO_DO, Mark.TO_DO)


def test_open_findings_come_before_the_goal() -> None:
    stands = standing(msgspec.structs.replace(WITH_DATA, open_findings=3))
    assert (stands.step, stands.mark, stands.count) == ("data", Mark.LOOK, 3)


def test_each_thing_done_moves_on_by_one_step() -> None:
    chosen = msgspec.structs.replace(TRAINED, model_chosen=True)
    stages = (NEW, WITH_DATA, WITH_GOAL, TRAINED, chosen)
    assert tuple(standing(stage).step for stage in stages) == STEPS


def test_a_bundle_makes_all_steps_done() -> None:
    assert set(standing(msgspec.structs.replace(TRAINED, bundles=1)).marks) == {Mark.DONE}


def test_a_stopped_training_says_what_it_kept() -> None:
    stands = standing(msgspec.structs.replace(WITH_GOAL, training=RunStatus.STOPPED, models=2))
    assert (stands.step, stands.mark, stands.count) == ("train", Mark.LOOK, 2)


def test_a_folder_that_is_gone_has_no_step() -> None:
    stands = standing(msgspec.structs.replace(NEW, found=False))
    assert (stands.step, stands.mark) == ("", Mark.ACT)
