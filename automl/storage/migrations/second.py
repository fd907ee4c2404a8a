"""Labels of images: one row a step of labelling, so that a step is kept whole or not at all."""

STATEMENTS = (
    """CREATE TABLE label_step (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        action TEXT NOT NULL,
        labels TEXT NOT NULL,
        classes TEXT NOT NULL,
        created TEXT NOT NULL
    ) STRICT""",
)
