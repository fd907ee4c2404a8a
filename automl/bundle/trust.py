"""Whose bundles this computer takes: its own, and per project the key it saw first (trust on first use)."""

import json
from pathlib import Path

import msgspec

from automl.bundle.signing import existing_key, this_computers_key
from automl.domain.issues import Issue, Refusal, Severity
from automl.domain.verification import KeyStanding
from automl.runtime.opening import OpenedBundle
from automl.storage import atomic

KNOWN_KEYS_FILE = "known_keys.json"


class TrustStore:
    """The keys seen so far, by project, in a configuration folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def standing(self, bundle: OpenedBundle) -> KeyStanding:
        """Say what is known of the key of a bundle; remembers nothing."""
        public_key = bundle.public_key.hex()
        known = self._known().get(bundle.manifest.project_id)
        own = existing_key(self._folder)
        if own is not None and own.public_key.hex() == public_key:
            return KeyStanding.OWN
        if known is None:
            return KeyStanding.NEW
        return KeyStanding.KNOWN if known["public_key"] == public_key else KeyStanding.CHANGED

    def remember(self, bundle: OpenedBundle) -> None:
        """Take the key of a bundle as that of its project from now on."""
        self._write(bundle.manifest.project_id, bundle.public_key, bundle.key_id)

    def require(self, bundle: OpenedBundle, *, accept: bool = False) -> Issue | None:
        """Let a bundle pass, or raise Refusal when its project had another key and the new one is not accepted.

        Returns the note to show when the key is seen for the first time.
        """
        standing = self.standing(bundle)
        if standing is KeyStanding.CHANGED and not accept:
            raise Refusal(self.key_changed(bundle))
        if standing in (KeyStanding.NEW, KeyStanding.CHANGED):
            self.remember(bundle)
        if standing is not KeyStanding.NEW:
            return None
        parameters = {"key_id": bundle.key_id, "project": bundle.manifest.project}
        return Issue("bundle.unknown_key", Severity.LOOK, dict(parameters))

    def key_changed(self, bundle: OpenedBundle) -> Issue:
        """Return the issue for a bundle whose project had another key until now."""
        known = self._known().get(bundle.manifest.project_id, {})
        parameters = {
            "key_id": bundle.key_id,
            "project": bundle.manifest.project,
            "known_key_id": known.get("key_id", ""),
        }
        return Issue("bundle.key_changed", parameters=dict(parameters))

    def note_own(self, project_id: str) -> None:
        """Remember that bundles of this project come from this computer, so that another key stands out later."""
        own = this_computers_key(self._folder)
        self._write(project_id, own.public_key, own.key_id)

    def _write(self, project_id: str, public_key: bytes, key_id: str) -> None:
        known = {**self._known(), project_id: {"public_key": public_key.hex(), "key_id": key_id}}
        content = json.dumps(known, indent=1, sort_keys=True, ensure_ascii=False)
        path = self._folder / KNOWN_KEYS_FILE
        with atomic.refused(path):
            self._folder.mkdir(parents=True, exist_ok=True)
        atomic.write_bytes(path, content.encode("utf-8"))

    def _known(self) -> dict[str, dict[str, str]]:
        """The keys by project; a damaged list counts as empty, which only means that keys are seen as new again."""
        try:
            content = (self._folder / KNOWN_KEYS_FILE).read_bytes()
            return msgspec.json.decode(content, type=dict[str, dict[str, str]])
        except (FileNotFoundError, msgspec.DecodeError):
            return {}
