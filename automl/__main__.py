"""``python -m automl`` is the lathe command."""

import sys

from automl.cli import main

sys.exit(main())
