"""The texts of a category column that are frequent enough to be told apart."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from automl.graph.builder import ML_DOMAIN, GraphBuilder
from automl.preprocessing.transformation import Texts


def frequent_levels(counts: Counter[str], most: int, least_count: int) -> tuple[str, ...]:
    """Return at most `most` non-missing texts seen `least_count` times or more, most frequent first, ties by text."""
    known = [(-count, text) for text, count in counts.items() if text and count >= least_count]
    return tuple(text for _, text in sorted(known)[:most])


def positions(texts: Texts, levels: Sequence[str], otherwise: int, missing: int) -> npt.NDArray[np.int64]:
    """Return for every text its position in `levels`, `missing` for the empty text and `otherwise` for any other."""
    known = {level: position for position, level in enumerate(levels)}
    known[""] = missing
    return np.fromiter((known.get(text, otherwise) for text in texts.tolist()), np.int64, len(texts))


def emit_positions(graph: GraphBuilder, column: str, levels: Sequence[str], otherwise: int, missing: int) -> str:
    """Write `positions` and return its int64 [N, 1] tensor."""
    return graph.node(
        "LabelEncoder",
        [graph.input_text(column)],
        domain=ML_DOMAIN,
        keys_strings=[*levels, ""],
        values_int64s=[*range(len(levels)), missing],
        default_int64=otherwise,
    )
