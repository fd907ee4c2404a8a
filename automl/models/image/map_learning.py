"""How a network on maps learns, with torch. Everything it learned leaves this file as plain arrays."""

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from automl.models.base import Care
from automl.models.devices import usable_device
from automl.models.image.base import Maps
from automl.models.image.map_lesson import BATCH, Batch, Batches, Lesson, Schooling
from automl.models.image.map_network import Floats, MapNetwork
from automl.models.image.pace import Pace, one_cycle

MOST_TELLING = 8
PASSES = 40
FEWEST_STEPS, MOST_STEPS = 300, 4000
_STILL = 1e-3
_SPREAD_AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class Learned:
    """A network and the line from its summary to logits: weights [2 H + 1, K], offsets [K]."""

    network: MapNetwork
    weights: Floats
    offsets: Floats
    steps: int = 0


def learn_maps(lesson: Lesson, schooling: Schooling, care: Care) -> Learned:
    """Learn with AdamW and one cycle of the learning rate (Smith & Topin 2019), as many steps as time allows."""
    torch.set_num_threads(max(1, care.threads))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(care.seed)
        return _learn(lesson, schooling, care)


def _learn(lesson: Lesson, schooling: Schooling, care: Care) -> Learned:
    device = torch.device(usable_device(care.device))
    centre, spread = _spread(lesson.maps)
    network = _Network(lesson.maps.shape[1], lesson.class_count, schooling, lesson.by_flaws_alone).to(device)
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=schooling.weight_decay)
    batches = Batches(lesson, schooling, centre, spread, care.seed)
    pace = Pace(min(max(PASSES * len(lesson.maps) // BATCH, FEWEST_STEPS), MOST_STEPS), care)
    network.train()
    while pace.goes_on():
        care.check_stop()
        for group in optimiser.param_groups:
            group["lr"] = schooling.learning_rate * one_cycle(pace.progress)
        try:
            _step(network, optimiser, batches.draw(device), lesson, schooling)
        except torch.OutOfMemoryError:
            if not batches.halve():
                raise
            continue
        pace.step += 1
    return network.finished(centre, spread, pace.step)


class _Network(nn.Module):
    """A MapNetwork while it learns."""

    def __init__(self, channels: int, classes: int, schooling: Schooling, by_flaws_alone: bool) -> None:
        super().__init__()
        width = schooling.width
        bound = 1 / math.sqrt(2 * channels)
        self.look = nn.Parameter(torch.empty(width, channels).uniform_(-bound, bound))
        self.against_whole = nn.Parameter(torch.empty(width, channels).uniform_(-bound, bound))
        self.look_norm = nn.BatchNorm2d(width)
        self.around = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.around_norm = nn.BatchNorm2d(width)
        self.flaw = nn.Conv2d(width, 1, 1)
        self.dropout = nn.Dropout(schooling.dropout)
        self.answer = nn.Linear(2 * width + 1, classes)
        self.by_flaws_alone = by_flaws_alone

    def forward(self, maps: Tensor) -> tuple[Tensor, Tensor]:
        """Logits [n, K] and how flawed every place looks [n, h, w]."""
        against = maps.mean((2, 3)) @ self.against_whole.T
        near = functional.conv2d(maps, (self.look + self.against_whole)[:, :, None, None])
        near = torch.relu(self.look_norm(near - against[:, :, None, None]))
        places = torch.relu(self.around_norm(self.around(near))) + near
        flawed = self.flaw(places)
        flat = places.flatten(2)
        seen = torch.cat([flat.mean(2), _most_telling(flat)], dim=1)
        seen = torch.zeros_like(seen) if self.by_flaws_alone else self.dropout(seen)
        return self.answer(torch.cat([seen, _most_telling(flawed.flatten(2))], dim=1)), flawed[:, 0]

    def finished(self, centre: Floats, spread: Floats, steps: int) -> Learned:
        """The same as plain arrays; what scales and shifts is folded into the layers it belongs to."""
        scale, shift = _folded(self.look_norm)
        against = _array(self.against_whole) / spread * scale[:, None]
        look = _array(self.look) / spread * scale[:, None] + against
        around_scale, around_shift = _folded(self.around_norm)
        answer = _array(self.answer.weight).T.copy()
        if self.by_flaws_alone:
            answer[:-1] = 0.0
        network = MapNetwork(
            look=look,
            whole=against,
            # The difference from the image's mean has no centre: only the part that looks at the place itself loses it.
            offsets=np.asarray(shift - (look - against) @ centre, dtype=np.float32),
            around=_array(self.around.weight) * around_scale[:, None, None, None],
            around_offsets=around_shift,
            flaw=_array(self.flaw.weight)[0, :, 0, 0],
            flaw_offset=float(_array(_known(self.flaw.bias))[0]),
            most=MOST_TELLING,
        )
        return Learned(network, answer, _array(self.answer.bias), steps)


def _step(
    network: _Network, optimiser: torch.optim.Optimizer, batch: Batch, lesson: Lesson, schooling: Schooling
) -> None:
    with torch.autocast(batch.maps.device.type, torch.bfloat16, enabled=batch.maps.device.type == "cuda"):
        logits, flawed = network(batch.maps)
    loss = _class_loss(logits[: batch.real].float(), batch.target[: batch.real])
    if lesson.flawed_class is not None:
        imagined = _class_loss(logits[batch.real :].float(), batch.target[batch.real :])
        loss = loss + schooling.flawed_class_weight * imagined
    if lesson.flawed is not None:
        places = _place_loss(flawed.float()[batch.located], batch.places[batch.located])
        loss = loss + schooling.flawed_places_weight * places
    optimiser.zero_grad()
    torch.autograd.backward(loss)
    optimiser.step()


def _class_loss(logits: Tensor, target: Tensor) -> Tensor:
    return functional.cross_entropy(logits, target, label_smoothing=0.05)


def _place_loss(flawed: Tensor, places: Tensor) -> Tensor:
    """Flawed places count half as much as the others together, however few they are."""
    truth = places.float()
    loss = functional.binary_cross_entropy_with_logits(flawed, truth, reduction="none")
    return 0.5 * (loss * truth).sum() / truth.sum().clamp_min(1) + (loss * (1 - truth)).sum() / (1 - truth).sum()


def _most_telling(values: Tensor) -> Tensor:
    return values.topk(min(MOST_TELLING, values.shape[2]), dim=2)[0].mean(2)


def _spread(maps: Maps) -> tuple[Floats, Floats]:
    """Mean and standard deviation of every map; a map that never changes gets an endless one, so that it says nothing."""
    sums = np.zeros((2, maps.shape[1]))
    for part in np.array_split(maps, max(1, len(maps) // _SPREAD_AT_ONCE)):
        wide = part.astype(np.float64)
        sums += wide.sum(axis=(0, 2, 3)), np.square(wide).sum(axis=(0, 2, 3))
    centre, squares = sums / (len(maps) * maps.shape[2] * maps.shape[3])
    spread = np.sqrt(np.maximum(squares - centre**2, 0.0))
    return centre.astype(np.float32), np.where(spread < _STILL, np.inf, spread).astype(np.float32)


def _folded(norm: nn.BatchNorm2d) -> tuple[Floats, Floats]:
    """The factor and the shift that batch normalisation comes to once learning is over."""
    variance, mean = (_array(_known(value)) for value in (norm.running_var, norm.running_mean))
    scale = _array(norm.weight) / np.sqrt(variance + np.float32(norm.eps))
    return scale, _array(norm.bias) - mean * scale


def _known(value: Tensor | None) -> Tensor:
    if value is None:
        raise ValueError("the layer keeps no such numbers")
    return value


def _array(tensor: Tensor) -> Floats:
    return tensor.detach().to("cpu", torch.float32).numpy().copy()
