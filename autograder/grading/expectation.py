"""The expected outcome of one call, prepared once for a whole class, so that comparing a right result is cheap.

Most results of a class are right, in value and in form. All their floats, gradients included, are then compared as one
vector with one vector of tolerances; every other result - another form, a number out of tolerance, an infinity - is
compared leaf by leaf by `compare`, which also says what is wrong. Bytes that have been compared before, right or wrong,
are not compared again.
"""

from __future__ import annotations

import cmath
import weakref

import numpy as np

from autograder.authoring import Tolerance
from autograder.grading.compare import Comparison, compare, parts_of
from autograder.sandbox.forms import Packed
from autograder.sandbox.interface import Outcome
from autograder.tree import arrays, leaves


class Expectation:
    """The reference's outcome of one call, and its outcome in float64 where the call's dtype is narrower."""

    def __init__(self, expected: Outcome, truth: Outcome | None, tolerance: Tolerance) -> None:
        self.expected, self.truth, self.tolerance = expected, truth, tolerance
        self.parts = parts_of(expected.value)
        self._prepared = self._prepare()
        # Weak keys: a comparison is kept for as long as the sandbox's `ReplyCache` holds the bytes that were compared.
        self._settled: weakref.WeakKeyDictionary[Packed, tuple[Comparison, Comparison]] = weakref.WeakKeyDictionary()

    def compare(self, got: Outcome) -> tuple[Comparison, Comparison]:
        """Compare another outcome that returned: (comparison of the value, comparison of the gradient)."""
        packed = _packed(got)
        if packed is None:
            return self._compare(got, None)
        settled = self._settled.get(packed)
        if settled is None:
            settled = self._settled[packed] = self._compare(got, packed)
        return settled

    def _compare(self, got: Outcome, packed: Packed | None) -> tuple[Comparison, Comparison]:
        ratios = self._ratios_if_right(packed) if packed is not None and self._prepared else None
        if ratios is not None:
            return Comparison((), ratios[0]), Comparison((), ratios[1])
        truth = self.truth
        value = compare(self.expected.value, got.value, self.tolerance, truth.value if truth else None)
        if got.gradient_error is not None or not got.gradient:  # a gradient that cannot be computed is wrong everywhere
            return value, compare(self.expected.gradient, tuple(None for _ in self.expected.gradient), self.tolerance)
        gradient = compare(self.expected.gradient, got.gradient, self.tolerance, truth.gradient if truth else None)
        return value, gradient

    def _prepare(self) -> bool:
        """Lay out the numbers as vectors; False where only `compare` can decide."""
        packed = _packed(self.expected)
        truth = packed if self.truth is None else _packed(self.truth)
        if packed is None or truth is None or self.tolerance.atol <= 0 or self.tolerance.signed_zero:
            return False
        self._layout, self._rest = packed.layout, packed.layout.rest(packed.payload)
        self._wide = truth.layout.numbers(truth.payload)
        constants = _constants(packed)
        if constants != _constants(truth) or not all(map(cmath.isfinite, constants)):
            return False
        if truth.layout.rest(truth.payload) != self._rest or not np.isfinite(self._wide).all():
            return False
        if self._wide.size != sum(count for _, _, count in packed.layout.floats or ()):
            return False
        self._allowed = self.tolerance.atol + self.tolerance.rtol * np.abs(self._wide)
        self._border = _floats_of_value(packed)
        return True

    def _ratios_if_right(self, packed: Packed) -> tuple[float, float] | None:
        """The largest error / tolerance of the value and of the gradient; None where only `compare` can decide."""
        if packed.layout is not self._layout and not packed.layout.like(self._layout):
            return None
        if packed.layout.rest(packed.payload) != self._rest:
            return None
        with np.errstate(all="ignore"):
            ratios = np.abs(packed.layout.numbers(packed.payload) - self._wide) / self._allowed
        value, gradient = (
            float(np.maximum.reduce(part, initial=0.0)) for part in (ratios[: self._border], ratios[self._border :])
        )
        # Strictly below 1: at 1 rounding would decide, and a NaN is not below 1.
        return (value, gradient) if value < 1.0 and gradient < 1.0 else None


def _constants(packed: Packed) -> list[complex]:
    """The Python numbers of a value; they belong to its form, not to its arrays."""
    return [leaf for _, leaf in leaves(packed.value) if isinstance(leaf, (float, complex))]


def _floats_of_value(packed: Packed) -> int:
    """How many of the floats belong to the value. The gradients' floats come after them."""
    assert isinstance(packed.value, dict)
    return sum(array.data.size for array in arrays(packed.value["value"]) if array.data.dtype.kind == "f")


def _packed(outcome: Outcome) -> Packed | None:
    """An outcome's bytes; None where more than they hold must be compared, or their numbers are not one vector."""
    packed = outcome.packed
    if packed is None or packed.layout.floats is None or not isinstance(packed.value, dict):
        return None
    if outcome.gradient_error is not None:
        return None
    if not packed.value.keys() <= {"value", "gradient"}:  # changed inputs, or a second result that differs
        return None
    # A value that was replaced after it arrived is not what these bytes say.
    same = packed.value.get("value") is outcome.value and packed.value.get("gradient", ()) is outcome.gradient
    return packed if same else None
