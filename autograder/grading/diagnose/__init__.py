"""Diagnosis: why the answers of a task are wrong.

There are three sources of evidence. The *bank*: a wrong version that students are known to write gives the same outputs
as this student's. *Mutants*: the reference with one slip gives them (`grading/mutants`). *Numeric relations* between the outputs and the expected ones: a factor, a sign, a transpose, a shift
in time, and so on, for mistakes that no author has written down yet.

Both follow one rule: a diagnosis is given only when it explains every failing case of the task, because a wrong reason
is worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from autograder.course.assignment import Misconception
from autograder.grading.diagnose.bank import from_bank, same_outcome
from autograder.grading.diagnose.numeric import from_numbers
from autograder.grading.diagnose.observation import Observation
from autograder.grading.findings import Diagnosis
from autograder.sandbox.interface import Outcome, Status


def diagnose(
    observations: Sequence[Observation],
    bank: Sequence[tuple[Misconception, Mapping[int, Outcome]]],
    *,
    slips: Callable[[Sequence[Observation]], Diagnosis | None] = lambda _: None,
) -> Diagnosis | None:
    """The reason for a task's failures, or None.

    observations: all cases of the task, right or wrong.
    bank: each misconception with its outcome for every case.
    slips: asks the mutants of the reference; called only for what the bank does not explain.
    """
    if not explainable(observations):
        return None
    failing = [o for o in observations if not o.right]
    return from_bank(observations, failing, bank) or slips(observations) or from_numbers(observations, failing)


def explainable(observations: Sequence[Observation]) -> bool:
    """Whether some case is wrong and every wrong case was computed.

    A function that was never written, or a call that the platform lost, has no reason to be found.
    """
    wrong = [o.got.status for o in observations if not o.right]
    return bool(wrong) and not {Status.MISSING, Status.UNFINISHED, Status.GRADER_ERROR} & set(wrong)


__all__ = ["Observation", "diagnose", "explainable", "same_outcome"]
