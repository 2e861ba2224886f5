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

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from autograder.draws import Call as Call  # authors import these from here
from autograder.draws import Draw as Draw
from autograder.errors import demand
from autograder.guest.wire import Array as Array
from autograder.guest.wire import Sparse as Sparse
from autograder.i18n import Text as Text
from autograder.parts import Each as Each
from autograder.parts import Names, declared_parts
from autograder.presets import AUTOGRAD as AUTOGRAD
from autograder.presets import BCE as BCE
from autograder.presets import CROSS_ENTROPY as CROSS_ENTROPY
from autograder.presets import DIFFERENTIABLE as DIFFERENTIABLE
from autograder.presets import IN_FLOAT32 as IN_FLOAT32
from autograder.presets import KEEP_DTYPE as KEEP_DTYPE
from autograder.presets import NO_DETOUR as NO_DETOUR
from autograder.presets import RNN_MODULES as RNN_MODULES
from autograder.presets import STAY_WITH_TENSORS as STAY_WITH_TENSORS
from autograder.tolerance import T1 as T1
from autograder.tolerance import T2 as T2
from autograder.tolerance import T3 as T3
from autograder.tolerance import TG as TG
from autograder.tolerance import TG_KINK as TG_KINK
from autograder.tolerance import Tolerance as Tolerance
from autograder.tolerance import X as X

Function = TypeVar("Function", bound=Callable[..., Any])

Judge = Callable[[tuple[Any, ...], Any], "Text | None"]


@dataclass(frozen=True)
class Check:
    """One named group of cases with points. `Task.check` makes it.

    task: the name of its task.
    name: unique in its task.
    points: given when all of its cases are right. Where every case gives a tuple or dict of the same parts, each part
        has an equal share of them, which is given when the part is right in all cases.
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
    ship_judge: whether the judge of a visible check is released to students, for their checker to call. It may then use
        its arguments, the value and numpy alone. Otherwise students see whether the form is right, and no points.
    together: whether the points are given for all parts of a tuple or dict or not at all. A check with a gradient or a
        judge always works so.
    edge: an edge case, which the draw rules about sizes and constant inputs leave out.
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
    ship_judge: bool = True
    together: bool = False


@dataclass
class Task:
    """One graded function, or a small group that stands in one cell.

    name: the task's name, and the function's unless `functions` names others.
    points: all points of the task; the points of its checks, `form` and `purity` must add up to it.
    functions: the functions that stand in the task's cell; by default one, named as the task.
    form: points for results of the right type, dtype, shape and finiteness in every call that returns, whether the
        values are right or not.
    purity: points for leaving the inputs alone and giving the same answer twice; they take at least one passed check.
    forbid: dotted names that the student's code must not use.
    exempt: draw rules that make no sense for this task, each with its reason: `{"R7": "no dropout here"}`.
    parts: the names of its result's parts, as the docstring gives them: `("loss", "dW")`, or by function
        `{"linear_bwd": ("dx", "dW", "db")}`. `autograder.parts` tells of lists and of parts inside parts.
    checks: its checks, in the author's order; `check` appends to it.
    """

    name: str
    points: float
    functions: tuple[str, ...] = ()
    form: float = 0
    purity: float = 0
    forbid: tuple[str, ...] = ()
    exempt: Mapping[str, str] = field(default_factory=dict)
    parts: Any = ()
    checks: list[Check] = field(default_factory=list)

    def __post_init__(self) -> None:
        demand(
            isinstance(self.name, str) and self.name.isidentifier(), f"a task has a function's name, not {self.name!r}"
        )
        what = f'task "{self.name}"'
        for key in ("functions", "forbid"):
            setattr(self, key, _names(getattr(self, key), f"{what}: {key}"))
        self.functions = self.functions or (self.name,)
        for key in ("points", "form", "purity"):
            demand(
                _is_points(getattr(self, key)), f"{what}: {key} must be a number, 0 or more, not {getattr(self, key)!r}"
            )
        demand(
            isinstance(self.exempt, Mapping) and all(isinstance(v, str) and v.strip() for v in self.exempt.values()),
            f'{what}: exempt gives each rule its reason, such as {{"R7": "no dropout here"}}',
        )
        self._names = declared_parts(self.parts, self.functions[0], what)
        for rule in self.exempt:
            demand(
                rule in EXEMPTIBLE,
                f'{what}: there is no draw rule "{rule}" to exempt; known are R1 to R14 and "float32"',
            )

    def explanation(self, value: object) -> Text | None:
        """What to tell of a wrong answer. None, unless a task that knows its answers overrides it, as `Choice` does."""
        return None

    def names_of(self, function: str) -> Names | None:
        """The names of the parts of a function's result, as plain data; None where nobody declared them."""
        return self._names.get(function)

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
        ship_judge: bool = True,
        together: bool = False,
    ) -> Callable[[Function], Function]:
        """Register a generator of calls. The arguments are the fields of `Check` with these names."""

        what = f'check "{name}" of "{self.name}"'
        demand(isinstance(name, str) and bool(name.strip()), f'a check of "{self.name}" has no name')
        demand(name not in {check.name for check in self.checks}, f'task "{self.name}" has two checks called "{name}"')
        demand(_is_points(points), f"{what}: points must be a number, 0 or more, not {points!r}")
        demand(
            isinstance(tolerance, Tolerance),
            f"{what}: tolerance is T1, T2, TG, T3, X or a Tolerance of your own, not {tolerance!r}",
        )
        for key, text in (("title", title), ("hint", hint)):
            demand(isinstance(text, Text), f'{what}: {key} is a Text("English", "한국어"), not {text!r}')
        demand(dtype in ("float64", "float32"), f'{what}: dtype is "float64" or "float32", not {dtype!r}')
        demand(device in (None, "cpu", "cuda"), f'{what}: device is "cpu" or "cuda", not {device!r}')
        demand(
            type(device_required) is bool and (device == "cuda" or not device_required),
            f'{what}: device_required is for a check with device="cuda"',
        )
        demand(judge is None or callable(judge), f"{what}: judge is a function of (args, value), not {judge!r}")
        for key, flag in (("ship_judge", ship_judge), ("together", together)):
            demand(isinstance(flag, bool), f"{what}: {key} is True or False, not {flag!r}")
        gradient = _names(gradient, f"{what}: gradient")

        def register(draw: Function) -> Function:
            demand(callable(draw), f"{what}: a generator of calls belongs here, not {draw!r}")
            fields = (tolerance, title, hint, draw, gradient, dtype, judge, edge)
            self.checks.append(
                Check(self.name, name, points, visible, *fields, device, device_required, ship_judge, together)
            )
            return draw

        return register

    def in_float32(
        self, *, points: float, tolerance: Tolerance = T3, hint: Text = KEEP_DTYPE, together: bool = False
    ) -> Callable[[Function], Function]:
        """Register a hidden check called "float32", whose inputs are cast to float32. The arguments are those of `check`."""
        return self.check(
            "float32",
            points=points,
            tolerance=tolerance,
            dtype="float32",
            title=IN_FLOAT32,
            hint=hint,
            together=together,
        )


EXEMPTIBLE = frozenset({*(f"R{number}" for number in range(1, 15)), "float32"})


def _is_points(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < 1e6


def _names(value: object, what: str) -> tuple[str, ...]:
    """A tuple of names. A single string is refused: it would be read letter by letter."""
    given = repr(value) if isinstance(value, str) else '"name"'
    demand(
        isinstance(value, (tuple, list)) and all(isinstance(item, str) for item in value),
        f"{what} is a tuple of names; write ({given},)",
    )
    assert isinstance(value, (tuple, list))
    return tuple(value)


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
