"""Weights are recognised by the names and shapes in the file; what does not fit is said in words."""

from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from automl.domain.issues import Refusal
from automl.domain.weights import ARCHITECTURES, architecture_named, forbids_business
from automl.weights.layout import Layout, read_layout
from automl.weights.network import load_network, side_of
from automl.weights.recognition import backbone_shapes, recognise
from tests.weights_files import write_weights


def issue_of(file: Path) -> tuple[str, dict[str, object]]:
    with pytest.raises(Refusal) as refusal:
        recognise(read_layout(file), file.name)
    (issue,) = refusal.value.issues
    return issue.code, dict(issue.parameters)


@pytest.mark.parametrize("name", [each.name for each in ARCHITECTURES])
def test_every_architecture_is_recognised_and_taken_for_no_other(name: str) -> None:
    layout = Layout(dict(backbone_shapes(name)), floats=True, metadata={})
    assert recognise(layout, "file").architecture.name == name


@pytest.mark.parametrize("prefix", ["", "module.", "model."])
def test_heads_and_prefixes_do_not_matter(tmp_path: Path, prefix: str) -> None:
    file = write_weights(tmp_path / "w.safetensors", prefix=prefix, without="classifier")
    found = recognise(read_layout(file), file.name)
    assert (found.architecture.name, found.prefix) == ("lcnet_100", prefix)
    network = load_network(file, 64)
    stored = load_file(file)
    name = "conv_stem.weight"
    assert torch.equal(network.state_dict()[name], stored[prefix + name].float())


def test_missing_layers_are_named_with_the_nearest_architecture(tmp_path: Path) -> None:
    file = write_weights(tmp_path / "w.safetensors", without="blocks.5")
    code, said = issue_of(file)
    assert code == "weights.incomplete"
    assert said["name"] == "LCNet"
    assert "blocks.5" in str(said["layers"])


def test_a_network_that_only_begins_alike_is_refused(tmp_path: Path) -> None:
    file = write_weights(tmp_path / "w.safetensors", extra={"blocks.5.9.extra.weight": (4, 4)})
    assert issue_of(file)[0] == "weights.other_layers"


def test_an_unknown_network_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.safetensors"
    save_file({"some.weight": torch.zeros(3, 3)}, file)
    assert issue_of(file)[0] == "weights.unknown"
    save_file({}, file)
    assert issue_of(file)[0] == "weights.unknown"


def test_whole_numbers_cannot_be_learned_from(tmp_path: Path) -> None:
    file = write_weights(tmp_path / "w.safetensors", kind=torch.int8)
    assert issue_of(file)[0] == "weights.not_floats"


@pytest.mark.parametrize(
    "content", [b"", b"\x80\x04pickle", b"\xff" * 100, b"\x08\x00\x00\x00\x00\x00\x00\x00{}      "[:12]]
)
def test_files_of_another_kind_are_refused_unopened(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "w.pt"
    file.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        read_layout(file)
    assert refusal.value.issues[0].code == "weights.not_safetensors"


def test_a_torn_file_is_refused(tmp_path: Path) -> None:
    whole = write_weights(tmp_path / "whole.safetensors").read_bytes()
    for size in (7, 100, len(whole) // 2, len(whole) - 1):
        torn = tmp_path / "torn.safetensors"
        torn.write_bytes(whole[:size])
        with pytest.raises(Refusal):
            read_layout(torn)


def test_values_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    file = write_weights(tmp_path / "w.safetensors")
    state = load_file(file)
    state["conv_stem.weight"][0, 0, 0, 0] = float("nan")
    save_file(state, tmp_path / "nan.safetensors")
    with pytest.raises(Refusal) as refusal:
        load_network(tmp_path / "nan.safetensors", 64)
    assert refusal.value.issues[0].code == "weights.not_numbers"


def test_sides_fit_the_steps_of_an_architecture() -> None:
    assert side_of("resnet18", 224) == 224
    assert side_of("resnet18", 100) == 96
    assert side_of("resnet18", 3) == 32
    assert side_of("vit_small_patch14_dinov2", 224) == 224
    assert side_of("vit_small_patch14_dinov2", 256) == 252


def test_a_transformer_is_taken_at_another_resolution_than_it_learned_at(tmp_path: Path) -> None:
    file = write_weights(tmp_path / "dino.safetensors", "vit_small_patch14_dinov2")
    network = load_network(file, 56)
    assert network.state_dict()["pos_embed"].shape[1] == 17


@pytest.mark.parametrize(
    ("licence", "forbidden"),
    [
        ("Apache-2.0", False),
        ("MIT", False),
        ("BSD-3-Clause", False),
        ("cc-by-nc-4.0", True),
        ("CC BY-NC-SA 4.0", True),
        ("Non-Commercial Research", True),
        ("noncommercial", True),
        ("", False),
        ("launch licence", False),
    ],
)
def test_licences_that_forbid_business_are_known_by_their_words(licence: str, forbidden: bool) -> None:
    assert forbids_business(licence) is forbidden


def test_architectures_are_found_by_name_title_and_tag() -> None:
    for wanted in ("resnet18", "ResNet-18", "resnet18.a1_in1k", " RESNET18 "):
        found = architecture_named(wanted)
        assert found is not None
        assert found.name == "resnet18"
    assert architecture_named("vgg16") is None
