"""The search: repeatable, resumable, within its spaces, and able to say why."""

import pytest

import resources
from automl.domain.events import TrialState
from automl.domain.task import Family
from automl.models.registry import family_of
from automl.models.space import Dimension, nearest
from automl.search.cross_validation import Trial
from automl.search.encoding import encoding_space
from automl.search.portfolio import portfolio, quick_recipe
from automl.search.recipe import Recipe
from automl.search.study import Study
from tests.automl.search.tasks import learning_task

FAMILIES = (Family.LINEAR, Family.FOREST, Family.BOOSTED)


def spaces() -> dict[Family, tuple[Dimension, ...]]:
    task = learning_task()
    shape = task.shape(task.plan.learn, 3)
    return {family: (*family_of(family).space(shape), *encoding_space(family, task)) for family in FAMILIES}


def finished(number: int, recipe: Recipe, loss: float) -> Trial:
    return Trial(number, recipe, TrialState.COMPLETE, 0.1, guide_loss=loss, guide_losses=(loss,))


def taught(count: int) -> tuple[Study, list[Recipe]]:
    """A study after some trials in which slow learners do best, and the recipes it proposed."""
    study, recipes = Study(spaces(), seed=7), []
    for number in range(1, count + 1):
        recipe = study.propose(FAMILIES).recipe
        recipes.append(recipe)
        study.learn(finished(number, recipe, float(recipe.parameters.get("learning_rate", 1.0))))
    return study, recipes


def test_the_same_seed_proposes_the_same() -> None:
    assert taught(6)[1] == taught(6)[1]


def test_a_study_rebuilt_from_its_trials_goes_on_instead_of_starting_over() -> None:
    _, recipes = taught(8)
    rebuilt = Study(spaces(), seed=7)
    for number, recipe in enumerate(recipes[:6], 1):
        rebuilt.learn(finished(number, recipe, float(recipe.parameters.get("learning_rate", 1.0))))

    assert rebuilt.propose(FAMILIES).recipe not in recipes[:6]


def test_proposals_stay_in_their_space() -> None:
    for recipe in taught(10)[1]:
        for dimension in spaces()[recipe.family]:
            value = recipe.parameters[dimension.name]
            assert nearest(dimension, value) == pytest.approx(value)


def test_only_families_asked_for_are_proposed() -> None:
    study, _ = taught(3)

    assert {study.propose((Family.LINEAR,)).recipe.family for _ in range(4)} == {Family.LINEAR}


def test_trials_that_failed_or_ended_early_are_learned_from_too() -> None:
    study = Study(spaces(), seed=1)
    study.learn(Trial(1, quick_recipe(), TrialState.FAILED, 0.1))
    study.learn(Trial(2, quick_recipe(), TrialState.PRUNED, 0.1, guide_losses=(0.6,)))

    assert study.propose(FAMILIES).recipe.parameters


def test_every_proposal_says_in_words_what_and_why() -> None:
    english = resources.texts("en")
    study, _ = taught(8)
    for _ in range(5):
        proposal = study.propose(FAMILIES)
        assert proposal.words
        for word in (*proposal.words, proposal.reason):
            assert f"words.{word.code}" in english


def test_the_portfolio_begins_with_different_families() -> None:
    task = learning_task()
    shape = task.shape(task.plan.learn, 3)

    recipes = portfolio(shape, FAMILIES, {family: encoding_space(family, task) for family in FAMILIES})

    assert {recipe.family for recipe in recipes[:3]} == set(FAMILIES)
    assert len({(recipe.family, tuple(recipe.parameters.items())) for recipe in recipes}) == len(recipes)
