"""Trains the network that comes with Lathe, on images drawn by `automl.drawing` and on nothing else.

Run ``python packaging/train_backbone.py --seconds 1500 --gate FOLDER ...`` on a computer with a graphics card; a folder for
the gate holds labelled images, a folder a class. It writes hgnetv2_b0.safetensors (half precision, timm's key layout) and its
training card into resources/weights if the gate is passed, and only says the figures if not. No installation has such weights
so far: training them takes a graphics card, and on a processor only a few steps to try the script out.
"""

import argparse
import itertools
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec
import torch
from safetensors.torch import save_file
from torch.utils.data import DataLoader

from automl.domain.weights import WeightsRecord, WeightsSource
from automl.storage.objects import file_sha256
from automl.weights.built_in import TrainingCard
from backbone_gate import gate, passes
from backbone_network import TRUNK, Backbone, DrawnImages, loss_of

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "weights"
LICENCE = "Apache-2.0"
_MEAN, _SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@dataclass(frozen=True)
class Plan:
    """How long and on what to train. It ends after `seconds` or `steps`, whichever comes first."""

    seconds: float = 1500.0
    steps: int = 1_000_000
    size: int = 128
    batch: int = 256
    styles: int = 1000
    workers: int = 14
    rate: float = 2e-3
    seed: int = 0


def train(plan: Plan, file: Path) -> tuple[int, float]:
    """Train and write the trunk; returns how many images it saw and how many seconds it took."""
    torch.manual_seed(plan.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    network = Backbone(plan.styles).to(device).to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(network.parameters(), lr=plan.rate, weight_decay=0.05)
    scaler = torch.amp.GradScaler(device.type, enabled=device.type == "cuda")
    drawn = DrawnImages(size=plan.size, styles=plan.styles, batch=plan.batch, seed=plan.seed)
    batches = DataLoader(drawn, batch_size=None, num_workers=plan.workers, pin_memory=device.type == "cuda")
    mean, spread = (torch.tensor(each, device=device).reshape(1, 3, 1, 1) for each in (_MEAN, _SPREAD))
    began, done = time.perf_counter(), 0
    for pixels, *wanted in itertools.islice(batches, plan.steps):
        part = max((time.perf_counter() - began) / plan.seconds, done / plan.steps)
        if part >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = plan.rate * _course(part)
        images = (pixels.to(device, non_blocking=True).float() / 255 - mean) / spread
        images = images.contiguous(memory_format=torch.channels_last)
        with torch.autocast(device.type, dtype=torch.float16, enabled=device.type == "cuda"):
            answers = network(images)
        loss = loss_of(answers, *(each.to(device, non_blocking=True) for each in wanted))
        optimizer.zero_grad(set_to_none=True)
        torch.autograd.backward(scaler.scale(loss))
        scaler.step(optimizer)
        scaler.update()
        done += 1
        if done % 200 == 0:
            print(f"{done} steps, {time.perf_counter() - began:.0f} s, loss {float(loss):.3f}")
    save_file(_half(network.trunk.state_dict()), file, metadata={"license": LICENCE, "format": "pt"})
    return done * plan.batch, time.perf_counter() - began


def _course(part: float) -> float:
    """The learning rate over the training: up in the first twentieth, then down to nothing."""
    return min(part / 0.05 + 0.02, 1.0) * (1.0 - part)


def _half(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    return {
        name: (tensor.half() if tensor.is_floating_point() else tensor).contiguous().cpu()
        for name, tensor in state.items()
    }


def write_card(file: Path, images: int, seconds: float, figures: dict[str, float]) -> Path:
    """Write the training card beside the weights."""
    device = torch.cuda.get_device_name() if torch.cuda.is_available() else "CPU"
    record = WeightsRecord(
        name=file.name,
        architecture=TRUNK,
        sha256=file_sha256(file),
        size_bytes=file.stat().st_size,
        source=WeightsSource.BUILT_IN,
        licence=LICENCE,
    )
    card = TrainingCard(
        file=file.name,
        record=record,
        generator="automl.drawing",
        images=images,
        seconds=round(seconds, 1),
        device=device,
        figures=figures,
    )
    place = file.with_suffix(".json")
    place.write_bytes(msgspec.json.format(msgspec.json.encode(card)) + b"\n")
    return place


def main() -> None:
    """Train, measure, and keep what passes the gate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=Plan.seconds)
    parser.add_argument("--steps", type=int, default=Plan.steps)
    parser.add_argument("--workers", type=int, default=Plan.workers)
    parser.add_argument("--gate", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"{TRUNK}.safetensors"
    images, seconds = train(Plan(seconds=given.seconds, steps=given.steps, workers=given.workers), file)
    figures = gate(file, TRUNK, given.gate)
    print(figures)
    if passes(figures):
        print(f"passed, {write_card(file, images, seconds, figures)}")
    else:
        file.unlink()
        print("did not pass the gate; nothing is kept")


if __name__ == "__main__":
    main()
