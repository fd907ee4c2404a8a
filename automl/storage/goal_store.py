"""The goals a person set, newest in force."""

import msgspec

from automl.domain.task import Goal
from automl.storage import clock
from automl.storage.audit_log import AuditLog
from automl.storage.database import Database


class GoalStore:
    """All goals in the order they were set."""

    def __init__(self, database: Database, audit: AuditLog) -> None:
        self._database = database
        self._audit = audit

    def current(self) -> Goal | None:
        """Return the goal in force, None before the first."""
        record = self._database.value("SELECT record FROM goal ORDER BY number DESC LIMIT 1")
        return None if record is None else msgspec.json.decode(str(record), type=Goal)

    def save(self, goal: Goal) -> None:
        """Put a goal in force; the same goal again changes nothing."""
        if goal == self.current():
            return
        with self._database.transaction():
            self._database.run(
                "INSERT INTO goal (record, created) VALUES (?, ?)", (msgspec.json.encode(goal).decode(), clock.now())
            )
            self._audit.add("goal.set", target=goal.target)
