"""Short words for what the suite says again and again."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np

from autograder.guest.wire import Array
from autograder.sandbox.interface import Cell, Execution, FunctionCall, Limits, Outcome, Program, Sandbox

WARM = ("numpy", "torch")
QUICK = Limits(cell_seconds=5, call_seconds=3, group_seconds=6, memory_mb=256, file_mb=8, result_mb=8)
X = Array(np.arange(6.0).reshape(2, 3))


def program(*sources: str) -> Program:
    return Program(tuple(Cell(textwrap.dedent(text), f"cell {n}") for n, text in enumerate(sources, 1)))


def calls(*names: str, args: tuple[Any, ...] = (), **options: Any) -> list[FunctionCall]:
    """One call for each name, in a group of its own name."""
    return [FunctionCall(n, name, name, args, **options) for n, name in enumerate(names)]


def execute(sandbox: Sandbox, source: str, *names: str, limits: Limits = QUICK, **options: Any) -> Execution:
    return sandbox.run(program(source), calls(*(names or ("f",)), **options), limits)


def outcome(sandbox: Sandbox, source: str, *args: Any, limits: Limits = QUICK, **options: Any) -> Outcome:
    """What became of f(*args)."""
    (result,) = execute(sandbox, source, "f", limits=limits, args=args, **options).outcomes
    return result


def value(sandbox: Sandbox, source: str, *args: Any, **options: Any) -> Any:
    """What f(*args) returned."""
    result = outcome(sandbox, source, *args, **options)
    assert result.status.value == "returned", result
    return result.value
