"""Fetching weights that were learned on public images. Called only when a person asked for it by name."""

from pathlib import Path

from huggingface_hub import hf_hub_download
from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

from automl.domain.issues import Issue, Refusal
from automl.domain.weights import Architecture

_FILE = "model.safetensors"


def download(architecture: Architecture, folder: Path) -> Path:
    """Fetch the .safetensors file of an architecture into a folder. Raises Refusal when there is no way to it."""
    try:
        return Path(hf_hub_download(architecture.repository, _FILE, local_dir=folder, token=False))
    except (LocalEntryNotFoundError, HfHubHTTPError, OSError):
        issue = Issue(
            "weights.no_download", parameters={"name": architecture.title, "repository": architecture.repository}
        )
        raise Refusal(issue) from None
