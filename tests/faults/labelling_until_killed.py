"""Labels images of a project one after the other and says each number once its label is kept; run until it is killed."""

import itertools
import sys
from pathlib import Path

from automl import api
from automl.domain.labels import Label, Provenance

if __name__ == "__main__":
    project = api.open_project(Path(sys.argv[1]))
    for number in itertools.count():
        api.set_labels(project, [Label(f"{number:064d}", f"class {number % 3}", Provenance.PERSON)])
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
