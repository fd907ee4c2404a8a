"""Writing a bundle: gathered in memory, signed, laid out beside its place, verified there, then moved: whole or absent."""

import dataclasses
import shutil
import stat
import uuid
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from automl.bundle.golden_files import golden_answers, golden_cells
from automl.bundle.manifest_builder import build_manifest, file_facts
from automl.bundle.model_card import model_card
from automl.bundle.program import read_me, runtime_files, sample_files
from automl.bundle.proof_images import golden_image_answers, golden_image_files
from automl.bundle.signing import SigningKey
from automl.bundle.source import BundleSource, ImagesSource, TableSource
from automl.domain.issues import Issue, Refusal, Where
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.manifest import MANIFEST_FILE
from automl.runtime.manifest_reading import AnyManifest
from automl.runtime.member_names import CARD_FILES, GOLDEN_ANSWERS_FILE, GOLDEN_ROWS_FILE, MODEL_FILE
from automl.runtime.signature import SIGNATURE_FILE
from automl.runtime.table_manifest import TableManifest
from automl.storage import atomic

Files = Mapping[str, bytes]
_EXECUTABLE = 0o755
_ORDINARY = 0o644
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_SQUEEZED_TOO_WELL = 50
_UNIX = 3


def bundle_files(source: BundleSource, key: SigningKey) -> dict[str, bytes]:
    """Return every file of the bundle by name, manifest and signature included."""
    plain = build_manifest(source, key.key_id)
    files = {
        **runtime_files(images=isinstance(plain, ImageManifest)),
        "README.txt": read_me(plain),
        MODEL_FILE: source.onnx,
        **_golden_files(source, plain),
        **{name: model_card(source, plain, language) for language, name in CARD_FILES.items()},
    }
    manifest = dataclasses.replace(plain, files=file_facts(files)).to_json()
    return {MANIFEST_FILE: manifest, SIGNATURE_FILE: key.sign(manifest).to_json(), **dict(sorted(files.items()))}


def _golden_files(source: BundleSource, manifest: AnyManifest) -> dict[str, bytes]:
    """What a bundle proves itself with, and for images the C# sample."""
    if isinstance(source, ImagesSource) and isinstance(manifest, ImageManifest):
        return {
            **golden_image_files(source.golden),
            GOLDEN_ANSWERS_FILE: golden_image_answers(source.golden, manifest),
            **sample_files(manifest),
        }
    if isinstance(source, TableSource) and isinstance(manifest, TableManifest):
        names = [column.name for column in manifest.inputs]
        return {
            GOLDEN_ROWS_FILE: golden_cells(source.golden, source.raw_texts, source.schema, names),
            GOLDEN_ANSWERS_FILE: golden_answers(source.golden, manifest),
        }
    raise TypeError("source and manifest are of different kinds")


def write_bundle(files: Files, to: Path, verify: Callable[[Path], None]) -> None:
    """Write a bundle to `to`, a folder or a path ending in .zip. `verify` sees it beside its place and may raise.

    Raises Refusal when something that is no bundle stands there, or the disk does not take it. A bundle there is replaced.
    """
    check_place(to)
    is_zip = to.suffix.lower() == ".zip"
    with atomic.refused(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        scratch = to.with_name(f".{uuid.uuid4().hex}{'.zip' if is_zip else ''}")
        try:
            if is_zip:
                _write_zip(files, scratch)
            else:
                _write_folder(files, scratch)
            verify(scratch)
            _publish(scratch, to)
        finally:
            _remove(scratch)


def check_place(to: Path) -> None:
    """Refuse a place where something stands that is not a bundle."""
    taken = to.exists() and not (to.is_dir() and not any(to.iterdir()))
    replaceable = (to / MANIFEST_FILE).is_file() if to.is_dir() else _is_bundle_zip(to)
    if taken and not replaceable:
        raise Refusal(Issue("bundle.place_taken", where=Where(file=to.name)))


def _is_bundle_zip(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST_FILE in archive.namelist()
    except (OSError, zipfile.BadZipFile):
        return False


def _write_folder(files: Files, folder: Path) -> None:
    for name, content in files.items():
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(_mode(name))
        atomic.flush_file(path)


def _write_zip(files: Files, path: Path) -> None:
    with zipfile.ZipFile(path, "x") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.create_system = _UNIX
            entry.external_attr = (stat.S_IFREG | _mode(name)) << 16
            # What squeezes too well would look like a bomb to whoever opens it, so it is stored as it is.
            squeezes_too_well = len(content) > _SQUEEZED_TOO_WELL * len(zlib.compress(content, 6))
            archive.writestr(entry, content, zipfile.ZIP_STORED if squeezes_too_well else zipfile.ZIP_DEFLATED)


def _mode(name: str) -> int:
    return _EXECUTABLE if name.endswith(".sh") else _ORDINARY


def _publish(scratch: Path, to: Path) -> None:
    """Move the finished bundle to its place. A folder there is moved aside first and removed when all is well."""
    if not to.is_dir():
        scratch.replace(to)
        atomic.flush_folder(to.parent)
        return
    aside = to.with_name(f".{uuid.uuid4().hex}")
    to.replace(aside)
    try:
        scratch.replace(to)
    except OSError:
        aside.replace(to)
        raise
    _remove(aside)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
