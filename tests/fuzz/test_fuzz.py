"""A little fuzzing in every run of the tests. AUTOGRADER_FUZZ is the number of inputs in all; a campaign takes 20000."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

INPUTS = int(os.environ.get("AUTOGRADER_FUZZ", "1100"))
EACH = max(1, -(-INPUTS // len(TARGETS)))


@pytest.mark.parametrize("target", TARGETS)
def test_readers(target: str) -> None:
    """No crash, no hang, no growth: in a process of its own, whose memory and time are limited."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.run", target, str(EACH), str(INPUTS)],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=120 + EACH,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-6000:]
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["inputs"] >= 0.9 * EACH  # a strategy that runs dry would test nothing
    print(found)
