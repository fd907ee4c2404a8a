"""The product's own source, read once: files under version control and their syntax trees."""

import ast
import functools
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = frozenset(
    {
        "__pycache__",
        ".venv",
        ".venv.lock",
        ".mypy_cache",
        ".ruff_cache",
        ".pytest_cache",
        ".hypothesis",
        "build",
        "dist",
    }
)
PRODUCT = ("automl", "desktop", "resources", "packaging")


@functools.cache
def tracked_files() -> tuple[Path, ...]:
    """Every file under version control that is there, relative to the root; in a copy without history, every file."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return tuple(path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file() and not _is_generated(path))
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    names = listing.decode("utf-8").split("\0")
    return tuple(Path(name) for name in names if name and (ROOT / name).is_file())


def _is_generated(path: Path) -> bool:
    parts = path.relative_to(ROOT).parts
    return any(part in GENERATED or part.endswith(".egg-info") for part in parts) or parts[0] in {".git", ".venv.lock"}


def python_files(*folders: str) -> list[Path]:
    """The tracked Python files of some top-level folders."""
    return [path for path in tracked_files() if path.suffix == ".py" and path.parts[0] in folders]


@functools.cache
def text(path: Path) -> str:
    """The text of a tracked file."""
    return (ROOT / path).read_text(encoding="utf-8")


@functools.cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a tracked Python file."""
    return ast.parse(text(path), filename=str(path))


@functools.cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a tracked Python file."""
    return tuple(ast.walk(tree(path)))


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of every module a file imports, also inside functions."""
    for node in nodes(path):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    """Every call of a file with the dotted name of what is called."""
    for node in nodes(path):
        if isinstance(node, ast.Call):
            yield node, dotted_name(node.func)


def dotted_name(node: ast.expr) -> str:
    """ "os.fork" for that expression; the last names of a longer one."""
    if isinstance(node, ast.Attribute):
        return f"{dotted_name(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""
