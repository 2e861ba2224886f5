"""How a large array is looked at: a window of it, and the heat map of its error.

The report and the student's checker lay arrays out alike.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.authoring import Tolerance
from autograder.grading.compare import elementwise
from autograder.guest.wire import Array

HEAT_SIZE = 24
HEAT_CAP = 12.0  # upper limit of log10(error / tolerance); a NaN counts as the limit


def error_heat(expected: Array, got: Array, tolerance: Tolerance, truth: Array | None = None) -> list[list[float]]:
    """The heat map: at most HEAT_SIZE rows and columns of log10(error / tolerance), the worst of each block.

    Higher dimensions are laid out as rows. 0 is the tolerance itself; capped to [-3, HEAT_CAP]; a NaN is HEAT_CAP.
    """
    reference = expected.data if truth is None else truth.data
    ok, error, allowed = elementwise(reference, got.data, tolerance, exact=expected.data.dtype.kind not in "fc")
    with np.errstate(all="ignore"):
        ratio = np.log10(
            np.where(allowed > 0, error / np.where(allowed > 0, allowed, 1.0), np.where(ok, 0.0, 10**HEAT_CAP))
        )
    # Rounding must not change the verdict: a right element is at most 0, and a wrong one is above 0.
    right = np.minimum(np.nan_to_num(ratio, nan=-3.0, neginf=-3.0), 0.0)
    wrong = np.maximum(np.nan_to_num(ratio, nan=HEAT_CAP, posinf=HEAT_CAP), 0.01)
    ratio = np.where(ok, right, wrong)
    ratio = np.clip(ratio, -3.0, HEAT_CAP)
    flat = as_rows(ratio)
    if not flat.size:
        return []
    grid: list[list[float]] = worst_of_blocks(flat).round(2).tolist()
    return grid


def as_rows(data: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """An array as a matrix: a vector is one row, and higher dimensions are rows below each other."""
    return data.reshape(1, -1) if data.ndim <= 1 else data.reshape(-1, data.shape[-1])


def window(size: int, limit: int, focus: int) -> range:
    """At most `limit` of `size` places, around one of them."""
    start = max(0, min(focus - limit // 2, size - limit))
    return range(start, min(size, start + limit))


def worst_of_blocks(flat: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The largest element of each block of a matrix that is not empty, in at most HEAT_SIZE rows and columns of blocks."""
    rows = np.maximum.reduceat(flat, _blocks(flat.shape[0]), axis=0)
    found: np.ndarray[Any, Any] = np.maximum.reduceat(rows, _blocks(flat.shape[1]), axis=1)
    return found


def _blocks(size: int) -> np.ndarray[Any, Any]:
    """The first index of each of at most HEAT_SIZE blocks of even size."""
    count = min(HEAT_SIZE, size)
    return np.arange(count) * size // count
