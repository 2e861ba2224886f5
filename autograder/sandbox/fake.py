"""A fake sandbox for tests of code that uses one: it runs nothing and returns the outcomes that it was given."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Self, TypeAlias

from autograder.guest.wire import Value
from autograder.sandbox.interface import (
    CellOutcome,
    Execution,
    FunctionCall,
    Limits,
    Outcome,
    Program,
    SandboxInfo,
    Seen,
    Status,
    after_seen,
    ignore,
)

Given: TypeAlias = "Outcome | Value | Callable[..., Value]"
"""What a call gives: an outcome, a value to return, or a function that computes the value from the arguments."""


@dataclass
class FakeSandbox:
    """Implements `Sandbox`.

    outcomes: by the function's name. A function without one is missing, as if its cell were not there.
    runs: every (program, calls) that it was asked for, in order.
    closed: whether `close` was called.
    """

    outcomes: Mapping[str, Given] = field(default_factory=dict)
    runs: list[tuple[Program, tuple[FunctionCall, ...]]] = field(default_factory=list)
    closed: bool = False

    def start(self) -> SandboxInfo:
        return SandboxInfo("fake", "", "", "", "cpu", ())

    def run(self, program: Program, calls: Sequence[FunctionCall], limits: Limits, seen: Seen = ignore) -> Execution:
        self.runs.append((program, tuple(calls)))
        outcomes = tuple(after_seen(self._outcome(call), seen) for call in calls)
        cells = tuple(CellOutcome(index, Status.RETURNED) for index in range(len(program.cells)))
        return Execution(outcomes, cells)

    def close(self) -> None:
        self.closed = True

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _outcome(self, call: FunctionCall) -> Outcome:
        if call.function not in self.outcomes:
            return Outcome(call.id, Status.MISSING)
        answer = self.outcomes[call.function]
        if isinstance(answer, Outcome):
            return replace(answer, id=call.id)
        value: Value = answer(*call.args.values) if callable(answer) else answer
        return Outcome(call.id, Status.RETURNED, value, value, inputs_after=call.args.values)
