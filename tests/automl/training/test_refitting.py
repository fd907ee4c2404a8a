"""A recipe that learns once more is the recipe that was checked, however little time is left."""

from functools import partial

import numpy as np

from automl.domain.task import Family
from automl.models.base import Care
from automl.search.cross_validation import CrossValidation, Yardsticks
from automl.search.fold_rows import FoldRows
from automl.search.recipe import Recipe
from automl.search.table_folds import TableFolds
from automl.training.refitting import Refits
from tests.automl.search.tasks import learning_task


def test_the_best_recipe_learns_to_its_end_when_time_is_up() -> None:
    task = learning_task()
    recipe = Recipe(Family.BOOSTED, {"rounds": 60})
    trial = CrossValidation(task, TableFolds(task, FoldRows(task))).run(1, recipe, Care(seed=0), Yardsticks())
    fitted = {}
    for name, left, least in (("free", 60.0, 0.0), ("late", 0.0, 60.0), ("cut", 0.0, 0.0)):
        refits = Refits(task, Care(seed=0), partial(float, left))
        assert refits.fit(trial, 60.0, least)
        member = refits.member(trial)
        fitted[name] = member.model.predict(member.encoder.transform(task.table))

    assert np.array_equal(fitted["free"], fitted["late"])
    assert not np.allclose(fitted["free"], fitted["cut"])
