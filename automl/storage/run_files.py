"""What the files of a run folder are called."""

JOB_FILE = "job.json"
EVENTS_FILE = "events.jsonl"
LOG_FILE = "worker.log"
LEADERBOARD_FILE = "leaderboard.json"
EVALUATION_FILE = "evaluation.json"
