"""Who did what and when. Entries are only added."""

import msgspec

from automl.domain.issues import Parameter
from automl.domain.project import AuditEntry
from automl.storage import clock
from automl.storage.database import Database


class AuditLog:
    """The audit log of one project."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, action: str, **parameters: Parameter) -> None:
        """Write down an action such as ``recipe.changed``; it stands or falls with the transaction around it."""
        self._database.run(
            "INSERT INTO audit (time, user, computer, action, parameters) VALUES (?, ?, ?, ?, ?)",
            (clock.now(), clock.user_name(), clock.computer_name(), action, msgspec.json.encode(parameters).decode()),
        )

    def newest(self, count: int = 200) -> tuple[AuditEntry, ...]:
        """Return the last entries, newest first."""
        rows = self._database.rows(
            "SELECT number, time, user, computer, action, parameters FROM audit ORDER BY number DESC LIMIT ?", (count,)
        )
        return tuple(
            AuditEntry(
                number=int(number or 0),
                time=str(time),
                user=str(user),
                computer=str(computer),
                action=str(action),
                parameters=msgspec.json.decode(str(parameters), type=dict[str, Parameter]),
            )
            for number, time, user, computer, action, parameters in rows
        )
