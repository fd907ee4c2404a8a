"""The computer at this moment."""

import os
import platform
import shutil
from functools import cache
from pathlib import Path

import psutil

from automl.computer import nvidia
from automl.domain.project import Computer

_PROCESSOR_FILE = Path("/proc/cpuinfo")


def computer(folder: Path) -> Computer:
    """Describe the computer; `disk_free` is that of the disk `folder` lies or would lie on."""
    memory = psutil.virtual_memory()
    card, reason = nvidia.first_card()
    return Computer(
        system=f"{platform.system()} {platform.release()}",
        processor=_processor(),
        cores=usable_cores(),
        memory_total=memory.total,
        memory_used=memory.total - memory.available,
        disk_free=disk_free(folder),
        gpu=card,
        no_gpu_reason=reason,
    )


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def disk_free(folder: Path) -> int:
    """Free bytes on the disk of a folder that need not exist yet."""
    existing = next(part for part in (folder, *folder.parents) if part.exists())
    return shutil.disk_usage(existing).free


@cache
def _processor() -> str:
    if _PROCESSOR_FILE.is_file():
        for line in _PROCESSOR_FILE.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
