"""A seeded source of inputs: what a check draws, and the calls that it yields.

Nothing here imports torch: inputs are drawn on the host with numpy, and become tensors in the sandbox.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.errors import demand
from autograder.guest.wire import DTYPES, Array, Sparse, Value
from autograder.tree import map_leaves

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
MOST_ELEMENTS = 4_000_000  # of one input: 32 MB


@dataclass(frozen=True)
class Call:
    """One call that a check asks for.

    args: the positional arguments, as wire values.
    function: the function that is called; None for the task's first.
    """

    args: tuple[Value, ...]
    function: str | None = None


class Draw:
    """A seeded source of inputs. Arrays are numpy arrays, float64 or int64. Arguments that several methods share:

    shape: the sizes of the array's axes.
    low: the lower bound.
    high: the upper bound, exclusive but for `sizes`.
    scale: the standard deviation.
    n: the number of rows, nodes or elements.
    """

    def __init__(self, seed: int) -> None:
        self.rng = np.random.Generator(np.random.Philox(seed))

    def call(self, *args: Any, function: str | None = None) -> Call:
        """One call of the task's function, to be yielded by a check.

        args: positional arguments. numpy arrays arrive as torch tensors, Python values as they are (tuples, lists and
            dicts may hold both).
        function: another function of the task, or a provided adapter; by default the task's first function.
        """
        return Call(tuple(map_leaves(arg, _freeze) for arg in args), function)

    def sizes(self, count: int, low: int = 2, high: int = 7) -> tuple[int, ...]:
        """`count` different sizes in [low, high], in random order (draw rule R1)."""
        demand(count <= high - low + 1, f"draw.sizes: there are no {count} different sizes between {low} and {high}")
        return tuple(int(n) for n in self.rng.permutation(np.arange(low, high + 1))[:count])

    def normal(self, *shape: int, scale: float = 1.0, loc: float = 0.0) -> Floats:
        """Normally distributed values.

        loc: the mean.
        """
        return self.rng.normal(loc, scale, size=_shape(shape))

    def uniform(self, *shape: int, low: float = 0.0, high: float = 1.0) -> Floats:
        """Uniformly distributed values in [low, high)."""
        return self.rng.uniform(low, high, size=_shape(shape))

    def positive(self, *shape: int, low: float = 0.2, high: float = 3.0) -> Floats:
        """Positive values away from zero, uniform in [low, high)."""
        return self.rng.uniform(low, high, size=_shape(shape))

    def away_from_zero(self, *shape: int, margin: float = 0.05, scale: float = 1.0) -> Floats:
        """Normal values with |x| >= margin: no pre-activation near the kink of a ReLU.

        margin: the smallest magnitude; smaller values are moved away from zero and keep their sign.
        """
        x = self.normal(*shape, scale=scale)
        return np.where(np.abs(x) < margin, np.copysign(margin + np.abs(x), x), x)

    def probabilities(self, *shape: int) -> Floats:
        """Rows (last axis) that are positive and sum to 1."""
        x = self.positive(*shape)
        normalised: Floats = x / x.sum(axis=-1, keepdims=True)
        return normalised

    def integers(self, low: int, high: int, *shape: int) -> Ints:
        """Integers in [low, high)."""
        return self.rng.integers(low, high, size=_shape(shape))

    def scalar(self, low: float, high: float) -> float:
        """A Python float, uniform in [low, high)."""
        return float(self.rng.uniform(low, high))

    def permutation(self, n: int) -> Ints:
        """The integers 0 to n - 1 in random order."""
        return self.rng.permutation(n).astype(np.int64)

    def choice(self, options: Iterable[Any]) -> Any:
        """One of several values of any kind (`options`), each equally likely."""
        items = list(options)
        return items[int(self.rng.integers(len(items)))]

    def one_hot(self, n: int, classes: int) -> Floats:
        """A matrix of `n` rows and `classes` columns, with a single 1 in each row."""
        return np.eye(classes)[self.rng.integers(0, classes, size=n)]

    def graph(
        self, n: int, *, directed: bool = False, weighted: bool = False, isolated: bool = True, density: float = 0.5
    ) -> Floats:
        """An adjacency matrix (n, n) without self-loops. From 4 nodes on degrees differ, unless all edges are drawn.

        directed: the matrix need not be symmetric.
        weighted: drawn edges weigh between 0.3 and 2.5. Those that are added at node 0 weigh 1.
        isolated: the last node has no edges (where there are three nodes or more).
        density: the probability of an edge, before node 0 is joined to all others (from 4 nodes on).
        """
        a = (self.rng.random((n, n)) < density).astype(np.float64)
        if weighted:
            a *= self.rng.uniform(0.3, 2.5, size=(n, n))
        if not directed:
            a = np.triu(a, 1)
            a = a + a.T
        if n > 3:  # a star at node 0, so that degrees differ
            a[0, 1:] = np.where(a[0, 1:] == 0, 1.0, a[0, 1:])
            a[1:, 0] = a[0, 1:] if not directed else a[1:, 0]
        if isolated and n > 2:
            a[n - 1, :] = 0.0
            a[:, n - 1] = 0.0
        np.fill_diagonal(a, 0.0)
        return a

    def strided(self, x: np.ndarray[Any, Any]) -> Array:
        """The values of the array `x`, handed over as a non-contiguous view (draw rule R13)."""
        return Array(np.asarray(x), layout="noncontiguous")


def _shape(shape: tuple[int, ...]) -> tuple[int, ...]:
    demand(
        all(isinstance(n, (int, np.integer)) and n >= 0 for n in shape),
        f"sizes are whole numbers, 0 or more, not {shape}; draw.sizes gives a tuple: (n,) = draw.sizes(1)",
    )
    demand(math.prod(shape) <= MOST_ELEMENTS, f"an input of {shape} is too large for a grader; draw a smaller one")
    return shape


def _freeze(value: Any) -> Value:
    """A leaf as a wire value: numpy arrays become `Array`, numpy scalars Python ones. Raises Mistake for others."""
    if isinstance(value, np.ndarray):
        demand(value.dtype.name in DTYPES, f"an array of {value.dtype} cannot become a tensor")
        demand(value.size <= MOST_ELEMENTS, f"an input of {value.shape} is too large for a grader; make a smaller one")
        return Array(np.array(value))
    if isinstance(value, np.generic):
        return value.item()  # type: ignore[no-any-return]
    demand(
        value is None or isinstance(value, (bool, int, float, complex, str, Array, Sparse)),
        f"a {type(value).__name__} cannot be handed to the sandbox; hand over arrays, numbers, strings and containers "
        "of these, and make callables and modules in a provided adapter",
    )
    return value  # type: ignore[no-any-return]
