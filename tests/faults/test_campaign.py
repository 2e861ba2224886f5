"""A class graded while its processes are killed. AUTOGRADER_FAULTS is the number of kills for each way of grading."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from autograder.errors import SandboxUnavailable
from autograder.sandbox import open_sandbox
from tests.faults import campaign

KILLS = int(os.environ.get("AUTOGRADER_FAULTS", "12"))
SANDBOXES = [("process", 1), ("process", 2), ("docker", 2)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sandbox", "jobs"),
    [pytest.param(*way, marks=pytest.mark.docker if way[0] == "docker" else ()) for way in SANDBOXES],
)
def test_killed_again_and_again(tmp_path: Path, sandbox: str, jobs: int) -> None:
    """Nothing is lost, nothing graded twice, the grades are those of an undisturbed run, and nothing is left."""
    try:
        box = open_sandbox(sandbox, warm_imports=("numpy",))
        box.start()
        box.close()
    except SandboxUnavailable as error:
        pytest.skip(f"{sandbox}: {error}")
    for folder in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        folder.chmod(0o755)  # children are other users, and pass through to their scratch
    tally = campaign.run(tmp_path, KILLS, jobs=jobs, sandbox=sandbox, seed=KILLS)
    assert tally.total >= KILLS
    assert tally.differences == []
