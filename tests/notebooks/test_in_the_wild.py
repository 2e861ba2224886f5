"""Real notebooks around right answers cost no point: before them, behind them.

AUTOGRADER_WILD=141 pytest tests/notebooks/test_in_the_wild.py    the whole study
"""

from __future__ import annotations

import os

import pytest

from autograder.grading.grader import Grader
from autograder.grading.score import total
from tests.notebooks.test_as_in_jupyter import FULL, grade, grader, mini, notebook
from tests.notebooks.wild import wild_notebooks

__all__ = ["grader", "mini"]  # fixtures
COUNT = int(os.environ.get("AUTOGRADER_WILD", "24"))


@pytest.mark.slow
@pytest.mark.parametrize("place", ["first", "last"])
@pytest.mark.parametrize(("number", "cells"), [*enumerate(wild_notebooks(COUNT))])
def test_what_stands_around_right_answers_costs_nothing(
    grader: Grader, number: int, cells: list[str], place: str
) -> None:
    findings = grade(grader, notebook(grader.assignment, **{place: cells}))  # type: ignore[arg-type]
    assert total(findings.tasks) == FULL, "\n# %%\n".join(cells)
