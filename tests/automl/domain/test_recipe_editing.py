"""However a recipe was edited, it means what was said last, and says it briefly."""

from hypothesis import given
from hypothesis import strategies as st

from automl.domain.recipe import (
    FillMissing,
    LeaveOutRepeatedRows,
    LimitRange,
    RecipeStep,
    SetRole,
    SetType,
    TreatAsMissing,
    apply_to_schema,
)
from automl.domain.recipe_editing import add_step
from automl.domain.schema import ColumnType, Role
from tests.automl.storage.records import SCHEMA

columns = st.sampled_from(SCHEMA.names())
steps: st.SearchStrategy[RecipeStep] = st.one_of(
    st.builds(SetRole, columns, st.sampled_from(Role)),
    st.builds(SetType, columns, st.sampled_from(ColumnType)),
    st.builds(TreatAsMissing, columns, st.tuples(st.sampled_from(["-999", "ERR"]))),
    st.builds(FillMissing, columns),
    st.builds(LimitRange, columns, st.just(0.0), st.sampled_from([1.0, 2.0])),
    st.just(LeaveOutRepeatedRows()),
)


@given(st.lists(steps, max_size=12))
def test_a_recipe_means_its_steps_in_order_and_is_never_longer(given_steps: list[RecipeStep]) -> None:
    recipe: tuple[RecipeStep, ...] = ()
    for number, step in enumerate(given_steps, start=1):
        recipe = add_step(SCHEMA, recipe, step)
        assert apply_to_schema(SCHEMA, recipe) == apply_to_schema(SCHEMA, tuple(given_steps[:number]))
        assert len(recipe) <= number
    assert (LeaveOutRepeatedRows() in recipe) == (LeaveOutRepeatedRows() in given_steps)


def test_a_step_that_says_what_holds_adds_nothing() -> None:
    assert add_step(SCHEMA, (), SetRole("온도", Role.INPUT)) == ()


def test_taking_a_step_back_removes_it() -> None:
    ignored = add_step(SCHEMA, (), SetRole("온도", Role.IGNORE))
    assert add_step(SCHEMA, ignored, SetRole("온도", Role.INPUT)) == ()


def test_a_step_that_overrules_another_takes_its_place() -> None:
    ignored = add_step(SCHEMA, (), SetRole("온도", Role.IGNORE))
    assert add_step(SCHEMA, ignored, SetRole("온도", Role.GROUP)) == (SetRole("온도", Role.GROUP),)
