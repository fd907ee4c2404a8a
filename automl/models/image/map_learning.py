"""How a network on maps learns, with torch. Everything it learned leaves this file as plain arrays."""

import math
import time
from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from automl.graph.image.filter_maps import mirrored_maps
from automl.models.base import Care, Index
from automl.models.devices import usable_device
from automl.models.image.base import Maps
from automl.models.image.map_network import Floats, MapNetwork

MOST_TELLING = 8
BATCH = 32
SMALLEST_BATCH = 4
PASSES = 40
FEWEST_STEPS, MOST_STEPS = 300, 4000
SHORTEST = 40
TIMED_STEPS = 10
FADING = 0.95
_STILL = 1e-3
_SPREAD_AT_ONCE = 256


@dataclass(frozen=True, eq=False)
class Flawed:
    """Maps of images with imagined flaws [m, C, h, w] and which of their places are flawed, bool [m, h, w]."""

    maps: Maps
    places: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Lesson:
    """What is to be learned: maps [n, C, h, w] and class codes. Places of images of `good` classes hold no flaw.

    Imagined flaws teach what a flawed place looks like; where they count as a class of their own, `flawed_class` is its code.
    `by_flaws_alone` lets nothing but the most flawed places speak for an image.
    """

    maps: Maps
    target: Index
    class_count: int
    good: tuple[int, ...] = ()
    flawed: Flawed | None = None
    flawed_class: int | None = None
    by_flaws_alone: bool = False


@dataclass(frozen=True)
class Schooling:
    """How to learn. `orientations` are the ways to turn and mirror: "", "mirror" or "any"."""

    learning_rate: float = 3e-3
    width: int = 32
    dropout: float = 0.2
    weight_decay: float = 0.01
    orientations: str = "mirror"
    flawed_share: float = 0.4
    flawed_weight: float = 1.0


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
    batches = _Batches(lesson, schooling, centre, spread, care.seed)
    pace = _Pace(len(lesson.maps), care)
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


def one_cycle(progress: float, rising: float = 0.2) -> float:
    """The learning rate at a share of the way: up from a twenty-fifth, then down to nearly nothing, along cosines."""
    if progress < rising:
        return 0.04 + 0.96 * 0.5 * (1 - math.cos(math.pi * progress / rising))
    return 0.5 * (1 + math.cos(math.pi * (progress - rising) / (1 - rising))) + 1e-4


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


@dataclass(frozen=True, eq=False)
class _Batch:
    """Maps, class codes (-1: of no class), flawed places and which images say where they are flawed."""

    maps: Tensor
    target: Tensor
    places: Tensor
    located: Tensor


class _Batches:
    """Draws batches: rare classes more often than their share, imagined flaws beside real images."""

    def __init__(self, lesson: Lesson, schooling: Schooling, centre: Floats, spread: Floats, seed: int) -> None:
        self._lesson = lesson
        self._centre, self._spread = centre[:, None, None], spread[:, None, None]
        self._random = np.random.default_rng(seed)
        self._size = BATCH
        self._flawed_share = schooling.flawed_share if lesson.flawed is not None else 0.0
        counts = np.bincount(lesson.target, minlength=lesson.class_count)
        chances = 1 / np.sqrt(counts[lesson.target])
        self._chances = chances / chances.sum()
        self._orientations = _orientations(schooling.orientations)

    def halve(self) -> bool:
        """Make batches half as large; False when they cannot get smaller."""
        self._size //= 2
        return self._size >= SMALLEST_BATCH

    def draw(self, device: torch.device) -> _Batch:
        """The next batch, turned and mirrored."""
        lesson, random = self._lesson, self._random
        imagined = round(self._flawed_share * self._size)
        chosen = random.choice(len(lesson.maps), self._size - imagined, p=self._chances)
        maps, target = lesson.maps[chosen], lesson.target[chosen]
        places = np.zeros((self._size, *maps.shape[2:]), dtype=np.bool_)
        located = np.isin(target, lesson.good)
        if lesson.flawed is not None and imagined:
            drawn = random.integers(0, len(lesson.flawed.maps), imagined)
            maps = np.concatenate([maps, lesson.flawed.maps[drawn]])
            code = -1 if lesson.flawed_class is None else lesson.flawed_class
            target = np.concatenate([target, np.full(imagined, code)])
            places[-imagined:] = lesson.flawed.places[drawn]
            located = np.concatenate([located, np.ones(imagined, dtype=np.bool_)])
        maps, places = self._turned((maps - self._centre) / self._spread, places)
        return _Batch(*(torch.as_tensor(part.copy(), device=device) for part in (maps, target, places, located)))

    def _turned(self, maps: Maps, places: NDArray[np.bool_]) -> tuple[Maps, NDArray[np.bool_]]:
        quarters, mirrored = self._orientations[int(self._random.integers(len(self._orientations)))]
        mirror, turn = mirrored_maps()
        if mirrored:
            maps, places = maps[:, mirror, :, ::-1], places[:, :, ::-1]
        for _ in range(quarters):
            maps, places = np.rot90(maps[:, turn], axes=(2, 3)), np.rot90(places, axes=(1, 2))
        return maps, places


@dataclass
class _Pace:
    """How many steps are affordable, found by timing the first ones."""

    images: int
    care: Care
    step: int = 0
    steps: int = field(init=False)
    start: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        usual = min(max(PASSES * self.images // BATCH, FEWEST_STEPS), MOST_STEPS)
        self.steps = self.care.steps or usual

    @property
    def progress(self) -> float:
        return min(1.0, self.step / self.steps)

    def goes_on(self) -> bool:
        if self.step == TIMED_STEPS and self.care.steps is None:
            affordable = FADING * self.care.time_left() * TIMED_STEPS / max(time.monotonic() - self.start, 1e-9)
            self.steps = max(SHORTEST, int(min(self.steps, affordable)))
        return self.step < self.steps and (self.step == 0 or self.care.time_left() > 0)


def _step(
    network: _Network, optimiser: torch.optim.Optimizer, batch: _Batch, lesson: Lesson, schooling: Schooling
) -> None:
    with torch.autocast(batch.maps.device.type, torch.bfloat16, enabled=batch.maps.device.type == "cuda"):
        logits, flawed = network(batch.maps)
    loss = _class_loss(logits.float(), batch.target)
    if lesson.flawed is not None:
        loss = loss + schooling.flawed_weight * _place_loss(flawed.float()[batch.located], batch.places[batch.located])
    optimiser.zero_grad()
    torch.autograd.backward(loss)
    optimiser.step()


def _class_loss(logits: Tensor, target: Tensor) -> Tensor:
    return functional.cross_entropy(logits, target, label_smoothing=0.05, ignore_index=-1)


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


def _orientations(kind: str) -> tuple[tuple[int, bool], ...]:
    """Quarter turns and whether to mirror, of all ways an image may lie."""
    quarters = {"": (0,), "mirror": (0, 2), "any": (0, 1, 2, 3)}[kind]
    return tuple((turn, mirrored) for turn in quarters for mirrored in ((False, True) if kind else (False,)))


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
