"""The cases of an assignment: one call with its inputs each, drawn from the secret."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

import numpy as np

from autograder.authoring import Check
from autograder.course.assignment import Assignment
from autograder.course.checks_file import draw_calls, place_in
from autograder.course.textfile import did_you_mean
from autograder.errors import AssignmentError
from autograder.guest.wire import Array, Value
from autograder.sandbox.interface import FunctionCall, PackedArgs
from autograder.tree import arrays, map_arrays

PUBLIC_SEED = b"visible cases are public"


@dataclass(frozen=True, eq=False)
class Case:
    """One call with inputs, drawn for a check.

    id: its number in the assignment, from 0.
    check: the check that drew it.
    index: its place among the cases of the check, from 0.
    function: the function that is called.
    parameters: the names of that function's parameters.
    args: the arguments, in the dtype of the check.
    upstream_seed: what the upstream gradient is drawn from.
    needs: graded functions that the called one needs, where it is an adapter.
    """

    id: int
    check: Check
    index: int
    function: str
    parameters: tuple[str, ...]
    args: tuple[Value, ...]
    upstream_seed: int
    needs: tuple[str, ...] = ()
    _cast: dict[str, PackedArgs] = field(default_factory=dict, init=False, repr=False)

    @property
    def task(self) -> str:
        return self.check.task

    def function_call(self, *, dtype: str | None = None, record: bool = False) -> FunctionCall:
        """The call for the sandbox, every float input cast to `dtype` (the check's own by default).

        Every call of one dtype has the same handle, so its arguments are packed once.
        """
        own = self.check.dtype
        wanted = dtype or own
        if wanted not in self._cast:
            self._cast[wanted] = PackedArgs(tuple(cast_floats(arg, own, wanted) for arg in self.args))
        gradient = tuple(self.parameters.index(name) for name in self.check.gradient)
        return FunctionCall(
            id=self.id,
            group=self.task,
            function=self.function,
            args=self._cast[wanted],
            needs=self.needs,
            gradient=gradient,
            upstream_seed=self.upstream_seed,
            record=record,
            secret=not self.check.visible,
        )


def make_cases(assignment: Assignment, secret: bytes, *, visible_only: bool = False) -> tuple[Case, ...]:
    """Every case of an assignment. The same secret gives the same bits.

    Visible checks are drawn from a public seed: students hold their cases. Hidden ones depend on the secret alone.

    visible_only: whether to leave out hidden checks; the secret is then not used.
    """
    path = assignment.folder / "checks.py"
    cases: list[Case] = []
    for task in assignment.tasks:
        for check in task.checks:
            if visible_only and not check.visible:
                continue
            seed = case_seed(PUBLIC_SEED if check.visible else secret, f"{assignment.slug}/{task.name}/{check.name}")
            for index, call in enumerate(draw_calls(check, seed, path)):
                function = call.function or task.functions[0]
                parameters = assignment.signatures.get(function)
                if parameters is None:
                    raise AssignmentError(
                        f'check "{check.name}" of "{task.name}" calls "{function}", which solution.py does not define',
                        where=place_in(path, None, check),
                        remedy=did_you_mean(function, assignment.signatures),
                    )
                if len(call.args) > len(parameters):
                    raise AssignmentError(
                        f'check "{check.name}" of "{task.name}" gives {len(call.args)} arguments to {function}({", ".join(parameters)})',
                        where=place_in(path, None, check),
                    )
                for name in check.gradient:
                    if name not in parameters:
                        raise AssignmentError(
                            f'check "{check.name}" of "{task.name}": {function} has no parameter "{name}"',
                            where=place_in(path, None, check),
                            remedy=did_you_mean(name, parameters),
                        )
                for name, arg in zip(parameters, call.args, strict=False):
                    if name in check.gradient and not _holds_floats(arg):
                        raise AssignmentError(
                            f'check "{check.name}" of "{task.name}": gradient=("{name}",), but {name} is no float array',
                            where=place_in(path, None, check),
                        )
                args = tuple(cast_floats(arg, "float64", check.dtype) for arg in call.args)
                upstream = case_seed(seed.to_bytes(16, "little"), f"upstream/{index}")
                needs = assignment.adapters.get(function, ())
                cases.append(Case(len(cases), check, index, function, parameters, args, upstream % (1 << 62), needs))
    return tuple(cases)


def case_seed(secret: bytes, label: str) -> int:
    """A 128-bit seed for a label, such as "slug/task/check": HMAC-SHA256 of the label under the secret."""
    return int.from_bytes(hmac.new(secret, label.encode(), hashlib.sha256).digest()[:16], "little")


def cast_floats(value: Value, source: str, target: str) -> Value:
    """The value with every floating array of dtype `source` cast to `target`."""

    def cast(array: Array) -> Array:
        if array.dtype != source or source == target:
            return array
        return Array(array.data.astype(np.dtype(target)), target, array.kind, array.device, array.layout)

    return map_arrays(value, cast)


def _holds_floats(value: Value) -> bool:
    return any(array.data.dtype.kind == "f" for array in arrays(value))
