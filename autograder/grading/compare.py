"""Is a value the expected one, and if not, where and by how much?

Strict in form: type, dtype, device and shape must agree; nothing is broadcast. (A list passes for a tuple, and a Python
int for a Python float: these differences teach nothing.) Numeric in value: |got - expected| <= atol + rtol * |expected|
for floats and complex numbers, exact for everything else. An infinity equals only itself; a NaN equals a NaN only where
the reference has one and the tolerance says so.

Values are compared leaf by leaf, and every leaf that differs is reported, with its path.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.authoring import Tolerance
from autograder.guest.wire import Array, Opaque, Sparse, Value
from autograder.tree import step

# Mismatches of form. Numbers are compared only where type, keys, length, dtype, device and shape agree.
FORM_KINDS = ("type", "keys", "length", "dtype", "device", "shape", "not_finite")

PART = 1 << 20  # elements that are compared at once


@dataclass(frozen=True)
class Mismatch:
    """One leaf that differs.

    path: where in the result, "" for the result itself, "[1]" or "['W']" inside it.
    kind: one of FORM_KINDS or "value".
    expected, got: what stood there, as text (for "value": at the worst element).
    index: of the worst element.
    wrong, total: how many elements differ, and how many there are.
    error: |got - expected| there.
    allowed: what the tolerance grants there.
    """

    path: str
    kind: str
    expected: str
    got: str
    index: tuple[int, ...] = ()
    wrong: int = 0
    total: int = 0
    error: float = math.nan
    allowed: float = math.nan


@dataclass(frozen=True)
class Comparison:
    """All that differs between two values.

    mismatches: in the order of the leaves.
    ratio: the largest error as a multiple of its tolerance (inf for form).
    """

    mismatches: tuple[Mismatch, ...]
    ratio: float

    @property
    def equal(self) -> bool:
        return not self.mismatches

    @property
    def form_equal(self) -> bool:
        """Right in type, dtype, device and shape, and finite wherever the reference is."""
        return all(m.kind not in FORM_KINDS for m in self.mismatches)


EQUAL = Comparison((), 0.0)


def all_equal(*comparisons: Comparison | None) -> bool:
    """Whether nothing differs. A None among them is a comparison that was not made, and counts as equal."""
    return all(comparison is None or comparison.equal for comparison in comparisons)


def compare(expected: Value, got: Value, tolerance: Tolerance, truth: Value = None) -> Comparison:
    """Compare a result with the reference's.

    truth: the reference's result in float64 where `expected` was computed in a narrower dtype; the numbers are then
    compared with it, and type, dtype and shape with `expected`.
    """
    walker = _Walker(tolerance)
    with np.errstate(all="ignore"):
        walker.walk("", expected, got, expected if truth is None else truth)
    return Comparison(tuple(walker.mismatches), walker.ratio)


class _Walker:
    def __init__(self, tolerance: Tolerance) -> None:
        self.tolerance = tolerance
        self.mismatches: list[Mismatch] = []
        self.ratio = 0.0

    def walk(self, path: str, expected: Value, got: Value, truth: Value) -> None:
        if isinstance(expected, Array):
            self._array(path, expected, got, truth)
        elif isinstance(expected, Sparse):
            self._sparse(path, expected, got, truth)
        elif isinstance(expected, (tuple, list)):
            self._sequence(path, expected, got, truth)
        elif isinstance(expected, dict):
            self._mapping(path, expected, got, truth)
        else:
            self._scalar(path, expected, got, truth)

    def _form(self, path: str, kind: str, expected: str, got: str) -> None:
        self.mismatches.append(Mismatch(path, kind, expected, got))
        self.ratio = math.inf

    def _sequence(self, path: str, expected: tuple[Value, ...] | list[Value], got: Value, truth: Value) -> None:
        if not isinstance(got, (tuple, list)):
            return self._form(path, "type", type_name(expected), type_name(got))
        if len(got) != len(expected):
            return self._form(path, "length", str(len(expected)), str(len(got)))
        for i, item in enumerate(expected):
            self.walk(f"{path}[{i}]", item, got[i], truth[i] if isinstance(truth, (tuple, list)) else item)

    def _mapping(self, path: str, expected: dict[Any, Value], got: Value, truth: Value) -> None:
        if not isinstance(got, dict):
            return self._form(path, "type", type_name(expected), type_name(got))
        if set(got) != set(expected):
            return self._form(path, "keys", _names(expected), _names(got))
        for key, item in expected.items():
            self.walk(path + step(key), item, got[key], truth[key] if isinstance(truth, dict) else item)

    def _scalar(self, path: str, expected: Value, got: Value, truth: Value) -> None:
        number = isinstance(expected, (float, complex)) and not isinstance(expected, bool)
        if number and isinstance(got, (int, float, complex)) and not isinstance(got, bool):
            if isinstance(got, complex) and not isinstance(expected, complex):
                return self._form(path, "type", type_name(expected), type_name(got))
            return self._numbers(path, np.asarray(expected), np.asarray(_as_float(got)), np.asarray(truth))
        if type(expected) is not type(got) or isinstance(expected, Opaque):
            if isinstance(expected, Opaque) and expected == got:
                return None
            return self._form(path, "type", type_name(expected), type_name(got))
        if expected != got:
            self.mismatches.append(Mismatch(path, "value", quote(expected), quote(got), (), 1, 1))
            self.ratio = math.inf
        return None

    def _array(self, path: str, expected: Array, got: Value, truth: Value) -> None:
        if not isinstance(got, Array) or got.kind != expected.kind:
            return self._form(path, "type", type_name(expected), type_name(got))
        if got.dtype != expected.dtype:
            return self._form(path, "dtype", expected.dtype, got.dtype)
        if got.device != expected.device:
            return self._form(path, "device", expected.device, got.device)
        if got.shape != expected.shape:
            return self._form(path, "shape", shape_text(expected.shape), shape_text(got.shape))
        reference = truth.data if isinstance(truth, Array) and truth.shape == expected.shape else expected.data
        return self._numbers(path, expected.data, got.data, reference)

    def _sparse(self, path: str, expected: Sparse, got: Value, truth: Value) -> None:
        if not isinstance(got, Sparse):
            return self._form(path, "type", type_name(expected), type_name(got))
        if got.shape != expected.shape:
            return self._form(path, "shape", shape_text(expected.shape), shape_text(got.shape))
        values = truth.values if isinstance(truth, Sparse) else expected.values
        self._array(f"{path}.indices()", expected.indices, got.indices, expected.indices)
        return self._array(f"{path}.values()", expected.values, got.values, values)

    def _numbers(
        self, path: str, expected: np.ndarray[Any, Any], got: np.ndarray[Any, Any], truth: np.ndarray[Any, Any]
    ) -> None:
        """Part by part: what is compared is widened, and a large array would take many times its size."""
        flat_truth, flat_got = truth.reshape(-1), got.reshape(-1)
        wrong, worst = 0, None
        finite = True
        for start in range(0, truth.size, PART):
            part = slice(start, start + PART)
            found = self._part(expected.dtype.kind, flat_truth[part], flat_got[part])
            if found is not None:
                wrong += found.wrong
                finite = finite and found.finite
                worst = found.after(start) if worst is None or found.score > worst.score else worst
        if worst is None:
            return
        self.mismatches.append(
            Mismatch(
                path,
                "value" if finite else "not_finite",
                number_text(flat_truth[worst.place]),
                number_text(flat_got[worst.place]),
                tuple(int(i) for i in np.unravel_index(worst.place, truth.shape)),
                wrong,
                int(truth.size),
                worst.error,
                worst.allowed,
            )
        )

    def _part(self, kind: str, truth: np.ndarray[Any, Any], got: np.ndarray[Any, Any]) -> _Wrong | None:
        """What is wrong in one part; None where all is right."""
        if kind in "biu" and bool((truth == got).all()):
            return None
        ratio = _ratio_if_right(truth, got, self.tolerance) if kind == "f" else None
        if ratio is not None:
            self.ratio = max(self.ratio, ratio)
            return None
        ok, error, allowed = elementwise(truth, got, self.tolerance, exact=kind not in "fc")
        with np.errstate(all="ignore"):
            ratios = np.where(error == 0, 0.0, error / allowed)
        # A NaN ratio is an error without a size: not finite where the reference is, or the other way round.
        ratios = np.where(
            ok, np.minimum(np.nan_to_num(ratios, nan=0.0), 1.0), np.where(np.isnan(ratios), math.inf, ratios)
        )
        self.ratio = max(self.ratio, float(ratios.max()))
        if ok.all():
            return None
        place, score = _worst(ok, error, allowed)
        finite = got.dtype.kind not in "fc" or bool(np.isfinite(got[np.isfinite(truth)]).all())
        return _Wrong(int((~ok).sum()), finite, place, score, float(error[place]), float(allowed[place]))


@dataclass(frozen=True)
class _Wrong:
    """What is wrong in one part of an array.

    wrong: how many elements differ.
    finite: whether every element is finite where the expected one is.
    place: of the worst element.
    score: how bad it is.
    error, allowed: as in a `Mismatch`.
    """

    wrong: int
    finite: bool
    place: int
    score: float
    error: float
    allowed: float

    def after(self, start: int) -> _Wrong:
        """The same, its place counted from the beginning of an array."""
        return replace(self, place=start + self.place)


def _ratio_if_right(truth: np.ndarray[Any, Any], got: np.ndarray[Any, Any], tolerance: Tolerance) -> float | None:
    """The largest error / tolerance of floats that are plainly right; None where it takes `elementwise` to tell.

    Most arrays of a class are right: this answers for them at a small part of the price.
    """
    if tolerance.nan and truth.dtype == got.dtype and truth.tobytes() == got.tobytes():
        return 0.0
    if tolerance.atol <= 0 or tolerance.signed_zero or not truth.size or truth.dtype.kind != "f":
        return None
    wide = truth.astype(np.float64, copy=False)
    allowed = tolerance.atol + tolerance.rtol * np.abs(wide)
    ratios = np.abs(got.astype(np.float64, copy=False) - wide) / allowed
    worst = float(ratios.max())
    # A NaN anywhere makes this false; an infinity in `truth` is one in `allowed`, and grants nothing. At 1 rounding decides.
    return worst if worst < 1.0 and float(allowed.max()) < math.inf else None


def elementwise(
    truth: np.ndarray[Any, Any], got: np.ndarray[Any, Any], tolerance: Tolerance, *, exact: bool
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """(right, error, allowed), each of the arrays' shape: booleans, |got - truth| and the tolerance granted."""
    if exact:
        wrong = np.asarray(truth != got)
        return ~wrong, _difference(truth, got), np.zeros(truth.shape)
    wide = np.complex128 if "c" in (truth.dtype.kind, got.dtype.kind) else np.float64
    e, g = truth.astype(wide), got.astype(wide)
    with np.errstate(all="ignore"):
        error = np.where(e == g, 0.0, np.abs(g - e))
        allowed = tolerance.atol + tolerance.rtol * np.abs(e)
        ok = (e == g) | ((error <= allowed) & np.isfinite(e) & np.isfinite(g))
    if tolerance.nan:
        ok |= np.isnan(e) & np.isnan(g)
    if tolerance.signed_zero and truth.dtype.kind == "f":
        ok &= ~((e == 0) & (g == 0) & (np.signbit(e.real) != np.signbit(g.real)))
    return ok, error, allowed


def _as_float(x: int | float | complex) -> float | complex:
    try:
        return x if isinstance(x, complex) else float(x)
    except OverflowError:  # an int beyond float's range
        return math.inf


def _difference(a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    if a.dtype.kind not in "iub":
        return np.asarray(a != b, dtype=np.float64)
    return np.asarray(np.abs(a.astype(np.float64) - b.astype(np.float64)))


def _worst(ok: np.ndarray[Any, Any], error: np.ndarray[Any, Any], allowed: np.ndarray[Any, Any]) -> tuple[int, float]:
    """The wrong element with the largest error relative to its tolerance, and that; one without a size (NaN) is the worst."""
    with np.errstate(all="ignore"):
        score = np.where(allowed > 0, error / np.where(allowed > 0, allowed, 1.0), error)
    score = np.where(ok, -1.0, np.where(np.isnan(score), math.inf, score))
    place = int(score.argmax())
    return place, float(score[place])


def parts_of(value: Value) -> tuple[str, ...]:
    """The paths of a tuple's or dict's parts; none for what has fewer than two."""
    if isinstance(value, tuple):
        paths = tuple(f"[{i}]" for i in range(len(value)))
    elif isinstance(value, dict):
        paths = tuple(step(key) for key in value)
    else:
        paths = ()
    return paths if len(set(paths)) > 1 else ()


def wrong_parts(parts: Sequence[str], comparison: Comparison | None) -> set[str]:
    """The parts that differ; all of them where there is no comparison, or the result differs as a whole."""
    if comparison is None:
        return set(parts)
    found = {part for m in comparison.mismatches for part in parts if m.path.startswith(part)}
    whole = any(not any(m.path.startswith(part) for part in parts) for m in comparison.mismatches)
    return set(parts) if whole else found


# -- words -----------------------------------------------------------------------------------------------------------


def type_name(value: Value) -> str:
    """The type of a value as a student would name it."""
    if isinstance(value, Array):
        name = "torch.Tensor" if value.kind == "tensor" else "numpy.ndarray"
        return f"{name} {value.dtype} {shape_text(value.shape)}"
    if isinstance(value, Sparse):
        return f"sparse torch.Tensor {value.values.dtype} {shape_text(value.shape)}"
    if isinstance(value, Opaque):
        return value.type_name
    if isinstance(value, (tuple, list)):
        return f"{type(value).__name__} of {len(value)}"
    return "None" if value is None else type(value).__name__


def shape_text(shape: tuple[int, ...]) -> str:
    return "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"


def number_text(x: Any, digits: int = 10) -> str:
    """A number in at most so many significant digits."""
    if isinstance(x, (np.floating, float)):
        return f"{float(x):.{digits}g}"
    if isinstance(x, (np.complexfloating, complex)):
        return f"{complex(x):.{digits}g}"
    return str(x.item() if isinstance(x, np.generic) else x)


def quote(value: Value, limit: int = 200) -> str:
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 3] + "..."


def _names(mapping: dict[Any, Value]) -> str:
    return ", ".join(sorted(map(str, mapping)))
