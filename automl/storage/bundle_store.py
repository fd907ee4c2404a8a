"""The bundles that were written from a project."""

from automl.domain.project import BundleRecord
from automl.storage import clock
from automl.storage.audit_log import AuditLog
from automl.storage.database import Database


class BundleStore:
    """Records of bundles; the bundles themselves lie where the person wanted them."""

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit

    def add(self, run_id: str, model_id: str, path: str, sha256: str, size_bytes: int) -> None:
        """Note a bundle that was written whole and verified. `sha256` is that of its manifest."""
        with self._database.transaction():
            self._database.run(
                "INSERT INTO bundle (run_id, model_id, path, sha256, size_bytes, created) VALUES (?, ?, ?, ?, ?, ?)",
                (run_id, model_id, path, sha256, size_bytes, clock.now()),
            )
            self._audit.add("bundle.written", run=run_id, model=model_id, path=path, sha256=sha256)

    def bundles(self) -> tuple[BundleRecord, ...]:
        """Return all bundles, newest first."""
        rows = self._database.rows(
            "SELECT number, run_id, model_id, path, sha256, size_bytes, created FROM bundle ORDER BY number DESC"
        )
        return tuple(
            BundleRecord(
                number=int(number or 0),
                run_id=str(run_id),
                model_id=str(model_id),
                path=str(path),
                sha256=str(sha256),
                size_bytes=int(size or 0),
                created=str(created),
            )
            for number, run_id, model_id, path, sha256, size, created in rows
        )
