"""The benchmarks still measure what there is: each of their workers, on the smallest assignment, once."""

from __future__ import annotations

import pytest

from autograder.course.assignment import load_assignment
from tests.benchmarks import bare, scale
from tests.benchmarks.notebooks import WAYS
from tests.paths import ROOT


@pytest.mark.slow
def test_a_submission_beside_the_same_calls_bare() -> None:
    rows = list(bare._compare(load_assignment(ROOT / "solutions" / "10-gcn"), "process", rounds=1))
    assert [row["way"] for row in rows] == list(WAYS)
    assert all(min(row["seconds"][side]) > 0 for row in rows for side in ("graded", "runner"))


@pytest.mark.slow
def test_what_a_second_core_is_worth() -> None:
    assert scale._second_core(load_assignment(ROOT / "solutions" / "10-gcn")) > 0
