"""Opening a bundle: every file present, unchanged and signed, or refused. Nothing of it is run."""

import hashlib
from pathlib import Path

from automl.runtime.container import Container, open_container
from automl.runtime.manifest import MANIFEST_FILE
from automl.runtime.manifest_reading import AnyManifest, read_manifest
from automl.runtime.member_names import GOLDEN_IMAGES_FOLDER, GOLDEN_ROWS_FILE, MODEL_FILE
from automl.runtime.problems import refused
from automl.runtime.signature import SIGNATURE_FILE, check_signature, key_id
from automl.runtime.table_manifest import TableManifest


class OpenedBundle:
    """A bundle whose every file is what its signed manifest says."""

    def __init__(self, container: Container) -> None:
        self._container = container
        content = container.read(MANIFEST_FILE)
        self.manifest: AnyManifest = read_manifest(content)
        self.manifest_size = len(content)
        self.manifest_sha256 = hashlib.sha256(content).hexdigest()
        self.public_key = check_signature(content, self.manifest.key_id, container.read(SIGNATURE_FILE))
        self._check_files()

    @property
    def path(self) -> Path:
        """The folder or zip."""
        return self._container.path

    @property
    def key_id(self) -> str:
        """The short fingerprint of the key the bundle is signed with."""
        return key_id(self.public_key)

    @property
    def golden_images(self) -> tuple[str, ...]:
        """The names of the images with known answers, in order; none in a bundle for tables."""
        return tuple(sorted(name for name in self.manifest.files if name.startswith(f"{GOLDEN_IMAGES_FOLDER}/")))

    def read(self, name: str) -> bytes:
        """Return the bytes of one file of the manifest, checked against it once more. Refuses changed ones."""
        content = self._container.read(name)
        expected = self.manifest.files[name]
        if len(content) != expected.size or hashlib.sha256(content).hexdigest() != expected.sha256:
            raise refused("bundle.changed_file", file=name)
        return content

    def _check_files(self) -> None:
        named = set(self.manifest.files)
        there = set(self._container.names) - {MANIFEST_FILE, SIGNATURE_FILE}
        for name in sorted(there - named):
            raise refused("bundle.extra_file", file=name)
        for name in sorted(named - there):
            raise refused("bundle.missing_file", file=name)
        if isinstance(self.manifest, TableManifest) and GOLDEN_ROWS_FILE not in named:
            raise refused("bundle.missing_file", file=GOLDEN_ROWS_FILE)
        if not isinstance(self.manifest, TableManifest) and not self.golden_images:
            raise refused("bundle.missing_file", file=GOLDEN_IMAGES_FOLDER)
        self.model = self.read(MODEL_FILE)
        for name in sorted(named - {MODEL_FILE}):
            self.read(name)


def open_bundle(path: Path) -> OpenedBundle:
    """Open a folder or zip. Raises RefusedError with the reason for anything but a whole, unchanged bundle."""
    return OpenedBundle(open_container(path))
