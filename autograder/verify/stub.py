"""The stub as a program: what a student hands in who has written nothing."""

from __future__ import annotations

from autograder.course.assignment import Assignment
from autograder.release.notebook_writer import notebook_bytes
from autograder.sandbox.interface import Program
from autograder.submissions.prepare import Submission, prepare


def stub_program(assignment: Assignment, language: str) -> Program:
    """The released notebook as if a student had handed it in untouched."""
    content = notebook_bytes(assignment, language)
    return prepare(Submission("stub", f"{assignment.notebook}.{language}.ipynb", content), assignment).program
