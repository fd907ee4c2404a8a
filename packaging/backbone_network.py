"""The network behind the built-in weights while it learns: a timm trunk and three questions about every drawn image."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import timm
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import IterableDataset, get_worker_info

from automl.drawing.flaws import Flaw
from automl.drawing.parts import ALL_CLASSES, GOOD, Camera, draw_part, take_shot
from automl.drawing.surfaces import style_of

TRUNK = "hgnetv2_b0"
_MARGIN = 8
_HARDEST, _PLAINEST = 0.35, 1.0


@dataclass(frozen=True)
class Answers:
    """What the three heads say: which style [n, styles], which flaw [n, 6], where it is [n, h, w] (logits)."""

    styles: Tensor
    flaws: Tensor
    masks: Tensor


class Backbone(nn.Module):
    """A trunk whose last three stages answer: style and flaw from means and maxima, the mask from the finest of them."""

    def __init__(self, styles: int) -> None:
        super().__init__()
        trunk: Any = timm.create_model(TRUNK, pretrained=False, num_classes=0)
        self.trunk: nn.Module = trunk
        channels = [int(stage["num_chs"]) for stage in trunk.feature_info[-3:]]
        self.styles = nn.Linear(2 * channels[2], styles)
        self.flaws = nn.Linear(2 * sum(channels), len(ALL_CLASSES))
        self.masks = nn.Conv2d(channels[0], 1, 1)

    def forward(self, images: Tensor) -> Answers:
        """Answer for images float [n, 3, s, s], centred."""
        forward_intermediates: Any = self.trunk.forward_intermediates
        maps = forward_intermediates(images, indices=3, intermediates_only=True)
        pooled = [torch.cat([each.mean((2, 3)), each.amax((2, 3))], dim=1) for each in maps]
        return Answers(
            self.styles(pooled[2]), self.flaws(torch.cat(pooled, dim=1)), self.masks(maps[0].float()).squeeze(1)
        )


def loss_of(answers: Answers, styles: Tensor, flaws: Tensor, masks: Tensor) -> Tensor:
    """The sum of three cross entropies; masks [n, s, s] are shrunk to the map, and a flawed place counts five times."""
    shrunk = functional.interpolate(masks[:, None], answers.masks.shape[1:], mode="area").squeeze(1)
    where = functional.binary_cross_entropy_with_logits(
        answers.masks, shrunk, pos_weight=torch.tensor(5.0, device=shrunk.device)
    )
    return (
        functional.cross_entropy(answers.styles, styles, label_smoothing=0.1)
        + functional.cross_entropy(answers.flaws, flaws)
        + 2.0 * where
    )


class DrawnImages(IterableDataset[tuple[Tensor, Tensor, Tensor, Tensor]]):
    """Batches without end, drawn as they are asked for: pixels uint8 [n, 3, s, s], styles [n], flaws [n], masks [n, s, s]."""

    def __init__(self, *, size: int, styles: int, batch: int, seed: int) -> None:
        self._size, self._styles, self._batch, self._seed = size, styles, batch, seed

    def __iter__(self) -> "DrawnImages":
        worker = get_worker_info()
        self._random = np.random.default_rng((self._seed, 0 if worker is None else worker.id))
        return self

    def __next__(self) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        drawn = [self._draw() for _ in range(self._batch)]
        pixels = np.stack([pixels for pixels, _, _, _ in drawn]).transpose(0, 3, 1, 2)
        styles, flaws = ([one[place] for one in drawn] for place in (1, 2))
        masks = np.stack([mask for _, _, _, mask in drawn]).astype(np.float32)
        return (
            torch.from_numpy(np.ascontiguousarray(pixels)),
            torch.tensor(styles),
            torch.tensor(flaws),
            torch.from_numpy(masks),
        )

    def _draw(self) -> tuple[NDArray[np.uint8], int, int, NDArray[np.bool_]]:
        """One image of a random style, half of them good, taken by a camera that is less steady than those of samples."""
        random = self._random
        style = int(random.integers(self._styles))
        flaw = str(GOOD) if random.random() < 0.5 else str(random.choice([each.value for each in Flaw]))
        strength = float(random.uniform(_HARDEST, _PLAINEST))
        whole, mask = draw_part(style_of(style), flaw, random, self._size + 2 * _MARGIN, strength)
        camera = Camera(
            exposure=0.3, uneven=0.15, noise=float(random.uniform(0.0, 0.03)), shift=int(random.integers(0, _MARGIN))
        )
        pixels, seen = take_shot(whole, mask, style_of(style), random, camera)
        return pixels, style, [str(each) for each in ALL_CLASSES].index(flaw), seen
