"""The key of this computer, made once and never sent anywhere, that signs every bundle written here."""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from automl.domain.issues import Issue, Refusal, Where
from automl.runtime.signature import ALGORITHM, Signature, key_id
from automl.storage import atomic

KEY_FILE = "signing_key.pem"
_ONLY_OWNER = 0o600


class SigningKey:
    """An Ed25519 key (RFC 8032)."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @property
    def public_key(self) -> bytes:
        """The 32 bytes that check signatures."""
        return self._private.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        """The short fingerprint people compare."""
        return key_id(self.public_key)

    def sign(self, manifest: bytes) -> Signature:
        """Sign the bytes of a manifest."""
        return Signature(ALGORITHM, self.public_key.hex(), self._private.sign(manifest).hex())


def this_computers_key(folder: Path) -> SigningKey:
    """Return the key kept in a configuration folder; make it first if there is none. Raises Refusal for a damaged key."""
    path = folder / KEY_FILE
    with atomic.refused(path):
        folder.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make_key(path)
    return _read_key(path)


def existing_key(folder: Path) -> SigningKey | None:
    """Return the key kept in a configuration folder, None when there is none yet. Raises Refusal for a damaged key."""
    path = folder / KEY_FILE
    return _read_key(path) if path.exists() else None


def _read_key(path: Path) -> SigningKey:
    with atomic.refused(path):
        content = path.read_bytes()
    try:
        private = load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise _damaged(path) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise _damaged(path)
    return SigningKey(private)


def _make_key(path: Path) -> None:
    """Write a new key readable by its owner only. Of two programs that try at once one wins and both use its key."""
    content = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    scratch = path.with_name(f".{KEY_FILE}.{os.getpid()}")
    try:
        descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _ONLY_OWNER)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if not path.exists():
            scratch.replace(path)
    finally:
        scratch.unlink(missing_ok=True)


def _damaged(path: Path) -> Refusal:
    return Refusal(Issue("bundle.signing_key_damaged", parameters={"path": str(path)}, where=Where(file=path.name)))
