"""Answers that know nothing of the task: zeros, NaN, the inputs, and the right answer a little spoilt.

Whoever hands them in has understood nothing, so every check must refuse some of them. They are made of the reference's
own values on the host, and nothing runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from autograder.course.cases import Case
from autograder.guest.wire import Array, Value
from autograder.sandbox.interface import Outcome
from autograder.tree import leaves, map_arrays, map_leaves

SPOILT = ("zeros", "x 1.01", "+ 1e-3")
"""Those that have the right form and finite values where the right answer has."""


def constant_answers(case: Case, expected: Outcome) -> Iterator[tuple[str, Outcome]]:
    """(name, outcome) of each."""
    inputs = [leaf for arg in case.args for _, leaf in leaves(arg) if isinstance(leaf, Array)]
    changes: dict[str, Callable[[Array], Array]] = {
        "zeros": lambda array: _with(array, np.zeros_like(array.data)),
        "NaN": lambda array: _with(array, np.full_like(array.data, np.nan)) if _is_float(array) else array,
        "the inputs": lambda array: next((one for one in inputs if _same_form(one, array)), array),
        "x 1.01": lambda array: _with(array, array.data * array.data.dtype.type(1.01)) if _is_float(array) else array,
        "+ 1e-3": lambda array: _with(array, array.data + array.data.dtype.type(1e-3)) if _is_float(array) else array,
    }
    numbers: dict[str, Callable[[float], float]] = {
        "zeros": lambda _: 0.0,
        "NaN": lambda _: float("nan"),
        "the inputs": lambda number: number,
        "x 1.01": lambda number: number * 1.01,
        "+ 1e-3": lambda number: number + 1e-3,
    }
    for name, change in changes.items():
        value = _changed(expected.value, change, numbers[name], name)
        gradient = tuple(_changed(part, change, numbers[name], name) for part in expected.gradient)
        yield name, replace(expected, value=value, repeated=value, gradient=gradient, packed=None)


def _changed(value: Value, change: Callable[[Array], Array], number: Callable[[float], float], name: str) -> Value:
    def changed(leaf: Value) -> Value:
        if isinstance(leaf, float):
            return number(leaf)
        if name == "zeros" and isinstance(leaf, (bool, int, str)):
            return type(leaf)()
        return map_arrays(leaf, change)

    with np.errstate(all="ignore"):
        found: Value = map_leaves(value, changed)
    return found


def _with(array: Array, data: np.ndarray) -> Array:  # type: ignore[type-arg]
    return Array(np.ascontiguousarray(data), array.dtype, array.kind, array.device, array.layout)


def _is_float(array: Array) -> bool:
    return array.data.dtype.kind in "fc"


def _same_form(one: Array, other: Array) -> bool:
    return one.data.shape == other.data.shape and one.dtype == other.dtype
