"""The program inside a bundle: start files from the template, the runtime and its words copied as they are."""

import re
from importlib.metadata import version
from pathlib import Path
from string import Template

import automl
import automl.runtime
import resources
from automl.runtime.answers import number_titles
from automl.runtime.manifest import Manifest
from automl.runtime.member_names import PACKAGE_FOLDER, PROGRAM_FILES, WORDS_FILES

_README = "README.txt"
_REQUIREMENTS = "requirements.txt"
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


def runtime_files() -> dict[str, bytes]:
    """Return the parts that are the same in every bundle of this version, by member name."""
    package, runtime = Path(automl.__file__), Path(automl.runtime.__file__).parent
    files = {f"{PACKAGE_FOLDER}/__init__.py": _text(package)}
    for module in sorted(runtime.glob("*.py")):
        files[f"{PACKAGE_FOLDER}/runtime/{module.name}"] = _text(module)
    for language, name in WORDS_FILES.items():
        files[name] = _text(resources.path(f"translations/{language}/issues_predict.json"))
    for name in PROGRAM_FILES:
        if name not in (_README, _REQUIREMENTS):
            files[name] = _text(resources.path(f"bundle_template/{name}"))
    files["run_predict.bat"] = files["run_predict.bat"].replace(b"\n", b"\r\n")
    files[_REQUIREMENTS] = f"numpy=={version('numpy')}\nonnxruntime=={version('onnxruntime')}\n".encode()
    return files


def read_me(manifest: Manifest) -> bytes:
    """Return the README of a bundle, both languages."""
    template = Template(_text(resources.path(f"bundle_template/{_README}")).decode("utf-8"))
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
