"""Weights as a torch network, read with safetensors only."""

from pathlib import Path
from typing import Any

import timm
import torch
from safetensors.torch import load_file
from timm.layers.pos_embed import resample_abs_pos_embed

from automl.domain.issues import Issue, Refusal
from automl.weights.layout import read_layout
from automl.weights.recognition import POSITIONS, Recognised, backbone_shapes, recognise

_CONVOLUTION_STRIDE = 32
_PATCHES = {"vit_small_patch14_dinov2": 14}


def side_of(architecture: str, resolution: int) -> int:
    """The side in pixels nearest to `resolution` that an architecture can take."""
    step = _PATCHES.get(architecture, _CONVOLUTION_STRIDE)
    return max(1, round(resolution / step)) * step


def load_network(file: Path, resolution: int) -> torch.nn.Module:
    """The timm network of a file for images of `side_of` pixels, float32, in evaluation mode; its head keeps no weights.

    Raises Refusal for a file that is none, of an unknown network, or that holds values that are no numbers.
    """
    found = recognise(read_layout(file), file.name)
    name = found.architecture.name
    size: dict[str, Any] = {"img_size": side_of(name, resolution)} if name in _PATCHES else {}
    network = timm.create_model(name, pretrained=False, num_classes=0, **size)
    state = _state(file, found)
    if POSITIONS in state and name in _PATCHES:
        grid = [side_of(name, resolution) // _PATCHES[name]] * 2
        state[POSITIONS] = resample_abs_pos_embed(state[POSITIONS], new_size=grid)
    network.load_state_dict(state, strict=False)
    return network.eval()


def _state(file: Path, found: Recognised) -> dict[str, torch.Tensor]:
    tensors = load_file(file)
    state = {name: tensors[found.prefix + name].float() for name in backbone_shapes(found.architecture.name)}
    if not all(bool(torch.isfinite(tensor).all()) for tensor in state.values()):
        raise Refusal(Issue("weights.not_numbers", parameters={"file": file.name}))
    return state
