"""The verdict on one case: the outcome compared with the reference's."""

from __future__ import annotations

from dataclasses import replace

from autograder.authoring import Tolerance
from autograder.course.cases import Case
from autograder.grading.compare import Comparison, compare
from autograder.grading.judging import judge_value
from autograder.grading.reference import Reference
from autograder.grading.score import CaseVerdict
from autograder.guest.wire import Value
from autograder.sandbox.interface import Outcome, Status

EXACT = Tolerance("exact", 0.0, 0.0, nan=True)


def case_verdict(case: Case, reference: Reference, outcome: Outcome) -> CaseVerdict:
    """Compare one call with the reference, in value, gradient, purity and determinism."""
    expectation = reference.expectation(case)
    if outcome.status is not Status.RETURNED:
        return CaseVerdict(case.id, outcome, None, parts=expectation.parts)
    value, gradient = expectation.compare(outcome)
    refused = None
    if case.check.judge is not None:
        # With a judge only the form is compared with the reference; the judge decides on the numbers.
        value = Comparison(
            tuple(m for m in value.mismatches if m.kind != "value"), 0.0 if value.form_equal else value.ratio
        )
        refused = judge_value(case, outcome) if value.equal else None
    return CaseVerdict(
        case.id,
        outcome,
        value,
        gradient if case.check.gradient else None,
        refused,
        # The reference changes no input (verify proves it), so its inputs afterwards are the inputs.
        pure=_same(reference.outcomes[case.id].inputs_after, outcome.inputs_after, EXACT),
        deterministic=_same(outcome.value, outcome.repeated, case.check.tolerance),
        parts=expectation.parts,
    )


def _same(one: Value, other: Value, tolerance: Tolerance) -> bool:
    if one is other:  # most inputs and second results are the same object as what they are compared with
        return True
    return compare(one, other, replace(tolerance, nan=True)).equal
