"""The gate every bundle passes before it is handed out, and the check anyone can make later."""

import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from automl.bundle.image_trial import ImageTrial
from automl.bundle.problems import to_issue
from automl.bundle.proof_images import ProofImage
from automl.bundle.table_trial import TableTrial
from automl.bundle.trial import CheckStop, Trial, never_stop
from automl.bundle.trust import TrustStore
from automl.domain.issues import Issue, Refusal, Where
from automl.domain.verification import BundleFile, KeyStanding, VerificationCheck, VerificationReport
from automl.graph.check import GraphError, check_graph
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.manifest import MANIFEST_FILE
from automl.runtime.member_names import GOLDEN_IMAGES_FOLDER, MODEL_FILE
from automl.runtime.opening import OpenedBundle, open_bundle
from automl.runtime.problems import RefusedError
from automl.runtime.signature import SIGNATURE_FILE

# Folders shown as one entry.
_TOGETHER = ("runtime/", f"{GOLDEN_IMAGES_FOLDER}/")


def verify(
    path: Path, trust: TrustStore, proof: Sequence[ProofImage] = (), check_stop: CheckStop = never_stop
) -> VerificationReport:
    """Check a bundle, folder or zip, from its names to its answers. Its own program runs only if it is known to be ours.

    `proof` are further images whose answers are known. `check_stop` is called often and may raise.
    """
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
        trial = _trial(bundle, Path(scratch), standing, proof, check_stop)
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


def require_verified(
    path: Path, trust: TrustStore, proof: Sequence[ProofImage] = (), check_stop: CheckStop = never_stop
) -> VerificationReport:
    """Verify a bundle that is about to be handed out. Raises Refusal with all issues unless every check passed."""
    report = verify(path, trust, proof, check_stop)
    if not report.passed:
        raise Refusal(*report.issues)
    return report


def bundle_contents(bundle: OpenedBundle) -> tuple[BundleFile, ...]:
    """List the files a person sees: the runtime and golden images as one entry each, every other file by itself."""
    sizes = {name: facts.size for name, facts in bundle.manifest.files.items()}
    together = {folder: sum(size for name, size in sizes.items() if name.startswith(folder)) for folder in _TOGETHER}
    single = [BundleFile(name, _kind(name), size) for name, size in sizes.items() if not name.startswith(_TOGETHER)]
    return (
        *single,
        BundleFile(MANIFEST_FILE, "manifest", len(bundle.manifest.to_json())),
        *(BundleFile(folder, _kind(folder), size) for folder, size in together.items() if size),
    )


def _trial(
    bundle: OpenedBundle, scratch: Path, standing: KeyStanding, proof: Sequence[ProofImage], check_stop: CheckStop
) -> Trial:
    if isinstance(bundle.manifest, ImageManifest):
        return ImageTrial(bundle, scratch, standing, check_stop, manifest=bundle.manifest, proof=proof)
    return TableTrial(bundle, scratch, standing, check_stop)


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
