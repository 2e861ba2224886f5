"""What several test modules share."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from autograder.errors import SandboxUnavailable
from autograder.sandbox import open_sandbox
from autograder.sandbox.interface import Sandbox
from tests.paths import TESTS

# A shell's background job ignores Ctrl-C, and so does all that it starts; these tests press it.
signal.signal(signal.SIGINT, signal.default_int_handler)


# Suites that attack the walls or run the contract of every provider: whole, they take minutes. `make check` leaves them
# to `make test`, or to who works on the walls: `pytest tests/hostile`.
LONG = ("hostile", "contract", "faults", "fuzz", "benchmarks", "walls")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.relative_to(TESTS).parts[0] in LONG:
            item.add_marker(pytest.mark.slow)


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
