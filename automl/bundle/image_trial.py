"""The trial of a bundle for images: its golden images judged again, and before it is handed out many more in every size."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from automl.bundle.proof_images import SIZES, ProofImage, numbers_of
from automl.bundle.table_trial import read_predictions
from automl.bundle.trial import CheckStop, Trial
from automl.domain.issues import Issue, Refusal
from automl.domain.verification import KeyStanding, VerificationCheck
from automl.runtime.image.answers import OUTSIDE
from automl.runtime.image.selftest import Numbers, difference, other_answers, read_golden
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.member_names import GOLDEN_ANSWERS_FILE
from automl.runtime.opening import OpenedBundle

FAST_ENOUGH_MILLISECONDS = 1_000.0


class ImageTrial(Trial):
    """Judges golden images, and `proof` where there is some, and compares with the answers they must get."""

    def __init__(
        self,
        bundle: OpenedBundle,
        scratch: Path,
        standing: KeyStanding,
        check_stop: CheckStop,
        *,
        manifest: ImageManifest,
        proof: Sequence[ProofImage] = (),
    ) -> None:
        super().__init__(bundle, scratch, standing, check_stop)
        self._manifest = manifest
        self._proof = proof

    @property
    def slowest_milliseconds(self) -> float:
        """The longest one image may take, one thread."""
        return FAST_ENOUGH_MILLISECONDS

    @property
    def of_images(self) -> str:
        """Images were judged."""
        return "_images"

    def judged_again(self) -> list[VerificationCheck]:
        """Judge the golden images again, and the proof."""
        names, expected = read_golden(self._manifest, self.bundle.read(GOLDEN_ANSWERS_FILE))
        if set(names) - set(self.bundle.manifest.files):
            raise Refusal(Issue("bundle.golden_unreadable", parameters={"file": GOLDEN_ANSWERS_FILE}))
        contents = {f"{place:05d}.png": self.bundle.read(name) for place, name in enumerate(names)}
        checks = [self._compared("predicted_again", contents, expected)]
        if self._proof:
            contents = {f"{place:05d}.png": one.content for place, one in enumerate(self._proof)}
            check = self._compared("every_size", contents, numbers_of(self._proof))
            sizes = {"sizes": len(SIZES), "images": len(self._proof) // len(SIZES)}
            checks.append(VerificationCheck(check.code, check.passed, {**check.parameters, **sizes}))
        return checks

    def _compared(self, code: str, contents: Mapping[str, bytes], expected: Numbers) -> VerificationCheck:
        found = self._judged(contents)
        if len(found) != len(expected):
            reason = f"{len(found)} of {len(expected)} images"
            raise Refusal(Issue("bundle.does_not_run", parameters={"reason": reason}))
        other = other_answers(self._manifest, expected, found)
        return self.same_answers(code, len(expected), difference(self._manifest, expected, found), other)

    def _judged(self, contents: Mapping[str, bytes]) -> Numbers:
        """What the program says of image files, in the order of their names."""
        with tempfile.TemporaryDirectory(dir=self.work) as name:
            folder, answers = Path(name, "images"), Path(name, "answers.csv")
            folder.mkdir()
            for each, content in contents.items():
                (folder / each).write_bytes(content)
            run = self.run(str(folder), str(answers))
            if run.exit_code != 0:
                raise run.failure()
            values = read_predictions(self._manifest, answers, (OUTSIDE,))
        return Numbers(values[:, :-1], values[:, -1])
