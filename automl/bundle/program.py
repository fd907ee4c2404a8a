"""The program inside a bundle: start files from the template, the runtime and its words copied as they are."""

import json
import re
from importlib.metadata import version
from pathlib import Path
from string import Template

import automl
import automl.runtime
import resources
from automl.runtime.answers import number_titles
from automl.runtime.image.answers import lines_of
from automl.runtime.image.session import OUTSIDE, PIXELS, PROBABILITIES
from automl.runtime.image.verdicts import GATE
from automl.runtime.image_manifest import ImageManifest
from automl.runtime.manifest_reading import AnyManifest
from automl.runtime.member_names import PACKAGE_FOLDER, PROGRAM_FILES, SAMPLE_FILES, WORDS_FILES

_README, _README_OF_IMAGES = "README.txt", "README.images.txt"
_SAMPLE = "csharp/Inspect.cs"
_REQUIREMENTS = "requirements.txt"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


def runtime_files(*, images: bool) -> dict[str, bytes]:
    """Return the parts that are the same in every bundle of this version for tables, or for images, by member name."""
    package, runtime = Path(automl.__file__), Path(automl.runtime.__file__).parent
    files = {f"{PACKAGE_FOLDER}/__init__.py": _text(package)}
    for module in (*sorted(runtime.glob("*.py")), *(sorted(runtime.glob("image/*.py")) if images else ())):
        files[f"{PACKAGE_FOLDER}/runtime/{module.relative_to(runtime).as_posix()}"] = _text(module)
    for language, name in WORDS_FILES.items():
        files[name] = _text(resources.path(f"translations/{language}/issues_predict.json"))
    for name in PROGRAM_FILES:
        if name not in (_README, _REQUIREMENTS):
            files[name] = _text(resources.path(f"bundle_template/{name}"))
    files["run_predict.bat"] = files["run_predict.bat"].replace(b"\n", b"\r\n")
    needed = ("numpy", "onnxruntime", *(["pillow"] if images else []))
    files[_REQUIREMENTS] = "".join(f"{name}=={version(name)}\n" for name in needed).encode()
    return files


def sample_files(manifest: ImageManifest) -> dict[str, bytes]:
    """Return the C# sample of a bundle for images, with the classes and lines of its manifest written into it."""
    program = Template(_text(resources.path(f"bundle_template/{_SAMPLE}")).decode("utf-8"))
    filled = program.substitute(
        classes=", ".join(json.dumps(name) for name in manifest.classes),
        good=", ".join(map(str, manifest.good_places)),
        lower=repr(manifest.lower),
        upper=repr(manifest.upper),
        gate=repr(GATE),
        unlike_is_flawed="true" if lines_of(manifest).unlike_is_flawed else "false",
        pixels=PIXELS,
        probabilities=PROBABILITIES,
        outside=OUTSIDE,
    )
    plain = {name: _text(resources.path(f"bundle_template/{name}")) for name in SAMPLE_FILES}
    return {**plain, _SAMPLE: filled.encode("utf-8")}


def read_me(manifest: AnyManifest) -> bytes:
    """Return the README of a bundle, both languages."""
    name = _README_OF_IMAGES if isinstance(manifest, ImageManifest) else _README
    template = Template(_text(resources.path(f"bundle_template/{name}")).decode("utf-8"))
    filled = template.substitute(
        project=_UNPRINTABLE.sub(" ", manifest.project),
        model=_UNPRINTABLE.sub(" ", manifest.model),
        columns=", ".join(_UNPRINTABLE.sub(" ", title) for title in number_titles(manifest)),
        key_id=manifest.key_id,
    )
    return filled.replace("\n", "\r\n").encode("utf-8-sig")


def _text(path: Path) -> bytes:
    """A text file with plain line ends, however it lies on this computer: equal versions give equal bytes."""
    return path.read_bytes().replace(b"\r\n", b"\n")
