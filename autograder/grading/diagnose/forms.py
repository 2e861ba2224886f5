"""Relations of form: right numbers in another container, too few or too many of them, in another order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.authoring import Tolerance
from autograder.grading.compare import compare
from autograder.guest.wire import Array, Value

Numbers = np.ndarray[Any, Any]
FEWEST_VALUES = 3  # of which an order is seen
LARGEST = 1 << 63  # integer that an array holds
Near = Callable[[Numbers, Numbers], bool]


def as_numbers(value: Value) -> Numbers | None:
    """A value as an array of real numbers, whatever it was kept in; None where it is none."""
    if isinstance(value, Array):
        return value.data if value.data.dtype.kind in "fiub" else None
    if isinstance(value, (bool, int, float)):
        return np.asarray(value) if abs(value) < LARGEST or isinstance(value, float) else None
    if isinstance(value, (list, tuple)) and value:
        items = [as_numbers(item) for item in value]
        found = [item for item in items if item is not None]
        if len(found) == len(items) and len({item.shape for item in found}) == 1:
            return np.stack(found)
    return None


def container_relations(expected: Value, got: Value, near: Near, tolerance: Tolerance) -> Iterator[tuple[str, str]]:
    """(kind, detail) for two values whose type or length differs."""
    if isinstance(expected, Array) and expected.data.dtype.kind in "fiub" and not isinstance(got, Array):
        other = as_numbers(got)
        if other is not None and near(expected.data.astype(float), other.astype(float).reshape(other.shape)):
            yield "container", _kind(got)
    if isinstance(expected, (list, tuple)) and isinstance(got, (list, tuple)):
        yield from _lengths(list(expected), list(got), tolerance)


def _kind(value: Value) -> str:
    if isinstance(value, (list, tuple)):
        return "Python list" if isinstance(value, list) else "tuple"
    return "Python number"


def _lengths(expected: list[Value], got: list[Value], tolerance: Tolerance) -> Iterator[tuple[str, str]]:
    def same(one: list[Value], other: list[Value]) -> bool:
        return bool(one) and compare(one, other, tolerance).equal

    fewer = len(expected) - len(got)
    if fewer > 0 and same(got, expected[: len(got)]):
        yield "short", "the last ones" if fewer > 1 else "the last one"
    if fewer > 0 and same(got, expected[fewer:]):
        yield "short", "the first ones" if fewer > 1 else "the first one"
    if fewer < 0 and same(expected, got[: len(expected)]):
        yield "long", "at the end"
    if fewer < 0 and same(expected, got[-len(expected) :]):
        yield "long", "at the beginning"
    if fewer == 0 and len(got) > 1 and same(expected, got[::-1]) and not same(expected, got):
        yield "backwards", ""


def length_relations(e: Numbers, g: Numbers, near: Near) -> Iterator[tuple[str, str]]:
    """(kind, detail) for arrays whose first axis has another length."""
    if e.ndim == 0 or e.ndim != g.ndim or e.shape[1:] != g.shape[1:] or not g.size or not e.size:
        return
    fewer = len(e) - len(g)
    if fewer > 0:
        if near(e[: len(g)], g):
            yield "short", "the last ones" if fewer > 1 else "the last one"
        elif near(e[fewer:], g):
            yield "short", "the first ones" if fewer > 1 else "the first one"
        elif e.ndim > 1 and _rows_left_out(e, g, near):
            yield "rows_missing", ""
    if fewer < 0:
        if near(e, g[: len(e)]):
            yield "long", "at the end"
        elif near(e, g[-len(e) :]):
            yield "long", "at the beginning"


def _rows_left_out(e: Numbers, g: Numbers, near: Near) -> bool:
    """Whether the rows of `g` are those of `e`, in order, without some."""
    row = 0
    for mine in g:
        while row < len(e) and not near(e[row], mine):
            row += 1
        if row == len(e):
            return False
        row += 1
    return True


def same_elements(e: Numbers, g: Numbers, near: Near, *, agrees: bool = False) -> Iterator[tuple[str, str]]:
    """Right elements in another order: of whole rows, within each row, or anywhere."""
    if e.shape != g.shape or e.ndim == 0 or (not agrees and (e.size < 4 or np.ptp(e) == 0)):
        return
    if any(_filled_on_the_other_side(one, other, near) for one, other in ((e, g), (e.T, g.T))):
        yield "filling", ""
    if not agrees and np.unique(e).size < FEWEST_VALUES:
        return  # masks and one-hot rows have the same elements by chance
    if e.ndim >= 2:
        flat_e, flat_g = e.reshape(len(e), -1), g.reshape(len(g), -1)
        if near(flat_e[np.lexsort(flat_e.T[::-1])], flat_g[np.lexsort(flat_g.T[::-1])]):
            yield "reordered", "rows"
        if near(np.sort(e, axis=-1), np.sort(g, axis=-1)):
            yield "reordered", "within each row"
    elif near(np.sort(e.ravel()), np.sort(g.ravel())):
        yield "reordered", "elements"


def _filled_on_the_other_side(e: Numbers, g: Numbers, near: Near) -> bool:
    """Whether the zeros behind the values of each row stand before them."""
    rows = list(zip(e.reshape(-1, e.shape[-1]), g.reshape(-1, e.shape[-1]), strict=True))
    moved = False
    for one, other in rows:
        filled = len(one) - (int(np.flatnonzero(one)[-1]) + 1 if one.any() else 0)
        if not near(np.roll(one, filled), other):
            return False
        moved = moved or (0 < filled < len(one))
    return moved
