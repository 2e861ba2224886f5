"""A value that a whole class is compared with: prepared once, so that a right answer is known at a small part of the price.

Most values of a class are right. Their floats are then compared as one vector with one vector of tolerances; whatever
that does not settle at once - another form, a number out of tolerance, an infinity - goes to `compare`, which says all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.authoring import Tolerance
from autograder.compare import Comparison, compare
from autograder.wire import Array, Value

_Numbers = np.ndarray[Any, Any]


class _Unlike(Exception):
    """Not plainly of the same form."""


class Expectation:
    """What `compare(value, ..., tolerance, truth)` compares with."""

    def __init__(self, value: Value, tolerance: Tolerance, truth: Value = None) -> None:
        self.value, self.tolerance, self.truth = value, tolerance, truth
        self._wide = self._allowed = np.zeros(0)
        self._exact: list[_Numbers] = []
        self._easy = self._prepare()

    def compare(self, got: Value) -> Comparison:
        """See `compare`: the same answer."""
        ratio = self._ratio_if_right(got) if self._easy else None
        return Comparison((), ratio) if ratio is not None else compare(self.value, got, self.tolerance, self.truth)

    def _prepare(self) -> bool:
        """Lay out the numbers; False where only `compare` can tell."""
        truth = self.value if self.truth is None else self.truth
        if self.tolerance.atol <= 0 or self.tolerance.signed_zero:
            return False
        try:
            pairs = list(_pairs(self.value, truth))
        except _Unlike:  # the narrow and the wide run of the reference differ in form
            return False
        floats, self._exact = _split(pairs)
        self._wide = _flat(floats)
        if not np.isfinite(self._wide).all():
            return False
        self._allowed = self.tolerance.atol + self.tolerance.rtol * np.abs(self._wide)
        return True

    def _ratio_if_right(self, got: Value) -> float | None:
        """The largest error / tolerance of a value that is plainly right; None where it takes `compare` to tell."""
        try:
            pairs = list(_pairs(self.value, got, strict=True))
        except _Unlike:
            return None
        floats, exact = _split(pairs)
        if not all(bool((one == other).all()) for one, other in zip(self._exact, exact, strict=True)):
            return None
        if not floats:
            return 0.0
        with np.errstate(all="ignore"):
            ratios = np.abs(_flat(floats) - self._wide) / self._allowed
        worst = float(ratios.max()) if ratios.size else 0.0
        return worst if worst < 1.0 else None  # at 1 rounding decides; and a NaN is not below it


def _pairs(expected: Value, got: Value, *, strict: bool = False) -> Iterator[tuple[Value, Value]]:
    """(leaf, what stands in its place) of every array and float. Raises _Unlike for another form.

    strict: in dtype too, which is where the reference's own run in float64 differs.
    """
    if type(expected) is Array:
        if type(got) is not Array or got.data.shape != expected.data.shape:
            raise _Unlike
        if strict and (got.dtype, got.kind, got.device) != (expected.dtype, expected.kind, expected.device):
            raise _Unlike
        yield expected, got
    elif type(expected) is float:
        if type(got) is not float:
            raise _Unlike
        yield expected, got
    elif type(expected) in (tuple, list):
        if type(got) not in (tuple, list) or len(got) != len(expected):  # type: ignore[arg-type]
            raise _Unlike
        for one, other in zip(expected, got, strict=True):  # type: ignore[arg-type]
            yield from _pairs(one, other, strict=strict)
    elif type(expected) is dict:
        if type(got) is not dict or got.keys() != expected.keys():
            raise _Unlike
        for key, one in expected.items():
            yield from _pairs(one, got[key], strict=strict)
    elif type(expected) is not type(got) or type(expected) not in (int, str, bool, type(None)) or expected != got:
        raise _Unlike


def _split(pairs: list[tuple[Value, Value]]) -> tuple[list[_Numbers | float], list[_Numbers]]:
    """What came back, apart: where floats are expected, and where everything is exact."""
    floats: list[_Numbers | float] = []
    exact: list[_Numbers] = []
    for expected, got in pairs:
        if isinstance(expected, Array) and isinstance(got, Array):
            (floats if expected.data.dtype.kind == "f" else exact).append(got.data)
        elif isinstance(got, float):
            floats.append(got)
    return floats, exact


def _flat(numbers: list[_Numbers | float]) -> _Numbers:
    parts = [np.ravel(part) for part in numbers]
    return np.concatenate(parts, dtype=np.float64) if parts else np.zeros(0)


__all__ = ["Expectation"]
