"""A short message to the person, shown as a toast wherever they are."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Notice:
    """`key` and `parameters` are its words, `tone` is ok, info, warn or bad; `act` is what the link named `action` does."""

    key: str
    parameters: dict[str, object] = field(default_factory=dict)
    tone: str = "ok"
    action: str = ""
    act: Callable[[], None] | None = None
