"""Which images show the same part: exact copies, and shots that differ in light, exposure or a few pixels of position.

Likeness is the correlation of two images after everything smooth is taken away and local contrast is made equal, at 64 x 64,
the best over shifts of up to 3 pixels. What all images have in common (one fixture, one design) is taken away too. Images at
least `ALIKE` alike are connected, and connected images are one group: they never stand on both sides of a split.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter
from scipy.sparse.csgraph import connected_components

from automl.data.connection import Progress, part

SIGNATURE_SIZE = 64
ALIKE = 0.5
Signatures = NDArray[np.uint8]
Float = NDArray[np.float32]

_STRICTER = (0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.995)
_SHIFT = 3
_CENTRE = SIGNATURE_SIZE - 2 * _SHIFT
_FINE, _AROUND, _QUIET = 2.0, 4.0, 2.0  # pixels, pixels, grey levels: sensor noise is not made into texture
_COARSE, _STEP = 3.0, 4
_CANDIDATES = 32
_FEWEST_LIKE = 0.4
_BLOCK = 512
_LARGEST_ALWAYS_FINE, _LARGEST_SHARE = 50, 0.2
_PREPARING, _SEARCHING = 0.2, 0.6


@dataclass(frozen=True)
class _Edges:
    """Pairs of images that are alike, and how much."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    score: Float

    def where(self, kept: NDArray[np.bool_]) -> "_Edges":
        return _Edges(self.first[kept], self.second[kept], self.score[kept])

    def connected(self, count: int) -> NDArray[np.int64]:
        ones = np.ones(len(self.first), np.int8)
        graph = scipy.sparse.coo_matrix((ones, (self.first, self.second)), shape=(count, count))
        _, groups = connected_components(graph, directed=False)
        return np.asarray(groups, np.int64)


def group_images(signatures: Signatures, contents: Sequence[str], progress: Progress) -> NDArray[np.int64]:
    """Return the group of every image, counted from 1 in order of appearance.

    `signatures` are grey images [n, 64, 64]; `contents` the SHA-256 of each image: equal ones are always together.
    """
    if not len(signatures):
        return np.zeros(0, np.int64)
    unique, place = np.unique(np.asarray(contents), return_index=True)
    copies = np.searchsorted(unique, np.asarray(contents))
    texture = _texture(signatures[place], part(progress, 0.0, _PREPARING))
    candidates = _candidates(texture, part(progress, _PREPARING, _SEARCHING))
    edges = _likeness(texture, candidates, part(progress, _SEARCHING, 1.0))
    return _in_order_of_appearance(_components(edges, len(unique))[copies])


def _texture(signatures: Signatures, progress: Progress) -> NDArray[np.float16]:
    """Grey images without what is smooth or common to all, local contrast made equal; half precision keeps 50,000 small."""
    texture = np.empty(signatures.shape, np.float16)
    common = np.zeros(signatures.shape[1:])
    for start in range(0, len(signatures), _BLOCK):
        grey = signatures[start : start + _BLOCK].astype(np.float32)
        fine = grey - gaussian_filter(grey, (0, _FINE, _FINE))
        spread = np.sqrt(gaussian_filter(fine * fine, (0, _AROUND, _AROUND)))
        texture[start : start + _BLOCK] = fine / (spread + _QUIET)
        common += texture[start : start + _BLOCK].sum(axis=0, dtype=np.float64)
        progress(start + len(grey), len(signatures))
    # With few images the mean is mostly the images themselves.
    weight = max(0.0, 1.0 - 30.0 / len(signatures))
    texture -= (weight * common / len(signatures)).astype(np.float16)
    return texture


def _candidates(texture: NDArray[np.float16], progress: Progress) -> NDArray[np.int64]:
    """For every image (a row) those that look like it when blurred so much that small shifts do not matter; -1 fills up."""
    count = len(texture)
    coarse = np.empty((count, (SIGNATURE_SIZE // _STEP) ** 2), np.float32)
    for start in range(0, count, _BLOCK):
        blurred = gaussian_filter(texture[start : start + _BLOCK].astype(np.float32), (0, _COARSE, _COARSE))
        points = blurred[:, _STEP // 2 :: _STEP, _STEP // 2 :: _STEP]
        coarse[start : start + _BLOCK] = _unit(points.reshape(len(points), -1))
    most = min(_CANDIDATES, count - 1)
    found = np.full((count, most), -1, np.int64)
    if not most:
        return found
    for start in range(0, count, _BLOCK):
        like = coarse[start : start + _BLOCK] @ coarse.T
        own = np.arange(len(like))
        like[own, own + start] = -1.0
        nearest = np.argpartition(-like, most - 1, axis=1)[:, :most]
        close = np.take_along_axis(like, nearest, axis=1) >= _FEWEST_LIKE
        found[start : start + _BLOCK] = np.where(close, nearest, -1)
        progress(start + len(like), count)
    return found


def _likeness(texture: NDArray[np.float16], candidates: NDArray[np.int64], progress: Progress) -> _Edges:
    """How alike every image and its candidates are, at least `ALIKE`: the best correlation over shifts."""
    found: list[NDArray[np.int64]] = [np.zeros(0, np.int64)]
    scores: list[Float] = [np.zeros(0, np.float32)]
    for image, row in enumerate(candidates):
        others = row[row >= 0]
        if len(others):
            whole = texture[image].astype(np.float32)
            shifted = sliding_window_view(whole, (_CENTRE, _CENTRE)).reshape(-1, _CENTRE * _CENTRE)
            centres = texture[others, _SHIFT:-_SHIFT, _SHIFT:-_SHIFT].astype(np.float32)
            best = (_unit(shifted) @ _unit(centres.reshape(len(others), -1)).T).max(axis=0)
            alike = best >= ALIKE
            found.append(np.stack([np.full(int(alike.sum()), image), others[alike]]).ravel(order="F"))
            scores.append(best[alike])
        if image % _BLOCK == 0:
            progress(image, len(candidates))
    pairs = np.concatenate(found).reshape(-1, 2)
    return _Edges(pairs[:, 0], pairs[:, 1], np.concatenate(scores))


def _components(edges: _Edges, count: int) -> NDArray[np.int64]:
    """Connected images. A group that swallows too much of all images holds together only by stronger likeness."""
    groups = edges.connected(count)
    most = max(_LARGEST_ALWAYS_FINE, int(_LARGEST_SHARE * count))
    for line in _STRICTER:
        sizes = np.bincount(groups)
        too_large = sizes[groups] > most
        if not too_large.any():
            break
        kept = edges.where(~too_large[edges.first] | (edges.score >= line))
        groups = kept.connected(count)
        edges = kept
    return groups


def _unit(vectors: Float) -> Float:
    """Rows without their mean and of length one; a row without any texture stays zero and is like nothing."""
    centred = vectors - vectors.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    result: Float = centred / np.maximum(lengths, np.float32(1e-3))
    return result


def _in_order_of_appearance(groups: NDArray[np.int64]) -> NDArray[np.int64]:
    _, first, inverse = np.unique(groups, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first)] = np.arange(1, len(first) + 1)
    return rank[inverse]
