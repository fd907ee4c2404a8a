"""Predict with this bundle: ``python predict.py DATA out.csv``. Proof: ``python predict.py --selftest``.

Needs Python 3.11 or newer with the libraries of requirements.txt, no network and no installation of Lathe.
"""

import importlib
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
CANNOT_START = """This bundle needs Python 3.11 or newer with a few libraries ({reason}; this is Python {version}).
Install them once:
이 배포 묶음에는 Python 3.11 이상과 라이브러리 몇 개가 필요합니다({reason}, 지금은 Python {version}).
한 번만 설치하십시오:

    {python} -m pip install -r "{requirements}"
"""


def main() -> int:
    """Start the runtime beside this file; say what to install when something is missing."""
    # Nothing may be added to the folder of a signed bundle, compiled files included.
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(HERE / "runtime"))
    try:
        return int(importlib.import_module("automl.runtime.command").main(HERE, sys.argv[1:]))
    except ImportError as error:
        version = sys.version.split()[0]
        requirements = HERE / "requirements.txt"
        sys.stderr.write(
            CANNOT_START.format(reason=error, version=version, python=sys.executable, requirements=requirements)
        )
        return 1


if __name__ == "__main__":
    sys.exit(main())
