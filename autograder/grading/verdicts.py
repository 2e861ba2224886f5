"""The verdict on one case: the outcome compared with the reference's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.course.cases import Case
from autograder.grading.compare import Comparison, compare
from autograder.grading.judging import judge_value
from autograder.grading.reference import Reference
from autograder.grading.score import CaseVerdict
from autograder.guest.wire import Value
from autograder.sandbox.interface import Outcome, Status
from autograder.tolerance import EXACT, Tolerance


def case_verdict(case: Case, reference: Reference, outcome: Outcome) -> CaseVerdict:
    """Compare one call with the reference, in value, gradient, purity and determinism."""
    expectation = reference.expectation(case)
    if outcome.status is not Status.RETURNED:
        return CaseVerdict(case.id, outcome, None, parts=expectation.parts)
    value, gradient = expectation.compare(outcome)
    refused = None
    if case.check.judge is not None:
        value = form_alone(value)
        refused = judge_value(case, outcome) if value.equal else None
    return CaseVerdict(
        case.id,
        outcome,
        value,
        gradient if case.check.gradient else None,
        refused,
        # The reference changes no input (verify proves it), so its inputs afterwards are the inputs.
        pure=alike(reference.outcomes[case.id].inputs_after, outcome.inputs_after, EXACT),
        deterministic=alike(outcome.value, outcome.repeated, case.check.tolerance),
        parts=expectation.parts,
    )


# -- what a student's checker decides alike: `release.checker` takes these into its file, which Python 3.9 must read ----


def form_alone(value: Comparison) -> Comparison:
    """What a judge leaves of a comparison with the reference: the form. The judge decides on the numbers."""
    return Comparison(tuple(m for m in value.mismatches if m.kind != "value"), 0.0 if value.form_equal else value.ratio)


def changed_arguments(parameters: Sequence[str], before: Sequence[Value], after: Sequence[Value]) -> tuple[str, ...]:
    """The names of the parameters whose arguments a call has not left alone."""
    names = [*parameters, *(f"#{number + 1}" for number in range(len(parameters), len(before)))]
    return tuple(name for name, old, new in zip(names, before, after) if not compare(old, new, EXACT).equal)  # noqa: B905


def alike(one: Value, other: Value, tolerance: Tolerance) -> bool:
    """Whether two results of the same call are the same, each NaN included."""
    if one is other:  # most inputs and second results are the same object as what they are compared with
        return True
    return compare(one, other, replace(tolerance, nan=True)).equal
