"""Blind checks: those that take answers which know nothing of the task.

With a tolerance as wide as the answers themselves, zeros pass. Each check must refuse zeros, or the right answer with
1 % or 0.001 on top; and a task must refuse each of them, NaN and its own inputs.
"""

from __future__ import annotations

from collections.abc import Iterator

from autograder.course.cases import Case
from autograder.grading.grader import Grader
from autograder.grading.verdicts import case_verdict
from autograder.guest.wire import same
from autograder.sandbox.interface import Outcome
from autograder.verify.constant_answers import SPOILT, constant_answers


def blind_checks(grader: Grader) -> Iterator[tuple[str, str]]:
    """(task, what is wrong) for each check, and each task, that takes an answer which it must refuse."""
    for task in grader.assignment.tasks:
        tried, refusing = _tried(grader, task.name)
        for check in task.checks:
            asked = [name for name in SPOILT if check.name in tried.get(name, ())]
            if asked and not any(check.name in refusing[name] for name in asked):
                yield (
                    task.name,
                    f'check "{check.name}" takes {", ".join(asked)} for right: it tells nothing; narrow its tolerance, or draw other inputs',
                )
        for name in tried:
            if not refusing[name]:
                yield task.name, f"an answer of {name} passes every check; draw inputs where it is wrong"


def refusing_constants(grader: Grader, task: str) -> set[str]:
    """The checks of a task that refuse zeros, or the right answer with 1 % or 0.001 on top.

    A check counts as refusing, too, where these equal the right answer in every case: where an empty list is expected,
    say, only another form is wrong.
    """
    tried, refusing = _tried(grader, task)
    open_to_them = set().union(*(tried.get(name, set()) for name in SPOILT))
    never_wrong = {check.name for check in grader.assignment.task(task).checks} - open_to_them
    return never_wrong.union(*(refusing.get(name, set()) for name in SPOILT))


def _tried(grader: Grader, task: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By constant answer: the checks where it differs from the right answer, and those of them that refuse it."""
    tried: dict[str, set[str]] = {}
    refusing: dict[str, set[str]] = {}
    for case in grader.cases:
        if case.task == task:
            for name, refused in _answers(grader, case):
                tried.setdefault(name, set()).add(case.check.name)
                refusing.setdefault(name, set()).update([case.check.name] if refused else [])
    return tried, refusing


def _answers(grader: Grader, case: Case) -> Iterator[tuple[str, bool]]:
    """(name, whether the check refuses it) of each constant answer that differs from the right one."""
    expected = grader.reference.outcomes[case.id]
    for name, answer in constant_answers(case, expected):
        if not _same_values(answer, expected):
            yield name, not case_verdict(case, grader.reference, answer).right


def _same_values(one: Outcome, other: Outcome) -> bool:
    return same(one.value, other.value) and same(one.gradient, other.gradient)
