"""Diagnosis from the bank: a misconception gives the same outputs as the student's code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.authoring import Tolerance
from autograder.course.assignment import Misconception
from autograder.grading.compare import compare
from autograder.grading.diagnose.evidence import Evidence
from autograder.grading.diagnose.observation import Observation, loosened
from autograder.grading.findings import Diagnosis
from autograder.i18n import joined
from autograder.sandbox.interface import Outcome, Status


def step_bank(evidence: Evidence) -> Diagnosis | None:
    """A misconception of the bank."""
    return from_bank(evidence.observations, evidence.failing, evidence.bank) if evidence.failing else None


def from_bank(
    observations: Sequence[Observation],
    failing: Sequence[Observation],
    bank: Sequence[tuple[Misconception, Mapping[int, Outcome]]],
) -> Diagnosis | None:
    for misconception, outcomes in bank:
        if all(same_outcome(outcomes[o.case.id], o.got, o.case.check.tolerance) for o in observations):
            return Diagnosis("misconception", misconception.name, misconception.function, misconception.text)
    # A task of several functions may have one mistake in each: every function must be explained, otherwise none is.
    # A slip in a function that another one calls must also be seen in that function's own cases.
    # Where only one fails, the reference of another may call it, and the student's not: its own cases decide.
    parts: list[Misconception] = []
    functions = list(dict.fromkeys(o.case.function for o in failing))
    if len(functions) < 2:
        bank = [(m, out) for m, out in bank if m.function in functions]
    for function in functions:
        mine = [o for o in observations if o.case.function == function]
        found = next(
            (
                m
                for m, out in bank
                if all(
                    same_outcome(out[o.case.id], o.got, o.case.check.tolerance)
                    for o in [*mine, *(o for o in observations if o.case.function == m.function)]
                )
            ),
            None,
        )
        if found is None:
            return None
        parts.append(found)
    unique = list(dict.fromkeys(parts))
    return Diagnosis(
        "misconception",
        "+".join(m.name for m in unique),
        ", ".join(m.function for m in unique),
        joined([m.text for m in unique]),
    )


def same_outcome(known: Outcome, got: Outcome, tolerance: Tolerance) -> bool:
    """Whether two programs gave the same: values within the tolerance (never tighter than T2), NaN equal to NaN."""
    if known.status is not got.status:
        return False
    if known.status is not Status.RETURNED:
        names = [o.error.type_name if o.error else "" for o in (known, got)]
        return names[0] == names[1]
    loose = loosened(tolerance)
    if not compare(known.value, got.value, loose).equal:
        return False
    if bool(known.gradient_error) != bool(got.gradient_error):
        return False
    return compare(known.gradient, got.gradient, loose).equal
