"""The first shape of project.sqlite. Records are JSON texts of the structs in automl.domain."""

STATEMENTS = (
    "CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    "CREATE TABLE dataset_version (number INTEGER PRIMARY KEY, record TEXT NOT NULL) STRICT",
    """CREATE TABLE recipe (
        version INTEGER NOT NULL REFERENCES dataset_version(number),
        revision INTEGER NOT NULL,
        steps TEXT NOT NULL,
        created TEXT NOT NULL,
        PRIMARY KEY (version, revision)
    ) STRICT""",
    """CREATE TABLE profile (
        version INTEGER NOT NULL REFERENCES dataset_version(number),
        steps TEXT NOT NULL,
        target TEXT NOT NULL,
        record TEXT NOT NULL,
        PRIMARY KEY (version, steps, target)
    ) STRICT""",
    "CREATE TABLE goal (number INTEGER PRIMARY KEY, record TEXT NOT NULL, created TEXT NOT NULL) STRICT",
    """CREATE TABLE run (
        run_id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        job TEXT NOT NULL,
        status TEXT NOT NULL,
        created TEXT NOT NULL,
        ended TEXT NOT NULL DEFAULT '',
        process INTEGER,
        process_started REAL,
        chosen TEXT NOT NULL DEFAULT ''
    ) STRICT""",
    """CREATE TABLE trial (
        run_id TEXT NOT NULL REFERENCES run(run_id),
        number INTEGER NOT NULL,
        family TEXT NOT NULL,
        state TEXT NOT NULL,
        value REAL,
        parameters TEXT NOT NULL,
        oof TEXT NOT NULL,
        seconds REAL NOT NULL,
        PRIMARY KEY (run_id, number)
    ) STRICT""",
    """CREATE TABLE model (
        run_id TEXT NOT NULL REFERENCES run(run_id),
        model_id TEXT NOT NULL,
        summary TEXT NOT NULL,
        onnx TEXT NOT NULL,
        encoder TEXT NOT NULL,
        PRIMARY KEY (run_id, model_id)
    ) STRICT""",
    """CREATE TABLE bundle (
        number INTEGER PRIMARY KEY,
        run_id TEXT NOT NULL,
        model_id TEXT NOT NULL,
        path TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size_bytes INTEGER NOT NULL,
        created TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE audit (
        number INTEGER PRIMARY KEY,
        time TEXT NOT NULL,
        user TEXT NOT NULL,
        computer TEXT NOT NULL,
        action TEXT NOT NULL,
        parameters TEXT NOT NULL
    ) STRICT""",
)
