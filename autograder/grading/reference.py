"""The reference: the outcomes of the author's solution for every case, computed once for a class."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.course.assignment import Assignment
from autograder.course.cases import Case
from autograder.errors import AssignmentError, SandboxError
from autograder.grading.device import demand_torch, placed_call
from autograder.grading.expectation import Expectation
from autograder.grading.judging import demand_working_judges
from autograder.sandbox.interface import (
    ErrorInfo,
    Execution,
    FunctionCall,
    Outcome,
    PackedArgs,
    Sandbox,
    SandboxInfo,
    Status,
)
from autograder.sandbox.kept import KeptError, dump_execution, load_execution


@dataclass(frozen=True, eq=False)
class Reference:
    """The solution's outcomes.

    outcomes: by case, in the case's dtype.
    truth: by case, from a run in float64, for cases in a narrower dtype.
    """

    outcomes: Mapping[int, Outcome]
    truth: Mapping[int, Outcome]
    _expectations: dict[int, Expectation] = field(default_factory=dict, init=False, repr=False)

    def expectation(self, case: Case) -> Expectation:
        """What the results of a case are compared with."""
        if case.id not in self._expectations:
            self._expectations[case.id] = Expectation(
                self.outcomes[case.id], self.truth.get(case.id), case.check.tolerance
            )
        return self._expectations[case.id]


def make_reference(assignment: Assignment, cases: Sequence[Case], sandbox: Sandbox, device: str) -> Reference:
    """Run the solution on every case. Raises AssignmentError when the solution itself fails, SandboxUnavailable without torch."""
    program, info = assignment.solution_program(), sandbox.start()
    demand_torch(assignment, info.provider, info)
    execution = sandbox.run(program, [placed_call(case, device, info) for case in cases], assignment.limits)
    _demand_returned(assignment, cases, execution)
    demand_working_judges(assignment, cases, execution)
    narrow = [case for case in cases if case.check.dtype != "float64"]
    wide = sandbox.run(
        program, [placed_call(case, device, info, dtype="float64") for case in narrow], assignment.limits
    )
    _demand_returned(assignment, narrow, wide)
    return Reference({o.id: o for o in execution.outcomes}, {o.id: o for o in wide.outcomes})


def dump_reference(reference: Reference, info: SandboxInfo, calls: Sequence[FunctionCall]) -> bytes | None:
    """A reference as bytes; None for one that is too large to be kept."""
    wide = [replace(call, args=PackedArgs()) for call in calls if call.id in reference.truth]
    try:
        parts = [
            dump_execution(Execution(tuple(reference.outcomes.values())), info, calls),
            dump_execution(Execution(tuple(reference.truth.values())), info, wide),
        ]
    except KeptError:
        return None
    return len(parts[0]).to_bytes(8, "big") + b"".join(parts)


def load_reference(content: bytes, calls: Sequence[FunctionCall]) -> tuple[Reference, SandboxInfo] | None:
    """The reference and sandbox info of `dump_reference`'s bytes; None for any other bytes."""
    end = 8 + int.from_bytes(content[:8], "big")
    try:
        execution, info = load_execution(content[8:end], calls)
        wide, _ = load_execution(content[end:], calls)
    except KeptError:
        return None
    return Reference({o.id: o for o in execution.outcomes}, {o.id: o for o in wide.outcomes}), info


def _demand_returned(assignment: Assignment, cases: Sequence[Case], execution: Execution) -> None:
    demand_no_grader_error(execution)
    for case, outcome in zip(cases, execution.outcomes, strict=True):
        problem = outcome.error or outcome.gradient_error
        if outcome.status is not Status.RETURNED or outcome.gradient_error:
            detail = f" ({problem.type_name}: {problem.message})" if problem else ""
            ends = "cannot be differentiated" if outcome.gradient_error else f'ends with "{outcome.status.value}"'
            raise AssignmentError(
                f'the solution itself {ends} in {case.function}, check "{case.check.name}", case {case.index + 1}{detail}',
                where=_place(assignment.folder / "solution.py", problem),
                remedy="It must answer every case that checks.py draws.",
            )


def _place(path: Path, problem: ErrorInfo | None) -> str:
    """file:line of an error in the solution, whose cells are named after their first line."""
    cell = re.fullmatch(r"solution\.py line (\d+)", problem.where) if problem else None
    line = problem.line if problem else None
    return f"{path}:{int(cell[1]) + line - 1}" if cell and line else str(path)


def demand_no_grader_error(execution: Execution) -> None:
    """Raise SandboxError when the platform lost calls of trusted code: a lost call must not count as an answer."""
    if any(outcome.status is Status.GRADER_ERROR for outcome in execution.outcomes):
        raise SandboxError(f"the sandbox was lost: {'; '.join(execution.events)}")
