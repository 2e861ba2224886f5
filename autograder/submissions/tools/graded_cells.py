"""Cells that carry the points of an assignment's checks in the notebooks of other tools, one for each check.

A visible check runs there on its released cases; any other waits for this grader, which alone has the cases. The export
and the grader make these cells with the same code, so the grader recognises them by their text and does not run them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.authoring import Check, Task
from autograder.course.assignment import Assignment
from autograder.i18n import Text

HELPER = "visible_checks"  # the module that runs a visible check in another tool's notebook
_POINTS = Text("# {title} ({points:g} points)", "# {title} ({points:g}점)")
_LATER = Text(
    "# {title} ({points:g} points): graded after you hand in.", "# {title} ({points:g}점): 제출한 뒤에 채점됩니다."
)
_DERIVED = {
    "form": Text("right type, dtype and shape", "올바른 자료형, dtype, 모양"),
    "purity": Text("inputs unchanged, same answer twice", "입력을 바꾸지 않고 두 번 불러도 같은 답"),
}


@dataclass(frozen=True)
class GradedCell:
    """One check as a cell.

    task: the task's name.
    check: the check's name, or "form" or "purity".
    grade_id: letters, digits, - and _ alone, unique in the assignment.
    points: what it is worth.
    visible: whether other tools can run it.
    judged: whether there are many right answers, of which other tools compare the form alone.
    title: what it is about.
    """

    task: str
    check: str
    grade_id: str
    points: float
    visible: bool
    judged: bool
    title: Text

    def source(self, language: str) -> str:
        """The cell's text. That of a check which waits is a comment."""
        head = (_POINTS if self.visible else _LATER).in_language(language)
        comment = head.format(title=" ".join(self.title.in_language(language).split()), points=self.points)
        if not self.visible:
            return comment
        return f'from {HELPER} import require\n\nrequire("{self.task}", {self.check!r})  {comment}'


def graded_cells(assignment: Assignment) -> tuple[GradedCell, ...]:
    """Every check of an assignment, in the order of its report: form first and purity last in each task."""
    taken: set[str] = set()
    return tuple(cell for task in assignment.tasks for cell in _of_task(task, taken))


def _of_task(task: Task, taken: set[str]) -> Iterator[GradedCell]:
    if task.form:
        yield _derived(task, "form", task.form, taken)
    for check in task.checks:
        yield _of_check(task, check, taken)
    if task.purity:
        yield _derived(task, "purity", task.purity, taken)


def _of_check(task: Task, check: Check, taken: set[str]) -> GradedCell:
    grade_id = _grade_id(task.name, check.name, taken)
    judged = check.judge is not None
    return GradedCell(task.name, check.name, grade_id, check.points, check.visible, judged, check.title)


def _derived(task: Task, name: str, points: float, taken: set[str]) -> GradedCell:
    return GradedCell(task.name, name, _grade_id(task.name, name, taken), points, False, False, _DERIVED[name])


def _grade_id(task: str, check: str, taken: set[str]) -> str:
    """An id that other tools accept. An id that had to be changed for them gets a digest, so that ids stay distinct."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", f"{task}-{check}").strip("-")
    if plain in taken or plain != f"{task}-{check}".replace(" ", "-"):
        plain = f"{plain}-{hashlib.sha256(check.encode()).hexdigest()[:8]}"
    while plain in taken:
        plain += "x"
    taken.add(plain)
    return f"check-{plain}"
