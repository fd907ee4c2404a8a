"""Which architecture weights belong to, by the names and shapes of their tensors in timm's key layout."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

import timm
import torch

from automl.domain.issues import Issue, Refusal
from automl.domain.weights import ARCHITECTURES, Architecture
from automl.weights.layout import Layout

POSITIONS = "pos_embed"
_PREFIXES = ("", "module.", "model.", "backbone.")
_HEADS = ("head", "head_dist", "classifier", "fc", "conv_head", "norm_head", "bn_head", "fc_norm")
_OPTIONAL = ("num_batches_tracked", "mask_token")
_NAMED = 3


@dataclass(frozen=True)
class Recognised:
    """An architecture and what stands before its names in the file, such as "module."."""

    architecture: Architecture
    prefix: str


def recognise(layout: Layout, file: str) -> Recognised:
    """Return the architecture all of whose layers below the head are in the file. Raises Refusal, naming the nearest one."""
    candidates = [
        (Recognised(each, prefix), _missing(each, layout.shapes, prefix))
        for each in ARCHITECTURES
        for prefix in _PREFIXES
        if any(name.startswith(prefix) for name in layout.shapes)
    ]
    for found, missing in candidates:
        if not missing and layout.floats and not _foreign(found.architecture, layout.shapes, found.prefix):
            return found
    known = ", ".join(each.title for each in ARCHITECTURES)
    if not candidates:
        raise Refusal(Issue("weights.unknown", parameters={"file": file, "known": known}))
    nearest, missing = min(candidates, key=lambda one: len(one[1]) / len(backbone_shapes(one[0].architecture.name)))
    needed = len(backbone_shapes(nearest.architecture.name))
    if len(missing) > needed // 2:
        raise Refusal(Issue("weights.unknown", parameters={"file": file, "known": known}))
    if not layout.floats:
        raise Refusal(Issue("weights.not_floats", parameters={"file": file, "name": nearest.architecture.title}))
    odd = missing or _foreign(nearest.architecture, layout.shapes, nearest.prefix)
    raise Refusal(
        Issue(
            "weights.incomplete" if missing else "weights.other_layers",
            parameters={
                "file": file,
                "name": nearest.architecture.title,
                "count": len(odd),
                "needed": needed,
                "layers": ", ".join(odd[:_NAMED]),
            },
        )
    )


@functools.cache
def backbone_shapes(name: str) -> Mapping[str, tuple[int, ...]]:
    """Names and shapes of all tensors of an architecture below its head; built without memory for the numbers."""
    with torch.device("meta"):
        network = timm.create_model(name, pretrained=False, num_classes=0)
    return {
        key: tuple(tensor.shape)
        for key, tensor in network.state_dict().items()
        if key.partition(".")[0] not in _HEADS and not key.endswith(_OPTIONAL)
    }


def _missing(architecture: Architecture, shapes: Mapping[str, tuple[int, ...]], prefix: str) -> list[str]:
    """Names that are not in the file, or with another shape. Positions of a transformer may be of another resolution."""
    return [
        name
        for name, shape in backbone_shapes(architecture.name).items()
        if not _same(name, shapes.get(prefix + name), shape)
    ]


def _same(name: str, given: tuple[int, ...] | None, wanted: tuple[int, ...]) -> bool:
    if name == POSITIONS and given is not None and len(given) == len(wanted):
        return given[0] == 1 and given[2] == wanted[2]
    return given == wanted


def _foreign(architecture: Architecture, shapes: Mapping[str, tuple[int, ...]], prefix: str) -> list[str]:
    """Names inside the layers of the architecture that it does not have: another network that only begins alike."""
    known = backbone_shapes(architecture.name)
    layers = {name.partition(".")[0] for name in known}
    own = (name.removeprefix(prefix) for name in shapes if name.startswith(prefix))
    return [name for name in own if name.partition(".")[0] in layers - set(_HEADS) and _counts(name, known)]


def _counts(name: str, known: Mapping[str, tuple[int, ...]]) -> bool:
    return name not in known and not name.endswith(_OPTIONAL)
