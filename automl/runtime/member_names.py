"""Which files a bundle has, and names that no file of a bundle may have."""

import re

from automl.runtime.manifest import MANIFEST_FILE
from automl.runtime.problems import refused
from automl.runtime.signature import SIGNATURE_FILE

MODEL_FILE = "model/model.onnx"
GOLDEN_ROWS_FILE = "golden/rows.csv"
GOLDEN_ANSWERS_FILE = "golden/answers.csv"
GOLDEN_IMAGES_FOLDER = "golden/images"
WORDS_FILES = {"en": "runtime/words.en.json", "ko": "runtime/words.ko.json"}
CARD_FILES = {"en": "model_card.en.html", "ko": "model_card.ko.html"}
PROGRAM_FILES = ("predict.py", "run_predict.bat", "run_predict.sh", "requirements.txt", "README.txt")
PACKAGE_FOLDER = "runtime/automl"

# The C# sample of a bundle for images.
SAMPLE_FILES = ("csharp/Inspect.cs", "csharp/Inspect.csproj")

# What every bundle has; those for tables have golden rows besides, those for images golden images and the sample.
REQUIRED = frozenset(
    {
        MANIFEST_FILE,
        SIGNATURE_FILE,
        MODEL_FILE,
        GOLDEN_ANSWERS_FILE,
        *WORDS_FILES.values(),
        *CARD_FILES.values(),
        *PROGRAM_FILES,
    }
)
# What people and their systems leave in a folder; nothing of it is ever read by the bundle.
_LEFT_BESIDE = re.compile(
    r"(?i)[^/]+\.(csv|tsv|txt|xlsx|xls|parquet|png|jpe?g|bmp|tiff?|webp)|\.ds_store|thumbs\.db|desktop\.ini"
)
_RUNTIME_MODULE = re.compile(rf"{PACKAGE_FOLDER}/(__init__|runtime/(image/)?[a-z0-9_]{{1,40}})\.py")
_GOLDEN_IMAGE = re.compile(rf"{GOLDEN_IMAGES_FOLDER}/[0-9]{{4}}\.png")
_SOME_HAVE = frozenset({GOLDEN_ROWS_FILE, *SAMPLE_FILES})
_PROGRAM_ENDINGS = [
    ".pkl",
    ".pickle",
    ".p",
    ".pk",
    ".joblib",
    ".jbl",
    ".pt",
    ".pth",
    ".bin",
    ".ckpt",
    ".npy",
    ".npz",
    ".dill",
    ".cloudpickle",
    ".skops",
    ".h5",
    ".hdf5",
    ".keras",
    ".pb",
    ".mar",
    ".model",
    ".pyc",
    ".pyd",
    ".so",
    ".dll",
    ".dylib",
    ".exe",
    ".com",
    ".cmd",
    ".ps1",
    ".vbs",
    ".jar",
    ".whl",
    ".pt2",
]
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?")
_FORBIDDEN_SIGNS = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')


def check_name(name: str) -> None:
    """Refuse a member name that leaves the folder, means something to a system, or is no file of a bundle."""
    if not _is_safe(name):
        raise refused("bundle.unsafe_name", file=name)
    if name in REQUIRED or name in _SOME_HAVE or _RUNTIME_MODULE.fullmatch(name) or _GOLDEN_IMAGE.fullmatch(name):
        return
    if can_run_programs(name):
        raise refused("bundle.can_run_programs", file=name)
    raise refused("bundle.extra_file", file=name)


def can_run_programs(name: str) -> bool:
    """Whether files of this ending are known to run programs, or hold whole objects, when they are opened."""
    return name.lower().endswith(tuple(_PROGRAM_ENDINGS))


def is_left_beside(name: str) -> bool:
    """Whether a file in a bundle's folder is a table somebody put there, or a trace of the system."""
    return bool(_LEFT_BESIDE.fullmatch(name)) and name not in REQUIRED


def _is_safe(name: str) -> bool:
    if not name or len(name) > 200 or name.startswith("/") or _FORBIDDEN_SIGNS.search(name):
        return False
    parts = name.split("/")
    return all(part and part == part.strip(" ").rstrip(".") and not _RESERVED.fullmatch(part) for part in parts)
