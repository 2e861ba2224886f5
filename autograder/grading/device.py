"""Where the calls of an assignment run: the CPU, or a CUDA device, with torch."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from autograder.course.assignment import Assignment
from autograder.course.cases import Case
from autograder.errors import SandboxUnavailable
from autograder.grading.compare import EQUAL
from autograder.grading.score import CaseVerdict
from autograder.i18n import Text
from autograder.sandbox.interface import Execution, FunctionCall, SandboxInfo
from autograder.sandbox.session import GPU_SHARE

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
    """The call of a case: on the run's device if its check says `device="cuda"`, and on the CPU otherwise.

    A grade is the submission's, and not the machine's: right code that is bound to the CPU (no `device=` in a factory
    call, a way through numpy) loses nothing where a GPU happens to be.

    Raises SandboxUnavailable as `resolve_device` does.

    info: of the sandbox that will run it; None for a call that will not run.
    """
    call = case.function_call(**options)
    if info is None or case.check.device != "cuda":
        return call
    return replace(call, device=resolve_device(device, info))


def wants_gpu(assignment: Assignment) -> bool:
    """Whether any check asks for a GPU."""
    return any(check.device == "cuda" for task in assignment.tasks for check in task.checks)


def sandbox_device(assignment: Assignment, wanted: str) -> str:
    """The device that a sandbox must offer for an assignment: none but the CPU where no check would use another."""
    return wanted if wants_gpu(assignment) else "cpu"


def gpu_share(assignment: Assignment, wanted: str, guests: int) -> dict[str, float]:
    """The sandbox's option for guests that share a GPU: each takes its part of the memory. Empty where none uses one."""
    if sandbox_device(assignment, wanted) == "cpu":
        return {}
    return {"gpu_fraction": round(GPU_SHARE / max(1, guests), 4)}


DEVICE_NOTE = Text(
    "A check ran on a GPU, and your code put a part of its work on the CPU. It was run again on the CPU and graded there, so "
    "this cost nothing. Make new tensors where the inputs are: torch.zeros(n, device=x.device).",
    "한 검사를 GPU에서 실행했는데 코드의 일부가 CPU에서 계산했습니다. CPU에서 다시 실행해 그 결과로 채점했으므로 감점은 없습니다. "
    "새 텐서는 입력과 같은 장치에 만드세요: torch.zeros(n, device=x.device).",
)

# What torch says of tensors on two devices, or of a tensor on a GPU that is to become a numpy array.
_TWO_DEVICES = re.compile(
    r"same device|at least two devices|can't convert cuda|[Ee]xpected .{0,80}\bdevice|device type\b|torch\.cuda\.\w+Tensor"
    r"|but found .{0,40}\b(cpu|cuda)|should be on .{0,40}device|tensors? (is|are) on (cpu|cuda)",
    re.DOTALL,
)


def stumbled_over_devices(case: Case, verdict: CaseVerdict) -> bool:
    """Whether a call is wrong because tensors, or its result, were on the wrong device: it is made again on the CPU.

    Never so for a check that requires the device (`device_required`).
    """
    if case.check.device_required:
        return False
    outcome = verdict.outcome
    told = (outcome.error, outcome.gradient_error)
    if any(error is not None and _TWO_DEVICES.search(error.message) for error in told):
        return True
    compared = (verdict.value or EQUAL, verdict.gradient or EQUAL)
    return any(mismatch.kind == "device" for one in compared for mismatch in one.mismatches)


def demand_torch(assignment: Assignment, provider: str, info: SandboxInfo | None = None) -> None:
    """Raise SandboxUnavailable where the solution imports torch and the Python that would run it has none.

    info: of the started sandbox. Without it this Python is asked, which is that of the process sandbox.
    """
    missing = not info.torch if info else provider != "docker" and find_spec("torch") is None
    if provider not in ("docker", "process", "unsafe") or not missing:
        return
    if not any(re.search(r"(?m)^\s*(import|from)\s+torch\b", cell.source) for cell in assignment.cells):
        return
    remedy = "Build the image again: autograder image build." if provider == "docker" else INSTALL_TORCH
    raise SandboxUnavailable(f"torch is not installed where the {provider} sandbox runs code", remedy=remedy)


def again_on_the_cpu(
    calls: Sequence[FunctionCall], cases: Mapping[int, Case], verdicts: Mapping[int, CaseVerdict]
) -> list[FunctionCall]:
    """The calls that stumbled over devices on a GPU, to be made on the CPU."""
    return [
        replace(call, device="cpu")
        for call in calls
        if call.device == "cuda" and stumbled_over_devices(cases[call.id], verdicts[call.id])
    ]


def with_fresh(execution: Execution, ran: Execution) -> Execution:
    """The same execution, with the outcomes of the calls that were made again on the CPU. ran: their execution."""
    fresh = {outcome.id: replace(outcome, on_cpu=True) for outcome in ran.outcomes}
    return replace(
        execution,
        outcomes=tuple(fresh.get(outcome.id, outcome) for outcome in execution.outcomes),
        events=(*execution.events, *ran.events, f"{len(fresh)} calls made again on the CPU"),
    )
