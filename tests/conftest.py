"""What several test modules share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autograder.errors import SandboxUnavailable
from autograder.sandbox import open_sandbox
from autograder.sandbox.interface import Sandbox


@pytest.fixture(scope="session")
def sandbox() -> Iterator[Sandbox]:
    """One warm process sandbox for tests that are about something else."""
    box = open_sandbox("process")
    try:
        box.start()
    except SandboxUnavailable as error:
        pytest.skip(f"no process sandbox here: {error}")
    yield box
    box.close()
