"""The dataset versions of a project, which one is current, and their profiles."""

import msgspec

from automl.domain.dataset import DataKind, Dataset, DatasetProfile, DatasetVersion, ReadOptions
from automl.storage.audit_log import AuditLog
from automl.storage.database import Database
from automl.storage.recipe_store import RecipeStore, Steps
from automl.storage.state_store import StateStore

_CURRENT = "dataset.current"


class DatasetStore:
    """Versions count from 1 and never change."""

    def __init__(self, database: Database, state: StateStore, recipes: RecipeStore, audit: AuditLog) -> None:
        self._database = database
        self._state = state
        self._recipes = recipes
        self._audit = audit

    def next_number(self) -> int:
        """Return the number a new version gets."""
        return int(self._database.value("SELECT max(number) FROM dataset_version") or 0) + 1

    def add(self, version: DatasetVersion) -> Dataset:
        """Store a version whose objects are already stored, begin its recipe and make it current."""
        with self._database.transaction():
            self._database.run(
                "INSERT INTO dataset_version (number, record) VALUES (?, ?)",
                (version.number, msgspec.json.encode(version).decode()),
            )
            self._recipes.start(version.number, version.proposed_steps)
            self._state.set(_CURRENT, str(version.number))
            self._audit.add(
                "images.added" if version.kind is DataKind.IMAGES else "dataset.added",
                version=version.number,
                file=version.source.file_name,
                rows=version.row_count,
                fingerprint=version.fingerprint,
            )
        return Dataset(version, version.proposed_steps)

    def versions(self) -> tuple[DatasetVersion, ...]:
        """Return all versions, oldest first."""
        rows = self._database.rows("SELECT record FROM dataset_version ORDER BY number")
        return tuple(msgspec.json.decode(str(record), type=DatasetVersion) for (record,) in rows)

    def version(self, number: int) -> DatasetVersion:
        """Return one version; KeyError when there is none."""
        record = self._database.value("SELECT record FROM dataset_version WHERE number = ?", (number,))
        if record is None:
            raise KeyError(number)
        return msgspec.json.decode(str(record), type=DatasetVersion)

    def dataset(self, number: int) -> Dataset:
        """Return one version with its recipe in force; KeyError when there is none."""
        return Dataset(self.version(number), self._recipes.steps(number))

    def current(self) -> Dataset | None:
        """Return the dataset in use, None in an empty project."""
        number = self._state.get(_CURRENT)
        return self.dataset(int(number)) if number else None

    def make_current(self, number: int) -> Dataset:
        """Use another version; KeyError when there is none."""
        dataset = self.dataset(number)
        with self._database.transaction():
            self._state.set(_CURRENT, str(number))
            self._audit.add("dataset.chosen", version=number)
        return dataset

    def same_file(self, sha256: str, options: ReadOptions) -> DatasetVersion | None:
        """Return the newest version read from a file of this content, in a way that `options` does not forbid."""
        matching = (v for v in reversed(self.versions()) if v.source.sha256 == sha256)
        return next((v for v in matching if _agrees(v.source.options, options)), None)

    def save_profile(self, version: int, steps: Steps, target: str, profile: DatasetProfile) -> None:
        """Keep the profile of a version under a recipe and a target (may be empty)."""
        self._database.run(
            "INSERT OR REPLACE INTO profile (version, steps, target, record) VALUES (?, ?, ?, ?)",
            (version, _text(steps), target, msgspec.json.encode(profile).decode()),
        )

    def profile(self, version: int, steps: Steps, target: str) -> DatasetProfile | None:
        """Return the profile made under exactly this recipe and target, None when there is none yet."""
        record = self._database.value(
            "SELECT record FROM profile WHERE version = ? AND steps = ? AND target = ?", (version, _text(steps), target)
        )
        return None if record is None else msgspec.json.decode(str(record), type=DatasetProfile)

    def profile_for(self, version: int, target: str) -> DatasetProfile | None:
        """Return the newest profile made for a target, whatever the recipe was then; None when there is none."""
        record = self._database.value(
            "SELECT record FROM profile WHERE version = ? AND target = ? ORDER BY rowid DESC LIMIT 1", (version, target)
        )
        return None if record is None else msgspec.json.decode(str(record), type=DatasetProfile)

    def newest_profile(self, version: int) -> DatasetProfile | None:
        """Return the profile of a version written last, whatever its recipe was."""
        record = self._database.value(
            "SELECT record FROM profile WHERE version = ? ORDER BY rowid DESC LIMIT 1", (version,)
        )
        return None if record is None else msgspec.json.decode(str(record), type=DatasetProfile)


def _text(steps: Steps) -> str:
    return msgspec.json.encode(steps).decode()


def _agrees(used: ReadOptions, asked: ReadOptions) -> bool:
    unset = ReadOptions()
    return all(
        getattr(asked, name) in (getattr(unset, name), getattr(used, name)) for name in ReadOptions.__struct_fields__
    )
