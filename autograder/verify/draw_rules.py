"""The draw rules R1-R14, as predicates on the cases that were really drawn.

A convenient draw (one example, zero state, a ring, a kernel of ones) lets most wrong versions through; each rule is
the reason why one of them survived. A rule that makes no sense for a task is named in `Task(exempt={"R7": "why"})`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.authoring import Task
from autograder.course.cases import Case
from autograder.guest.wire import Array
from autograder.tree import leaves

DEFAULTS = {0.0, 0.5, 0.9, 0.99, 0.999}
HYPERPARAMETERS = {"p", "mu", "momentum", "m", "b1", "b2", "beta1", "beta2", "rho"}
EXTREME = 100.0


@dataclass(frozen=True)
class Broken:
    """A draw rule that no case of a task obeys.

    rule: "R1" to "R14".
    why: what the drawn inputs lack.
    """

    rule: str
    why: str


def broken_rules(task: Task, cases: Sequence[Case]) -> list[Broken]:
    """The rules that apply to a task, are not exempt, and hold in none of its drawn cases."""
    inputs = _Inputs(cases)
    return [
        Broken(rule, why)
        for rule, check in _RULES.items()
        if rule not in task.exempt
        for why in [check(inputs)]
        if why is not None
    ]


class _Inputs:
    """The drawn inputs of a task, by parameter. An array inside a tuple, list or dict belongs to that parameter."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = cases
        self.ordinary = [case for case in cases if not case.check.edge] or list(cases)

    def arrays(self, cases: Sequence[Case] | None = None) -> Iterator[tuple[str, Array]]:
        for case in self.cases if cases is None else cases:
            for name, arg in zip(case.parameters, case.args, strict=False):
                yield from ((name + path, leaf) for path, leaf in leaves(arg) if isinstance(leaf, Array))

    def by_parameter(self, cases: Sequence[Case] | None = None) -> dict[str, list[np.ndarray[Any, Any]]]:
        found: dict[str, list[np.ndarray[Any, Any]]] = {}
        for name, array in self.arrays(cases):
            found.setdefault(name, []).append(array.data)
        return found

    def scalars(self) -> dict[str, set[Any]]:
        """Distinct plain arguments (numbers, strings, booleans) by parameter."""
        found: dict[str, set[Any]] = {}
        for case in self.cases:
            for name, arg in zip(case.parameters, case.args, strict=False):
                if isinstance(arg, (bool, int, float, str)):
                    found.setdefault(name, set()).add(arg)
        return found

    def square(self) -> dict[str, list[np.ndarray[Any, Any]]]:
        """Matrices that are square in every case, in several sizes, and so by nature (adjacency matrices and the like)."""
        return {
            name: matrices
            for name, matrices in self.by_parameter().items()
            if all(a.ndim == 2 and a.shape[0] == a.shape[1] for a in matrices) and len({a.shape for a in matrices}) > 1
        }


def _distinct_sizes(inputs: _Inputs) -> str | None:
    natural = inputs.square()
    for name, arrays in inputs.by_parameter(inputs.ordinary).items():
        wide = [a for a in arrays if a.ndim >= 2]
        if wide and name not in natural and not any(len(set(a.shape)) == a.ndim for a in wide):
            return f"{name} has two axes of one size in every case"
    return None


def _no_trivial_parameters(inputs: _Inputs) -> str | None:
    for name, arrays in inputs.by_parameter(inputs.ordinary).items():
        floats = [a for a in arrays if a.dtype.kind == "f" and a.size > 1]
        if floats and not any(a.min() != a.max() for a in floats):
            return f"{name} is constant in every case"
    return None


def _batches_and_steps(inputs: _Inputs) -> str | None:
    for name, arrays in inputs.by_parameter(inputs.ordinary).items():
        if any(a.ndim >= 2 for a in arrays) and not any(a.ndim >= 2 and a.shape[0] >= 2 for a in arrays):
            return f"{name} never has 2 rows"
        deep = [a for a in arrays if a.ndim == 3]
        if deep and not any(max(a.shape[1:]) >= 3 for a in deep):
            return f"{name} never has 3 steps"
    return None


def _random_upstream(inputs: _Inputs) -> str | None:
    for name, arrays in inputs.by_parameter(inputs.ordinary).items():
        upstream = name[0] == "d" and (name[1:2].isupper() or name in ("dout", "dh", "dc", "dy", "dx"))
        if upstream and not any(a.size > 1 and np.unique(a).size > 1 for a in arrays):
            return f"the upstream gradient {name} is never random"
    return None


def _asymmetric(inputs: _Inputs) -> str | None:
    for name, matrices in inputs.square().items():
        large = [a for a in matrices if a.shape[0] > 1]
        if large and all(np.array_equal(a, a.T) for a in large):
            return f"{name} is symmetric in every case"
    return None


def _large_epsilon(inputs: _Inputs) -> str | None:
    values = inputs.scalars().get("eps")
    if values and not any(isinstance(v, float) and abs(v - 1e-2) < 1e-12 for v in values):
        return "eps is never 1e-2"
    return None


def _no_defaults(inputs: _Inputs) -> str | None:
    for name, values in inputs.scalars().items():
        numbers = {v for v in values if isinstance(v, float)}
        if name in HYPERPARAMETERS and numbers and numbers <= DEFAULTS:
            return f"{name} takes default values only"
    return None


def _boundaries(inputs: _Inputs) -> str | None:
    for _, array in inputs.arrays():
        a = array.data
        if a.size > 1 and (np.unique(a).size < a.size or (a == 0).any()):
            return None
    return "no tie and no exact zero in any case" if any(True for _ in inputs.arrays()) else None


def _extremes(inputs: _Inputs) -> str | None:
    for name, arrays in inputs.by_parameter().items():
        if "logit" in name and not any(a.size and np.abs(a).max() >= EXTREME for a in arrays):
            return f"{name} never reaches {EXTREME:g}"
    return None


def _padded_pooling(inputs: _Inputs) -> str | None:
    pooling = [case for case in inputs.cases if "pool2d" in case.function]
    if pooling and not any(
        isinstance(c.args[0], Array) and c.args[0].data.size and c.args[0].data.max() < 0 for c in pooling
    ):
        return "no case of padded pooling has only negative inputs"
    return None


def _size_one_or_empty(inputs: _Inputs) -> str | None:
    arrays = [array.data for _, array in inputs.arrays()]
    if arrays and not any(1 in a.shape or 0 in a.shape for a in arrays if a.ndim):
        return "no case has an axis of size 1 or 0"
    return None


def _all_equal(inputs: _Inputs) -> str | None:
    arrays = [array.data for _, array in inputs.arrays() if array.data.size > 1]
    if arrays and not any((a == a.flat[0]).all() for a in arrays):
        return "no input has all its elements equal"
    return None


def _views_or_integers(inputs: _Inputs) -> str | None:
    arrays = [array for _, array in inputs.arrays()]
    if arrays and not any(a.layout == "noncontiguous" or a.data.dtype.kind in "iu" for a in arrays):
        return "no input is a non-contiguous view (draw.strided) or holds integers"
    return None


def _changed_hyperparameter(inputs: _Inputs) -> str | None:
    for name, values in inputs.scalars().items():
        if len(values) < 2:
            return f"{name} has one value in all cases"
    return None


def draws_floats(cases: Sequence[Case]) -> bool:
    """Whether any input is an array of floats, which could as well be in float32."""
    return any(array.data.dtype.kind == "f" for _, array in _Inputs(cases).arrays())


_RULES: dict[str, Callable[[_Inputs], str | None]] = {
    "R1": _distinct_sizes,
    "R2": _no_trivial_parameters,
    "R3": _batches_and_steps,
    "R4": _random_upstream,
    "R5": _asymmetric,
    "R6": _large_epsilon,
    "R7": _no_defaults,
    "R8": _boundaries,
    "R9": _extremes,
    "R10": _padded_pooling,
    "R11": _size_one_or_empty,
    "R12": _all_equal,
    "R13": _views_or_integers,
    "R14": _changed_hyperparameter,
}
