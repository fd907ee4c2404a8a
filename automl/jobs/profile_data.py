"""The profile job: look at a dataset again after its types, roles or target changed."""

from automl.data.images.profiler import profile_again
from automl.data.profiler import profile
from automl.domain.dataset import DataKind, Dataset
from automl.domain.events import ArtifactWritten, Phase
from automl.domain.job import ProfileJob
from automl.domain.schema import Role
from automl.jobs.context import JobContext
from automl.jobs.phase_progress import progress_of


def run(job: ProfileJob, context: JobContext) -> None:
    """Profile one version under the job's recipe and target, tell the findings and keep the profile."""
    project = context.project
    version = project.datasets.version(job.version)
    progress = progress_of(context, Phase.CHECK, {Phase.CHECK: (0.0, 1.0)})
    if version.kind is DataKind.IMAGES:
        found = profile_again(project, version, progress)
    else:
        schema = Dataset(version, job.steps).schema()
        if job.target in schema.names():
            schema = schema.with_role(job.target, Role.TARGET)
        found = profile(project.objects.path(version.snapshot), schema, job.target, progress)
    for issue in found.findings:
        context.issue(issue)
    with project.transaction():
        project.datasets.save_profile(job.version, job.steps, job.target, found)
    context.emit(ArtifactWritten(kind="profile", path=str(job.version)))
