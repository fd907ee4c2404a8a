"""Long work: one file a kind, each with `run(job, context)`, carried out by the worker process."""
