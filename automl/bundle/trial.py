"""One run of a bundle's program over known answers, outside Lathe."""

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from pathlib import Path

from automl.bundle.clean_process import CleanRun, run_program
from automl.bundle.problems import to_issue
from automl.bundle.program import runtime_files
from automl.domain.issues import Issue, Refusal
from automl.domain.verification import KeyStanding, VerificationCheck
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.member_names import PROGRAM_FILES
from automl.runtime.opening import OpenedBundle
from automl.runtime.problems import RefusedError

CheckStop = Callable[[], None]


def never_stop() -> None:
    """Go on, whatever happens."""


class Trial(ABC):
    """Lays the program out in a scratch folder, runs it and compares. `rows` and `difference` tell of the comparison."""

    def __init__(self, bundle: OpenedBundle, scratch: Path, standing: KeyStanding, check_stop: CheckStop) -> None:
        self.bundle = bundle
        self.work = scratch / "work"
        self.work.mkdir()
        self.issues: list[Issue] = []
        self.rows = 0
        self.difference = 0.0
        self._check_stop = check_stop
        self._program = self._lay_out(scratch / "program", standing)

    @property
    @abstractmethod
    def slowest_milliseconds(self) -> float:
        """The longest one answer may take."""

    @property
    @abstractmethod
    def of_images(self) -> str:
        """What the codes of checks and issues end in, to be said of what was judged."""

    @abstractmethod
    def judged_again(self) -> list[VerificationCheck]:
        """Run the program over known answers and compare. Raises Refusal or RefusedError when it gives none."""

    def checks(self) -> list[VerificationCheck]:
        """Run everything; a program that does not run is a check that failed, with its issue."""
        began = time.monotonic()
        try:
            again = self.judged_again()
            alone = VerificationCheck("runs_alone", True, {"seconds": round(time.monotonic() - began, 2)})
            return [alone, *again, *self._selftest()]
        except Refusal as refusal:
            self.issues.extend(refusal.issues)
        except RefusedError as error:
            self.issues.extend(map(to_issue, error.problems))
        return [VerificationCheck("runs_alone", False, {"seconds": round(time.monotonic() - began, 2)})]

    def run(self, *arguments: str) -> CleanRun:
        """Run the program for this bundle."""
        order = ["--bundle", str(self.bundle.path.resolve()), *arguments]
        return run_program(self._program, order, self.work, self._check_stop)

    def same_answers(self, code: str, rows: int, difference: float, other_labels: int) -> VerificationCheck:
        """Return the check of a comparison, and raise the issue when the answers differ."""
        tolerance = self.bundle.manifest.golden.tolerance
        passed = rows > 0 and difference <= tolerance and other_labels == 0
        self.rows, self.difference = self.rows + rows, max(self.difference, difference)
        facts = {"rows": rows, "difference": difference, "other_labels": other_labels}
        if not passed:
            self.issues.append(
                Issue(f"bundle.answers_differ{self.of_images}", parameters={**facts, "tolerance": tolerance})
            )
        return VerificationCheck(f"{code}{self.of_images}", passed, {**facts})

    def _lay_out(self, program: Path, standing: KeyStanding) -> Path:
        """Lay the program out: the bundle's own if this computer wrote it or it is ours byte by byte, else ours."""
        names = [name for name in self.bundle.manifest.files if name in PROGRAM_FILES or name.startswith("runtime/")]
        its_own = {name: self.bundle.read(name) for name in names}
        ours = runtime_files(images=isinstance(self.bundle.manifest, ImageManifest))
        is_ours = standing is KeyStanding.OWN or all(its_own.get(name) == content for name, content in ours.items())
        for name, content in (its_own if is_ours else ours).items():
            path = program.joinpath(*name.split("/"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return program / "predict.py"

    def _selftest(self) -> list[VerificationCheck]:
        run = self.run("--selftest", "--json")
        try:
            result = json.loads(run.output)
            milliseconds = float(result["milliseconds_per_row"])
            refused, tried = int(result["broken_refused"]), int(result["broken_tried"])
        except (ValueError, KeyError, TypeError) as error:
            raise run.failure() from error
        if refused < tried:
            facts = {"refused": refused, "tried": tried}
            self.issues.append(Issue(f"bundle.accepts_broken_input{self.of_images}", parameters={**facts}))
        fast = milliseconds <= self.slowest_milliseconds
        return [
            VerificationCheck(f"fast_enough{self.of_images}", fast, {"milliseconds": milliseconds}),
            VerificationCheck(
                f"refuses_broken_input{self.of_images}", refused == tried > 0, {"refused": refused, "tried": tried}
            ),
        ]
