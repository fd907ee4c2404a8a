"""The trial of a bundle for tables: its golden rows predicted again."""

import csv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from automl.bundle.trial import Trial
from automl.domain.issues import Issue, Refusal
from automl.domain.verification import VerificationCheck
from automl.runtime.answers import PREDICTION, number_titles
from automl.runtime.manifest import REGRESSION, Manifest
from automl.runtime.member_names import GOLDEN_ANSWERS_FILE, GOLDEN_ROWS_FILE
from automl.runtime.selftest import count_other_labels, largest_difference, read_golden_answers

FAST_ENOUGH_MILLISECONDS = 100.0


class TableTrial(Trial):
    """Predicts the golden rows and compares with the golden answers."""

    @property
    def slowest_milliseconds(self) -> float:
        """The longest one row may take."""
        return FAST_ENOUGH_MILLISECONDS

    @property
    def of_images(self) -> str:
        """Nothing: rows were judged."""
        return ""

    def judged_again(self) -> list[VerificationCheck]:
        """Predict the golden rows again."""
        manifest = self.bundle.manifest
        rows, answers = self.work / "rows.csv", self.work / "answers.csv"
        rows.write_bytes(self.bundle.read(GOLDEN_ROWS_FILE))
        run = self.run("--trust-columns", str(rows), str(answers))
        if run.exit_code != 0:
            raise run.failure()
        found = read_predictions(manifest, answers)
        expected = read_golden_answers(manifest, self.bundle.read(GOLDEN_ANSWERS_FILE))
        if found.shape != expected.shape:
            raise Refusal(Issue("bundle.does_not_run", parameters={"reason": f"{len(found)} of {len(expected)} rows"}))
        other_labels = count_other_labels(manifest, expected, found)
        difference = largest_difference(manifest, expected, found)
        return [self.same_answers("predicted_again", len(expected), difference, other_labels)]


def read_predictions(manifest: Manifest, path: Path, more: tuple[str, ...] = ()) -> NDArray[np.float32]:
    """Read the numbers back from a predictions file: float32 [rows, classes] or [rows, 1]; an empty cell is NaN.

    `more` names further columns of numbers, which come last.
    """
    names = [PREDICTION] if manifest.task == REGRESSION else list(number_titles(manifest))
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        titles = next(lines)
        places = [titles.index(name) for name in (*names, *more)]
        values = [[float(line[place] or "nan") for place in places] for line in lines]
    return np.array(values, dtype=np.float32).reshape(len(values), len(places))
