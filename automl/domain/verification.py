"""What was found when a bundle was checked: by its writer before it is handed out, or by anyone later."""

from enum import StrEnum

import msgspec

from automl.domain.issues import Issue, Parameter


class KeyStanding(StrEnum):
    """What is known of the key a bundle is signed with.

    OWN this computer's, KNOWN seen before with this project, NEW never seen, CHANGED another one than last time.
    """

    OWN = "own"
    KNOWN = "known"
    NEW = "new"
    CHANGED = "changed"


class VerificationCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the verification run; front ends say ``verification.<code>.title`` and ``.detail`` with `parameters`.

    Codes: whole (files), signed (key_id, standing), predicted_again (rows, difference), fast_enough (milliseconds),
    refuses_broken_input (refused, tried), runs_alone (seconds).
    """

    code: str
    passed: bool
    parameters: dict[str, Parameter] = msgspec.field(default_factory=dict)


class BundleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of a bundle; front ends describe it by ``bundle_file.<kind>``."""

    name: str
    kind: str
    size_bytes: int


class VerificationReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The checks of one bundle in order. `issues` say why it failed; a bundle that cannot be opened has no checks.

    `key_id` is the short fingerprint of the signing key; `difference` the largest difference of a probability, or of a
    number relative to the spread of the target.
    """

    bundle: str
    project_name: str = ""
    model_name: str = ""
    created: str = ""
    passed: bool
    checks: tuple[VerificationCheck, ...] = ()
    files: tuple[BundleFile, ...] = ()
    issues: tuple[Issue, ...] = ()
    key_id: str = ""
    standing: KeyStanding = KeyStanding.NEW
    rows: int = 0
    difference: float = 0.0
    seconds: float = 0.0
    finished: str = ""
