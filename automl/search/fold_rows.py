"""Encoded rows of every fold. Everything an encoder learns, it learns from the learning rows of that fold alone."""

from dataclasses import dataclass

from automl.models.base import Index, LearningRows
from automl.preprocessing.encoder import Encoder
from automl.preprocessing.fit import fit_transform
from automl.search.encoding import Encoding
from automl.search.learning_task import TableTask

MOST_BYTES_KEPT = 1_500_000_000


@dataclass(frozen=True)
class EncodedPart:
    """Rows to learn from with the encoder fitted on them."""

    encoder: Encoder
    rows: LearningRows


@dataclass(frozen=True)
class EncodedFold:
    """A fold encoded by an encoder that saw only its learning rows."""

    encoder: Encoder
    learn: LearningRows
    check: LearningRows

    @property
    def size(self) -> int:
        """Bytes of its features."""
        return self.learn.features.nbytes + self.check.features.nbytes


class FoldRows:
    """Encodes folds when they are first needed and keeps them while memory allows."""

    def __init__(self, task: TableTask) -> None:
        self._task = task
        self._kept: dict[tuple[Encoding, int], EncodedFold] = {}
        self._bytes = 0

    def fold(self, encoding: Encoding, number: int) -> EncodedFold:
        """A fold, encoded."""
        key = (encoding, number)
        if key in self._kept:
            return self._kept[key]
        fold = self._encoded(encoding, number)
        if self._bytes + fold.size <= MOST_BYTES_KEPT:
            self._kept[key] = fold
            self._bytes += fold.size
        return fold

    def _encoded(self, encoding: Encoding, number: int) -> EncodedFold:
        part = self._task.plan.folds[number]
        learn = encode(self._task, encoding, part.train)
        features = learn.encoder.transform(self._task.table.take(part.check))
        shape = self._task.shape(part.check, features.shape[1])
        check = LearningRows(features, self._task.target[part.check], shape, learn.rows.categorical)
        return EncodedFold(learn.encoder, learn.rows, check)


def encode(task: TableTask, encoding: Encoding, rows: Index) -> EncodedPart:
    """Fit an encoder on these rows and encode them."""
    style, options = encoding
    target = task.target[rows]
    encoder, features = fit_transform(
        task.table.take(rows),
        task.schema,
        task.inputs,
        style,
        target=target,
        task=task.task,
        options=options,
        groups=task.equal_rows[rows],
    )
    shape = task.shape(rows, features.shape[1])
    return EncodedPart(encoder, LearningRows(features, target, shape, encoder.categorical_features))
