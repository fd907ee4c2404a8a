"""The lathe command as a person starts it: a process of its own."""

import subprocess
import sys
from pathlib import Path

import numpy as np

from automl import api


def lathe(*words: str | Path, language: str = "en", patience: float = 120) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        command(*words), env=environment(language), capture_output=True, text=True, timeout=patience, check=False
    )


def command(*words: str | Path) -> list[str]:
    """Return the command line."""
    return [sys.executable, "-m", "automl.cli", *map(str, words)]


def environment(language: str = "en") -> dict[str, str]:
    """Return the environment of a person who speaks a language."""
    return api.worker_environment() | {"LATHE_LANGUAGE": language, "COLUMNS": "120"}


def write_parts(path: Path, rows: int = 240, seed: int = 0) -> Path:
    """Write a table of moulded parts: two numbers, a line and a result that follows from them, in Korean."""
    generator = np.random.default_rng(seed)
    heat, pressure = generator.normal(200, 10, rows), generator.normal(80, 5, rows)
    line = generator.choice(["1라인", "2라인"], rows)
    risk = (heat - 200) / 10 + (pressure - 80) / 5 + (line == "2라인") + generator.normal(0, 0.5, rows)
    result = np.where(risk > 1.0, "불량", "양품")
    lines = [f"{h:.2f},{p:.2f},{x},{r}" for h, p, x, r in zip(heat, pressure, line, result, strict=True)]
    path.write_text("\n".join(["온도,압력,라인,결과", *lines]) + "\n", encoding="utf-8")
    return path
