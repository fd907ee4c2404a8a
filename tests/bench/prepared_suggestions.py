"""A worker that suggests what was prepared for it, so that only the window is measured."""

import shutil
import sys
from pathlib import Path

from automl import worker
from automl.domain.events import ArtifactWritten
from automl.domain.job import SuggestJob
from automl.jobs.context import JobContext
from automl.storage.run_folder import RunFolder

PREPARED = "prepared.json"


def command(run_folder: Path) -> list[str]:
    """Return the command line of such a worker."""
    return [sys.executable, "-m", "tests.bench.prepared_suggestions", str(run_folder)]


def run(job: SuggestJob, context: JobContext) -> None:
    """Answer at every `refit` for which something is prepared in the folder of the project."""
    prepared, place = Path(job.project) / PREPARED, RunFolder(context.run_folder).suggestions_path
    while context.wait_for_refit():
        if prepared.exists():
            shutil.copyfile(prepared, place)
            context.emit(ArtifactWritten(kind="suggestions", path=place.name))


if __name__ == "__main__":
    sys.exit(worker.main(modules={"suggest": "tests.bench.prepared_suggestions"}, warm_modules=()))
