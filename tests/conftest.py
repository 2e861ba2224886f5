"""What several test modules share."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from autograder.errors import SandboxUnavailable
from autograder.sandbox import open_sandbox
from autograder.sandbox.interface import Sandbox

# A shell's background job ignores Ctrl-C, and so does all that it starts; these tests press it.
signal.signal(signal.SIGINT, signal.default_int_handler)


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
