"""Jobs that do what their path says, to try the worker process without any learning."""

import ctypes
import os
import subprocess
import sys
import threading

from automl.domain.events import JobStarted, Phase, TrialFinished, TrialState
from automl.domain.issues import Issue, Refusal
from automl.domain.job import ImportJob
from automl.domain.task import Family
from automl.jobs.context import JobContext

MANY = 100_000


def run(job: ImportJob, context: JobContext) -> None:
    """Carry out the script named by the job's path."""
    context.emit(JobStarted(kind="import", phases=(Phase.READ,)))
    SCRIPTS[job.path](job, context)


def _trials(job: ImportJob, context: JobContext) -> None:
    """Record trials without end, each with an object, and tell each only when it is stored."""
    for number in range(MANY):
        context.check_stop()
        if context.finish_requested:
            return
        oof = context.project.objects.put_bytes(f"{job.job_id} {number}".encode())
        context.project.runs.record_trial(
            job.job_id, number, family=Family.LINEAR, state=TrialState.COMPLETE, value=0.5, parameters={}, oof=oof
        )
        context.emit(TrialFinished(number=number, family=Family.LINEAR, state=TrialState.COMPLETE, value=0.5))


def _prints(job: ImportJob, context: JobContext) -> None:
    del job
    sys.stdout.write("a library says hello\n")
    sys.stdout.flush()
    ctypes.CDLL(None).puts(b"so does its C part")
    ctypes.CDLL(None).fflush(None)
    subprocess.run([sys.executable, "-c", "print('and its child')"], check=True)
    context.progress(Phase.READ, 1, 1)


def _refuses(job: ImportJob, context: JobContext) -> None:
    del job, context
    raise Refusal(Issue("data.no_rows"))


def _fails(job: ImportJob, context: JobContext) -> None:
    del job, context
    raise ZeroDivisionError


def _runs_out_of_memory(job: ImportJob, context: JobContext) -> None:
    del job, context
    raise MemoryError


def _aborts(job: ImportJob, context: JobContext) -> None:
    """Die in native code, leaving a child behind."""
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    (context.run_folder / "child").write_text(str(child.pid))
    sys.stderr.write("the last line of the log\n")
    sys.stderr.flush()
    del job
    os.abort()


def _hears_nothing(job: ImportJob, context: JobContext) -> None:
    del job
    context.progress(Phase.READ, 0, 1)
    threading.Event().wait()


def _floods(job: ImportJob, context: JobContext) -> None:
    del job
    for done in range(MANY):
        context.progress(Phase.READ, done, MANY)
    context.progress(Phase.READ, MANY, MANY)


def _ends(job: ImportJob, context: JobContext) -> None:
    del job
    context.progress(Phase.READ, 1, 1)


SCRIPTS = {
    "trials": _trials,
    "prints": _prints,
    "refuses": _refuses,
    "fails": _fails,
    "runs out of memory": _runs_out_of_memory,
    "aborts": _aborts,
    "hears nothing": _hears_nothing,
    "floods": _floods,
    "ends": _ends,
}
