"""What a bundle for tables is made from."""

from automl.bundle.learned import LearnedTable
from automl.bundle.probes import GoldenRows
from automl.bundle.source import TableSource
from automl.data.typed_table import load_texts
from automl.domain.issues import Issue
from automl.domain.recipe import apply_to_schema
from automl.jobs.trained_model import TrainedModel, read_record
from automl.storage import clock
from automl.storage.project import Project
from automl.training.problem import used_schema
from automl.training.run_record import GOLDEN_FILE, LEARNED_FILE


def gather_table(project: Project, model: TrainedModel) -> TableSource:
    """Collect everything. Raises Refusal when the golden rows are missing."""
    missing = Issue("bundle.no_golden_rows")
    learned = read_record(model.path / LEARNED_FILE, LearnedTable, missing)
    golden = read_record(model.model_folder / GOLDEN_FILE, GoldenRows, missing)
    steps, version = model.training.steps, model.version
    schema = used_schema(apply_to_schema(version.schema, steps), model.training.goal)
    real_rows = [row for row in golden.row_numbers if row > 0]
    raw_texts = load_texts(
        project.objects.path(version.snapshot), schema, (*golden.numbers, *golden.texts), rows=real_rows
    )
    return TableSource(
        project=project.info,
        version=version,
        steps=steps,
        schema=schema,
        leaderboard=model.leaderboard,
        summary=model.summary,
        evaluation=model.evaluation,
        learned=learned,
        golden=golden,
        raw_texts=raw_texts,
        onnx=model.onnx,
        model_name=model.name,
        created=clock.now(),
    )
