"""Files of weights with random numbers in timm's key layout: none of them ever saw an image."""

from collections.abc import Mapping
from pathlib import Path

import timm
import torch
from safetensors.torch import save_file

SMALL = "lcnet_100"


def write_weights(
    path: Path,
    architecture: str = SMALL,
    *,
    prefix: str = "",
    without: str = "",
    extra: Mapping[str, tuple[int, ...]] | None = None,
    kind: torch.dtype = torch.float16,
    metadata: Mapping[str, str] | None = None,
    seed: int = 0,
) -> Path:
    """Write random weights of an architecture; `without` leaves out tensors whose names begin so, `extra` adds some."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        state = timm.create_model(architecture, pretrained=False).state_dict()
    kept = {
        prefix + name: (tensor.to(kind) if tensor.is_floating_point() else tensor).contiguous()
        for name, tensor in state.items()
        if not (without and name.startswith(without))
    }
    added = {name: torch.zeros(shape, dtype=kind) for name, shape in (extra or {}).items()}
    save_file(kept | added, path, metadata=dict(metadata) if metadata else None)
    return path
