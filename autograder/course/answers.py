"""The wrong and the right answers to multiple-choice questions, as misconceptions and variants like any other."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from autograder.authoring import Task
from autograder.course.checks_file import place_of_task
from autograder.course.misconceptions_file import Misconception, Variant
from autograder.questions import questions


def wrong_answers(tasks: Iterable[Task], checks: Path) -> tuple[Misconception, ...]:
    """For each statement of each question, the answer that errs in it alone. Their lines are those of `checks.py`."""
    return tuple(
        Misconception(name, task.name, task.name, text, _source(task.name, answer), _line(checks, task.name))
        for task in questions(tasks)
        for name, answer, text in task.slips()
    )


def right_answers(tasks: Iterable[Task]) -> tuple[Variant, ...]:
    """The right letters in another order, and with blanks between them."""
    return tuple(
        Variant(f"{task.name}_{number}", _source(task.name, answer), (task.name,))
        for task in questions(tasks)
        for number, answer in enumerate(task.spellings(), start=1)
    )


def _source(function: str, answer: str) -> str:
    return f"def {function}():\n    return {answer!r}"


def _line(checks: Path, task: str) -> int:
    _, _, line = place_of_task(checks, task).rpartition(":")
    return int(line) if line.isdigit() else 1
