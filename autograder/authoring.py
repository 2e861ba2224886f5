"""What a lecturer imports in `checks.py` and `misconceptions.py`.

    from autograder.authoring import T1, T3, Draw, Task, Text

    normalize_adj = Task("normalize_adj", points=16, form=1, purity=1, forbid=("torch_geometric",))

    @normalize_adj.check("small", points=6, visible=True, tolerance=T1,
                         title=Text("a small directed graph", "작은 방향 그래프"),
                         hint=Text("Add the self-loops before you count degrees.", "차수를 세기 전에 자기 연결을 더하세요."))
    def small(draw: Draw):
        yield draw.call(draw.graph(5, directed=True))

A check makes inputs only. The reference in `solution.py` makes the answers, in the sandbox, from the same inputs.
Nothing here imports torch: inputs are drawn on the host with numpy, and become tensors in the sandbox.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np

from autograder.errors import Mistake
from autograder.guest.wire import DTYPES, Array, Sparse, Value
from autograder.i18n import Text as Text  # authors import it from here

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Tolerance:
    """|got - expected| <= atol + rtol * |expected|, elementwise.

    Integers, booleans and strings are compared exactly under every tolerance, and an infinity equals only itself.

    name: as `verify` prints it.
    rtol: the relative part of the bound.
    atol: the absolute part of the bound.
    nan: a NaN equals a NaN where the reference has one (otherwise a NaN is always wrong).
    signed_zero: -0.0 and 0.0 differ.
    """

    name: str
    rtol: float
    atol: float
    nan: bool = False
    signed_zero: bool = False


# Measured between correct implementations written differently; `autograder verify` prints the margin they leave.
T1 = Tolerance("T1", 1e-9, 1e-12)  # closed forms, float64
T2 = Tolerance("T2", 1e-7, 1e-9)  # reductions, compositions and analytic gradients, float64
TG = Tolerance("TG", 1e-6, 1e-9)  # results of central differences of smooth functions, float64
TG_KINK = Tolerance("TG_KINK", 1e-4, 1e-9)  # the same for functions with kinks (ReLU, max)
T3 = Tolerance("T3", 1e-3, 1e-5)  # float32
X = Tolerance("X", 0.0, 0.0)  # exact

Judge = Callable[[tuple[Any, ...], Any], "Text | None"]


@dataclass(frozen=True)
class Call:
    """One call that a check asks for.

    args: the positional arguments, as wire values.
    function: the function that is called; None for the task's first.
    """

    args: tuple[Value, ...]
    function: str | None = None


@dataclass(frozen=True)
class Check:
    """One named group of cases with points. `Task.check` makes it.

    task: the name of its task.
    name: unique in its task.
    points: given when all of its cases are right, otherwise none.
    visible: its cases go to the student with inputs and answers, drawn from a public seed; hidden checks are drawn
        from the course's secret seed.
    tolerance: how far a value may be from the reference's: T1, T2, TG, TG_KINK, T3, X or one of your own.
    title: what it is about, for the student.
    hint: shown to the student when it fails; it must not give hidden inputs away.
    draw: the generator of calls.
    gradient: names of parameters (as in the solution's signature) with respect to which the guest differentiates the
        function against a random upstream gradient.
    dtype: "float64" or "float32"; every float input is cast to it.
    judge: for answers that are not unique; called on the host with the arguments and the value (numpy arrays for
        tensors), it returns None for right or a sentence for wrong.
    edge: an edge case, for which the draw rules about sizes do not hold.
    device: "cuda" for a check that deserves a GPU: it runs there where the course's `device` gives it one, and on the CPU
        elsewhere, with the same verdict. Every other check runs on the CPU.
    device_required: whether a result on the wrong device, or an error about devices, may cost the check's points. The
        notebook then says so. Otherwise such a call is made again on the CPU, and counts there.
    """

    task: str
    name: str
    points: float
    visible: bool
    tolerance: Tolerance
    title: Text
    hint: Text
    draw: Callable[[Draw], Iterable[Call]]
    gradient: tuple[str, ...] = ()
    dtype: str = "float64"
    judge: Judge | None = None
    edge: bool = False
    device: str | None = None
    device_required: bool = False


@dataclass
class Task:
    """One graded function, or a small group that stands in one cell.

    name: the task's name, and the function's unless `functions` names others.
    points: all points of the task; the points of its checks, `form` and `purity` must add up to it.
    functions: the functions that stand in the task's cell; by default one, named as the task.
    form: points for results of the right type, dtype, shape and finiteness in every case, right values or not.
    purity: points for leaving the inputs alone and giving the same answer twice, once one value check is right.
    forbid: dotted names that the student's code must not use.
    exempt: draw rules that make no sense for this task, each with its reason: `{"R7": "no dropout here"}`.
    checks: its checks, in the author's order; `check` appends to it.
    """

    name: str
    points: float
    functions: tuple[str, ...] = ()
    form: float = 0
    purity: float = 0
    forbid: tuple[str, ...] = ()
    exempt: Mapping[str, str] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)

    def __post_init__(self) -> None:
        _demand(
            isinstance(self.name, str) and self.name.isidentifier(), f"a task has a function's name, not {self.name!r}"
        )
        what = f'task "{self.name}"'
        for key in ("functions", "forbid"):
            setattr(self, key, _names(getattr(self, key), f"{what}: {key}"))
        self.functions = self.functions or (self.name,)
        for key in ("points", "form", "purity"):
            _demand(
                _is_points(getattr(self, key)), f"{what}: {key} must be a number, 0 or more, not {getattr(self, key)!r}"
            )
        _demand(
            isinstance(self.exempt, Mapping) and all(isinstance(v, str) and v.strip() for v in self.exempt.values()),
            f'{what}: exempt gives each rule its reason, such as {{"R7": "no dropout here"}}',
        )
        for rule in self.exempt:
            _demand(
                rule in EXEMPTIBLE,
                f'{what}: there is no draw rule "{rule}" to exempt; known are R1 to R14 and "float32"',
            )

    def check(
        self,
        name: str,
        *,
        points: float,
        tolerance: Tolerance,
        title: Text,
        hint: Text,
        visible: bool = False,
        gradient: tuple[str, ...] = (),
        dtype: str = "float64",
        judge: Judge | None = None,
        edge: bool = False,
        device: str | None = None,
        device_required: bool = False,
    ) -> Callable[[Function], Function]:
        """Register a generator of calls. The arguments are the fields of `Check` with these names."""

        what = f'check "{name}" of "{self.name}"'
        _demand(isinstance(name, str) and bool(name.strip()), f'a check of "{self.name}" has no name')
        _demand(name not in {check.name for check in self.checks}, f'task "{self.name}" has two checks called "{name}"')
        _demand(_is_points(points), f"{what}: points must be a number, 0 or more, not {points!r}")
        _demand(
            isinstance(tolerance, Tolerance),
            f"{what}: tolerance is T1, T2, TG, T3, X or a Tolerance of your own, not {tolerance!r}",
        )
        for key, text in (("title", title), ("hint", hint)):
            _demand(isinstance(text, Text), f'{what}: {key} is a Text("English", "한국어"), not {text!r}')
        _demand(dtype in ("float64", "float32"), f'{what}: dtype is "float64" or "float32", not {dtype!r}')
        _demand(device in (None, "cpu", "cuda"), f'{what}: device is "cpu" or "cuda", not {device!r}')
        _demand(
            type(device_required) is bool and (device == "cuda" or not device_required),
            f'{what}: device_required is for a check with device="cuda"',
        )
        _demand(judge is None or callable(judge), f"{what}: judge is a function of (args, value), not {judge!r}")
        gradient = _names(gradient, f"{what}: gradient")

        def register(draw: Function) -> Function:
            _demand(callable(draw), f"{what}: a generator of calls belongs here, not {draw!r}")
            self.checks.append(
                Check(
                    self.name, name, points, visible, tolerance, title, hint, draw, gradient, dtype, judge, edge, device,
                    device_required,
                )
            )  # fmt: skip
            return draw

        return register


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
        return Call(tuple(_freeze(arg) for arg in args), function)

    def sizes(self, count: int, low: int = 2, high: int = 7) -> tuple[int, ...]:
        """`count` different sizes in [low, high], in random order (draw rule R1)."""
        _demand(count <= high - low + 1, f"draw.sizes: there are no {count} different sizes between {low} and {high}")
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
        """An adjacency matrix (n, n) without self-loops, whose degrees differ.

        directed: the matrix need not be symmetric.
        weighted: edges weigh between 0.3 and 2.5 instead of 1.
        isolated: the last node has no edges (where there are three nodes or more).
        density: the probability of an edge, before node 0 is joined to all others (from 4 nodes on).
        """
        a = (self.rng.random((n, n)) < density).astype(np.float64)
        if weighted:
            a *= self.rng.uniform(0.3, 2.5, size=(n, n))
        if not directed:
            a = np.triu(a, 1)
            a = a + a.T
        if n > 3:  # a star at node 0 makes the degrees differ, whatever was drawn
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


MOST_ELEMENTS = 4_000_000  # of one input: 32 MB
EXEMPTIBLE = frozenset({*(f"R{number}" for number in range(1, 15)), "float32"})


def _demand(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Mistake(otherwise)


def _is_points(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e6


def _names(value: object, what: str) -> tuple[str, ...]:
    """A tuple of names. A single string is refused: it would be read letter by letter."""
    given = repr(value) if isinstance(value, str) else '"name"'
    _demand(
        isinstance(value, (tuple, list)) and all(isinstance(item, str) for item in value),
        f"{what} is a tuple of names; write ({given},)",
    )
    assert isinstance(value, (tuple, list))
    return tuple(value)


def _shape(shape: tuple[int, ...]) -> tuple[int, ...]:
    _demand(
        all(isinstance(n, (int, np.integer)) and n >= 0 for n in shape),
        f"sizes are whole numbers, 0 or more, not {shape}; draw.sizes gives a tuple: (n,) = draw.sizes(1)",
    )
    _demand(math.prod(shape) <= MOST_ELEMENTS, f"an input of {shape} is too large for a grader; draw a smaller one")
    return shape


def _freeze(value: Any) -> Value:
    """Arguments as wire values: numpy arrays become `Array`, numpy scalars Python ones. Raises Mistake for others."""
    if isinstance(value, np.ndarray):
        _demand(value.dtype.name in DTYPES, f"an array of {value.dtype} cannot become a tensor")
        _demand(value.size <= MOST_ELEMENTS, f"an input of {value.shape} is too large for a grader; make a smaller one")
        return Array(np.array(value))
    if isinstance(value, np.generic):
        return value.item()  # type: ignore[no-any-return]
    if isinstance(value, tuple):
        return tuple(_freeze(item) for item in value)
    if isinstance(value, list):
        return [_freeze(item) for item in value]
    if isinstance(value, dict):
        return {key: _freeze(item) for key, item in value.items()}
    _demand(
        value is None or isinstance(value, (bool, int, float, complex, str, Array, Sparse)),
        f"a {type(value).__name__} cannot be handed to the sandbox; hand over arrays, numbers, strings and containers "
        "of these, and make callables and modules in a provided adapter",
    )
    return value  # type: ignore[no-any-return]


def misconception(
    function: str, *, en: str = "", ko: str = "", same_as: str = "", evidence: str = "", **others: str
) -> Callable[[Function], Function]:
    """Marks a wrong version of a function, with what to tell the student.

    The platform reads these marks from the source and never imports the file; the decorator is there for editors and
    for the lecturer who wants to run the file.

    function: the name of the graded function that it is a wrong version of.
    en: what to tell the student, in English.
    ko: the same in Korean.
    same_as: the name of another misconception of the same function that gives the same outputs on every input.
    evidence: where the mistake was seen.
    others: the text in the course's other languages, as de="...".
    """

    def mark(wrong: Function) -> Function:
        return wrong

    return mark
