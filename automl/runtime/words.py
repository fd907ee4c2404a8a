"""Problems and row issues in words, English or Korean, from the same catalogues the app uses."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path

from automl.runtime.problems import Parameter, Problem
from automl.runtime.row_checks import RowIssue

LANGUAGES = ("en", "ko")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Words:
    """Sentences by key. A key that is not there is said by itself, so that an answer is never lost for lack of words."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    @classmethod
    def read(cls, path: Path) -> "Words":
        """Read a catalogue: one flat JSON object."""
        return cls(json.loads(path.read_text(encoding="utf-8")))

    def say(self, key: str, parameters: Mapping[str, Parameter] | None = None) -> str:
        """Return the sentence with its parameters filled in."""
        given = parameters or {}
        return _PLACEHOLDER.sub(lambda match: str(given.get(match.group(1), "")), self._texts.get(key, key))

    def row_issue(self, issue: RowIssue) -> str:
        """Return one issue of a row: its code, then what it means."""
        return f"{issue.code}: {self.say(f'row_issue.{issue.code}', issue._asdict())}"

    def problem(self, problem: Problem) -> str:
        """Return what happened, what it means and what to do."""
        where = {"file": problem.file, "row": problem.row or "", "column": problem.column}
        parameters = {**where, **problem.parameters}
        parts = (self.say(f"issue.{problem.code}.{part}", parameters) for part in ("title", "detail", "next"))
        return " ".join(part for part in parts if part)


def preferred_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the person by LATHE_LANGUAGE, else by the usual variables; English if in doubt."""
    for name in ("LATHE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "").lower()
        if value:
            return "ko" if value.startswith("ko") else "en"
    return "en"
