"""How a network with weights from elsewhere goes on learning, with torch."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from automl.models.base import Care, Index, Parameters
from automl.models.devices import usable_device
from automl.models.image.augmentation import turn, vary
from automl.models.image.base import Pixels, TrainingView
from automl.models.image.fine_tuned import LOGITS, SAID, FineTunedModel, Opinions
from automl.models.image.pace import Pace, one_cycle
from automl.models.image.weights_at_hand import RESOLUTIONS, Weights
from automl.weights.export import export_network
from automl.weights.network import side_of

BATCH, SMALLEST_BATCH = 16, 2
PASSES = 12
FEWEST_STEPS, MOST_STEPS = 100, 3000
IMAGES_AT_ONCE = 16
# The new head begins from nothing and may take longer strides than what is already good.
HEAD_STRIDE = 10.0
_MEAN, _SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def fine_tune(view: TrainingView, weights: Weights, parameters: Parameters, care: Care) -> FineTunedModel:
    """Learn with AdamW on varied images, the first layers of the network left as they are, as many steps as time allows."""
    torch.set_num_threads(max(1, care.threads))
    resolution = int(parameters.get("resolution", RESOLUTIONS[0]))
    side = side_of(weights.record.architecture, resolution)
    network: nn.Module = weights.network(resolution)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(care.seed)
        tuned = _Tuned(network, len(view.classes), side).to(torch.device(usable_device(care.device)))
        _learn(tuned, view.pixels(side), view.target, parameters, care)
    return FineTunedModel(tuned.eval(), side, len(view.classes), view.good)


class _Tuned(nn.Module):
    """The maps of the last stage, and a line from their means to logits."""

    def __init__(self, network: nn.Module, classes: int, side: int) -> None:
        super().__init__()
        self.network = network
        self.side = side
        settings: dict[str, Any] = dict(vars(network).get("pretrained_cfg") or {})
        for name, usual in (("mean", _MEAN), ("std", _SPREAD)):
            self.register_buffer(name, torch.tensor(settings.get(name, usual)).reshape(1, 3, 1, 1))
        with torch.no_grad():
            channels = self.eval().stage(torch.zeros(1, 3, side, side)).shape[1]
        self.head = nn.Conv2d(channels, classes, 1)
        nn.init.zeros_(self.head.weight)
        nn.init.zeros_(_known(self.head.bias))

    def forward(self, images: Tensor) -> tuple[Tensor, Tensor]:
        """Images of 0 to 1 [n, 3, s, s] to logits [n, K] and what every place says [n, K, h, w]."""
        said = self.head(self.stage(images))
        return said.mean((2, 3)), said

    def opinions(self, pixels: Pixels) -> Opinions:
        """Look at images uint8 [n, side, side, 3]."""
        device = next(self.parameters()).device
        with torch.no_grad():
            parts = [
                self(_planes(pixels[start : start + IMAGES_AT_ONCE], device))
                for start in range(0, len(pixels), IMAGES_AT_ONCE)
            ]
        return Opinions(*(torch.cat(part).cpu().numpy() for part in zip(*parts, strict=True)))

    def as_graph(self) -> bytes:
        """As ONNX."""
        return export_network(self.to("cpu"), torch.zeros(2, 3, self.side, self.side), (LOGITS, SAID))

    def stage(self, images: Tensor) -> Tensor:
        """The maps of the last stage [n, C, h, w]."""
        centred = (images - self.get_buffer("mean")) / self.get_buffer("std")
        intermediates: Any = self.network.forward_intermediates
        maps: list[Tensor] = intermediates(centred, indices=1, intermediates_only=True, output_fmt="NCHW")
        return maps[0]


@dataclass
class _Portions:
    """Draws varied images, rare classes more often than their share."""

    pixels: Pixels
    target: Index
    strength: float
    any_orientation: bool
    random: np.random.Generator
    size: int = BATCH

    def draw(self, device: torch.device) -> tuple[Tensor, Tensor]:
        """Images of 0 to 1 [n, 3, s, s] and class codes [n]."""
        chances = 1 / np.sqrt(np.bincount(self.target)[self.target])
        chosen = self.random.choice(len(self.target), self.size, p=chances / chances.sum())
        images = [
            vary(turn(self.pixels[image], self.any_orientation, self.random), self.strength, self.random)
            for image in chosen
        ]
        return _planes(np.stack(images), device), torch.as_tensor(self.target[chosen], device=device)


def _learn(tuned: _Tuned, pixels: Pixels, target: Index, parameters: Parameters, care: Care) -> None:
    device = next(tuned.parameters()).device
    pace_of_learning = float(parameters.get("tuning_rate", 0.0003))
    optimiser = _optimiser(tuned, pace_of_learning, float(parameters.get("trained_share", 0.5)))
    portions = _Portions(
        pixels=pixels,
        target=target,
        strength=float(parameters.get("augmentation", 0.5)),
        any_orientation=bool(parameters.get("any_orientation", False)),
        random=np.random.default_rng(care.seed),
    )
    pace = Pace(int(np.clip(PASSES * len(target) // BATCH, FEWEST_STEPS, MOST_STEPS)), care)
    scaler = torch.GradScaler(enabled=device.type == "cuda")
    while pace.goes_on():
        care.check_stop()
        for group in optimiser.param_groups:
            group["lr"] = group["stride"] * one_cycle(pace.progress)
        try:
            _step(tuned, optimiser, scaler, *portions.draw(device))
        except torch.OutOfMemoryError:
            portions.size //= 2
            if portions.size < SMALLEST_BATCH:
                raise
            continue
        pace.step += 1


def _step(
    tuned: _Tuned, optimiser: torch.optim.Optimizer, scaler: torch.GradScaler, images: Tensor, target: Tensor
) -> None:
    # Statistics of normalisation stay those of the weights: a few images of one line would spoil them.
    with torch.autocast(images.device.type, torch.float16, enabled=images.device.type == "cuda"):
        logits, _ = tuned(images)
    loss = functional.cross_entropy(logits.float(), target, label_smoothing=0.05)
    optimiser.zero_grad()
    torch.autograd.backward(scaler.scale(loss))
    scaler.step(optimiser)
    scaler.update()


def _optimiser(tuned: _Tuned, stride: float, trained_share: float) -> torch.optim.Optimizer:
    """Everything from a share of the network's layers on learns, and the head faster."""
    layers = list(tuned.network.parameters())
    frozen = round((1 - trained_share) * len(layers))
    for layer in layers[:frozen]:
        layer.requires_grad_(False)
    groups = [
        {"params": layers[frozen:], "stride": stride},
        {"params": list(tuned.head.parameters()), "stride": HEAD_STRIDE * stride},
    ]
    return torch.optim.AdamW([group for group in groups if group["params"]], lr=stride, weight_decay=0.05)


def _planes(pixels: Pixels, device: torch.device) -> Tensor:
    planes = torch.as_tensor(np.ascontiguousarray(pixels.transpose(0, 3, 1, 2)), device=device)
    return planes.float() * np.float32(1 / 255).item()


def _known(value: Tensor | None) -> Tensor:
    if value is None:
        raise ValueError("the layer keeps no such numbers")
    return value
