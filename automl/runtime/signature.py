"""Who signed a bundle: manifest.sig beside manifest.json."""

import hashlib
from dataclasses import dataclass

from automl.runtime import ed25519
from automl.runtime.manifest import MANIFEST_FILE
from automl.runtime.problems import refused
from automl.runtime.strict_json import JsonError, as_record, canonical_json, read_json

SIGNATURE_FILE = "manifest.sig"
ALGORITHM = "Ed25519"


@dataclass(frozen=True)
class Signature:
    """The signature over the bytes of manifest.json; key and signature in hexadecimal digits."""

    algorithm: str
    public_key: str
    signature: str

    def to_json(self) -> bytes:
        """Return the bytes of manifest.sig."""
        fields = {"algorithm": self.algorithm, "public_key": self.public_key, "signature": self.signature}
        return canonical_json(fields)


def key_id(public_key: bytes) -> str:
    """The short fingerprint of a key as people compare it: "c41d 07be 52a9 e6f0"."""
    digits = hashlib.sha256(public_key).hexdigest()[:16]
    return " ".join(digits[start : start + 4] for start in range(0, 16, 4))


def check_signature(manifest: bytes, expected_key_id: str, content: bytes) -> bytes:
    """Return the public key that signed the manifest. Refuses a signature that does not fit it."""
    try:
        signature = as_record(Signature, read_json(content), "signature")
        public_key, signed = bytes.fromhex(signature.public_key), bytes.fromhex(signature.signature)
    except (JsonError, ValueError) as error:
        raise refused("bundle.signature_wrong", file=SIGNATURE_FILE) from error
    fits = (
        signature.algorithm == ALGORITHM
        and signature.to_json() == content
        and key_id(public_key) == expected_key_id
        and ed25519.verify(public_key, manifest, signed)
    )
    if not fits:
        raise refused("bundle.signature_wrong", file=MANIFEST_FILE)
    return public_key
