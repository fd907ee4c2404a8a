"""The recipe of each dataset version, with every former revision to go back and forth between."""

import msgspec

from automl.domain.recipe import RecipeStep
from automl.storage import clock
from automl.storage.database import Database
from automl.storage.state_store import StateStore

Steps = tuple[RecipeStep, ...]


class RecipeStore:
    """Revisions count from 0, the steps Lathe proposed. A change after an undo forgets what was undone."""

    def __init__(self, database: Database, state: StateStore) -> None:
        self._database = database
        self._state = state

    def start(self, version: int, proposed: Steps) -> None:
        """Begin the recipe of a new dataset version."""
        self._write(version, 0, proposed)

    def steps(self, version: int) -> Steps:
        """Return the recipe in force."""
        text = self._database.value(
            "SELECT steps FROM recipe WHERE version = ? AND revision = ?", (version, self._position(version))
        )
        return msgspec.json.decode(str(text), type=Steps) if text is not None else ()

    def change(self, version: int, steps: Steps) -> None:
        """Put a new recipe in force."""
        with self._database.transaction():
            position = self._position(version)
            self._database.run("DELETE FROM recipe WHERE version = ? AND revision > ?", (version, position))
            self._write(version, position + 1, steps)

    def undo(self, version: int) -> bool:
        """Go back one revision; False when this is the first."""
        return self._move(version, -1)

    def redo(self, version: int) -> bool:
        """Take an undo back; False when nothing was undone."""
        return self._move(version, +1)

    def can_undo(self, version: int) -> bool:
        """Whether there is a former revision."""
        return self._exists(version, self._position(version) - 1)

    def can_redo(self, version: int) -> bool:
        """Whether an undo can be taken back."""
        return self._exists(version, self._position(version) + 1)

    def _move(self, version: int, distance: int) -> bool:
        target = self._position(version) + distance
        if not self._exists(version, target):
            return False
        self._state.set(_key(version), str(target))
        return True

    def _write(self, version: int, revision: int, steps: Steps) -> None:
        self._database.run(
            "INSERT INTO recipe (version, revision, steps, created) VALUES (?, ?, ?, ?)",
            (version, revision, msgspec.json.encode(steps).decode(), clock.now()),
        )
        self._state.set(_key(version), str(revision))

    def _position(self, version: int) -> int:
        return int(self._state.get(_key(version)) or 0)

    def _exists(self, version: int, revision: int) -> bool:
        query = "SELECT 1 FROM recipe WHERE version = ? AND revision = ?"
        return self._database.value(query, (version, revision)) is not None


def _key(version: int) -> str:
    return f"recipe.{version}"
