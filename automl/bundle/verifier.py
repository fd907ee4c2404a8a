"""The gate every bundle passes before it is handed out, and the check anyone can make later."""

import csv
import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from automl.bundle.clean_process import CleanRun, run_program
from automl.bundle.problems import to_issue
from automl.bundle.program import runtime_files
from automl.bundle.trust import TrustStore
from automl.domain.issues import Issue, Refusal, Where
from automl.domain.verification import BundleFile, KeyStanding, VerificationCheck, VerificationReport
from automl.graph.check import GraphError, check_graph
from automl.runtime.answers import PREDICTION, number_titles
from automl.runtime.manifest import MANIFEST_FILE, REGRESSION, Manifest
from automl.runtime.member_names import GOLDEN_ANSWERS_FILE, GOLDEN_ROWS_FILE, MODEL_FILE, PROGRAM_FILES
from automl.runtime.opening import OpenedBundle, open_bundle
from automl.runtime.problems import RefusedError
from automl.runtime.selftest import count_other_labels, largest_difference, read_golden_answers
from automl.runtime.signature import SIGNATURE_FILE

FAST_ENOUGH_MILLISECONDS = 100.0


def verify(path: Path, trust: TrustStore) -> VerificationReport:
    """Check a bundle, folder or zip, from its names to its answers. Its own program runs only if it is known to be ours."""
    began = time.monotonic()
    try:
        bundle = open_bundle(path)
        check_graph(bundle.model)
    except RefusedError as error:
        return _refused(path, tuple(map(to_issue, error.problems)), began)
    except GraphError as error:
        issue = Issue("bundle.model_unreadable", parameters={"reason": str(error)}, where=Where(file=MODEL_FILE))
        return _refused(path, (issue,), began)
    standing = trust.standing(bundle)
    checks = [VerificationCheck("whole", True, {"files": len(bundle.manifest.files) + 2})]
    checks.append(VerificationCheck("signed", standing is not KeyStanding.CHANGED, {"key_id": bundle.key_id}))
    issues = [trust.key_changed(bundle)] if standing is KeyStanding.CHANGED else []
    with tempfile.TemporaryDirectory() as scratch:
        trial = _Trial(bundle, Path(scratch), standing)
        checks.extend(trial.checks())
    issues.extend(trial.issues)
    return VerificationReport(
        bundle=path.name,
        project_name=bundle.manifest.project,
        model_name=bundle.manifest.model,
        created=bundle.manifest.created,
        passed=all(check.passed for check in checks),
        checks=tuple(checks),
        files=bundle_contents(bundle),
        issues=tuple(issues),
        key_id=bundle.key_id,
        standing=standing,
        rows=trial.rows,
        difference=trial.difference,
        seconds=time.monotonic() - began,
        finished=_now(),
    )


def require_verified(path: Path, trust: TrustStore) -> VerificationReport:
    """Verify a bundle that is about to be handed out. Raises Refusal with all issues unless every check passed."""
    report = verify(path, trust)
    if not report.passed:
        raise Refusal(*report.issues)
    return report


def bundle_contents(bundle: OpenedBundle) -> tuple[BundleFile, ...]:
    """List the files a person sees: the runtime as one entry, every other file by itself."""
    sizes = {name: facts.size for name, facts in bundle.manifest.files.items()}
    runtime = sum(size for name, size in sizes.items() if name.startswith("runtime/"))
    single = [BundleFile(name, _kind(name), size) for name, size in sizes.items() if not name.startswith("runtime/")]
    return (
        *single,
        BundleFile(MANIFEST_FILE, "manifest", len(bundle.manifest.to_json())),
        BundleFile("runtime/", "runtime", runtime),
    )


class _Trial:
    """One run of the program over the golden rows, outside Lathe."""

    def __init__(self, bundle: OpenedBundle, scratch: Path, standing: KeyStanding) -> None:
        self._bundle = bundle
        self._manifest = bundle.manifest
        self._scratch = scratch
        self._program = self._lay_out(standing)
        self.issues: list[Issue] = []
        self.rows = 0
        self.difference = 0.0

    def checks(self) -> list[VerificationCheck]:
        began = time.monotonic()
        try:
            found = self._predict_golden_rows()
            alone = VerificationCheck("runs_alone", True, {"seconds": round(time.monotonic() - began, 2)})
            return [alone, self._compare(found), *self._selftest()]
        except Refusal as refusal:
            self.issues.extend(refusal.issues)
            return [VerificationCheck("runs_alone", False, {"seconds": round(time.monotonic() - began, 2)})]
        except RefusedError as error:
            self.issues.extend(map(to_issue, error.problems))
            return [VerificationCheck("runs_alone", False, {"seconds": round(time.monotonic() - began, 2)})]

    def _lay_out(self, standing: KeyStanding) -> Path:
        """Lay the program out: the bundle's own if this computer wrote it or it is ours byte by byte, else ours."""
        names = [name for name in self._manifest.files if name in PROGRAM_FILES or name.startswith("runtime/")]
        its_own = {name: self._bundle.read(name) for name in names}
        ours = runtime_files()
        is_ours = standing is KeyStanding.OWN or all(its_own.get(name) == content for name, content in ours.items())
        program = self._scratch / "program"
        for name, content in (its_own if is_ours else ours).items():
            path = program.joinpath(*name.split("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        (self._scratch / "work").mkdir()
        return program / "predict.py"

    def _run(self, *arguments: str) -> CleanRun:
        return run_program(
            self._program, ["--bundle", str(self._bundle.path.resolve()), *arguments], self._scratch / "work"
        )

    def _predict_golden_rows(self) -> NDArray[np.float32]:
        rows, answers = self._scratch / "work" / "rows.csv", self._scratch / "work" / "answers.csv"
        rows.write_bytes(self._bundle.read(GOLDEN_ROWS_FILE))
        run = self._run("--trust-columns", str(rows), str(answers))
        if run.exit_code != 0:
            raise run.failure()
        return read_predictions(self._manifest, answers)

    def _compare(self, found: NDArray[np.float32]) -> VerificationCheck:
        expected = read_golden_answers(self._manifest, self._bundle.read(GOLDEN_ANSWERS_FILE))
        if found.shape != expected.shape:
            raise Refusal(Issue("bundle.does_not_run", parameters={"reason": f"{len(found)} of {len(expected)} rows"}))
        self.rows = len(expected)
        self.difference = largest_difference(self._manifest, expected, found)
        other_labels = count_other_labels(self._manifest, expected, found)
        tolerance = self._manifest.golden.tolerance
        passed = self.rows > 0 and self.difference <= tolerance and other_labels == 0
        facts = {"rows": self.rows, "difference": self.difference, "other_labels": other_labels}
        if not passed:
            self.issues.append(Issue("bundle.answers_differ", parameters={**facts, "tolerance": tolerance}))
        return VerificationCheck("predicted_again", passed, {**facts})

    def _selftest(self) -> list[VerificationCheck]:
        run = self._run("--selftest", "--json")
        try:
            result = json.loads(run.output)
            milliseconds = float(result["milliseconds_per_row"])
            refused, tried = int(result["broken_refused"]), int(result["broken_tried"])
        except (ValueError, KeyError, TypeError) as error:
            raise run.failure() from error
        if refused < tried:
            self.issues.append(Issue("bundle.accepts_broken_input", parameters={"refused": refused, "tried": tried}))
        return [
            VerificationCheck("fast_enough", milliseconds <= FAST_ENOUGH_MILLISECONDS, {"milliseconds": milliseconds}),
            VerificationCheck("refuses_broken_input", refused == tried > 0, {"refused": refused, "tried": tried}),
        ]


def read_predictions(manifest: Manifest, path: Path) -> NDArray[np.float32]:
    """Read the numbers back from a predictions file: float32 [rows, classes] or [rows, 1]; an empty cell is NaN."""
    names = [PREDICTION] if manifest.task == REGRESSION else list(number_titles(manifest))
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        titles = next(lines)
        places = [titles.index(name) for name in names]
        values = [[float(line[place] or "nan") for place in places] for line in lines]
    return np.array(values, dtype=np.float32).reshape(len(values), len(names))


def _refused(path: Path, issues: tuple[Issue, ...], began: float) -> VerificationReport:
    return VerificationReport(
        bundle=path.name, passed=False, issues=issues, seconds=time.monotonic() - began, finished=_now()
    )


def _kind(name: str) -> str:
    if name in (MANIFEST_FILE, SIGNATURE_FILE):
        return "manifest"
    stem = name.split("/", maxsplit=1)[0].split(".", maxsplit=1)[0].lower()
    return {"run_predict": "start", "predict": "start", "model": "model", "model_card": "card", "golden": "golden"}.get(
        stem, stem
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
