"""Words of the command line in the language of the terminal."""

import os
from collections.abc import Mapping

import resources
from automl.domain.issues import Issue
from automl.domain.language import Language, MissingParameterError, fill
from automl.domain.result import InWords

_VARIABLES = ("LATHE_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def language_of(environment: Mapping[str, str]) -> Language:
    """Return the language a person asked for: LATHE_LANGUAGE, else the locale, else English."""
    wanted = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return Language.KOREAN if wanted.lower().startswith("ko") else Language.ENGLISH


class Words:
    """Texts by key, filled in. A key without a text is shown as it is: better an odd word than no message."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = resources.texts(language.value)

    @classmethod
    def of_terminal(cls) -> "Words":
        """Return the words of the language the environment asks for."""
        return cls(language_of(os.environ))

    def has(self, key: str) -> bool:
        """Whether there is a text under this key."""
        return key in self._texts

    def text(self, key: str, **parameters: object) -> str:
        """Return the text under `key` with its parameters."""
        try:
            return fill(self._texts.get(key, key), parameters, self.language.value)
        except MissingParameterError:
            return self._texts[key]

    def say(self, words: InWords) -> str:
        """Return a sentence the core gave by code."""
        return self.text(f"words.{words.code}", **words.parameters)

    def issue(self, issue: Issue) -> str:
        """Return an issue as a paragraph: what happened, where and why it matters, what to do."""
        where = issue.where
        place = {"file": where.file, "sheet": where.sheet, "row": where.row, "column": where.column}
        parts = (f"issue.{issue.code}.{part}" for part in ("title", "detail", "next"))
        return " ".join(
            _closed(self.text(key, **{**place, **issue.parameters}))
            for key in parts
            if self.has(key) or key.endswith(".title")
        )


def _closed(sentence: str) -> str:
    return sentence if sentence.endswith((".", "?", "!", ":")) else f"{sentence}."
