"""``python -m tests.screens OUT_DIR [--project DIR]``: every page, both languages, both themes, both sizes, as PNG files."""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import resources
from tests.screens.camera import Camera

_SAMPLE = "samples/moulding.csv"


def main() -> int:
    """Take the pictures; without a project one is trained on a sample first."""
    parser = argparse.ArgumentParser(prog="python -m tests.screens", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--project", type=Path, help="a project with a finished training")
    parser.add_argument("--budget", default="60s", help="how long to train without a project")
    parser.add_argument("--only", default="", help="only stops whose name holds this text")
    words = parser.parse_args()
    words.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        project = words.project or _trained(Path(scratch) / "Moulding quality", words.budget)
        count = Camera(words.out, Path(scratch)).take_all(project, only=words.only)
    sys.stdout.write(f"{count} pictures in {words.out}\n")
    return 0


def _trained(folder: Path, budget: str) -> Path:
    table = resources.path(_SAMPLE)
    command = [sys.executable, "-m", "automl", "train", str(table), "--target", "DEFECT"]
    goal = ["--ignore", "REWORK_CODE", "--cost-miss", "42000", "--cost-false-alarm", "3500"]
    subprocess.run([*command, *goal, "--project", str(folder), "--budget", budget], check=True)
    return folder


if __name__ == "__main__":
    sys.exit(main())
