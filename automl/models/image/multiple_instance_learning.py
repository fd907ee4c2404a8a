"""What a network on maps is shown before it learns to name classes."""

import math
from dataclasses import replace
from functools import partial
from itertools import chain

import numpy as np

from automl.domain.task import TaskKind
from automl.graph.image.filter_maps import CELL
from automl.models.base import Care, Parameters
from automl.models.image.augmentation import vary
from automl.models.image.base import Maps, Pixels, TrainingView
from automl.models.image.feature_session import MAP, FeatureSession
from automl.models.image.filter_features import RESOLUTIONS, filter_map_graph
from automl.models.image.imagined_flaws import Mask, imagine_flaw
from automl.models.image.map_learning import Learned, learn_maps
from automl.models.image.map_lesson import Flawed, Lesson, Schooling
from automl.models.image.multiple_instance import Member, MultipleInstanceModel

FEWEST_FLAWED, MOST_FLAWED = 100, 800
FLAWED_AN_IMAGE = 2
# Where time is short drawing takes a quarter of it and gives at least so many images.
FEWEST_DRAWN, SHARE_OF_DRAWING = 30, 0.25
MOST_VARIED = 1_500


def learn_multiple_instance(view: TrainingView, parameters: Parameters, care: Care) -> MultipleInstanceModel:
    """Learn one or several networks on the same images, each from another start."""
    resolution = int(parameters.get("resolution", RESOLUTIONS[0]))
    session = FeatureSession(filter_map_graph(resolution), care.threads)
    maps, target = view.maps(filter_map_graph(resolution)), view.target
    strength = float(parameters.get("augmentation", 0.0))
    if strength > 0:
        chosen = np.random.default_rng(care.seed).permutation(len(view))[:MOST_VARIED]
        varied = varied_maps(view.pixels(resolution)[chosen], session, strength, care)
        maps, target = np.concatenate([maps, varied]), np.concatenate([target, target[chosen[: len(varied)]]])
    lesson = Lesson(maps, target, len(view.classes), view.good)
    good = np.flatnonzero(np.isin(view.target, view.good))
    if parameters.get("imagined_flaws", False) and len(good):
        flawed = flawed_maps(view.pixels(resolution)[good], session, care)
        lesson = replace(lesson, flawed=flawed, flawed_class=_flawed_class(view))
    schooling = schooling_of(parameters)
    learned = learn_several(lesson, schooling, int(parameters.get("networks", 1)), care)
    members = [Member(each.network, each.weights, each.offsets) for each in learned]
    return MultipleInstanceModel(tuple(members), resolution, view.good)


def learn_several(lesson: Lesson, schooling: Schooling, count: int, care: Care) -> tuple[Learned, ...]:
    """Learn so many networks, each from another start and in its share of the time; fewer where there is none left."""
    learned: list[Learned] = []
    for number in range(count):
        if learned and care.time_left() <= 0:
            break
        share = _share_of_time(replace(care, seed=care.seed + 7919 * number), count - number)
        learned.append(learn_maps(lesson, schooling, share))
    return tuple(learned)


def schooling_of(parameters: Parameters) -> Schooling:
    """How to learn by these settings."""
    usual = Schooling()
    orientations = "any" if parameters.get("any_orientation", False) else parameters.get("orientations")
    return Schooling(
        learning_rate=float(parameters.get("learning_rate", usual.learning_rate)),
        width=int(parameters.get("width", usual.width)),
        dropout=float(parameters.get("dropout", usual.dropout)),
        orientations=usual.orientations if orientations is None else str(orientations),
    )


def flawed_maps(good: Pixels, session: FeatureSession, care: Care) -> Flawed:
    """Flaws imagined on images of good parts [n, r, r, 3], as maps."""
    random = np.random.default_rng((care.seed, len(good)))
    count = int(np.clip(FLAWED_AN_IMAGE * len(good), FEWEST_FLAWED, MOST_FLAWED))
    order = chain.from_iterable(random.permutation(len(good)) for _ in range(-(-count // len(good))))
    enough = _Enough(care)
    maps: list[Maps] = []
    places: list[Mask] = []
    for _, image in zip(range(count), order, strict=False):
        if len(maps) >= FEWEST_DRAWN and enough():
            break
        flawed = imagine_flaw(good[image], random)
        maps.append(session.one(flawed.pixels)[MAP])
        high, wide = maps[-1].shape[1:]
        places.append(np.asarray(flawed.mask.reshape(high, CELL, wide, CELL).any(axis=(1, 3)), dtype=np.bool_))
    return Flawed(np.stack(maps), np.stack(places))


def varied_maps(pixels: Pixels, session: FeatureSession, strength: float, care: Care) -> Maps:
    """One variation of every image, or of the first ones where time is short, as maps."""
    change = partial(vary, strength=strength, random=np.random.default_rng((care.seed, len(pixels))))
    enough = _Enough(care)
    maps: list[Maps] = []
    for image in pixels:
        if len(maps) >= FEWEST_DRAWN and enough():
            break
        maps.append(session.one(change(image))[MAP])
    return np.stack(maps)


def _share_of_time(care: Care, parts: int) -> Care:
    left = care.time_left()
    for_others = 0.0 if math.isinf(left) else left * (1 - 1 / parts)
    return replace(care, time_left=lambda: care.time_left() - for_others)


class _Enough:
    """Says when drawing has taken its share of the time; asks on the way whether to stop altogether."""

    def __init__(self, care: Care) -> None:
        self._care = care
        self._until = (1 - SHARE_OF_DRAWING) * care.time_left()

    def __call__(self) -> bool:
        self._care.check_stop()
        return self._care.time_left() < self._until or self._until <= 0


def _flawed_class(view: TrainingView) -> int | None:
    """The class imagined flaws are of, where there is just one beside the good ones."""
    others = [code for code in range(len(view.classes)) if code not in view.good]
    return others[0] if view.task is TaskKind.BINARY and len(others) == 1 else None
