"""The walk over a value: tuples, lists and dicts are its branches, everything else is a leaf.

Code that meets values of unknown depth or size, or walks over two values at once, has a walk of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.guest.wire import Array, Sparse, Value

MOST_KEY = 100  # characters of a dict's key in a path


def map_leaves(value: Any, change: Callable[[Any], Any]) -> Any:
    """The same value with every leaf replaced by `change(leaf)`."""
    if isinstance(value, tuple):
        return tuple([map_leaves(item, change) for item in value])
    if isinstance(value, list):
        return [map_leaves(item, change) for item in value]
    if isinstance(value, dict):
        return {key: map_leaves(item, change) for key, item in value.items()}
    return change(value)


def leaves(value: Value, path: str = "") -> Iterator[tuple[str, Value]]:
    """(path, leaf) of every leaf, in order."""
    if isinstance(value, (tuple, list)):
        for i, item in enumerate(value):
            yield from leaves(item, f"{path}[{i}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, path + step(key))
    else:
        yield path, value


def step(key: object) -> str:
    """The part of a path that leads to a key; cut, because every path below repeats it."""
    text = repr(key)
    return f"[{text}]" if len(text) <= MOST_KEY else f"[{text[: MOST_KEY - 3]}...]"


def map_arrays(value: Value, change: Callable[[Array], Array]) -> Value:
    """The same value with every array, those inside sparse tensors too, replaced by `change(array)`."""

    def changed(leaf: Value) -> Value:
        if isinstance(leaf, Array):
            return change(leaf)
        if isinstance(leaf, Sparse):
            return Sparse(change(leaf.indices), change(leaf.values), leaf.shape)
        return leaf

    mapped: Value = map_leaves(value, changed)
    return mapped


def arrays(value: Value) -> Iterator[Array]:
    """Every array in order, those inside sparse tensors too."""
    for _, leaf in leaves(value):
        if isinstance(leaf, Array):
            yield leaf
        elif isinstance(leaf, Sparse):
            yield from (leaf.indices, leaf.values)


def is_finite(value: Value) -> bool:
    """Whether no real float, alone or in an array, is NaN or infinite. Sparse tensors are not looked into."""
    for _, leaf in leaves(value):
        if isinstance(leaf, float) and not math.isfinite(leaf):
            return False
        if isinstance(leaf, Array) and leaf.data.dtype.kind == "f" and not np.isfinite(leaf.data).all():
            return False
    return True
