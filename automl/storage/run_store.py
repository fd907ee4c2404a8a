"""What runs did: their jobs, finished trials and stored models. A trial stands here before anybody hears of it."""

import msgspec

from automl.domain.events import TrialState
from automl.domain.issues import Parameter
from automl.domain.job import Job
from automl.domain.project import RunRecord, RunStatus
from automl.domain.result import ModelSummary
from automl.domain.task import Family
from automl.storage import clock
from automl.storage.audit_log import AuditLog
from automl.storage.database import Database


class TrialRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A finished trial. `oof` names the object with its out-of-fold predictions, empty when there are none."""

    number: int
    family: Family
    state: TrialState
    value: float | None
    parameters: dict[str, Parameter]
    oof: str
    seconds: float


class ModelRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A stored model: `onnx` names the object with its graph, `encoder` is the fitted encoder as JSON."""

    summary: ModelSummary
    onnx: str
    encoder: str


class RunStore:
    """The runs of one project, each known by the id of its job."""

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit

    def add(self, job: Job) -> None:
        """Write down a job that waits to be carried out."""
        kind = str(type(job).__struct_config__.tag)
        with self._database.transaction():
            self._database.run(
                "INSERT INTO run (run_id, kind, job, status, created) VALUES (?, ?, ?, ?, ?)",
                (job.job_id, kind, msgspec.json.encode(job).decode(), RunStatus.WAITING, clock.now()),
            )
            self._audit.add("run.started", run=job.job_id, kind=kind)

    def begin(self, run_id: str, process: int, process_started: float) -> None:
        """Note which process carries the run out; its number and start time together are unique."""
        self._database.run(
            "UPDATE run SET status = ?, process = ?, process_started = ? WHERE run_id = ?",
            (RunStatus.RUNNING, process, process_started, run_id),
        )

    def end(self, run_id: str, status: RunStatus) -> None:
        """Note how the run ended."""
        with self._database.transaction():
            self._database.run(
                "UPDATE run SET status = ?, ended = ?, process = NULL WHERE run_id = ?", (status, clock.now(), run_id)
            )
            self._audit.add("run.ended", run=run_id, status=status.value)

    def settle(self, run_id: str, status: RunStatus) -> None:
        """Note the end of a run whose process is gone, unless the process noted it itself."""
        known = self._database.value("SELECT status FROM run WHERE run_id = ?", (run_id,))
        if known is not None and not RunStatus(str(known)).ended:
            self.end(run_id, status)

    def open_processes(self) -> tuple[tuple[str, int, float], ...]:
        """Return (run_id, process, start time) of runs that have not ended; process 0 while a run waits."""
        rows = self._database.rows(
            "SELECT run_id, coalesce(process, 0), coalesce(process_started, 0.0) FROM run WHERE status IN (?, ?)",
            (RunStatus.WAITING, RunStatus.RUNNING),
        )
        return tuple((str(run_id), int(process or 0), float(started or 0)) for run_id, process, started in rows)

    def job(self, run_id: str) -> Job:
        """Return the job of a run; KeyError when there is no such run."""
        record = self._database.value("SELECT job FROM run WHERE run_id = ?", (run_id,))
        if record is None:
            raise KeyError(run_id)
        job: Job = msgspec.json.decode(str(record), type=Job)
        return job

    def runs(self, kind: str = "") -> tuple[RunRecord, ...]:
        """Return all runs, or those of one kind, newest first."""
        rows = self._database.rows(
            """SELECT run_id, kind, status, created, ended, chosen,
                   (SELECT count(*) FROM trial WHERE trial.run_id = run.run_id),
                   (SELECT count(*) FROM model WHERE model.run_id = run.run_id)
               FROM run WHERE ? IN ('', kind) ORDER BY created DESC, rowid DESC""",
            (kind,),
        )
        return tuple(
            RunRecord(
                run_id=str(run_id),
                kind=str(kind),
                status=RunStatus(str(status)),
                created=str(created),
                ended=str(ended),
                chosen=str(chosen),
                trials=int(trials or 0),
                models=int(models or 0),
            )
            for run_id, kind, status, created, ended, chosen, trials, models in rows
        )

    def record_trial(
        self,
        run_id: str,
        number: int,
        *,
        family: Family,
        state: TrialState,
        value: float | None,
        parameters: dict[str, Parameter],
        oof: str = "",
        seconds: float = 0.0,
    ) -> None:
        """Keep a finished trial; when this returns it survives a power cut."""
        self._database.run(
            "INSERT OR REPLACE INTO trial VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (run_id, number, family, state, value, msgspec.json.encode(parameters).decode(), oof, seconds),
        )

    def trials(self, run_id: str) -> tuple[TrialRecord, ...]:
        """Return the finished trials of a run by number."""
        rows = self._database.rows(
            """SELECT number, family, state, value, parameters, oof, seconds
               FROM trial WHERE run_id = ? ORDER BY number""",
            (run_id,),
        )
        return tuple(
            TrialRecord(
                number=int(number or 0),
                family=Family(str(family)),
                state=TrialState(str(state)),
                value=None if value is None else float(value),
                parameters=msgspec.json.decode(str(parameters), type=dict[str, Parameter]),
                oof=str(oof),
                seconds=float(seconds or 0),
            )
            for number, family, state, value, parameters, oof, seconds in rows
        )

    def record_model(self, run_id: str, summary: ModelSummary, onnx_sha256: str, encoder: str) -> None:
        """Keep a fitted model whose graph is already stored as an object; `encoder` is JSON."""
        self._database.run(
            "INSERT OR REPLACE INTO model VALUES (?, ?, ?, ?, ?)",
            (run_id, summary.model_id, msgspec.json.encode(summary).decode(), onnx_sha256, encoder),
        )

    def models(self, run_id: str) -> tuple[ModelRecord, ...]:
        """Return the stored models of a run in the order they were stored."""
        rows = self._database.rows(
            "SELECT summary, onnx, encoder FROM model WHERE run_id = ? ORDER BY rowid", (run_id,)
        )
        return tuple(
            ModelRecord(
                summary=msgspec.json.decode(str(summary), type=ModelSummary), onnx=str(onnx), encoder=str(encoder)
            )
            for summary, onnx, encoder in rows
        )

    def model(self, run_id: str, model_id: str) -> ModelRecord:
        """Return one stored model; KeyError when there is none."""
        for record in self.models(run_id):
            if record.summary.model_id == model_id:
                return record
        raise KeyError(model_id)

    def choose(self, run_id: str, model_id: str) -> None:
        """Note which model a person picked."""
        with self._database.transaction():
            self._database.run("UPDATE run SET chosen = ? WHERE run_id = ?", (model_id, run_id))
            self._audit.add("model.chosen", run=run_id, model=model_id)

    def chosen(self, run_id: str) -> str:
        """Return the model a person picked, empty when nobody did."""
        return str(self._database.value("SELECT chosen FROM run WHERE run_id = ?", (run_id,)) or "")
