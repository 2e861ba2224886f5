"""Errors carried forward: a task that is right in itself fails because it calls an earlier function that is wrong.

Such a task is run again with right answers for those calls. The reference never enters a process that runs a student's
code: it runs elsewhere, and its answers go in as data. Answers to calls with the case's own inputs are known beforehand
(the reference was watched). For any other call the student's code must come to the arguments by itself: the call ends
with a question, the reference answers it in a process of its own, and the case begins again with one answer more. How
many questions a case may ask, and how large they may be, is bounded; only functions that the reference itself calls in
this task are answered, and only those of earlier tasks.

Of the second run one bit per task goes out: whether every case is right now. No value of it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence

from autograder.authoring import Task
from autograder.course.assignment import Assignment
from autograder.grading.findings import Diagnosis
from autograder.i18n import Text

TEXT = Text(
    "Right in itself: this task fails only because it calls your {names}. Once that is right, this one is, too.",
    "이 과제 자체는 맞습니다. 앞에서 작성한 {names}을(를) 호출하기 때문에 틀렸을 뿐이니, 그 함수를 고치면 함께 맞게 됩니다.",
)


def callees(assignment: Assignment, task: Task) -> dict[str, str]:
    """Graded functions of earlier tasks, each with its task."""
    earlier: dict[str, str] = {}
    for other in assignment.tasks:
        if other.name == task.name:
            break
        earlier.update(dict.fromkeys(other.functions, other.name))
    return earlier


def diagnosis(task: Task, names: Sequence[str]) -> Diagnosis:
    """The sentence for a task that is right in itself."""
    return Diagnosis("carried", "carried:" + "+".join(names), task.functions[0], TEXT.format(names=", ".join(names)))
