"""Makes both locks anew from pyproject.toml with `uv`, for every platform: `python packaging/relock.py [--upgrade]`.

The development lock is held to the versions of the other one, so it contains it whole. No address is written into either.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PACKAGING = Path(__file__).resolve().parent
COMPILE = [
    "uv", "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11", "--generate-hashes", "--quiet",
    "--no-emit-index-url", "--no-emit-find-links", "--no-header", "--no-annotate",
]  # fmt: skip


def main(options: list[str]) -> int:
    """Write the locks; options go to uv."""
    lock, development = PACKAGING / "requirements.lock", PACKAGING / "requirements-dev.lock"
    commands = (
        [*COMPILE, *options, "--output-file", str(lock)],
        [*COMPILE, *options, "--extra", "dev", "--constraint", str(lock), "--output-file", str(development)],
    )
    return max(subprocess.call(command, cwd=PACKAGING.parent) for command in commands)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
