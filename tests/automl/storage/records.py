"""Small records for tests of storage and verbs."""

from automl.domain.dataset import ColumnProfile, DatasetProfile, DatasetVersion, ReadOptions, Source
from automl.domain.job import ImportJob, TrainJob
from automl.domain.recipe import RecipeStep, SetRole
from automl.domain.schema import Column, ColumnType, Role, Schema
from automl.domain.task import Goal

SCHEMA = Schema(
    (
        Column("라인", ColumnType.TEXT),
        Column("온도", ColumnType.NUMBER),
        Column("lot_no", ColumnType.TEXT),
        Column("결과", ColumnType.YES_NO),
    )
)
LEFT_OUT = SetRole("lot_no", Role.IGNORE)


def dataset_version(
    number: int = 1, *, sha256: str = "f" * 64, steps: tuple[RecipeStep, ...] = (LEFT_OUT,), pages: str = "b" * 64
) -> DatasetVersion:
    return DatasetVersion(
        number=number,
        source=Source("생산.csv", 1234, sha256, ReadOptions(encoding="utf-8", delimiter=",")),
        snapshot="a" * 64,
        pages=pages,
        fingerprint="c" * 64,
        row_count=100,
        schema=SCHEMA,
        proposed_steps=steps,
        created="2026-01-02T03:04:05.000Z",
    )


def dataset_profile() -> DatasetProfile:
    columns = (
        ColumnProfile("라인", ColumnType.TEXT, 0, 3),
        ColumnProfile("온도", ColumnType.NUMBER, 0, 90, minimum=10.5, maximum=99.0, median=50.2),
        ColumnProfile("lot_no", ColumnType.TEXT, 0, 100),
        ColumnProfile("결과", ColumnType.YES_NO, 0, 2, top_values=(("OK", 80), ("NG", 20))),
    )
    return DatasetProfile(row_count=100, columns=columns, findings=(), suggested_target="결과")


def import_job(run_id: str, project: str = "") -> ImportJob:
    return ImportJob(job_id=run_id, project=project, path="생산.csv")


def train_job(run_id: str, project: str = "", target: str = "결과") -> TrainJob:
    return TrainJob(job_id=run_id, project=project, version=1, steps=(), goal=Goal(target=target))
