"""How the network learns, with torch. Everything it learned leaves this file as plain arrays."""

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import mish, selu

from automl.domain.task import TaskKind
from automl.graph.dense import DenseLayer
from automl.models.base import Care, LearningRows, Parameters
from automl.models.devices import usable_device
from automl.models.tabular.neural import NeuralModel

MOST_PASSES = 256
FEWEST_PASSES = 8
BATCH = 256
WIDE_LAYERS = 3
SCALE_PACE, OFFSET_PACE, BEND_PACE = 6.0, 0.1, 0.1
TIMED_STEPS = 12
ADAM_BETAS = (0.9, 0.95)


@dataclass
class _Networks:
    """Some networks of one form, side by side: first axis of every tensor. `bends` mix identity and activation."""

    scale: Tensor
    weights: list[Tensor]
    offsets: list[Tensor]
    bends: list[Tensor]
    smooth: bool

    def tensors(self) -> list[Tensor]:
        return [self.scale, *self.weights, *self.offsets, *self.bends]

    def scores(self, features: Tensor, dropout: float, generator: torch.Generator) -> Tensor:
        """Outputs [networks, rows, outputs]."""
        values = features * self.scale
        last = len(self.weights) - 1
        for layer, (weight, offset) in enumerate(zip(self.weights, self.offsets, strict=True)):
            values = torch.baddbmm(offset, values, weight / math.sqrt(weight.shape[1]))
            if layer == last:
                break
            bent = mish(values) if self.smooth else selu(values)
            values = values + self.bends[layer] * (bent - values)
            if dropout > 0:
                kept = torch.rand(values.shape, generator=generator, device=values.device) >= dropout
                values = values * kept / (1 - dropout)
        return values


def learn_network(
    rows: LearningRows, parameters: Parameters, care: Care, checking: LearningRows | None = None
) -> NeuralModel:
    """Learn with Adam and the coslog4 schedule, whose pace ends at zero on the last pass."""
    torch.set_num_threads(max(1, care.threads))
    device = usable_device(care.device)
    generator = torch.Generator(device=device).manual_seed(care.seed)
    features = torch.as_tensor(np.ascontiguousarray(rows.features), device=device)
    target = _target(rows, device)
    networks = _begin(features, rows, parameters, generator)
    optimiser = _optimiser(networks, parameters)
    plan = _Plan(rows, care)
    dropout = float(parameters.get("dropout", 0.0))
    for batch in plan.batches(generator):
        care.check_stop()
        for group in optimiser.param_groups:
            group["lr"] = group["pace"] * coslog4(plan.progress)
        optimiser.zero_grad()
        torch.autograd.backward(_loss(networks.scores(features[batch], dropout, generator), target[batch], rows))
        optimiser.step()
        if plan.pass_ended and care.report is not None and checking is not None and plan.passes_done % 8 == 0:
            model = _finished(networks, rows, plan.passes_done)
            care.report(plan.passes_done, plan.passes, _error(model, checking), None)
    return _finished(networks, rows, plan.passes_done)


def coslog4(progress: float) -> float:
    """Pace at a share of the way: four waves that get longer, each ending at zero (Holzmüller et al. 2024)."""
    return 0.5 * (1 - math.cos(2 * math.pi * math.log2(1 + 15 * progress)))


class _Plan:
    """How many passes are affordable, found by timing the first steps; which rows come next."""

    def __init__(self, rows: LearningRows, care: Care) -> None:
        self.rows = len(rows)
        self.steps_a_pass = max(1, math.ceil(self.rows / BATCH))
        self.passes = care.steps or MOST_PASSES
        self.time_left = care.time_left
        self.step = 0

    @property
    def progress(self) -> float:
        return min(1.0, self.step / (self.passes * self.steps_a_pass))

    @property
    def pass_ended(self) -> bool:
        return self.step % self.steps_a_pass == 0

    @property
    def passes_done(self) -> int:
        return max(1, self.step // self.steps_a_pass)

    def batches(self, generator: torch.Generator) -> Iterator[Tensor]:
        start = time.monotonic()
        while self.step < self.passes * self.steps_a_pass:
            order = torch.randperm(self.rows, generator=generator, device=generator.device)
            for begin in range(0, self.rows, BATCH):
                if self.step == TIMED_STEPS:
                    self._afford((time.monotonic() - start) / TIMED_STEPS)
                if self.time_left() <= 0:
                    return
                yield order[begin : begin + BATCH]
                self.step += 1

    def _afford(self, seconds_a_step: float) -> None:
        affordable = 0.95 * self.time_left() / max(seconds_a_step * self.steps_a_pass, 1e-9)
        if affordable < self.passes:
            self.passes = max(FEWEST_PASSES, int(affordable))


def _begin(features: Tensor, rows: LearningRows, parameters: Parameters, generator: torch.Generator) -> _Networks:
    """Weights that keep the spread of the rows, offsets that put every bend among the rows."""
    count = int(parameters.get("networks", 2 if len(rows) <= 5000 else 1))
    width = int(parameters.get("width", 256))
    outputs = rows.shape.outputs
    sizes = [features.shape[1], *[width] * WIDE_LAYERS, outputs]
    device = features.device
    smooth = rows.shape.task is TaskKind.REGRESSION
    drawn = torch.randint(0, len(rows), (min(512, len(rows)),), generator=generator, device=device)
    values = features[drawn].expand(count, -1, -1)
    weights: list[Tensor] = []
    offsets: list[Tensor] = []
    bends: list[Tensor] = []
    for fan_in, fan_out in pairwise(sizes):
        weight = torch.randn((count, fan_in, fan_out), generator=generator, device=device)
        offset = torch.zeros((count, 1, fan_out), device=device)
        if fan_out == outputs and len(weights) == WIDE_LAYERS:
            weight = torch.zeros_like(weight)
        else:
            out = torch.bmm(values, weight) / math.sqrt(fan_in)
            weight = weight / out.std(dim=1, keepdim=True).clamp_min(1e-3)
            out = torch.bmm(values, weight) / math.sqrt(fan_in)
            place = torch.randint(0, out.shape[1], (count, 1, fan_out), generator=generator, device=device)
            offset = -torch.gather(out, 1, place)
            bend = torch.ones((count, 1, fan_out), device=device)
            bends.append(bend)
            values = mish(out + offset) if smooth else selu(out + offset)
        weights.append(weight)
        offsets.append(offset)
    scale = torch.ones((count, 1, features.shape[1]), device=device)
    networks = _Networks(scale, weights, offsets, bends, smooth)
    for tensor in networks.tensors():
        tensor.requires_grad = True
    return networks


def _optimiser(networks: _Networks, parameters: Parameters) -> torch.optim.Optimizer:
    pace = float(parameters.get("learning_rate", 0.04))
    decay = float(parameters.get("weight_decay", 0.0))
    groups = [
        {"params": [networks.scale], "pace": pace * SCALE_PACE, "weight_decay": 0.0},
        {"params": networks.weights, "pace": pace, "weight_decay": decay},
        {"params": networks.offsets, "pace": pace * OFFSET_PACE, "weight_decay": 0.0},
        {"params": networks.bends, "pace": pace * BEND_PACE, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=pace, betas=ADAM_BETAS, foreach=True)


def _target(rows: LearningRows, device: str) -> Tensor:
    if rows.shape.task is TaskKind.REGRESSION:
        return torch.as_tensor(rows.target.astype(np.float32), device=device)
    return torch.as_tensor(rows.target.astype(np.int64), device=device)


def _loss(scores: Tensor, target: Tensor, rows: LearningRows) -> Tensor:
    """Sum over networks of the mean error, so that no network slows another."""
    count = scores.shape[0]
    if rows.shape.task is TaskKind.REGRESSION:
        difference = scores[..., 0] - target
        return count * (difference.abs() if rows.shape.absolute_error else difference.square()).mean()
    flat = scores.reshape(-1, scores.shape[-1])
    return count * torch.nn.functional.cross_entropy(flat, target.repeat(count))


def _finished(networks: _Networks, rows: LearningRows, passes: int) -> NeuralModel:
    """Fold input scales and the width factors into plain layers."""
    activation = "mish" if networks.smooth else "selu"
    members = []
    for member in range(networks.scale.shape[0]):
        layers = []
        for layer, (weight, offset) in enumerate(zip(networks.weights, networks.offsets, strict=True)):
            matrix = weight[member] / math.sqrt(weight.shape[1])
            if layer == 0:
                matrix = matrix * networks.scale[member].T
            is_last = layer == len(networks.weights) - 1
            layers.append(
                DenseLayer(
                    weights=_array(matrix),
                    offsets=_array(offset[member, 0]),
                    activation="" if is_last else activation,
                    bend=None if is_last else _array(networks.bends[layer][member, 0]),
                )
            )
        members.append(tuple(layers))
    bounds = (-np.inf, np.inf)
    if rows.shape.task is TaskKind.REGRESSION:
        bounds = (float(rows.target.min()), float(rows.target.max()))
    return NeuralModel(tuple(members), rows.shape, bounds, passes)


def _array(tensor: Tensor) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return tensor.detach().to("cpu", torch.float64).numpy().copy()


def _error(model: NeuralModel, checking: LearningRows) -> float:
    answers = model.predict(checking.features)
    if model.shape.task is TaskKind.REGRESSION:
        return float(np.sqrt(np.mean(np.square(answers - checking.target))))
    of_truth = answers[np.arange(len(checking)), checking.target.astype(np.int64)]
    return float(-np.log(np.maximum(of_truth, 1e-7)).mean())
