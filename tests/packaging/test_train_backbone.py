"""The script that trains the built-in network works; what it writes is what an installation looks for."""

from pathlib import Path

import msgspec
import pytest
import torch

import backbone_gate
import resources
import train_backbone
from automl.domain.weights import WeightsSource
from automl.drawing.parts import draw_parts
from automl.weights.built_in import TrainingCard, built_in
from automl.weights.layout import read_layout
from automl.weights.network import load_network
from automl.weights.recognition import recognise
from backbone_network import TRUNK, Backbone, DrawnImages, loss_of
from tests.image_projects import FOUR_CLASSES, write_image_folder


def test_an_installation_without_weights_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_ROOT", tmp_path)
    assert built_in() == ()


@pytest.mark.slow
def test_a_few_steps_give_weights_that_are_recognised_and_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resources, "_ROOT", tmp_path)
    folder = tmp_path / "weights"
    folder.mkdir()
    file = folder / f"{TRUNK}.safetensors"
    plan = train_backbone.Plan(seconds=60.0, steps=3, size=64, batch=8, styles=20, workers=0)
    images, seconds = train_backbone.train(plan, file)
    assert images == 24
    assert recognise(read_layout(file), file.name).architecture.name == TRUNK
    assert file.stat().st_size < 10_000_000
    assert torch.isfinite(next(load_network(file, 64).parameters())).all()
    parts = write_image_folder(tmp_path / "parts", draw_parts(48, FOUR_CLASSES, size=48))
    figures = backbone_gate.gate(file, TRUNK, [parts])
    assert set(figures) == {"parts.without", "parts.alone", "parts.both"}
    assert all(0.0 <= value <= 1.0 for value in figures.values())
    train_backbone.write_card(file, images, seconds, figures)
    ((record, place),) = built_in()
    assert (record.source, record.architecture, place) == (WeightsSource.BUILT_IN, TRUNK, file)


def test_the_network_learns_what_is_drawn() -> None:
    torch.manual_seed(0)
    network = Backbone(styles=4)
    optimizer = torch.optim.AdamW(network.parameters(), lr=2e-3)
    pixels, *wanted = next(iter(DrawnImages(size=32, styles=4, batch=16, seed=1)))
    losses = []
    for _ in range(6):
        loss = loss_of(network(pixels.float() / 255), *wanted)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] - 0.3


def test_the_gate_wants_a_gain_on_every_folder() -> None:
    good = {"a.without": 0.8, "a.alone": 0.7, "a.both": 0.82, "b.without": 0.5, "b.alone": 0.4, "b.both": 0.51}
    assert backbone_gate.passes(good)
    assert not backbone_gate.passes(good | {"b.both": 0.505})
    assert not backbone_gate.passes({})


def test_a_card_is_read_as_it_was_written(tmp_path: Path) -> None:
    file = tmp_path / "w.safetensors"
    file.write_bytes(b"weights")
    place = train_backbone.write_card(file, 10, 1.0, {"a.both": 0.5})
    card = msgspec.json.decode(place.read_bytes(), type=TrainingCard)
    assert card.figures == {"a.both": 0.5}
    assert card.record.size_bytes == 7
