"""`verify --explore`: what the solved notebook does wrong becomes a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course.assignment import load_assignment
from autograder.release.preview.solved import RanCell
from autograder.verify import explored as module
from autograder.verify.result import Verification
from tests.paths import TESTS

MINI = TESTS / "fixtures" / "course" / "solutions" / "10-mini"


def test_a_cell_that_raises_warns_or_dawdles_is_a_finding_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = [
        RanCell("fine()", "explore", 3, seconds=59.0),
        RanCell("\nslow()\n", "explore", 7, seconds=61.0),
        RanCell("loud()", "explore", None, warnings=("UserWarning: mind this",)),
        RanCell("bad()", "explore", 9, error="ValueError: no"),
    ]
    monkeypatch.setattr(module, "run_solved", lambda assignment, released, language: cells)
    report = Verification("10-mini")
    module.explored([report], load_assignment(MINI), Path())
    said = [str(finding) for finding in report.findings]
    assert len(said) == 2 + 2  # the cell without a line is named by its notebook
    assert any(text.startswith('solution.py:7: the cell that begins with "slow()" takes 61 s') for text in said)
    assert any(text.startswith('ko notebook: the cell that begins with "loud()" warns: UserWarning') for text in said)
    assert any(text.startswith('solution.py:9: the cell that begins with "bad()" raises ValueError') for text in said)
    assert not report.holds
