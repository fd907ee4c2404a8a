"""Weights come into a project from a file, or from the network when a person asks; what is wrong is said."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from automl import api
from automl.domain.event_stream import EventDecoder
from automl.domain.events import ArtifactWritten, Event, IssueRaised
from automl.domain.issues import Issue, Refusal
from automl.domain.job import ImportWeightsJob
from automl.domain.weights import Architecture, WeightsSource
from automl.drawing.parts import draw_parts
from automl.jobs import import_weights
from automl.jobs.context import Controls, EventSink, JobContext
from automl.storage.objects import file_sha256
from automl.storage.project import Access, Project
from automl.weights import download as download_module
from automl.weights.store import available
from tests.weights_files import write_weights

Fetch = Callable[[Architecture, Path], Path]


def never(architecture: Architecture, folder: Path) -> Path:
    raise AssertionError(f"nobody asked to fetch {architecture.name} into {folder}")


def imported(
    folder: Path, fetch: Fetch = never, *, path: str = "", download: str = "", licence: str = ""
) -> list[Event]:
    """Carry out an import of weights in this process; makes the project when there is none."""
    if not folder.exists():
        Project.create(folder).close()
    job = ImportWeightsJob(job_id="w-1", project=str(folder), path=path, download=download, licence=licence)
    events: list[Event] = []
    decoder = EventDecoder()
    with Project.open(folder, Access.WORKER) as project:
        run_folder = project.run_folder(job.job_id)
        run_folder.mkdir(parents=True, exist_ok=True)
        sink = EventSink(job.job_id, lambda line: events.extend(decoder.feed(line)), "import_weights")
        context = JobContext(sink=sink, controls=Controls(), run_folder=run_folder, project=project)
        import_weights.run(job, context, fetch)
    return events


def issues_of(events: list[Event]) -> list[Issue]:
    return [event.issue for event in events if isinstance(event, IssueRaised)]


def test_a_file_is_recognised_kept_and_proven(tmp_path: Path) -> None:
    file = write_weights(tmp_path / "lcnet.safetensors", metadata={"license": "Apache-2.0"})
    events = imported(tmp_path / "p", path=str(file), licence="MIT")
    assert issues_of(events) == []
    assert [event.kind for event in events if isinstance(event, ArtifactWritten)] == ["weights"]
    file.unlink()
    with Project.open(tmp_path / "p") as project:
        (record,) = api.weights(project)
        assert (record.architecture, record.title, record.name) == ("lcnet_100", "LCNet", "lcnet.safetensors")
        assert (record.licence, record.non_commercial, record.source) == ("Apache-2.0", False, WeightsSource.FILE)
        (usable,) = available(project)
        assert file_sha256(usable.file) == record.sha256
        kept = usable.graphs / f"{record.sha256}-224.onnx"
        assert usable.feature_graph(224) == kept.read_bytes()
        assert next(entry.action for entry in api.audit(project)) == "weights.added"
        _answers_do_not_depend_on_the_batch(usable.feature_graph(224))
        api.remove_weights(project, record.sha256)
        assert api.weights(project) == ()
        assert list(usable.graphs.iterdir()) == []


def _answers_do_not_depend_on_the_batch(graph: bytes) -> None:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(graph, options)
    pixels = np.stack([image.pixels for image in draw_parts(3, size=80)])
    features, maps = session.run(["features", "map"], {"pixels": pixels})
    assert features.dtype == maps.dtype == np.float32
    assert features.shape == (3, 128 + 256 + 512 + 512)
    assert maps.shape == (3, 128 + 256, 28, 28)
    one = session.run(["features"], {"pixels": pixels[1:2]})[0]
    assert np.allclose(one[0], features[1], atol=1e-4)
    assert not np.allclose(features[0], features[1], atol=1e-4)
    oblong = session.run(["features"], {"pixels": pixels[:1, :50]})[0]
    assert np.isfinite(oblong).all()


@pytest.mark.parametrize(
    ("said", "given", "code"),
    [
        ("", "CC-BY-NC-4.0", "weights.non_commercial"),
        ("", "", "weights.licence_unknown"),
        ("cc-by-nc", "MIT", "weights.non_commercial"),
    ],
)
def test_the_licence_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, given: str, code: str) -> None:
    monkeypatch.setattr(import_weights, "prove", lambda weights: weights.graphs.mkdir())
    file = write_weights(tmp_path / "w.safetensors", metadata={"license": said} if said else None)
    assert [issue.code for issue in issues_of(imported(tmp_path / "p", path=str(file), licence=given))] == [code]
    with Project.open(tmp_path / "p") as project:
        assert api.weights(project)[0].non_commercial is (code == "weights.non_commercial")


def test_what_cannot_be_used_leaves_nothing_behind(tmp_path: Path) -> None:
    file = write_weights(tmp_path / "w.safetensors", without="blocks")
    with pytest.raises(Refusal):
        imported(tmp_path / "p", path=str(file))
    with Project.open(tmp_path / "p") as project:
        assert api.weights(project) == ()
        assert not project.weights.folder.exists()


def test_weights_are_fetched_only_by_name_and_only_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_weights, "prove", lambda weights: weights.graphs.mkdir())
    asked = []

    def fetch(architecture: Architecture, folder: Path) -> Path:
        asked.append(architecture.repository)
        return write_weights(folder / "model.safetensors", architecture.name)

    imported(tmp_path / "p", fetch, download="LCNet")
    with Project.open(tmp_path / "p") as project:
        (record,) = api.weights(project)
    assert asked == [record.name] == ["timm/lcnet_100.ra2_in1k"]
    assert (record.source, record.licence) == (WeightsSource.DOWNLOAD, "Apache-2.0")


def test_a_name_nobody_knows_is_answered_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(Refusal) as refusal:
        imported(tmp_path / "p", download="resnet81")
    (issue,) = refusal.value.issues
    assert issue.code == "weights.no_such_network"
    assert str(issue.parameters["nearest"]).startswith("resnet")


def test_without_a_network_the_download_is_refused_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def offline(*_words: object, **_options: object) -> str:
        raise ConnectionError

    monkeypatch.setattr(download_module, "hf_hub_download", offline)
    with pytest.raises(Refusal) as refusal:
        imported(tmp_path / "p", download_module.download, download="resnet18")
    assert refusal.value.issues[0].code == "weights.no_download"
