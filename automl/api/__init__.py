"""What a front end can ask for. Every verb is quick and loads nothing heavy; long work is a job for the worker process.

Verbs that cannot do what is asked raise `automl.domain.issues.Refusal` with the issues that say why.
"""

from automl.api.data import (
    current_dataset,
    datasets,
    profile,
    profile_is_current,
    row_count,
    rows,
    rows_of,
    target_in_force,
    use_dataset,
)
from automl.api.jobs import (
    conclude,
    discard,
    inspection,
    job_of,
    log_tail,
    new_job_id,
    run_state,
    runs,
    submit,
    validate,
    warm_worker_command,
    worker_command,
    worker_environment,
)
from automl.api.projects import audit, close, computer, create_project, open_project, restore_backup, version
from automl.api.recipes import apply_step, can_redo, can_undo, goal, redo, remove_step, save_goal, undo
from automl.api.results import (
    bundles,
    choose_model,
    chosen_model,
    evaluation,
    latest_leaderboard,
    leaderboard,
    verification,
)
from automl.domain.event_stream import EventDecoder
from automl.domain.glance import ProjectGlance
from automl.domain.goal_checks import blocks, metrics_for
from automl.domain.goal_proposal import propose_goal, with_target
from automl.storage.glance import glance
from automl.storage.project import Project

__all__ = [
    "EventDecoder",
    "Project",
    "ProjectGlance",
    "apply_step",
    "audit",
    "blocks",
    "bundles",
    "can_redo",
    "can_undo",
    "choose_model",
    "chosen_model",
    "close",
    "computer",
    "conclude",
    "create_project",
    "current_dataset",
    "datasets",
    "discard",
    "evaluation",
    "glance",
    "goal",
    "inspection",
    "job_of",
    "latest_leaderboard",
    "leaderboard",
    "log_tail",
    "metrics_for",
    "new_job_id",
    "open_project",
    "profile",
    "profile_is_current",
    "propose_goal",
    "redo",
    "remove_step",
    "restore_backup",
    "row_count",
    "rows",
    "rows_of",
    "run_state",
    "runs",
    "save_goal",
    "submit",
    "target_in_force",
    "undo",
    "use_dataset",
    "validate",
    "verification",
    "version",
    "warm_worker_command",
    "with_target",
    "worker_command",
    "worker_environment",
]
