"""Three hundred bundles that somebody or something changed: every one refused in words, none of them run."""

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from automl.runtime.opening import OpenedBundle, open_bundle
from automl.runtime.problems import RefusedError
from automl.runtime.words import Words
from tests.automl.bundle.making import make_files, make_key

Files = dict[str, bytes]
WORDS = Words.read(Path(__file__).parents[2] / "resources/translations/en/issues_predict.json")
PICKLE = b"cposix\nsystem\n(S'touch CANARY'\ntR."


def _flip_a_bit(files: Files, chance: random.Random) -> Files:
    name = chance.choice(sorted(files))
    content = bytearray(files[name])
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return files | {name: bytes(content)}


def _cut_short(files: Files, chance: random.Random) -> Files:
    name = chance.choice(sorted(files))
    return files | {name: files[name][: chance.randrange(len(files[name]))]}


def _drop(files: Files, chance: random.Random) -> Files:
    name = chance.choice(sorted(files))
    return {each: content for each, content in files.items() if each != name}


def _add(files: Files, chance: random.Random) -> Files:
    name = chance.choice(
        [
            "model.pkl",
            "model/weights.bin",
            "runtime/automl/runtime/extra.py",
            "sitecustomize.py",
            "a.joblib",
            "model/x.pt",
        ]
    )
    return files | {name: PICKLE.replace(b"CANARY", b"canary")}


def _rename(files: Files, chance: random.Random) -> Files:
    name = chance.choice(sorted(files))
    return {(f"{each}x" if each == name else each): content for each, content in files.items()}


def _swap(files: Files, chance: random.Random) -> Files:
    one, other = chance.sample(sorted(files), 2)
    return files | {one: files[other], other: files[one]}


def _edit_manifest(files: Files, chance: random.Random) -> Files:
    manifest = json.loads(files["manifest.json"])
    field = chance.choice(sorted(manifest))
    odd: list[object] = [None, 0, -1, "", "x", [], {}, 1e308, True, [[]] * 3, {"a": {}}, 10**400]
    choice = chance.randrange(4)
    if choice == 0:
        manifest[field] = chance.choice(odd)
    elif choice == 1:
        del manifest[field]
    elif choice == 2:
        manifest["more"] = 1
    else:
        manifest["format"] = chance.choice([0, 2, 99, "1", 1.5])
    return files | {
        "manifest.json": json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n"
    }


def _edit_and_sign_anew(files: Files, chance: random.Random) -> Files:
    """The forger has a key of his own, so only what the manifest says can give him away."""
    changed = _edit_manifest(files, chance)
    content = changed["manifest.json"]
    key = make_key(9)
    manifest = json.loads(content)
    manifest["key_id"] = key.key_id
    content = json.dumps(manifest, sort_keys=True, indent=1, ensure_ascii=False).encode() + b"\n"
    return changed | {"manifest.json": content, "manifest.sig": key.sign(content).to_json()}


def _unreadable_json(files: Files, chance: random.Random) -> Files:
    content = chance.choice(
        [b"", b"null", b"[" * 100_000, b'{"a": 1, "a": 2}', b"\xff\xfe", b"NaN", b"{}", b"\x80\x04."]
    )
    return files | {chance.choice(["manifest.json", "manifest.sig"]): content}


CHANGES: list[Callable[[Files, random.Random], Files]] = [
    _flip_a_bit,
    _cut_short,
    _drop,
    _add,
    _rename,
    _swap,
    _edit_manifest,
    _edit_and_sign_anew,
    _unreadable_json,
]


def as_zip(files: Files) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in files.items():
            archive.writestr(name, each)
    return content.getvalue()


def write_files(files: Files, folder: Path) -> Path:
    for name, content in files.items():
        path = folder.joinpath(*name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def _refusal(path: Path) -> str:
    with pytest.raises(RefusedError) as caught:
        open_bundle(path)
    problem = caught.value.problems[0]
    said = WORDS.problem(problem)
    assert not said.startswith("issue."), said
    return problem.code


def _opened(path: Path) -> OpenedBundle | None:
    try:
        return open_bundle(path)
    except RefusedError:
        return None


@pytest.mark.parametrize("seed", range(10))
def test_changed_files_are_refused(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    chance = random.Random(seed)
    whole = make_files()
    for number in range(20):
        change = chance.choice(CHANGES)
        changed = change(whole, chance)
        if changed == whole:
            continue
        if number % 2:
            path = tmp_path / f"{number}.zip"
            path.write_bytes(as_zip(changed))
        else:
            path = write_files(changed, tmp_path / str(number))
        if change is _edit_and_sign_anew and (opened := _opened(path)) is not None:
            # What it says is possible, but the key tells that somebody else says it.
            assert opened.key_id == make_key(9).key_id
            continue
        _refusal(path)
    assert not (tmp_path / "canary").exists()


@pytest.mark.parametrize("seed", range(5))
def test_bits_of_a_zip_are_refused_or_mean_nothing(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    whole = as_zip(make_files())
    path = tmp_path / "b.zip"
    for _ in range(20):
        content = bytearray(whole)
        # Half of the flips hit the directory, where the meaning of everything else stands.
        start = len(content) - 4_000 if chance.random() < 0.5 else 0
        content[chance.randrange(start, len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(content))
        bundle = _opened(path)
        if bundle is None:
            continue
        # Times and version numbers of entries say nothing about the files: those are still the signed ones.
        assert bundle.read("model/model.onnx") == make_files()["model/model.onnx"]


UNSAFE_NAMES = [
    "../x", "a/../../x", "/etc/x", "C:/x", "c:x", "\\\\server\\x", "a\\b", "CON", "nul.txt", "a/COM1.py", "LPT9", "aux",
    "a:b", "x.", "x ", " x", "a//b", "a/./b", "./x", "", "a\x01b", "a\nb", "x?", "x*", "x|y", "<x>", 'x"y', "model/", "a" * 300,
    "AUX.json", "prn", "conin$", "COM¹", "model/model.onnx.", "..", ".", "a/..", "//x", "file://x", "\x7fx",
]  # fmt: skip


@pytest.mark.parametrize("name", UNSAFE_NAMES)
def test_unsafe_names_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for each, data in make_files().items():
            archive.writestr(each, data)
        archive.writestr(zipfile.ZipInfo("placeholder"), b"x")
        archive.infolist()[-1].filename = name
        archive.infolist()[-1].orig_filename = name
    path.write_bytes(content.getvalue())
    assert _refusal(path) in {"bundle.unsafe_name", "bundle.damaged_zip"}


@pytest.mark.parametrize(
    "ending", ["pkl", "joblib", "pt", "pth", "pickle", "skops", "npy", "bin", "h5", "zip", "onnx", "dat"]
)
def test_programs_under_any_name_are_refused(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"model.{ending}"
    path.write_bytes(b"\x80\x04" + PICKLE)
    assert _refusal(path) == "bundle.can_run_programs"


def test_a_torch_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.zip"
    path.write_bytes(as_zip({"model/data.pkl": PICKLE, "model/version": b"3"}))
    assert _refusal(path) == "bundle.can_run_programs"


def test_links_are_refused(tmp_path: Path) -> None:
    folder = write_files(make_files(), tmp_path / "b")
    (folder / "golden" / "rows.csv").unlink()
    (folder / "golden" / "rows.csv").symlink_to("/etc/hostname")
    assert _refusal(folder) == "bundle.unsafe_name"
    entry = zipfile.ZipInfo("golden/rows.csv")
    entry.external_attr = 0o120777 << 16
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, each in make_files().items():
            archive.writestr(entry if name == entry.filename else name, each)
    path = tmp_path / "b.zip"
    path.write_bytes(content.getvalue())
    assert _refusal(path) == "bundle.unsafe_name"


def test_bombs_are_refused_before_they_unpack(tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(as_zip(make_files() | {"model/model.onnx": bytes(200_000_000)}))
    assert _refusal(path) == "bundle.too_large"
    path.write_bytes(as_zip({f"golden/{number}.csv": b"" for number in range(1_000)}))
    assert _refusal(path) == "bundle.too_large"
    end = bytearray(as_zip(make_files()))
    struct.pack_into("<H", end, len(end) - 12, 0xFFFF)
    path.write_bytes(bytes(end))
    assert _refusal(path) == "bundle.too_large"


def test_second_truths_in_a_zip_are_refused(tmp_path: Path) -> None:
    whole = as_zip(make_files())
    path = tmp_path / "b.zip"
    for content in (whole + whole, whole + b"x", b"MZ" + whole, whole[:-1], whole[: len(whole) // 2], whole[:30]):
        path.write_bytes(content)
        assert _refusal(path) in {"bundle.damaged_zip", "bundle.not_a_bundle", "bundle.repeated_file"}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_stands_twice_is_refused(tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, each in make_files().items():
            archive.writestr(name, each)
        archive.writestr("model/model.onnx", b"another one")
    path = tmp_path / "b.zip"
    path.write_bytes(content.getvalue())
    assert _refusal(path) == "bundle.repeated_file"


def test_a_table_beside_the_program_is_no_harm(tmp_path: Path) -> None:
    folder = write_files(make_files(), tmp_path / "b")
    for name in ("내 표.csv", "predictions.csv", ".DS_Store", "Thumbs.db"):
        (folder / name).write_bytes(b"x")
    assert open_bundle(folder).manifest.task == "binary"
    (folder / "runtime" / "automl" / "__pycache__").mkdir()
    (folder / "runtime" / "automl" / "__pycache__" / "x.pyc").write_bytes(b"x")
    assert _refusal(folder) == "bundle.can_run_programs"
