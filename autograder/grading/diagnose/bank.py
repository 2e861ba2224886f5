"""Diagnosis from the bank: a misconception gives the same outputs as the student's code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autograder.authoring import Tolerance
from autograder.course.assignment import Misconception
from autograder.grading.compare import compare
from autograder.grading.diagnose.evidence import Evidence, in_parts, listed
from autograder.grading.diagnose.observation import Observation, loosened
from autograder.grading.diagnose.parts import Part, is_enough, part_of, wrong_parts
from autograder.grading.findings import Diagnosis, as_one
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
        if all(_gives(outcomes, o) for o in observations):
            return Diagnosis("misconception", misconception.name, misconception.function, misconception.text)
    # A task of several functions may have one mistake in each: every function must be explained, otherwise none is.
    # A slip in a function that another one calls must also be seen in that function's own cases, and in those of
    # adapters, which call it for the course. Another function of the student's need not call it where the solution does.
    parts: list[Misconception] = []
    functions = list(dict.fromkeys(o.case.function for o in failing))
    for function in functions:
        mine = [o for o in observations if o.case.function == function]
        found = next(
            (m for m, out in bank if all(_gives(out, o) for o in [*mine, *_telling(m, observations)])),
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


def _gives(outcomes: Mapping[int, Outcome], observation: Observation) -> bool:
    """Whether a misconception gives what the student's code gave."""
    case = observation.case
    return same_outcome(outcomes[case.id], observation.got, case.check.tolerance)


def _telling(misconception: Misconception, observations: Sequence[Observation]) -> list[Observation]:
    """The cases that call the function which a misconception is about."""
    name = misconception.function
    return [o for o in observations if o.case.function == name or name in o.case.needs]


def step_bank_by_part(evidence: Evidence) -> Diagnosis | None:
    """For each part of the results that is wrong, a misconception that gives this part: a slip made in the loss and not
    in its gradient, or another one in each."""
    failing = evidence.telling
    if any(o.got.status is not Status.RETURNED or o.case.check.judge is not None for o in failing):
        return None
    wrong = wrong_parts(failing)
    explained = {id(o) for entries in wrong.values() for o, _ in entries}
    if not wrong or any(id(o) not in explained for o in failing):
        return None
    found: dict[Part, Misconception] = {}
    for part, entries in wrong.items():
        mine = [o for o in evidence.observations if o.case.function == part.function]
        giving = [
            m
            for m, out in evidence.bank
            if all(_same_part(out[o.case.id], o, part.key) for o in mine) and _is_seen_itself(m, out, part, evidence)
        ]
        if part.key.startswith("grad[") or not giving or not is_enough(entries):
            return None
        found[part] = giving[0]
    reasons = []
    for misconception in dict.fromkeys(found.values()):
        parts = [part for part, one in found.items() if one is misconception]
        where = [evidence.part_said(part.function, part.key) for part in parts]
        text = in_parts(listed(where), misconception.text)
        reasons.append(Diagnosis("misconception", misconception.name, misconception.function, text))
    return as_one(reasons)


def _is_seen_itself(m: Misconception, out: Mapping[int, Outcome], part: Part, evidence: Evidence) -> bool:
    """Whether a slip in a function that another one calls is seen in that function's own cases, too."""
    return m.function == part.function or all(_gives(out, o) for o in _telling(m, evidence.observations))


def _same_part(known: Outcome, o: Observation, key: str) -> bool:
    if known.status is not Status.RETURNED or o.got.status is not Status.RETURNED:
        return False
    mine, other = part_of(o.got.value, key), part_of(known.value, key)
    return mine is not None and other is not None and compare(other, mine, loosened(o.case.check.tolerance)).equal


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
