"""Bytes of a worker to events: one JSON line each, cut anywhere."""

import msgspec

from automl.domain.events import Event

_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


class EventDecoder:
    """Takes bytes as they arrive and gives back the events that are complete. Lines that are no events are counted."""

    def __init__(self) -> None:
        self._rest = b""
        self.refused_lines = 0

    def feed(self, received: bytes) -> list[Event]:
        """Return the events completed by these bytes, in order."""
        *lines, self._rest = (self._rest + received).split(b"\n")
        events = []
        for line in lines:
            if not line.strip():
                continue
            try:
                events.append(_decoder.decode(line))
            except msgspec.DecodeError:
                self.refused_lines += 1
        return events
