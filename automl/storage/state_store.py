"""Small facts of a project under a name, for example which dataset version is current."""

from automl.storage.database import Database


class StateStore:
    """Texts by key."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> str:
        """Return the text, empty when there is none."""
        return str(self._database.value("SELECT value FROM state WHERE key = ?", (key,)) or "")

    def set(self, key: str, value: str) -> None:
        """Keep the text in place of a former one."""
        self._database.run("INSERT OR REPLACE INTO state (key, value) VALUES (?, ?)", (key, value))
