"""An outcome in a few numbers: enough to see that it is not another one, small enough to keep for every mutant.

A class keeps thousands of mutants with a dozen outcomes each. Of each outcome it keeps its form and three weighted sums
of its numbers. Outcomes that agree within a tolerance have sums that agree within a bound; the few mutants whose sums
agree run again, and their values are compared.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from autograder.authoring import Tolerance
from autograder.guest.wire import Array, Sparse, Value
from autograder.sandbox.interface import Outcome, Status
from autograder.tree import leaves

SUMS = 3
_NAN, _INFINITE = 7.0, 11.0  # what stands for them in a sum


@dataclass(frozen=True)
class Sketch:
    """The sketch of one outcome.

    form: of what returned, a hash of types, shapes and everything that is no float; of the rest, status and type of error.
    sums: three weighted sums of its floats.
    """

    form: str
    sums: tuple[float, ...]

    def may_be(self, other: Sketch, slack: float) -> bool:
        """Whether two outcomes may agree. slack: as `slack_of` gives it for one of them."""
        return self.form == other.form and all(abs(a - b) <= slack for a, b in zip(self.sums, other.sums, strict=True))


def sketch(outcome: Outcome) -> Sketch:
    if outcome.status is not Status.RETURNED:
        return Sketch(f"{outcome.status.value} {outcome.error.type_name if outcome.error else ''}", (0.0,) * SUMS)
    form, numbers = _parts(outcome)
    weights = _weights(numbers.size)
    with np.errstate(all="ignore"):
        return Sketch(form, tuple(float(row @ numbers) for row in weights))


def slack_of(outcome: Outcome, tolerance: Tolerance) -> float:
    """How far the sums of another outcome may be from this one's while its values are within the tolerance."""
    if outcome.status is not Status.RETURNED:
        return 0.0
    _, numbers = _parts(outcome)
    with np.errstate(all="ignore"):
        allowed = float((tolerance.atol + tolerance.rtol * np.abs(numbers)).sum())
        rounding = 1e-12 * float(np.abs(numbers).sum())
    return 2 * (allowed + rounding)


def _parts(outcome: Outcome) -> tuple[str, np.ndarray]:  # type: ignore[type-arg]
    """(form, floats) of an outcome that returned."""
    digest = hashlib.sha256(b"gradient error" if outcome.gradient_error else b"")
    found: list[np.ndarray] = []  # type: ignore[type-arg]
    for root in (outcome.value, outcome.gradient):
        _outline(root, digest, found)
    numbers = np.concatenate(found) if found else np.zeros(0)
    numbers = np.nan_to_num(numbers, nan=_NAN, posinf=_INFINITE, neginf=-_INFINITE)
    return digest.hexdigest()[:16], numbers


def _outline(root: Value, digest: hashlib._Hash, found: list[np.ndarray]) -> None:  # type: ignore[type-arg]
    for path, leaf in sorted(leaves(root), key=lambda entry: entry[0]):  # a dict is the same in any order of its keys
        digest.update(path.encode())
        for array in (leaf.indices, leaf.values) if isinstance(leaf, Sparse) else (leaf,):
            if not isinstance(array, Array):
                if isinstance(array, (float, complex)) and not isinstance(array, bool):
                    found.append(np.asarray([complex(array).real]))
                    digest.update(b"number")
                else:
                    digest.update(repr(array)[:1000].encode())
                continue
            digest.update(f"{array.kind} {array.dtype} {array.shape}".encode())
            if array.data.dtype.kind == "f":
                found.append(array.data.reshape(-1).astype(np.float64))
            else:
                digest.update(np.ascontiguousarray(array.data).tobytes())


MOST_KEPT = 1 << 12  # numbers of an outcome whose weights are cached: students' code decides on the sizes of outcomes
_KEPT_WEIGHTS: dict[int, np.ndarray] = {}  # type: ignore[type-arg]


def _weights(size: int) -> np.ndarray:  # type: ignore[type-arg]
    """The weights of each sum, between -1 and 1, the same at all times."""
    weights = _KEPT_WEIGHTS.get(size)
    if weights is None:
        weights = np.random.Generator(np.random.Philox(size)).uniform(-1, 1, (SUMS, size))
        if len(_KEPT_WEIGHTS) > 256:
            _KEPT_WEIGHTS.clear()
        if size <= MOST_KEPT:
            _KEPT_WEIGHTS[size] = weights
    return weights
