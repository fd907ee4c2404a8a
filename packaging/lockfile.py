"""Reads a lock: one requirement after another, with its hashes and the machines it is meant for."""

from __future__ import annotations

import ast
import hashlib
import os
import platform
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

# Installed size in MB of what is large; everything else counts as DEFAULT_SIZE. They weigh the progress, nothing more.
SIZES = {
    "torch": 1143, "triton": 1043, "nvidia-cudnn-cu13": 889, "nvidia-cublas": 564, "nvidia-cufft": 292, "nvidia-cusolver": 277,
    "nvidia-nccl-cu13": 253, "pyside6-essentials": 249, "nvidia-cusparselt-cu13": 234, "nvidia-nvshmem-cu13": 201,
    "nvidia-cusparse": 168, "nvidia-cuda-nvrtc": 120, "nvidia-nvjitlink": 117, "scipy": 114, "duckdb": 69, "onnxruntime": 64,
    "numpy": 57, "mypy": 50, "nvidia-cuda-cupti": 49, "pandas": 44,
}  # fmt: skip
DEFAULT_SIZE = 8


class Requirement(NamedTuple):
    """One pinned package of a lock; `text` is its entry with hashes, as pip reads it."""

    name: str
    version: str
    marker: str
    text: str

    @property
    def size(self) -> int:
        """Roughly how many MB it takes once installed."""
        return SIZES.get(self.name, DEFAULT_SIZE)


def normalized(name: str) -> str:
    """Return a package name in its one canonical spelling."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_lock(path: Path) -> list[Requirement]:
    """Return every requirement of a lock made with hashes."""
    entries = re.split(r"\n(?=\S)", path.read_text(encoding="utf-8").strip())
    return [_requirement(entry) for entry in entries if not entry.startswith("#")]


def _requirement(entry: str) -> Requirement:
    head = entry.split("\n", 1)[0].rstrip(" \\")
    pin, _, marker = head.partition(" ; ")
    name, _, version = pin.partition("==")
    return Requirement(normalized(name), version.strip(), marker.strip(), entry)


def sha256(path: Path) -> str:
    """Return a file's SHA-256 as hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def this_machine() -> dict[str, str]:
    """Return the values that markers ask about, for the Python that runs this."""
    return {
        "implementation_name": sys.implementation.name,
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_system": platform.system(),
        "python_full_version": platform.python_version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    }


def applies(marker: str, machine: Mapping[str, str]) -> bool:
    """Say whether a requirement with this marker belongs on this machine. Raises ValueError for a marker not understood."""
    return not marker or _truth(ast.parse(marker, mode="eval").body, machine)


def _truth(node: ast.expr, machine: Mapping[str, str]) -> bool:
    if isinstance(node, ast.BoolOp):
        parts = (_truth(value, machine) for value in node.values)
        return all(parts) if isinstance(node.op, ast.And) else any(parts)
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        left, right = _value(node.left, machine), _value(node.comparators[0], machine)
        names = {part.id for part in (node.left, node.comparators[0]) if isinstance(part, ast.Name)}
        if names & {"python_version", "python_full_version"}:
            return _compared(node.ops[0], _release(left), _release(right))
        return _compared(node.ops[0], left, right)
    raise ValueError("a marker has an unknown form")


def _value(node: ast.expr, machine: Mapping[str, str]) -> str:
    if isinstance(node, ast.Name) and node.id in machine:
        return machine[node.id]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise ValueError("a marker has an unknown value")


def _release(version: str) -> tuple[int, ...]:
    numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:3])
    return numbers + (0,) * (3 - len(numbers))


def _compared(operator: ast.cmpop, left: object, right: object) -> bool:
    if isinstance(operator, ast.Eq):
        return left == right
    if isinstance(operator, ast.NotEq):
        return left != right
    if isinstance(left, tuple) and isinstance(right, tuple):
        if isinstance(operator, ast.Lt):
            return left < right
        if isinstance(operator, ast.LtE):
            return left <= right
        if isinstance(operator, ast.Gt):
            return left > right
        if isinstance(operator, ast.GtE):
            return left >= right
    raise ValueError("a marker has an unknown comparison")
