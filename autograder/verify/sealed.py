"""The key of a question stays with the graders: what students get is the same whichever statements are right."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grading.compare import compare
from autograder.grading.grader import Grader
from autograder.questions import questions
from autograder.tolerance import EXACT


def telling_cases(grader: Grader) -> Iterator[tuple[str, str]]:
    """(question, what tells) of each visible case in which a wrong answer gives another value than the right one.

    visible.npz holds the solution's values of these cases. Where every wrong answer gives the same values, the file
    tells nothing of the key.
    """
    for question in questions(grader.assignment.tasks):
        seen = [case for case in grader.cases if case.task == question.name and case.check.visible]
        for wrong, outcomes in grader.bank(question.name):
            for case in seen:
                right, got = grader.reference.outcomes[case.id], outcomes[case.id]
                if right.status is not got.status or not compare(right.value, got.value, EXACT).equal:
                    yield question.name, f'the visible check "{case.check.name}" tells {wrong.name} from the key'
