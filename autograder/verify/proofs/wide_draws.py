"""Inputs beside those that the checks draw, to tell a survivor from a version that computes the same.

A mutant that no check catches is *equivalent* where it also gives the reference's answers on these: the same checks
drawn from other secrets, and drawn inputs with one thing changed that the checks may have forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from autograder.course.cases import Case
from autograder.guest.wire import Array, Value
from autograder.tree import arrays, map_arrays

MOST_CASES = 48  # changed inputs of one task
FIRST_ID = 1_000_000  # ids of these cases, beside those of the drawn ones


def wide_cases(cases: Sequence[Case]) -> list[tuple[str, Case]]:
    """(what was changed, case) for a task's drawn cases: one argument of each is changed in one way."""
    found: list[tuple[str, Case]] = []
    seen: set[tuple[str, str, str]] = set()
    for case in cases:
        if case.check.dtype != "float64" or case.check.judge is not None:
            continue
        for at, (name, arg) in enumerate(zip(case.parameters, case.args, strict=False)):
            for what, changed in _changes(name, arg):
                key = (case.check.name, case.function, what)
                if key not in seen:
                    seen.add(key)
                    args = (*case.args[:at], changed, *case.args[at + 1 :])
                    found.append((f"{what} (as in check {case.check.name!r})", replace(case, args=args)))
    step = max(1, -(-len(found) // MOST_CASES))
    return [(what, replace(case, id=FIRST_ID + n)) for n, (what, case) in enumerate(found[::step])]


def _changes(name: str, arg: Value) -> Iterator[tuple[str, Value]]:
    """(in words, the argument changed), for what an argument that is drawn freely may also be."""
    if not any(_is_free(array.data) for array in arrays(arg)):
        return

    def changed(change: np.ufunc | object) -> Value:
        return map_arrays(arg, lambda array: _with(array, change(array.data)) if _is_free(array.data) else array)  # type: ignore[operator]

    yield f"{name} with an element that is exactly 0", changed(_zeroed)
    yield f"{name} with two equal elements", changed(_tied)
    yield f"{name} a hundred times as large", changed(lambda data: 100 * data)


def _is_free(data: np.ndarray) -> bool:  # type: ignore[type-arg]
    """Whether any numbers may stand here: not probabilities, masks, labels or adjacency matrices."""
    if data.dtype.kind != "f" or data.size < 2 or not np.isfinite(data).all():
        return False
    if (data >= 0).all() or np.unique(data).size <= 2:
        return False
    return not (data.ndim == 2 and data.shape[0] == data.shape[1] and (np.diag(data) == 0).all())


def _zeroed(data: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    copy = data.copy()
    copy.flat[:: max(2, data.size // 3)] = 0.0
    return copy


def _tied(data: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    copy = data.copy()
    copy.flat[1] = copy.flat[0]
    copy.flat[-1] = copy.flat[0]
    return copy


def _with(array: Array, data: np.ndarray) -> Array:  # type: ignore[type-arg]
    return Array(data, array.dtype, array.kind, array.device, array.layout)
