"""What the job uses of the computer, told once a second."""

import threading

import psutil

from automl.computer import nvidia
from automl.computer.facts import usable_cores
from automl.domain.events import ResourceSampled
from automl.jobs.context import EventSink

_EVERY_SECONDS = 1.0


class ResourceSampler:
    """A thread that writes `ResourceSampled` events between `start` and `stop`."""

    def __init__(self, sink: EventSink) -> None:
        self._sink = sink
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="resource sampler", daemon=True)
        self._process = psutil.Process()
        self._cpu_seconds = self._process_seconds()

    def start(self) -> None:
        """Begin."""
        psutil.cpu_percent()
        self._thread.start()

    def stop(self) -> None:
        """End, and return when the last sample is written."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.wait(_EVERY_SECONDS):
            if self._sink.begun:
                self._sink.emit(self._sample())

    def _sample(self) -> ResourceSampled:
        memory = psutil.virtual_memory()
        card = nvidia.first_card_use()
        seconds = self._process_seconds()
        used, self._cpu_seconds = max(0.0, seconds - self._cpu_seconds), seconds
        return ResourceSampled(
            cpu_percent=psutil.cpu_percent(),
            cores_used=used / _EVERY_SECONDS,
            cores=usable_cores(),
            memory_used=memory.total - memory.available,
            memory_total=memory.total,
            job_memory=sum(_memory_of(process) for process in self._family()),
            gpu_percent=None if card is None else card.percent,
            gpu_memory_used=None if card is None else card.memory_used,
            gpu_memory_total=None if card is None else card.memory_total,
        )

    def _process_seconds(self) -> float:
        return sum(_seconds_of(process) for process in self._family())

    def _family(self) -> list[psutil.Process]:
        return [self._process, *self._process.children(recursive=True)]


def _seconds_of(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except psutil.Error:
        return 0.0
    return times.user + times.system


def _memory_of(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0
