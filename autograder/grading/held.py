"""What is held of a submission's values until its report is made: a bounded part, whatever it answers.

A call's values are judged as soon as they come. Afterwards the report shows a few of them and a diagnosis looks at
them; the execution is kept so that it can be scored again. All of that is worth some memory and not any amount: beyond
the bound, what is right is replaced by the reference's own values, and of what is wrong the names of its types remain.
"""

from __future__ import annotations

from dataclasses import replace

from autograder.grading.compare import all_equal, compare, type_name
from autograder.grading.score import CaseVerdict
from autograder.guest.wire import Array, Opaque, Sparse, Value
from autograder.sandbox.interface import Outcome
from autograder.tolerance import EXACT

MOST_BYTES = 192 << 20


class Held:
    """The values of one submission. most_bytes: of all of them together; those that no report shows may take half."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.most_bytes = most_bytes
        self.size = 0

    def hold(self, verdict: CaseVerdict, expected: Outcome, *, shown: bool) -> CaseVerdict:
        """The verdict, with its values as long as there is room.

        expected: the reference's outcome, whose values replace right ones.
        shown: whether a report may show the values.
        """
        size = verdict.outcome.size
        if self.size + size <= (self.most_bytes if shown and not verdict.right else self.most_bytes // 2):
            self.size += size
            return verdict
        return replace(verdict, outcome=_without_values(verdict, expected))


def _without_values(verdict: CaseVerdict, expected: Outcome) -> Outcome:
    """An outcome that takes no memory of its own, and from which the report's sentences come out the same."""
    got = verdict.outcome
    inputs = expected.inputs_after
    if not verdict.pure:
        pairs = zip(inputs, got.inputs_after, strict=False)
        inputs = tuple(old if compare(old, new, EXACT).equal else _named(new) for old, new in pairs)
    right = all_equal(verdict.value, verdict.gradient) and verdict.refused is None
    value = expected.value if right else _named(got.value)
    gradient = expected.gradient if right else tuple(map(_named, got.gradient))
    return replace(
        got,
        value=value if verdict.returned else None,
        repeated=value if verdict.returned else None,
        inputs_after=inputs,
        gradient=gradient,
        packed=None,
        size=0,
        dropped=True,
    )


def _named(value: Value) -> Value:
    """What stands for a value that is gone."""
    return Opaque(type_name(value)[:200]) if isinstance(value, (Array, Sparse, tuple, list, dict, str)) else value


__all__ = ["MOST_BYTES", "Held"]
