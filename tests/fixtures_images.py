"""Folders of drawn images, made once a session: name the fixture to get one. Copy before you change anything in it.

Only a session that needs one pays for loading what draws it.
"""

from importlib import import_module
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def image_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """96 images of 64 px in the folders good, scratch, pit and stain, 24 each, every image another part."""
    makers = import_module("tests.image_projects")
    folder: Path = makers.four_classes(tmp_path_factory.mktemp("images") / "parts")
    return folder


@pytest.fixture(scope="session")
def image_folder_of_shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """96 images of 64 px in the same four folders, three shots of every part in a row (near duplicates)."""
    makers = import_module("tests.image_projects")
    folder: Path = makers.four_classes(tmp_path_factory.mktemp("shots") / "parts", shots=3)
    return folder
