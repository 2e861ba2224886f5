"""Points: from verdicts on cases to the score of a submission. Pure arithmetic.

A check gives all of its points or none; where each of its cases gives the same parts (of a tuple or dict), each part
gives its share when it is right in all of them, unless the author wants them together. `form` points are given when
every case of the task that came back did so in the right type, dtype, shape and finiteness; `purity` points when no
such case changed its inputs, each gave the same answer twice, and at least one check was right. A call that ends with
an error costs its check, and says nothing of form and purity: it costs once. A function that is not there, or not
written, or gives what is no value, has no form. A failure of the platform never costs a mark: its points are
*pending*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder.authoring import Check, Task
from autograder.grading.compare import Comparison, all_equal, wrong_parts
from autograder.i18n import Said
from autograder.parts import common_parts, share
from autograder.sandbox.interface import Outcome, Status

# Ends of a call that cost its check and nothing else.
_COST_ONCE = (Status.RAISED, Status.TIMED_OUT, Status.OUT_OF_MEMORY, Status.CRASHED)


@dataclass(frozen=True, eq=False)
class CaseVerdict:
    """The verdict on one call.

    case_id: the case's.
    outcome: what came back.
    value: the comparison with the reference; None where there was nothing to compare.
    gradient: the comparison of the gradients; None where there was nothing to compare.
    refused: why the check's judge rejects the value; None where it does not, or there is no judge.
    pure: whether the inputs are unchanged.
    deterministic: whether the second call gave the same answer.
    parts: the paths of the parts of the reference's result; none where it has no parts.
    """

    case_id: int
    outcome: Outcome
    value: Comparison | None
    gradient: Comparison | None = None
    refused: Said | None = None
    pure: bool = True
    deterministic: bool = True
    parts: tuple[str, ...] = ()

    @property
    def returned(self) -> bool:
        return self.outcome.status is Status.RETURNED

    @property
    def right(self) -> bool:
        return self.returned and self.refused is None and all_equal(self.value, self.gradient)

    @property
    def form_right(self) -> bool:
        return self.returned and (self.value is None or self.value.form_equal)


@dataclass(frozen=True, eq=False)
class CheckVerdict:
    """The points of one check.

    name: the check's, or "form" or "purity".
    points: what it is worth.
    earned: `points` where it passed; where it failed, the shares of the parts that are right; 0 while it is pending.
    status: "passed", "failed" or "pending".
    visible: whether students hold its cases.
    check: the author's check; None for form and purity.
    cases: the verdicts on its cases; none for form and purity.
    parts: the path of each part that has a share, and whether it is right in all cases; none where points are given
        all together.
    """

    name: str
    points: float
    earned: float
    status: str
    visible: bool
    check: Check | None
    cases: tuple[CaseVerdict, ...]
    parts: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, eq=False)
class TaskVerdict:
    """The points of one task.

    task: the author's task.
    checks: its checks in the author's order, form first and purity last.
    carried: points for checks that failed only because of an earlier function.
    """

    task: Task
    checks: tuple[CheckVerdict, ...]
    carried: float = 0.0

    @property
    def earned(self) -> float:
        return sum(check.earned for check in self.checks) + self.carried

    @property
    def cases(self) -> tuple[CaseVerdict, ...]:
        return tuple(case for check in self.checks if check.check is not None for case in check.cases)

    @property
    def pending(self) -> bool:
        return any(check.status == "pending" for check in self.checks)


def score_task(task: Task, verdicts: Sequence[tuple[Check, Sequence[CaseVerdict]]]) -> TaskVerdict:
    """All checks of one task, in the author's order, `form` first and `purity` last."""
    checks = [_score_check(check, tuple(cases)) for check, cases in verdicts]
    cases = [case for check in checks for case in check.cases]
    telling = [case for case in cases if case.outcome.status not in _COST_ONCE]
    if task.form:
        right = bool(telling) and all(case.form_right for case in telling)
        checks.insert(0, _derived("form", task.form, telling or cases, right))
    if task.purity:
        some_right = any(check.status == "passed" and check.check is not None for check in checks)
        clean = all(case.returned and case.pure and case.deterministic for case in telling)
        checks.append(_derived("purity", task.purity, telling or cases, some_right and clean))
    return TaskVerdict(task, tuple(checks))


def _score_check(check: Check, cases: tuple[CaseVerdict, ...]) -> CheckVerdict:
    parts = _parts(check, cases)
    right = sum(holds for _, holds in parts)
    status = _status(cases, all(case.right for case in cases), some_right=right > 0)
    earned = check.points if status == "passed" else 0.0
    if status == "failed" and parts:
        earned = share(check.points, right, len(parts))
    return CheckVerdict(check.name, check.points, earned, status, check.visible, check, cases, parts)


def _parts(check: Check, cases: Sequence[CaseVerdict]) -> tuple[tuple[str, bool], ...]:
    """(part, whether it is right in every case that is known) of a check whose parts have shares."""
    parts = common_parts(case.parts for case in cases)
    if not parts or check.together or check.gradient or check.judge is not None:
        return ()
    known = [case for case in cases if case.outcome.status is not Status.GRADER_ERROR]
    wrong = {part for case in known for part in wrong_parts(parts, case.value if case.returned else None)}
    return tuple((part, part not in wrong) for part in parts)


def _derived(name: str, points: float, cases: Sequence[CaseVerdict], right: bool) -> CheckVerdict:
    status = _status(cases, right)
    return CheckVerdict(name, points, points if status == "passed" else 0.0, status, True, None, ())


def _status(cases: Sequence[CaseVerdict], right: bool, *, some_right: bool = False) -> str:
    """some_right: whether some part is right in every case that is known, so that a lost case may still cost it."""
    if any(case.outcome.status is Status.GRADER_ERROR for case in cases):
        # One case that is known to be wrong fails the check; otherwise it stays pending until it is graded again.
        known = [case for case in cases if case.outcome.status is not Status.GRADER_ERROR]
        return "pending" if some_right or all(case.right for case in known) else "failed"
    return "passed" if right else "failed"


SHARES = {"none": 0.0, "half": 0.5, "full": 1.0}


def carry(task: TaskVerdict, how: str) -> TaskVerdict:
    """A task that is right but for earlier functions, with the share that the assignment grants for it.

    A check of gradients earns nothing: through an answer that was put in, none flows. Nor do form and purity.
    """
    failed = [c for c in task.checks if c.status == "failed" and c.check is not None and not c.check.gradient]
    return replace(task, carried=round(SHARES[how] * sum(check.points for check in failed), 4))


def total(tasks: Sequence[TaskVerdict]) -> float:
    """The submission's score, rounded so that sums of decimal fractions are exact."""
    return round(sum(task.earned for task in tasks), 4)
