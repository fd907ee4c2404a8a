"""Reading manifest.json: the record of its kind, or a refusal that names the first place that does not fit."""

from collections.abc import Mapping

from automl.runtime.image_manifest import IMAGE_FORMAT, ImageManifest
from automl.runtime.manifest import MANIFEST_FILE
from automl.runtime.problems import RefusedError, refused
from automl.runtime.strict_json import JsonError, as_record, canonical_json, read_json
from automl.runtime.table_manifest import TABLE_FORMAT, TableManifest

AnyManifest = TableManifest | ImageManifest
NEWEST_FORMAT = IMAGE_FORMAT


def read_manifest(content: bytes) -> AnyManifest:
    """Read manifest.json. Refuses a newer format, unknown or odd fields, and bytes that are not the canonical form."""
    try:
        value = read_json(content)
        manifest = _as_manifest(value)
        manifest.check()
        # Judged on what was read, not on this version's record: fields added later must not shut out older bundles.
        if canonical_json(value) != content:
            raise JsonError("not in canonical form")
    except (JsonError, ValueError) as error:
        raise _unreadable(str(error)) from error
    return manifest


def _as_manifest(value: object) -> AnyManifest:
    known = value.get("format") if isinstance(value, Mapping) else None
    if type(known) is int and known > NEWEST_FORMAT:
        raise refused("bundle.newer_format", file=MANIFEST_FILE, found=known, known=NEWEST_FORMAT)
    if type(known) is int and known == IMAGE_FORMAT:
        return as_record(ImageManifest, value)
    manifest = as_record(TableManifest, value)
    if manifest.format != TABLE_FORMAT:
        raise JsonError(f"format {manifest.format} is not known")
    return manifest


def _unreadable(reason: str) -> RefusedError:
    return refused("bundle.manifest_unreadable", file=MANIFEST_FILE, reason=reason)
