"""The words behind the program's name."""

import argparse
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLocale

from automl.domain.language import Language
from desktop.theme import ThemeChoice


@dataclass(frozen=True)
class Options:
    """What was asked for at the start; None means "as last time"."""

    project: Path | None = None
    language: Language | None = None
    theme: ThemeChoice | None = None
    system_language: Language = Language.ENGLISH


def options_from(words: Sequence[str]) -> Options:
    """Read the words; unknown ones end the program with a sentence, as command line programs do."""
    parser = argparse.ArgumentParser(prog="python -m desktop")
    parser.add_argument("--project", type=Path)
    parser.add_argument("--language", type=Language, choices=list(Language))
    parser.add_argument("--theme", type=ThemeChoice, choices=list(ThemeChoice))
    found = parser.parse_args(list(words))
    return Options(found.project, found.language, found.theme, _system_language())


def _system_language() -> Language:
    asked = os.environ.get("LATHE_LANGUAGE", "").lower()
    if asked in set(Language):
        return Language(asked)
    korean = QLocale.system().language() is QLocale.Language.Korean
    return Language.KOREAN if korean else Language.ENGLISH
