"""The solved notebooks, run from top to bottom: what a student who has solved everything will see."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.release.preview.solved import faults, run_solved
from autograder.verify.result import Verification


def explored(reports: Sequence[Verification], assignment: Assignment, released: Path) -> None:
    """Add a finding to each report for every cell that raises, warns or takes too long, in any language."""
    for language in assignment.languages:
        for cell, what in faults(run_solved(assignment, released, language)):
            place = f"solution.py:{cell.line}" if cell.line else f"{language} notebook"
            for report in reports:
                report.complain("explore", place, f'the cell that begins with "{cell.first_line}" {what}')
