"""The providers of the contract suite, each with one grader that all attacks share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.course.assignment import load_assignment
from autograder.errors import SandboxUnavailable
from autograder.grading.grader import Grader
from autograder.sandbox.interface import Sandbox
from autograder.sandbox.session import WARM_IMPORTS
from tests.contract.conftest import open_folder, open_provider, passable_python, provider  # noqa: F401
from tests.hostile.attack import HONEST, submission
from tests.hostile.watch import Watch, bits

TARGET = Path(__file__).parent / "course" / "solutions" / "66-hostile"


def as_in_class(name: str, request: pytest.FixtureRequest) -> Sandbox:
    """A provider, warm as for a class: what a first use imports would count as the student's time."""
    sandbox = open_provider(name, request)
    sandbox.warm_imports = WARM_IMPORTS  # type: ignore[attr-defined]
    return sandbox


@pytest.fixture(scope="session")
def watch() -> Iterator[Watch]:
    """Set up before any guest, so that a guest could inherit what it must not have."""
    with Watch() as found:
        yield found


@pytest.fixture(scope="session")
def sandbox(provider: str, watch: Watch, request: pytest.FixtureRequest) -> Iterator[Sandbox]:  # noqa: F811
    """One warm sandbox for every attack: what one leaves behind, the next would meet."""
    sandbox = as_in_class(provider, request)
    try:
        sandbox.start()
    except SandboxUnavailable as error:
        pytest.skip(f"{provider}: {error}")
    yield sandbox
    sandbox.close()


@pytest.fixture(scope="session")
def grader(sandbox: Sandbox) -> Grader:
    return Grader(load_assignment(TARGET), os.urandom(16), sandbox)


@pytest.fixture(scope="session")
def honest_bits(grader: Grader, provider: str, request: pytest.FixtureRequest) -> list[object]:  # noqa: F811
    """What an honest submission gives in a sandbox that has never seen an attack."""
    fresh = as_in_class(provider, request)
    try:
        return bits(grader, fresh, submission("honest", HONEST))
    finally:
        fresh.close()
