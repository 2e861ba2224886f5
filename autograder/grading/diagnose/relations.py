"""Numeric relations between a wrong result and the right one: a factor, a sign, a transpose, a shift in time, ..."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Any

import numpy as np

from autograder.authoring import T3, Tolerance
from autograder.course.cases import Case
from autograder.grading.compare import compare, elementwise
from autograder.grading.diagnose.elementwise import LEAVES, argument_factors, argument_terms, around, clamped
from autograder.grading.diagnose.forms import container_relations, length_relations, same_elements
from autograder.grading.diagnose.observation import Observation, Pair, loosened, wrong_pairs
from autograder.guest.wire import Array, Value
from autograder.tree import leaves

Numbers = np.ndarray[Any, Any]
# The magnitude of inputs from which exp and log overflow or round away (a sigmoid is 1 in float32 from about 17 on).
# For smaller inputs a NaN has other reasons.
LARGE = 15.0
DISTINCT = 3  # different values that a result has if it does not equal another one by chance
# Elements: a larger result is related only to one of at least half its size, because both are widened to float64.
MOST_RELATED = 1 << 22


@dataclass(frozen=True)
class Relation:
    """How a wrong result relates to the right one. Two cases share a reason when their Relations are equal.

    kind: a key of `numeric.TEXTS`.
    detail: what makes it specific: "2", "X.shape[0]", an axis, an order.
    """

    kind: str
    detail: str = ""


def whole_relations(observation: Observation, others: Sequence[Observation]) -> Iterator[Relation]:
    """The relations of a result as a whole: the order of its parts, its dtype, its gradient, another call's result."""
    pairs = wrong_pairs(observation)
    expected, got = observation.expected.value, observation.got.value
    yield from _permutations(expected, got, loosened(observation.case.check.tolerance))
    if not pairs:
        if observation.case.check.gradient and not observation.got.gradient:
            yield _no_gradient(observation.case.check.gradient)
        return
    if all(pair.path.startswith("grad[") and pair.got is None for pair in pairs):
        yield _no_gradient(pair.path.split("]")[0][5:] for pair in pairs)
        return
    yield from _dtype(pairs)
    if any(is_evidence(pair.expected) and size(pair.expected) > 1 for pair in pairs):
        for other in others:
            if _is_of_another_call(observation, other):
                yield Relation("stale")
                break


def _is_of_another_call(observation: Observation, other: Observation) -> bool:
    """Whether a result is the right one of another call, by no chance and for no other reason.

    Masks, counts and constants are equal by chance. And where two calls share an array (as they do where one
    hyper-parameter alone changes), code that ignores an argument gives the other one's result, too.
    """
    case, that = observation.case, other.case
    if that.function != case.function or that.id == case.id or _share_an_argument(case, that):
        return False
    telling = any(
        isinstance(leaf, Array) and is_evidence(leaf) and np.unique(leaf.data[np.isfinite(leaf.data)]).size >= DISTINCT
        for _, leaf in leaves(other.expected.value)
    )
    return telling and compare(other.expected.value, observation.got.value, loosened(case.check.tolerance)).equal


def _share_an_argument(one: Case, other: Case) -> bool:
    exact = Tolerance("exact", 0.0, 0.0, nan=True)
    pairs = [
        (a, b)
        for (_, a), (_, b) in zip(leaves(list(one.args)), leaves(list(other.args)), strict=False)
        if not isinstance(a, Array) or a.data.size > 1
    ]
    arrays = [pair for pair in pairs if isinstance(pair[0], Array)]
    return any(compare(a, b, exact).equal for a, b in arrays or pairs)


def is_evidence(value: Value) -> bool:
    """Whether numbers of this type can show a relation: a truth value or a count fits too many of them."""
    if isinstance(value, Array):
        return value.data.dtype.kind in "fc"
    return isinstance(value, float)


def _no_gradient(names: Iterable[str]) -> Relation:
    return Relation("no_gradient", ", ".join(sorted(set(names))))


def _dtype(pairs: Sequence[Pair]) -> Iterator[Relation]:
    """Results that are right but for their dtype: values and gradients agree within float32's tolerance."""
    near, kinds = _near(T3), set[str]()
    for pair in pairs:
        e, g = _both(pair)
        if e is None or g is None or e.shape != g.shape or not near(e, g):
            return
        if isinstance(pair.expected, Array) and isinstance(pair.got, Array) and pair.expected.dtype != pair.got.dtype:
            kinds.add(f"{pair.got.dtype} ≠ {pair.expected.dtype}")
        elif not pair.path.startswith("grad["):
            return
    if len(kinds) == 1:
        yield Relation("dtype", kinds.pop())


def _permutations(expected: Value, got: Value, tolerance: Tolerance) -> Iterator[Relation]:
    if not isinstance(expected, (tuple, list)) or not isinstance(got, (tuple, list)):
        return
    if len(expected) != len(got) or not 2 <= len(expected) <= 5:
        return
    for order in permutations(range(len(expected))):
        moved = [expected[i] for i, j in enumerate(order) if i != j]
        if (
            moved
            and all(_may_move(part) for part in moved)
            and all(compare(expected[i], got[j], tolerance).equal for i, j in enumerate(order))
        ):
            yield Relation("permuted", ", ".join(str(j) for j in order))
            return


def _may_move(part: Value) -> bool:
    """Whether a part found in another place was put there: truth values, counts and constants are equal by chance."""
    if isinstance(part, Array):
        return part.data.dtype.kind != "b" and (is_evidence(part) or np.unique(part.data).size >= DISTINCT)
    return not isinstance(part, (bool, int))


def leaf_relations(pair: Pair, observation: Observation, *, agrees: bool = False) -> Iterator[Relation]:
    """Every relation that explains one wrong leaf, or one container of another type or length.

    agrees: also those that a case with few or equal elements cannot show, but agree with.
    """
    tolerance = loosened(observation.case.check.tolerance)
    near = _near(tolerance)
    yield from (Relation(*found) for found in container_relations(pair.expected, pair.got, near, tolerance))
    e, g = _both(pair)
    if e is None or g is None:
        return
    yield from (Relation(*found) for found in length_relations(e, g, near))
    if not is_evidence(pair.expected) or not (is_evidence(pair.got) or isinstance(pair.got, int)):
        return
    if isinstance(pair.expected, Array) and isinstance(pair.got, Array) and pair.expected.dtype != pair.got.dtype:
        return  # `_dtype` explains these
    arguments = _arguments(observation.case)
    for name, a in arguments:
        if (agrees or np.unique(a).size >= DISTINCT) and a.shape == g.shape and near(a, g):
            yield Relation("input", name)
    if e.shape != g.shape:
        yield from _shape_relations(e, g, near)
        return
    if has_large_inputs(observation.case):
        yield from _overflow(e, g, near)
    if not e.size or not np.isfinite(e).all():
        return
    if e.dtype.kind != "c":
        for said in argument_factors(e, g, arguments, near, agrees=agrees):
            kind, detail = said.split(" ", 1)
            yield Relation("extra_factor" if kind == "times" else "lost_factor", detail)
    if not np.isfinite(g).all():
        return
    if not g.any() and e.any():
        yield Relation("zero")
    yield from _factors(e, g, observation.case, near)
    yield from _arrangements(e, g, near)
    if e.dtype.kind != "c":
        yield from _by_element(e, g, arguments, near, agrees)


def _by_element(
    e: Numbers,
    g: Numbers,
    arguments: Sequence[tuple[str, Numbers]],
    near: Callable[[Numbers, Numbers], bool],
    agrees: bool,
) -> Iterator[Relation]:
    for what in argument_terms(e, g, arguments, near, agrees=agrees):
        yield Relation(f"term_{what.split()[0]}", what.split(maxsplit=2)[-1])
    yield from (Relation(*found) for found in around(e, g, near, agrees=agrees))
    yield from (Relation(*found) for found in same_elements(e, g, near, agrees=agrees))
    if clamped(e, g, near, agrees=agrees):
        yield Relation("clamped")


def _arguments(case: Case) -> list[tuple[str, Numbers]]:
    """(name, numbers) of the arrays in a case's arguments."""
    found: list[tuple[str, Numbers]] = []
    for name, arg in zip(case.parameters, case.args, strict=False):
        for path, leaf in leaves(arg):
            if isinstance(leaf, Array) and leaf.data.dtype.kind == "f" and len(found) < LEAVES:
                found.append((name + path, leaf.data.astype(np.float64)))
    return found


def _shape_relations(e: Numbers, g: Numbers, near: Callable[[Numbers, Numbers], bool]) -> Iterator[Relation]:
    if g.ndim >= 2 and e.shape == g.T.shape and e.ndim == 2 and near(e.T, g):
        yield Relation("transposed")
    elif e.size == g.size and near(e.ravel(), g.ravel()):
        yield Relation("axis")
    elif _is_broadcast(e.shape, g.shape) and not _is_unreduced(e, g, near):
        yield Relation("broadcast")


def _is_broadcast(expected: tuple[int, ...], got: tuple[int, ...]) -> bool:
    """Whether a shape can come from broadcasting arrays like (N,) and (N, 1): it has an axis of the right one twice."""
    if len(got) <= len(expected) or len(got) < 2:
        return False
    extra = list(got)
    for length in expected:
        if length not in extra:
            return False
        extra.remove(length)
    return all(length > 1 and length in expected for length in extra)


def _is_unreduced(e: Numbers, g: Numbers, near: Callable[[Numbers, Numbers], bool]) -> bool:
    """Whether the right result is a sum, mean or extreme of this one along an axis: then the reduction is missing."""
    if g.dtype.kind == "c" or not np.isfinite(g).all():
        return False
    return any(near(e, how(g, axis=axis)) for how in (np.sum, np.mean, np.max, np.min) for axis in range(g.ndim))


def _overflow(e: Numbers, g: Numbers, near: Callable[[Numbers, Numbers], bool]) -> Iterator[Relation]:
    bad = np.isfinite(e) & ~np.isfinite(g)
    if bad.any() and (bad.size == 1 or not bad.all()) and near(e[~bad], g[~bad]):
        yield Relation("overflow")


def is_out_of_range(observation: Observation) -> bool:
    """Whether large inputs gave NaN or infinity somewhere where the right result is finite."""
    numbers = [_both(pair) for pair in wrong_pairs(observation) if not pair.path.startswith("grad[")]
    return has_large_inputs(observation.case) and any(
        e is not None and g is not None and e.shape == g.shape and (np.isfinite(e) & ~np.isfinite(g)).any()
        for e, g in numbers
    )


def has_large_inputs(case: Case) -> bool:
    """Whether exp and log overflow or round away at the inputs of a case."""
    return _largest_input(case) >= LARGE


def _largest_input(case: Case) -> float:
    """The largest finite magnitude among a case's floats: a count or a label is large in another way."""
    found = [_numbers(leaf) for arg in case.args for _, leaf in leaves(arg) if is_evidence(leaf)]
    return max((float(np.abs(n[np.isfinite(n)]).max(initial=0.0)) for n in found if n is not None), default=0.0)


def _factors(e: Numbers, g: Numbers, case: Case, near: Callable[[Numbers, Numbers], bool]) -> Iterator[Relation]:
    with np.errstate(all="ignore"):  # squares of the largest numbers overflow; such results have no factor
        power = float((np.abs(e) ** 2).sum())
        ratio = float((np.conj(e) * g).real.sum()) / power if power > 0 else 0.0
        offset = float((g - e).real.mean()) if e.size else 0.0
    known = power < math.inf and math.isfinite(ratio) and ratio != 0
    if known and near(e * ratio, g) and not near(e, g):
        yield from _name_factor(ratio, case)
    if math.isfinite(offset) and abs(offset) > 1e-9 and near(e + offset, g):
        yield Relation("offset", f"{offset:.6g}")


_KNOWN = {"2": 2.0, "1/2": 0.5, "4": 4.0, "1/4": 0.25, "ln 2": math.log(2), "1/ln 2": 1 / math.log(2)}


def _name_factor(ratio: float, case: Case) -> Iterator[Relation]:
    if math.isclose(ratio, -1, rel_tol=1e-6):
        yield Relation("sign")
    for name, factor in _KNOWN.items():
        if math.isclose(ratio, factor, rel_tol=1e-6):
            yield Relation("known_factor", name)
    for name, size in _sizes(case):
        if math.isclose(ratio, size, rel_tol=1e-6):
            yield Relation("size", name)
        elif math.isclose(ratio, 1 / size, rel_tol=1e-6):
            yield Relation("inverse_size", name)
    if f"{ratio:.6g}" != "1":  # "1 times the right one" says nothing
        yield Relation("factor", f"{ratio:.6g}")


def _sizes(case: Case) -> Iterator[tuple[str, int]]:
    """Sizes of the inputs' axes, and products of two of one input: N, T, C, N*T, ..."""
    for name, arg in zip(case.parameters, case.args, strict=False):
        if not isinstance(arg, Array):
            continue
        axes = [(f"{name}.shape[{axis}]", size) for axis, size in enumerate(arg.shape)]
        for label, size in axes:
            if size > 1:
                yield label, size
        for (first, m), (second, n) in combinations(axes, 2):
            if m > 1 and n > 1:
                yield f"{first}*{second}", m * n


def _arrangements(e: Numbers, g: Numbers, near: Callable[[Numbers, Numbers], bool]) -> Iterator[Relation]:
    if e.ndim >= 2 and e.shape[-1] == e.shape[-2] and near(np.swapaxes(e, -1, -2), g):
        yield Relation("transposed")
    for axis in range(e.ndim):
        if e.shape[axis] < 3:
            continue
        first, second = np.moveaxis(e, axis, 0), np.moveaxis(g, axis, 0)
        if near(first[::-1], second):
            yield Relation("reversed", str(axis))
        if not near(first[1:], first[:-1]):  # values that are constant along the axis equal every shift of themselves
            if near(first[:-1], second[1:]):
                yield Relation("shift", "previous")
            if near(first[1:], second[:-1]):
                yield Relation("shift", "next")


def _near(tolerance: Tolerance) -> Callable[[Numbers, Numbers], bool]:
    def near(a: Numbers, b: Numbers) -> bool:
        return a.shape == b.shape and bool(elementwise(a, b, tolerance, exact=False)[0].all())

    return near


def _both(pair: Pair) -> tuple[Numbers | None, Numbers | None]:
    """(expected, got) as numbers; None for one that is no number, and for a `got` far larger than `expected`."""
    expected, got = pair.expected, pair.got
    too_large = isinstance(got, Array) and got.data.size > max(MOST_RELATED, 2 * size(expected))
    return _numbers(expected), None if too_large else _numbers(got)


def _numbers(value: Value) -> Numbers | None:
    if isinstance(value, Array):
        return value.data.astype(np.complex128 if value.data.dtype.kind == "c" else np.float64)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        try:
            return np.asarray(float(value))
        except OverflowError:
            return None
    return None


def size(value: Value) -> int:
    if isinstance(value, Array):
        return int(value.data.size)
    return 0 if _numbers(value) is None else 1
