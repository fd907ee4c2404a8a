"""What training on images leaves behind for a bundle: the images learned from, and known answers of each model."""

import msgspec

from automl.domain.image_result import WeightsUsed

LEARNED_IMAGES_FILE = "learned_images.json"
GOLDEN_IMAGES_FILE = "golden_images.json"
MOST_GOLDEN_IMAGES = 50


class LearnedImages(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The images of a run's learning rows. `class_counts` are in the order of the leaderboard's classes.

    `smallest` and `largest` are the least and the greatest width and height. One file a run, `LEARNED_IMAGES_FILE`.
    """

    image_count: int
    class_counts: tuple[int, ...]
    group_count: int
    smallest: tuple[int, int]
    largest: tuple[int, int]


class GoldenImages(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Images with the answers of the model's Python form, at most `MOST_GOLDEN_IMAGES`, in their own size.

    `probabilities` are those a person sees, calibrated, in the order of the leaderboard's classes; `outside` may be empty.
    One file a model, `GOLDEN_IMAGES_FILE`.
    """

    numbers: tuple[int, ...]
    probabilities: tuple[tuple[float, ...], ...]
    outside: tuple[float, ...] = ()
    weights: tuple[WeightsUsed, ...] = ()

    def __len__(self) -> int:
        return len(self.numbers)
