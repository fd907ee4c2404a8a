"""What a finished model is called, everywhere in the window."""

from automl.domain.result import InWords, Leaderboard, ModelSummary
from automl.domain.task import Family
from desktop.i18n import translate
from desktop.itemmodels.score_words import spoken_all


def model_name(model: ModelSummary) -> str:
    """Return the short name of a model: "Recipe 31", "Blend", "Guessing"."""
    if model.family in (Family.BLEND, Family.BASELINE):
        return family_name(model)
    return translate("model.recipe", number=model.number)


def family_name(model: ModelSummary) -> str:
    """Return what kind of model it is: "Boosted trees"."""
    return translate(f"family.{model.family.value}")


def model_detail(model: ModelSummary, leaderboard: Leaderboard) -> str:
    """Return what tells models of one kind apart: "Recipe 31", for a blend the recipes in it."""
    if model.family is Family.BASELINE:
        return ""
    if model.family is not Family.BLEND:
        return model_name(model)
    numbers = {one.model_id: one.number for one in leaderboard.models}
    shares = sorted(model.members, key=lambda member: -member[1])
    known = [str(numbers[member]) for member, _ in shares if numbers.get(member)]
    return translate("model.members", numbers=", ".join(known)) if known else ""


def model_recipe(model: ModelSummary) -> str:
    """Return how a model was made, in a few words."""
    words: tuple[InWords, ...] = model.words
    said = spoken_all(words)
    return said[:1].upper() + said[1:]


def model_of(leaderboard: Leaderboard, model_id: str) -> ModelSummary | None:
    """Return a model of the leaderboard, None when it has none of that name."""
    return next((model for model in leaderboard.models if model.model_id == model_id), None)
