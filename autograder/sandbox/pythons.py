"""Which Python runs students' code: the one that course.yml chooses. The process sandbox has only the grader's own."""

from __future__ import annotations

import sys

from autograder.errors import SandboxUnavailable

PYTHONS = ("3.11", "3.12", "3.13")
DEFAULT_PYTHON = "3.11"  # of images, where the course chooses none


def running() -> str:
    """The version of this process's Python, which the process sandbox uses too: "3.11"."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def image_tag(device: str, python: str | None = None) -> str:
    """The tag of the guest's image with this Python: autograder-guest:cpu, autograder-guest:cuda-py3.12."""
    return f"autograder-guest:{device}" + (f"-py{python}" if python not in (None, DEFAULT_PYTHON) else "")


def demand_python(python: str | None) -> None:
    """Raises SandboxUnavailable where the process sandbox would grade with another Python than the course's."""
    if python not in (None, running()):
        raise SandboxUnavailable(
            f"course.yml chooses Python {python}, and the process sandbox would grade with {running()}",
            remedy=f"Install the autograder with Python {python}, or: autograder image build --python {python}, then --sandbox docker.",
        )
