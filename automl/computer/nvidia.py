"""NVIDIA cards as their driver tells, through its own small library: no torch, no child process, a few milliseconds."""

import ctypes
import sys
from functools import cache

import msgspec

from automl.domain.project import GraphicsCard

_NAME_LENGTH = 96
_LIBRARIES = {"win32": ("nvml.dll",)}
_LINUX = ("libnvidia-ml.so.1",)


class _Memory(ctypes.Structure):
    _fields_ = (("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong))


class _Utilization(ctypes.Structure):
    _fields_ = (("gpu", ctypes.c_uint), ("memory", ctypes.c_uint))


class CardUse(msgspec.Struct, frozen=True):
    """What all processes together use of a card: percent of its time, bytes of its memory."""

    percent: float
    memory_used: int
    memory_total: int


def first_card() -> tuple[GraphicsCard | None, str]:
    """Return the first card, or None and the code of the reason (``gpu.no_driver``, ``gpu.no_card``)."""
    library = _library()
    if library is None:
        return None, "gpu.no_driver"
    device = _first_device(library)
    if device is None:
        return None, "gpu.no_card"
    name = ctypes.create_string_buffer(_NAME_LENGTH)
    memory = _Memory()
    library.nvmlDeviceGetName(device, name, _NAME_LENGTH)
    library.nvmlDeviceGetMemoryInfo(device, ctypes.byref(memory))
    return GraphicsCard(name.value.decode("utf-8", "replace"), int(memory.total)), ""


def first_card_use() -> CardUse | None:
    """Return what is used of the first card now, None without a card."""
    library = _library()
    device = None if library is None else _first_device(library)
    if library is None or device is None:
        return None
    memory, utilization = _Memory(), _Utilization()
    library.nvmlDeviceGetMemoryInfo(device, ctypes.byref(memory))
    library.nvmlDeviceGetUtilizationRates(device, ctypes.byref(utilization))
    return CardUse(float(utilization.gpu), int(memory.used), int(memory.total))


@cache
def _library() -> ctypes.CDLL | None:
    for name in _LIBRARIES.get(sys.platform, _LINUX):
        try:
            library = ctypes.CDLL(name)
        except OSError:
            continue
        if library.nvmlInit_v2() == 0:
            return library
    return None


def _first_device(library: ctypes.CDLL) -> ctypes.c_void_p | None:
    device = ctypes.c_void_p()
    found = library.nvmlDeviceGetHandleByIndex_v2(0, ctypes.byref(device))
    return device if found == 0 else None
