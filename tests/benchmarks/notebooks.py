"""Notebooks to grade: the released one with its stubs filled in, as JupyterLab saves it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest

from autograder.course.assignment import Assignment, Misconception
from autograder.course.student_cells import handout
from autograder.demo.answers import fill_in
from autograder.demo.formats import FORMATS
from autograder.demo.recipe import DemoCell, Row

WAYS = ("solution", "loop_free", "naive")


def full_marks(assignment: Assignment, way: str = "solution", student: str = "right") -> bytes:
    """The notebook of a student who has everything right, written as the solution is, without loops, or naively.

    Every cell of the student's own bears the name, so that no cache knows it from another student.
    """
    answers = {}
    for task in assignment.tasks:
        known = [variant.name for variant in assignment.variants if set(task.functions) <= set(variant.functions)]
        if way in known:
            answers[task.name] = way
    cells = filled(assignment, Row(student, assignment.points, answers=answers, language="en"))
    for cell in cells:
        if cell.role == "task":
            cell.source += f"\n# {student}"
    return saved(cells, student)


def a_class(assignment: Assignment, size: int) -> Mapping[str, bytes]:
    """Student -> notebook: every second one right, the others each with one misconception, and all bytes distinct.

    Mistakes of all tasks come in turn, as in a real pile: what is run once for each task is then run early.
    """
    by_task = [[m for m in assignment.misconceptions if m.task == task.name] for task in assignment.tasks]
    mistakes: list[Misconception] = [m for turn in zip_longest(*by_task) for m in turn if m is not None]
    found = {}
    for number in range(size):
        student = f"student-{number:04d}"
        wrong = (mistakes[number // 2 % len(mistakes)].name,) if number % 2 else ()
        cells = filled(assignment, Row(student, None, wrong=wrong, language="en"))
        cells.append(DemoCell("code", f"# {student}"))
        found[student] = saved(cells, student)
    return found


def filled(assignment: Assignment, row: Row) -> list[DemoCell]:
    released = [
        DemoCell("code" if cell.is_code else "markdown", cell.source, cell.role, cell.task or "", cell.key)
        for cell in handout(assignment, row.language)
    ]
    return fill_in(released, row, assignment)


def saved(cells: list[DemoCell], student: str) -> bytes:
    return FORMATS["lab"](cells, student)
