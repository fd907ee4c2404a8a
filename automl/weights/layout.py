"""What a .safetensors file holds, read from its header: names, shapes and what is said of it. Nothing in it is ever run."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from safetensors import SafetensorError, safe_open

from automl.domain.issues import Issue, Refusal

_FLOATS = ("F16", "BF16", "F32", "F64")
_LICENCE_NAMES = ("license", "licence", "license_name", "spdx")


@dataclass(frozen=True)
class Layout:
    """Shapes of the tensors by name; `floats` tells that all of them that count are floating-point numbers."""

    shapes: Mapping[str, tuple[int, ...]]
    floats: bool
    metadata: Mapping[str, str]

    @property
    def licence(self) -> str:
        """The licence the file states, empty when it states none."""
        return next((self.metadata[name].strip() for name in _LICENCE_NAMES if name in self.metadata), "")


def read_layout(file: Path) -> Layout:
    """Read the header of a file. Raises Refusal when it is not a whole .safetensors file."""
    try:
        with safe_open(file, framework="pt") as content:
            names = list(content.keys())
            parts = {name: content.get_slice(name) for name in names}
            shapes = {name: tuple(int(side) for side in part.get_shape()) for name, part in parts.items()}
            floats = all(part.get_dtype() in _FLOATS for part in parts.values() if len(part.get_shape()) > 0)
            metadata = {str(name): str(value) for name, value in (content.metadata() or {}).items()}
    except (SafetensorError, OSError):
        raise Refusal(Issue("weights.not_safetensors", parameters={"file": file.name})) from None
    return Layout(shapes, floats, metadata)
