"""The walls between packages, seen from the running program (import-linter holds them in the source)."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import imports, python_files

HEAVY = frozenset(
    {"PIL", "catboost", "cryptography", "duckdb", "joblib", "lightgbm", "matplotlib", "numpy", "onnx", "onnxruntime",
     "onnxscript", "optuna", "pandas", "python_calamine", "safetensors", "scipy", "sklearn", "timm", "torch", "torchvision"}
)  # fmt: skip
SCREEN = frozenset({"PySide6", "shiboken6", "desktop"})
RUNTIME_MAY_USE = frozenset({"numpy", "onnxruntime", "_typeshed"})  # the last one exists for type checkers only


def loaded_by(program: str) -> set[str]:
    """Return the top-level modules that are there after a fresh interpreter ran a program."""
    code = f"{program}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}})"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return set(answer.stdout.split())


@pytest.mark.parametrize("module", ["automl.worker", "automl.cli", "automl.api"])
def test_the_product_without_a_screen_loads_no_screen(module: str) -> None:
    assert not loaded_by(f"import {module}") & SCREEN


@pytest.mark.parametrize("module", ["automl.api", "automl.cli", "automl.worker", "desktop.app"])
def test_the_doors_load_no_heavy_library(module: str) -> None:
    assert not loaded_by(f"import {module}") & HEAVY


def test_the_whole_window_loads_no_heavy_library() -> None:
    modules = [_module_name(path) for path in python_files("desktop") if path.name != "__main__.py"]

    assert not loaded_by("\n".join(f"import {name}" for name in modules)) & HEAVY


def test_the_window_imports_only_verbs_and_nouns() -> None:
    allowed = ("automl.api", "automl.domain.")
    wrong = [
        f"{path}:{line} {name}"
        for path in python_files("desktop")
        for line, name in imports(path)
        if name.startswith("automl") and not f"{name}.".startswith(allowed) and name != "automl.api"
    ]

    assert not wrong


def test_the_runtime_needs_only_python_numpy_and_onnxruntime() -> None:
    paths = [path for path in python_files("automl") if path.parts[1] == "runtime"]
    wrong = [
        f"{path}:{line} {name}"
        for path in paths
        for line, name in imports(path)
        if not name.startswith("automl.runtime") and not _is_allowed_in_the_runtime(path, name.partition(".")[0])
    ]

    assert not wrong


def _is_allowed_in_the_runtime(path: Path, package: str) -> bool:
    if package == "PIL":
        return path.parts[2] == "image"  # a bundle of tables goes without Pillow
    return package in sys.stdlib_module_names or package in RUNTIME_MAY_USE


def _module_name(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")
