"""How the database came to its present shape. A migration is frozen once it was released; a new one is added behind it."""

from automl.storage.migrations import first, second

MIGRATIONS: tuple[tuple[str, ...], ...] = (first.STATEMENTS, second.STATEMENTS)
