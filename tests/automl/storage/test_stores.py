"""Datasets, recipes, goals, runs and bundles come back as they were stored."""

from automl.domain.dataset import ReadOptions
from automl.domain.events import TrialState
from automl.domain.project import RunStatus
from automl.domain.recipe import FillMissing
from automl.domain.result import Interval, InWords, ModelSummary
from automl.domain.task import Family, Goal, Metric
from automl.storage.project import Project
from tests.automl.storage.records import LEFT_OUT, dataset_profile, dataset_version, import_job, train_job


def summary(model_id: str) -> ModelSummary:
    return ModelSummary(
        model_id=model_id,
        family=Family.BOOSTED,
        number=3,
        words=(InWords("boosted.usual"),),
        metric=Metric.LOG_LOSS,
        checking=Interval(0.3, 0.2, 0.4),
        holdout=None,
        metrics={},
        seconds=1.5,
        milliseconds_per_row=0.01,
        size_bytes=1000,
        simplicity=2,
    )


def test_the_newest_dataset_version_is_current_until_another_is_chosen(project: Project) -> None:
    assert project.datasets.current() is None
    project.datasets.add(dataset_version(1))
    project.datasets.add(dataset_version(project.datasets.next_number()))
    current = project.datasets.current()
    assert current is not None
    assert current.version.number == 2
    assert project.datasets.make_current(1).version.number == 1


def test_the_same_file_is_found_again_unless_it_is_to_be_read_differently(project: Project) -> None:
    version = dataset_version(sha256="d" * 64)
    project.datasets.add(version)
    assert project.datasets.same_file("d" * 64, ReadOptions()) == version
    assert project.datasets.same_file("d" * 64, ReadOptions(encoding="utf-8")) == version
    assert project.datasets.same_file("d" * 64, ReadOptions(encoding="cp949")) is None
    assert project.datasets.same_file("e" * 64, ReadOptions()) is None


def test_profiles_belong_to_a_recipe_and_a_target(project: Project) -> None:
    project.datasets.add(dataset_version())
    project.datasets.save_profile(1, (LEFT_OUT,), "결과", dataset_profile())
    assert project.datasets.profile(1, (LEFT_OUT,), "결과") == dataset_profile()
    assert project.datasets.profile(1, (), "결과") is None
    assert project.datasets.profile_for(1, "결과") == dataset_profile()
    assert project.datasets.profile_for(1, "온도") is None
    assert project.datasets.newest_profile(1) == dataset_profile()


def test_recipes_go_back_and_forth_and_forget_what_was_undone_after_a_change(project: Project) -> None:
    project.datasets.add(dataset_version())
    recipes, first, second = project.recipes, (LEFT_OUT, FillMissing("온도")), (FillMissing("라인"),)
    recipes.change(1, first)
    assert recipes.undo(1)
    assert recipes.steps(1) == (LEFT_OUT,)
    assert not recipes.undo(1)
    assert recipes.redo(1)
    assert not recipes.redo(1)
    assert recipes.steps(1) == first
    recipes.undo(1)
    recipes.change(1, second)
    assert not recipes.can_redo(1)
    assert recipes.can_undo(1)
    assert recipes.steps(1) == second


def test_the_last_goal_is_in_force_and_the_same_goal_is_written_once(project: Project) -> None:
    goal = Goal(target="결과")
    for _ in range(2):
        project.goals.save(goal)
    assert project.goals.current() == goal
    assert len(project.audit.newest()) == 1


def test_trials_and_models_of_a_run_come_back_in_order(project: Project) -> None:
    project.runs.add(train_job("r1"))
    for number in (2, 1):
        project.runs.record_trial(
            "r1",
            number,
            family=Family.LINEAR,
            state=TrialState.FAILED if number == 2 else TrialState.COMPLETE,
            value=None if number == 2 else 0.25,
            parameters={"depth": 3, "rate": 0.1, "warm": True, "kind": "a"},
            oof="0" * 64,
            seconds=2.5,
        )
    project.runs.record_model("r1", summary("boosted-3"), "1" * 64, "{}")
    trials = project.runs.trials("r1")
    assert [(trial.number, trial.state, trial.value) for trial in trials] == [
        (1, TrialState.COMPLETE, 0.25),
        (2, TrialState.FAILED, None),
    ]
    assert trials[0].parameters == {"depth": 3, "rate": 0.1, "warm": True, "kind": "a"}
    assert project.runs.model("r1", "boosted-3").onnx == "1" * 64
    assert project.runs.models("r1")[0].summary == summary("boosted-3")
    run = project.runs.runs("train")[0]
    assert (run.trials, run.models, run.status) == (2, 1, RunStatus.WAITING)


def test_runs_are_listed_newest_first_by_kind_with_the_model_picked(project: Project) -> None:
    project.runs.add(import_job("a"))
    project.runs.add(train_job("b"))
    project.runs.choose("b", "boosted-3")
    project.runs.end("b", RunStatus.COMPLETED)
    assert [run.run_id for run in project.runs.runs()] == ["b", "a"]
    assert [run.run_id for run in project.runs.runs("import")] == ["a"]
    assert project.runs.chosen("b") == "boosted-3"
    assert project.runs.job("b") == train_job("b")


def test_bundles_are_remembered(project: Project) -> None:
    project.bundles.add("b", "boosted-3", "/some/where.zip", "2" * 64, 4096)
    (bundle,) = project.bundles.bundles()
    assert (bundle.path, bundle.size_bytes, bundle.model_id) == ("/some/where.zip", 4096, "boosted-3")
    entry = project.audit.newest()[0]
    assert entry.action == "bundle.written"
    assert entry.computer
