"""From rows of text to answers with their issues: the one path the app, the command line and the bundle itself use."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from automl.runtime.answers import Answers, answer, number_columns, titles
from automl.runtime.column_checks import ColumnFindings, judge_columns
from automl.runtime.csv_reading import find_table
from automl.runtime.csv_writing import PredictionsWriter, predictions_file, require_other_file
from automl.runtime.header_check import HeaderMatch, match_header
from automl.runtime.opening import OpenedBundle, open_bundle
from automl.runtime.parsing import ParsedColumn, parse_column
from automl.runtime.problems import Problem, refused
from automl.runtime.row_checks import (
    NO_ANSWER,
    TOO_FEW_CELLS,
    TOO_MANY_CELLS,
    ColumnFinding,
    RowIssue,
    judge_column,
    known_categories,
)
from automl.runtime.session import ModelSession
from automl.runtime.table_manifest import TableManifest
from automl.runtime.words import Words

BLOCK_ROWS = 8_192
_NOTHING_FOUND = ColumnFindings({}, ())
_ORDINARY = ColumnFinding()

Rows = Iterable[Sequence[str]]
Progress = Callable[[int], None]


@dataclass(frozen=True)
class TableOutcome:
    """What became of a table: rows answered, rows that have issues, how often each code came, notes on the whole file."""

    rows: int
    rows_with_issues: int
    issue_counts: dict[str, int]
    notes: tuple[Problem, ...]


class Predictor:
    """A model ready to answer."""

    def __init__(self, bundle: OpenedBundle, threads: int | None = None) -> None:
        if not isinstance(bundle.manifest, TableManifest):
            raise refused("bundle.for_images", file=bundle.path.name)
        self.bundle = bundle
        self.manifest = bundle.manifest
        self._session = ModelSession(bundle.model, bundle.manifest, threads)
        self._formats = {column.name: column.format() for column in self.manifest.inputs}
        self._categories = {column.name: known_categories(column) for column in self.manifest.inputs}

    @classmethod
    def open(cls, path: Path, threads: int | None = None) -> "Predictor":
        """Open a bundle, folder or zip. Raises RefusedError when it is not whole, unchanged and signed."""
        return cls(open_bundle(path), threads)

    def predict_rows(self, rows: Sequence[Mapping[str, str]]) -> Answers:
        """Answer rows given as column name to text. Raises RefusedError when a column is missing."""
        if not rows:
            return answer(self.manifest, np.zeros((0, self._width), np.float32), [])
        match_header(self.manifest, tuple(rows[0]))
        texts = {name: [row.get(name, "") for row in rows] for name in self._formats}
        return self._answer(self._parse(texts), texts, _NOTHING_FOUND, [[] for _ in rows])

    def predict_file(
        self,
        source: Path,
        to: Path,
        words: Words,
        *,
        encoding: str = "",
        delimiter: str = "",
        trust_columns: bool = False,
        progress: Progress = lambda rows: None,
    ) -> TableOutcome:
        """Answer every row of a text table and write them to `to`. Raises RefusedError and writes nothing when it cannot."""
        require_other_file(to, [source])
        table = find_table(source, tuple(self._formats), encoding, delimiter)
        return self.predict_table(
            table.names, table.rows(), to, words, file=source.name, trust_columns=trust_columns, progress=progress
        )

    def predict_table(
        self,
        names: Sequence[str],
        rows: Rows,
        to: Path,
        words: Words,
        *,
        file: str = "",
        trust_columns: bool = False,
        progress: Progress = lambda rows: None,
    ) -> TableOutcome:
        """Answer rows of cells under these column names, block by block, and write them to `to`."""
        match = match_header(self.manifest, names, file)
        blocks = self._blocks(match, rows, trust_columns, file)
        with predictions_file(to) as writer:
            writer.write([titles(self.manifest, names)])
            return _write_blocks(self.manifest, blocks, match.notes, writer, words=words, progress=progress)

    def answer_columns(self, texts: Mapping[str, Sequence[str]]) -> Answers:
        """Answer columns of texts of equal length, at least one row; no judgement of whole columns."""
        rows = len(next(iter(texts.values())))
        return self._answer(self._parse(texts), texts, _NOTHING_FOUND, [[] for _ in range(rows)])

    @property
    def _width(self) -> int:
        return max(1, len(self.manifest.classes))

    def _blocks(self, match: HeaderMatch, rows: Rows, trust_columns: bool, file: str) -> Iterator["_Block"]:
        findings: ColumnFindings | None = None
        remaining = iter(rows)
        while cells := list(islice(remaining, BLOCK_ROWS)):
            issues = [_wrong_width(len(row), match.width) for row in cells]
            even = [_fitted(row, match.width) for row in cells]
            texts = {name: [row[place] for row in even] for name, place in match.positions.items()}
            parsed = self._parse(texts)
            if findings is None:
                findings = judge_columns(
                    self.manifest.inputs, self._categories, parsed, trust_columns=trust_columns, file=file
                )
            yield _Block(even, self._answer(parsed, texts, findings, issues), findings.notes)
        if findings is None:
            raise refused("predict.no_rows", file=file)

    def _parse(self, texts: Mapping[str, Sequence[str]]) -> dict[str, ParsedColumn]:
        return {name: parse_column(texts[name], each) for name, each in self._formats.items()}

    def _answer(
        self,
        parsed: Mapping[str, ParsedColumn],
        texts: Mapping[str, Sequence[str]],
        findings: ColumnFindings,
        issues: list[list[RowIssue]],
    ) -> Answers:
        for column in self.manifest.inputs:
            name = column.name
            finding = findings.by_column.get(name, _ORDINARY)
            for position, issue in judge_column(column, self._categories[name], finding, texts[name], parsed[name]):
                issues[position].append(issue)
        numbers = self._session.run({name: each.values for name, each in parsed.items()})
        for position in np.flatnonzero(~np.isfinite(numbers).all(axis=1)).tolist():
            issues[position].append(RowIssue(NO_ANSWER))
        return answer(self.manifest, numbers, [tuple(each) for each in issues])


@dataclass(frozen=True)
class _Block:
    cells: list[Sequence[str]]
    answers: Answers
    notes: tuple[Problem, ...]


def _write_blocks(
    manifest: TableManifest,
    blocks: Iterable[_Block],
    notes: tuple[Problem, ...],
    writer: PredictionsWriter,
    *,
    words: Words,
    progress: Progress,
) -> TableOutcome:
    rows = with_issues = 0
    counts: dict[str, int] = {}
    for block in blocks:
        if rows == 0:
            notes = (*notes, *block.notes)
        answers = block.answers
        columns = [answers.predictions, *number_columns(manifest, answers)]
        said = ["; ".join(map(words.row_issue, issues)) for issues in answers.issues]
        front = zip(map(str, range(rows + 1, rows + len(answers) + 1)), *columns, said, strict=True)
        writer.write((*texts, *cells) for texts, cells in zip(front, block.cells, strict=True))
        for issues in answers.issues:
            with_issues += bool(issues)
            for issue in issues:
                counts[issue.code] = counts.get(issue.code, 0) + 1
        rows += len(answers)
        progress(rows)
    return TableOutcome(rows, with_issues, counts, notes)


def _wrong_width(found: int, expected: int) -> list[RowIssue]:
    if found == expected:
        return []
    code = TOO_FEW_CELLS if found < expected else TOO_MANY_CELLS
    return [RowIssue(code, value=str(found), upper=str(expected))]


def _fitted(cells: Sequence[str], width: int) -> Sequence[str]:
    if len(cells) == width:
        return cells
    return [*cells[:width], *([""] * (width - len(cells)))]
