"""What training on images found beyond the leaderboard: judged images, the good/flawed histogram, what would help."""

from enum import StrEnum

import msgspec

from automl.domain.result import Interval, InWords

# Scores nearer than this are the same to a person.
NO_GAP = 0.005


class ImageVerdict(StrEnum):
    """The three answers at the line, and the gate: OK, not good, needs a person, or unlike anything learned."""

    OK = "ok"
    NOT_GOOD = "not_good"
    PERSON = "person"
    UNKNOWN = "unknown"


class JudgedImage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """One image nobody had shown the model: true class, answer (places in `classes`), probability of the answer.

    `unusual` is what the histogram shows, 0 to 1: the risk that the part is flawed. `heatmap` tells that the run folder
    has a heatmap of it (grey 8-bit PNG on the one fixed scale of the model; 255 means as unusual as the scale shows).
    """

    number: int
    actual: int
    predicted: int
    probability: float
    unusual: float
    verdict: ImageVerdict
    heatmap: bool = False


class HistogramOfTwo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts of really good and really flawed images over `edges` of `unusual` (len(good) + 1 numbers)."""

    edges: tuple[float, ...]
    good: tuple[int, ...]
    flawed: tuple[int, ...]


class Advice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that would help, computed from these results, with the images it speaks of (``words.advice.<name>``).

    `action` names what a front end offers: show (the images), add (more images), check (labels), label, nothing ("").
    """

    words: InWords
    action: str = ""
    numbers: tuple[int, ...] = ()


class DecisionBand(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The two lines of the three answers: below `lower` OK, from `upper` not good, between them a person looks.

    `missed` and `stopped` are the shares of flawed parts passed and of good parts stopped on judged images, with ranges;
    `to_person` is the share handed to a person.
    """

    lower: float
    upper: float
    missed: Interval
    stopped: Interval
    to_person: Interval


class WeightsUsed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Imported weights a model stands on, and the licence they came with."""

    name: str
    licence: str = ""
    non_commercial: bool = False


class ImageEvaluation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything the image pages show of one model. `good` are the places in `classes` that mean a good part.

    `random_score` and `grouped_score` are the same metric with near duplicates torn apart and kept together.
    `person_curve` pairs the share handed to a person with the share of wrong answers on the rest.
    """

    model_id: str
    classes: tuple[str, ...]
    good: tuple[int, ...]
    judged: tuple[JudgedImage, ...]
    histogram: HistogramOfTwo
    band: DecisionBand | None = None
    calibration_error: float = 0.0
    random_score: float | None = None
    grouped_score: float | None = None
    person_curve: tuple[tuple[float, float], ...] = ()
    advice: tuple[Advice, ...] = ()

    def gap(self) -> tuple[float, float] | None:
        """Return the score with shots of one part kept together and torn apart at random, None where nobody compared."""
        if self.grouped_score is None or self.random_score is None:
            return None
        return self.grouped_score, self.random_score

    def spared_mistakes(self, handed_over: float = 0.1) -> float | None:
        """Return which share of the wrong answers is gone when a person looks at the least sure ones.

        Wrong answers are counted as shares of the images left to the model. None where nothing was wrong or nobody counted.
        """
        shares = dict(self.person_curve)
        wrong, rest = shares.get(0.0), shares.get(handed_over)
        return None if not wrong or rest is None else 1 - rest / wrong
