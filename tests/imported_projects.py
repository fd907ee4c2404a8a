"""Makes a project by the real import job, in this process."""

from pathlib import Path

from automl.domain.job import ImportJob
from automl.jobs import import_data
from automl.jobs.context import Controls, EventSink, JobContext
from automl.storage.project import Project


def import_table(folder: Path, table: Path, target: str = "") -> None:
    """Make a project and import a table into it."""
    with Project.create(folder, folder.name) as project:
        job = ImportJob(job_id="import-1", project=str(folder), path=str(table), target=target)
        run_folder = project.run_folder(job.job_id)
        run_folder.mkdir(parents=True)
        project.runs.add(job)
        sink = EventSink(job.job_id, lambda _line: None, "import")
        import_data.run(job, JobContext(sink=sink, controls=Controls(), run_folder=run_folder, project=project))
