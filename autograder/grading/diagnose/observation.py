"""The input of a diagnosis: one case of a task, and its wrong leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.authoring import Tolerance
from autograder.course.cases import Case
from autograder.grading.compare import compare
from autograder.guest.wire import Array, Value
from autograder.sandbox.interface import Outcome, Status
from autograder.tree import is_finite, leaves, step

MANY = 8  # numbers: one failing case with more of them is evidence


@dataclass(frozen=True, eq=False)
class Observation:
    """One case of a task, as a diagnosis sees it.

    case: the case.
    expected: the reference's outcome.
    got: the outcome of the student's code.
    right: whether it counts as right.
    changed: parameters whose arguments were not left alone.
    deterministic: whether the second call gave the same answer.
    """

    case: Case
    expected: Outcome
    got: Outcome
    right: bool
    changed: tuple[str, ...] = ()
    deterministic: bool = True


@dataclass(frozen=True, eq=False)
class Pair:
    """One wrong leaf of a case.

    path: its place in the value; "grad[name]..." in a gradient.
    expected: the reference's leaf.
    got: the leaf of the student's code.
    """

    path: str
    expected: Value
    got: Value


def is_specific(failing: Sequence[Observation]) -> bool:
    """Whether the failing cases say enough: all returned; there are three, two of several numbers, or one of many."""
    if any(o.got.status is not Status.RETURNED for o in failing):
        return False
    numbers = [_numbers(o.got) for o in failing]
    return sum(n > 1 for n in numbers) >= 2 or len(numbers) >= 3 or any(n > MANY for n in numbers)


def _numbers(outcome: Outcome) -> int:
    found = 0
    for root in (outcome.value, outcome.gradient):
        found += sum(leaf.data.size if isinstance(leaf, Array) else 1 for _, leaf in leaves(root))
    return found


def is_ordinary(observation: Observation) -> bool:
    """Whether a case is ordinary: no edge case, in float64, and finite numbers came back."""
    check, got = observation.case.check, observation.got
    returned = got.status is Status.RETURNED
    return returned and not check.edge and check.dtype == "float64" and is_finite(got.value)


def wrong_pairs(observation: Observation) -> list[Pair]:
    """The leaves (of the value and of the gradient) that differ. Leaves that only one side has are left out."""
    pairs = []
    tolerance = observation.case.check.tolerance
    for root, expected, got in _halves(observation):
        for path, leaf, found in _shared_leaves(expected, got):
            if not compare(leaf, found, tolerance).equal:
                pairs.append(Pair(root + path, leaf, found))
    return pairs


def misshapen_pairs(observation: Observation) -> list[Pair]:
    """The containers of the value that came back with another type, length or keys, so that their leaves do not meet."""
    found = []
    pending: list[tuple[str, Value, Value]] = [("", observation.expected.value, observation.got.value)]
    while pending:
        path, expected, got = pending.pop()
        if isinstance(expected, (tuple, list)) and isinstance(got, (tuple, list)) and len(expected) == len(got):
            pending += [(f"{path}[{i}]", one, other) for i, (one, other) in enumerate(zip(expected, got, strict=True))]
        elif isinstance(expected, dict) and isinstance(got, dict) and set(expected) == set(got):
            pending += [(path + step(key), item, got[key]) for key, item in expected.items()]
        elif isinstance(expected, (tuple, list, dict)) or isinstance(got, (tuple, list, dict)):
            found.append(Pair(path, expected, got))
    return found


def _shared_leaves(expected: Value, got: Value, path: str = "") -> Iterator[tuple[str, Value, Value]]:
    """(path, expected leaf, leaf that came back) of every leaf that both have.

    The walk follows the expected value, whose size the student does not control.
    """
    if isinstance(expected, (tuple, list)):
        if isinstance(got, (tuple, list)):
            for i, (item, other) in enumerate(zip(expected, got, strict=False)):
                yield from _shared_leaves(item, other, f"{path}[{i}]")
    elif isinstance(expected, dict):
        if isinstance(got, dict):
            for key, item in expected.items():
                if key in got:
                    yield from _shared_leaves(item, got[key], path + step(key))
    elif not isinstance(got, (tuple, list, dict)):
        yield path, expected, got


def _halves(observation: Observation) -> Iterator[tuple[str, Value, Value]]:
    yield "", observation.expected.value, observation.got.value
    names = observation.case.check.gradient
    for name, expected, got in zip(names, observation.expected.gradient, observation.got.gradient, strict=False):
        yield f"grad[{name}]", expected, got


def loosened(tolerance: Tolerance) -> Tolerance:
    """The tolerance within which two wrong answers count as the same: never tighter than T2, NaN equal to NaN."""
    return Tolerance("same", max(tolerance.rtol, 1e-7), max(tolerance.atol, 1e-9), nan=True)
