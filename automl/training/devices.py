"""What the computer offers for training, and why something is not used."""

from dataclasses import dataclass

from automl.computer.facts import usable_cores
from automl.computer.nvidia import first_card
from automl.domain.result import InWords
from automl.domain.task import Device, Family, Goal

NETWORKS = frozenset({Family.NEURAL, Family.IMAGE_NETWORK, Family.SELF_TAUGHT})


@dataclass(frozen=True)
class Compute:
    """Where models learn: `threads` on the processor; networks on `network_device` (auto or cpu), and why."""

    threads: int
    network_device: str
    name: str
    reason: InWords


def find_compute(goal: Goal) -> Compute:
    """Look for a graphics card without loading torch: trees learn on the processor, only networks gain from a card."""
    threads = usable_cores()
    if not NETWORKS & set(goal.families):
        return Compute(threads, "cpu", "", InWords("device.trees_use_processor"))
    if goal.device is Device.CPU:
        return Compute(threads, "cpu", "", InWords("device.processor_asked"))
    card, missing = first_card()
    if card is None:
        asked = goal.device is Device.GPU
        return Compute(threads, "cpu", "", InWords("device.card_asked_but_missing") if asked else InWords(missing))
    return Compute(threads, "auto", card.name, InWords("device.networks_on_card", {"name": card.name}))
