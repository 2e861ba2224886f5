"""Custom checkers: answers that are not unique are judged by the author's function, on the host."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.course.assignment import Assignment
from autograder.course.cases import Case
from autograder.course.checks_file import place_in
from autograder.errors import AssignmentError
from autograder.guest.wire import Array, Sparse, Value
from autograder.i18n import Said, Text, message
from autograder.sandbox.interface import Execution, Outcome
from autograder.tree import map_leaves

# What a judge that works for the solution's value may raise for another one: an `assert` of the author's is one of them.
STUMBLES = (
    ArithmeticError, AssertionError, LookupError, MemoryError, RecursionError, TypeError, ValueError, np.linalg.LinAlgError,
)  # fmt: skip


def demand_working_judges(assignment: Assignment, cases: Sequence[Case], execution: Execution) -> None:
    """Raise AssignmentError for a judge that cannot even judge the solution's own values."""
    path = assignment.folder / "checks.py"
    for case, outcome in zip(cases, execution.outcomes, strict=True):
        if case.check.judge is None:
            continue
        what = f'the judge of check "{case.check.name}" of "{case.task}"'
        try:
            case.check.judge(*_arguments(case, outcome))
        except Exception as error:
            said = f"{what} raises {type(error).__name__} for the solution's own value: {error}"
            raise AssignmentError(said, where=place_in(path, error, case.check)) from error


def judge_value(case: Case, outcome: Outcome) -> Said | None:
    """Why the author's function refuses a value; None where it takes it."""
    assert case.check.judge is not None
    try:
        with np.errstate(all="ignore"):  # what overflows here is a student's number: no warning to the lecturer
            verdict = case.check.judge(*_arguments(case, outcome))
    except STUMBLES:
        # The form is right, so what the judge stumbled over is the student's numbers.
        return message("the judge cannot use this value")
    if verdict is not None and not isinstance(verdict, Text):
        raise AssignmentError(
            f'the judge of check "{case.check.name}" of "{case.task}" returns {verdict!r}',
            where="checks.py",
            remedy="It must return None for right, or a Text that says why not.",
        )
    return verdict


def _arguments(case: Case, outcome: Outcome) -> tuple[tuple[Any, ...], Any]:
    """What a judge is called with: the arguments of the call, and the value."""
    return tuple(plain(arg) for arg in case.args), plain(outcome.value)


def plain(value: Value) -> Any:
    """A value as a judge gets it: numpy arrays for tensors, Python values as they are."""
    return map_leaves(value, _leaf_for_judges)


def _leaf_for_judges(leaf: Value) -> Any:
    if isinstance(leaf, Array):
        return leaf.data
    if isinstance(leaf, Sparse):
        return {"indices": leaf.indices.data, "values": leaf.values.data, "shape": leaf.shape}
    return leaf
