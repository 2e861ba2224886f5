"""Where the calls of an assignment run: the CPU, or a CUDA device, with torch."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from autograder.course.assignment import Assignment
from autograder.course.cases import Case
from autograder.errors import SandboxUnavailable
from autograder.sandbox.interface import FunctionCall, SandboxInfo

INSTALL_TORCH = "Run: pip install 'deep-autograder[torch]'."


def resolve_device(wanted: str, info: SandboxInfo) -> str:
    """ "auto" becomes "cuda" where the guest sees a GPU. Raises SandboxUnavailable for a GPU that is not there."""
    if wanted == "auto":
        return "cuda" if info.device == "cuda" else "cpu"
    if wanted == "cuda" and info.device != "cuda":
        raise SandboxUnavailable(
            f"a GPU is asked for, and the {info.provider} sandbox sees none",
            remedy="Say --device cpu or auto, or see what `autograder doctor` says of GPUs.",
        )
    return wanted


def placed_call(case: Case, device: str, info: SandboxInfo | None, **options: Any) -> FunctionCall:
    """The call of a case, on its check's device if it has one, else on the run's.

    Raises SandboxUnavailable as `resolve_device` does.

    info: of the sandbox that will run it; None for a call that will not run.
    """
    call = case.function_call(device=device, **options)
    return replace(call, device=resolve_device(call.device, info)) if info else call


def sandbox_device(assignment: Assignment, wanted: str) -> str:
    """The device that a sandbox must offer for an assignment: the course's, or that of a check which differs."""
    devices = {wanted, *(check.device for task in assignment.tasks for check in task.checks if check.device)}
    return next((device for device in ("cuda", "auto") if device in devices), "cpu")


def demand_torch(assignment: Assignment, provider: str, info: SandboxInfo | None = None) -> None:
    """Raises SandboxUnavailable where the solution imports torch and the Python that would run it has none.

    info: of the started sandbox. Without it this Python is asked, which is that of the process sandbox.
    """
    missing = not info.torch if info else provider != "docker" and find_spec("torch") is None
    if provider not in ("docker", "process", "unsafe") or not missing:
        return
    if not any(re.search(r"(?m)^\s*(import|from)\s+torch\b", cell.source) for cell in assignment.cells):
        return
    remedy = "Build the image again: autograder image build." if provider == "docker" else INSTALL_TORCH
    raise SandboxUnavailable(f"torch is not installed where the {provider} sandbox runs code", remedy=remedy)
