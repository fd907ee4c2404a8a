"""The light head: it learns from few labels, says how sure it is, asks for what helps, and names labels that look wrong."""

from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from automl.domain.labels import Suggestions
from automl.labelling.suggester import Suggester

CLASSES = ("good", "pit", "scratch")


@dataclass
class Pool:
    """Images as points around the centres of their classes, every two neighbours twins of one group."""

    truth: NDArray[np.int64]
    groups: NDArray[np.int64]
    features: NDArray[np.float32]

    @staticmethod
    def of(count: int, apart: float, seed: int = 0, shares: tuple[float, ...] = (0.5, 0.3, 0.2)) -> "Pool":
        """`apart` is how far the centres of classes stand from one another, in standard deviations."""
        random = np.random.default_rng(seed)
        groups = np.arange(count) // 2
        truth = random.choice(len(shares), count // 2 + 1, p=shares)[groups]
        centres = apart * random.normal(0, 1, (len(shares), 12)) / np.sqrt(24)
        parts = random.normal(0, 1, (count // 2 + 1, 12))[groups]
        points = centres[truth] + parts + 0.1 * random.normal(0, 1, (count, 12))
        mixed = points @ random.normal(0, 1, (12, 40))
        return Pool(truth, groups, np.asarray(mixed, dtype=np.float32))

    def suggester(self) -> Suggester:
        """The suggester of these images, numbered from 1."""
        return Suggester(range(1, len(self.truth) + 1), self.features, self.groups.tolist())

    def suggest(
        self,
        labelled: NDArray[np.int64],
        *,
        said: NDArray[np.int64] | None = None,
        accepted: NDArray[np.int64] | None = None,
        hidden: NDArray[np.int64] | None = None,
    ) -> Suggestions:
        """Suggest with the true labels (or those `said`) of these rows."""
        codes = np.full(len(self.truth), -1, np.int64)
        codes[labelled] = (self.truth if said is None else said)[labelled]
        by_person = np.ones(len(self.truth), np.bool_)
        by_person[accepted if accepted is not None else []] = False
        away = np.zeros(len(self.truth), np.bool_)
        away[hidden if hidden is not None else []] = True
        return self.suggester().suggest(CLASSES, codes, by_person, away)


def some(count: int, of: int, seed: int = 1) -> NDArray[np.int64]:
    return np.random.default_rng(seed).permutation(of)[:count].astype(np.int64)


def test_the_rest_is_suggested_with_probabilities_that_can_be_believed() -> None:
    pool = Pool.of(600, apart=5.0)
    found = pool.suggest(some(120, 600))
    assert found.label_count == 120
    assert len(found.suggestions) - len(found.suspects) == 480
    free = {one.number: one for one in found.suggestions if one.number not in found.suspects}
    numbers = np.array(list(free)) - 1
    probabilities = np.array([one.probabilities for one in free.values()])
    assert np.allclose(probabilities.sum(axis=1), 1.0, atol=1e-3)
    right = probabilities.argmax(axis=1) == pool.truth[numbers]
    assert right.mean() > 0.85
    assert abs(right.mean() - probabilities.max(axis=1).mean()) < 0.08


def test_before_two_classes_have_labels_the_most_different_images_come_first() -> None:
    pool = Pool.of(400, apart=12.0, shares=(0.8, 0.15, 0.05))
    for labelled in (some(0, 400), np.flatnonzero(pool.truth == 0)[:3]):
        found = pool.suggest(labelled)
        assert found.suggestions == ()
        assert len(set(found.queue)) == len(found.queue) >= 20
        assert set(pool.truth[np.array(found.queue[:12]) - 1]) == {0, 1, 2}
        assert not set(found.queue) & set((labelled + 1).tolist())


def test_the_queue_asks_for_unsure_images_of_parts_that_have_no_label_yet() -> None:
    pool = Pool.of(600, apart=3.0)
    labelled = some(60, 600)
    found = pool.suggest(labelled)
    front = np.array(found.queue[:20]) - 1
    assert not set(front.tolist()) & set(labelled.tolist())
    assert not set(pool.groups[labelled].tolist()) & set(pool.groups[front].tolist())
    assert len(set(pool.groups[front].tolist())) == 20
    sure = {one.number: max(one.probabilities) for one in found.suggestions}
    asked = [sure[number] for number in found.queue]
    assert np.mean([value < 0.9 for value in asked]) > 0.8
    assert np.mean(asked[:20]) < np.mean([value for number, value in sure.items() if number not in found.queue])


def test_a_kind_of_image_nobody_labelled_is_asked_for_even_if_the_head_does_not_doubt() -> None:
    pool = Pool.of(600, apart=14.0, shares=(0.5, 0.46, 0.04))
    labelled = np.flatnonzero(pool.truth != 2)[:80]
    found = pool.suggest(labelled)
    assert 2 in pool.truth[np.array(found.queue[:32]) - 1]


def test_labels_that_look_wrong_are_named_worst_first() -> None:
    pool = Pool.of(400, apart=8.0)
    said = pool.truth.copy()
    labelled = some(200, 400)
    # Twins on both sides would vouch for one another, so whole parts are mislabelled.
    wrong_parts = np.unique(pool.groups[labelled])[:3]
    wrong = np.isin(pool.groups, wrong_parts)
    said[wrong] = (said[wrong] + 1) % 3
    found = pool.suggest(labelled, said=said)
    expected = {int(row) + 1 for row in labelled if wrong[row]}
    assert expected <= set(found.suspects)
    assert len(found.suspects) <= len(expected) + 6
    suggested = {one.number: int(np.argmax(one.probabilities)) for one in found.suggestions}
    assert all(suggested[number] == pool.truth[number - 1] for number in expected)


def test_accepting_above_a_line_says_how_many_and_how_many_are_likely_wrong() -> None:
    pool = Pool.of(800, apart=3.0)
    found = pool.suggest(some(160, 800))
    assert list(found.acceptable) == sorted(found.acceptable, reverse=True)
    suggested = [one for one in found.suggestions if one.number not in found.suspects]
    for line, count, wrong in zip(found.lines, found.acceptable, found.expected_wrong, strict=True):
        above = [one for one in suggested if max(one.probabilities) >= line]
        truly = sum(int(np.argmax(one.probabilities)) != pool.truth[one.number - 1] for one in above)
        assert abs(len(above) - count) <= 2
        assert 0 <= wrong <= count
        assert truly <= 2.5 * wrong + 3


def test_the_curve_rises_and_says_when_more_labels_stop_helping() -> None:
    easy = Pool.of(800, apart=14.0)
    few, many = easy.suggest(some(24, 800)), easy.suggest(some(400, 800))
    assert few.enough is None
    assert many.enough is True
    assert [point.labels for point in many.curve] == [100, 200, 300, 400]
    assert all(point.lower <= point.score <= point.upper for point in many.curve)
    hard = Pool.of(800, apart=3.0).suggest(some(60, 800))
    assert hard.enough is False
    assert hard.curve[-1].score > hard.curve[0].score


def test_twins_stand_on_one_side_so_that_they_do_not_flatter() -> None:
    pool = Pool.of(300, apart=0.0)
    found = pool.suggest(np.arange(300))
    assert found.curve[-1].score < 0.5


def test_accepted_suggestions_teach_but_do_not_judge() -> None:
    pool = Pool.of(400, apart=3.0)
    labelled = some(200, 400)
    found = pool.suggest(labelled, accepted=labelled[100:])
    assert found.label_count == 200
    assert not set(found.suspects) & {int(row) + 1 for row in labelled[100:]}


def test_hidden_images_take_no_part() -> None:
    pool = Pool.of(300, apart=6.0)
    hidden = some(100, 300, seed=5)
    found = pool.suggest(some(60, 300), hidden=hidden)
    away = {int(row) + 1 for row in hidden}
    assert not away & {one.number for one in found.suggestions}
    assert not away & set(found.queue)
    assert found.label_count == 60 - len(set(some(60, 300).tolist()) & set(hidden.tolist()))


@pytest.mark.parametrize("count", [1, 2, 3, 5, 13])
@pytest.mark.parametrize("labelled", [0, 1, 2, 5])
def test_the_smallest_datasets_are_survived(count: int, labelled: int) -> None:
    pool = Pool.of(count, apart=4.0)
    found = pool.suggest(some(min(labelled, count), count))
    assert found.label_count == min(labelled, count)


def test_features_that_are_constant_or_no_numbers_are_survived() -> None:
    pool = Pool.of(60, apart=6.0)
    pool.features[:, 3] = np.nan
    pool.features[4, 5] = np.inf
    pool.features[:, 6] = 2.5
    assert len(pool.suggest(some(20, 60)).suggestions) >= 40
    pool.features[:] = 1.0
    assert len(pool.suggest(some(20, 60)).suggestions) >= 40


def test_the_same_labels_give_the_same_suggestions() -> None:
    pool = Pool.of(300, apart=3.0)
    first, second = (pool.suggest(some(50, 300)) for _ in range(2))
    assert first.suggestions == second.suggestions
    assert first.queue == second.queue
    assert first.curve == second.curve
