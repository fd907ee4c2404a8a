"""Verify: is a bundle whole, who signed it, and does it still give its golden answers?"""

from pathlib import Path

from automl.bundle.config_folder import config_folder
from automl.bundle.trust import TrustStore
from automl.bundle.verifier import verify
from automl.domain.events import JobStarted, Phase
from automl.domain.job import VerifyJob
from automl.jobs.context import JobContext
from automl.jobs.export import write_report


def run(job: VerifyJob, context: JobContext) -> None:
    """Write the report, whatever it says; a bundle that fails is the answer to the question, not a fault."""
    context.emit(JobStarted(kind="verify", phases=(Phase.VERIFY,)))
    context.progress(Phase.VERIFY, 0, 1, fraction=0.0)
    report = verify(Path(job.bundle), TrustStore(config_folder()), check_stop=context.check_stop)
    write_report(report, context)
    context.progress(Phase.VERIFY, 1, 1, fraction=1.0)
