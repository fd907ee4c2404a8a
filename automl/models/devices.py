"""Where networks learn."""

import torch


def usable_device(wanted: str) -> str:
    """The graphics card when there is a usable one and nobody asked for the processor."""
    if wanted == "cpu":
        return "cpu"
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"
