"""Diagnosis: why the answers of a task are wrong.

`STEPS` is the order of evidence: the first step that explains every failing case of the task gives the reason. An
earlier function that is to blame comes first, for then a second run showed that this task's code is right; then an
author's own words, for a slip or for each statement of a question; then what went on beside the numbers, chance, an
input that was overwritten, or no answer; then, for mistakes that no author has written down, numeric relations of the
result or of its parts, which say more to a student ("half of the right value") than the reference with one slip in it
("a constant has another value", `grading/mutants`); then an author's words for each part of the result that is wrong;
then exceptions.

All follow one rule: a reason is given only when it explains every failing case, because a wrong one is worse than none.
Where none does, the same is asked of the ordinary cases alone, and then of each function by itself (`Evidence.views`,
`by_function`, `by_choice`): a slip is still one where an edge case went wrong for another reason, or right by the
student's own care.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from autograder.grading.diagnose.bank import same_outcome, step_bank, step_bank_by_part
from autograder.grading.diagnose.behaviour import from_chance, from_changed_inputs, from_nothing
from autograder.grading.diagnose.evidence import (
    Bank,
    Declared,
    Evidence,
    Explains,
    Slips,
    Step,
    in_parts,
    no_names,
    no_slips,
    no_words,
    step_carried,
    step_slips,
    step_task,
)
from autograder.grading.diagnose.exceptions import from_exceptions
from autograder.grading.diagnose.numeric import from_numbers
from autograder.grading.diagnose.observation import Observation
from autograder.grading.findings import Diagnosis, as_one
from autograder.i18n import Text
from autograder.sandbox.interface import Status

STEPS: tuple[Step, ...] = (
    step_carried,
    step_bank,
    step_task,
    from_chance,
    from_changed_inputs,
    from_nothing,
    from_numbers,
    step_slips,
    step_bank_by_part,
    from_exceptions,
)


def diagnose(
    observations: Sequence[Observation],
    bank: Bank,
    *,
    names: Mapping[str, Sequence[str]] | None = None,
    sources: Mapping[str, str] | None = None,
    carried: Diagnosis | None = None,
    slips: Slips = no_slips,
    declared: Declared = no_names,
    explains: Explains = no_words,
) -> Diagnosis | None:
    """The reason for a task's failures, or None.

    observations: all cases of the task, right or wrong.
    bank: each misconception with its outcome for every case.
    names: of the parts of a function's result.
    sources: the student's cells, by name.
    carried: the reason where a second run showed the task to be right but for earlier functions.
    slips: asks the mutants of the reference; called only for what no earlier step explains.
    declared: asks the task for the names of the parts of a function's result; they reach deeper than `names`.
    explains: asks the task what to tell of an answer.
    """
    if not explainable(observations):
        return None
    evidence = Evidence(observations, bank, names or {}, sources or {}, carried, slips, declared, explains)
    return _reason(evidence) or _reasons_by_function(evidence) or as_one(_reasons_by_choice(evidence))


def _reason(evidence: Evidence) -> Diagnosis | None:
    return next((found for view in evidence.views() for step in STEPS if (found := step(view)) is not None), None)


def _reasons_by_function(evidence: Evidence) -> Diagnosis | None:
    """A reason for each function of the task that has one of its own."""
    parts = []
    for name, mine in evidence.by_function():
        found = _reason(mine) or as_one(_reasons_by_choice(mine))
        if found is not None and found.function == name:
            parts.append(_said_of(name, found))
    return as_one(parts)


def _reasons_by_choice(evidence: Evidence) -> list[Diagnosis]:
    """A reason for each kind that a caller may choose and that has one of its own: "tanh: ..."."""
    return [_said_of(text, found) for text, mine in evidence.by_choice() if (found := _reason(mine)) is not None]


def _said_of(name: str, found: Diagnosis) -> Diagnosis:
    return replace(found, text=in_parts(Text(name, name), found.text))


def explainable(observations: Sequence[Observation]) -> bool:
    """Whether some case is wrong and every wrong case was computed, or an input was changed.

    A function that was never written, or a call that the platform lost, has no reason to be found.
    """
    wrong = [o.got.status for o in observations if not o.right]
    lost = {Status.MISSING, Status.UNFINISHED, Status.GRADER_ERROR} & set(wrong)
    return not lost and (bool(wrong) or any(o.changed for o in observations))


__all__ = ["STEPS", "Evidence", "Observation", "diagnose", "explainable", "same_outcome"]
