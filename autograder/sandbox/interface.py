"""The interface of every sandbox, and the types of its requests and results.

A sandbox runs a *program* (cells of source code) and then *calls* its functions, and gives back an *outcome* for each
call: raw values and a status. It knows nothing of assignments, expected values, points or seeds of the course.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import TracebackType
from typing import Literal, Protocol, Self, TypeAlias

from autograder.guest.wire import Value
from autograder.sandbox.forms import Packed


class Status(StrEnum):
    """What became of one cell or call.

    The student's process may report any status down to BAD_OUTPUT; only the platform gives the last three.
    """

    RETURNED = "returned"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    MISSING = "missing"  # no such function, because it was never defined or its cell failed
    UNFINISHED = "unfinished"  # the stub: NotImplementedError
    BAD_OUTPUT = "bad_output"  # not a value of the wire format, too large, or not a valid frame
    CRASHED = "crashed"  # the process ended: os._exit, a signal, a fault in native code
    FORBIDDEN = "forbidden"  # killed for breaking a rule: a system call, too many threads, too much written
    GRADER_ERROR = "grader_error"  # the platform's fault: retried, flagged, never costs a mark


@dataclass(frozen=True)
class Cell:
    """One cell of a program.

    source: its text.
    name: how people find it ("cell 7").
    kind: "student"; "provided" (the release's own text, never the student's, in a namespace of its own, which gives the
        student what it binds); "definitions" (only its imports, functions, classes and constants are run: explore
        cells).
    keeps: of a provided cell, names that stay the student's.
    """

    source: str
    name: str = ""
    kind: Literal["student", "provided", "definitions"] = "student"
    keeps: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProgramFile:
    """A file that cells import or read.

    path: relative, with "/", below the working directory. An installed module of the same name is imported first.
    content: its bytes.
    """

    path: str
    content: bytes


@dataclass(frozen=True)
class Program:
    """Cells in the order in which they run, those of the student in one namespace named `__main__`.

    cells: in order.
    trusted: the lecturer's own. It runs within the same walls; but where every submission gets a container of its own,
        one in which only trusted programs have run still counts as new.
    files: what lies in the working directory before the first cell runs.
    """

    cells: tuple[Cell, ...]
    trusted: bool = False
    files: tuple[ProgramFile, ...] = ()

    def then(self, source: str, name: str) -> Program:
        """The same program with one more cell at its end (an override of a function, say)."""
        return replace(self, cells=(*self.cells, Cell(source, name)))


@dataclass(frozen=True, eq=False, slots=True)
class PackedArgs:
    """A handle of arguments, the key by which caches know them.

    Handles compare by identity, so that a lookup does not hash or compare arrays. Calls with the same arguments should
    share a handle, and so share what is cached for it.

    values: the arguments. They must not be changed in place.
    """

    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class FunctionCall:
    """One call in the sandbox.

    id: unique among the calls of a run.
    group: calls of one group share a time budget (a task's name).
    function: the name that is called.
    args: the arguments. A plain tuple is given a handle of its own.
    needs: functions that `function` calls by name (where it is an adapter); without one of them the call is "missing".
    gradient: positions of arguments to differentiate by, against an upstream gradient that the guest draws from
        `upstream_seed` and the output's shape.
    upstream_seed: what the upstream gradient is drawn from.
    repeat: how often it is called, each time on fresh copies.
    record: whether the operators that really ran are recorded, in the first of the repetitions.
    secret: whether it is sent to the child only after every call that is not secret has been answered.
    device: where the arguments lie: "cpu" or "cuda".
    """

    id: int
    group: str
    function: str
    args: PackedArgs
    needs: tuple[str, ...] = ()
    gradient: tuple[int, ...] = ()
    upstream_seed: int = 0
    repeat: int = 2
    record: bool = False
    secret: bool = False
    device: str = "cpu"

    def __post_init__(self) -> None:
        if isinstance(self.args, tuple):
            object.__setattr__(self, "args", PackedArgs(self.args))


@dataclass(frozen=True)
class Limits:
    """The limits of one run. Seconds are wall time; sizes are MiB, but for `output_kb`.

    cell_seconds: of one cell.
    call_seconds: of one call.
    group_seconds: of all calls of one group.
    submission_seconds: of the whole program with its calls.
    memory_mb: resident memory beyond that of the warm guest.
    file_mb: what may be written to files.
    output_kb: KiB of stdout and stderr that are kept of a cell or call; the rest is dropped.
    result_mb: of each of a call's values: the result, the gradients, what the inputs have grown by.
    replacements: how often a child that died is replaced, besides once for each cell.
    """

    cell_seconds: float = 20.0
    call_seconds: float = 5.0
    group_seconds: float = 10.0
    submission_seconds: float = 300.0
    memory_mb: int = 1024
    file_mb: int = 64
    output_kb: int = 64
    result_mb: int = 64
    replacements: int = 24


@dataclass(frozen=True)
class ErrorInfo:
    """What a student's code raised, as text that is quoted and never parsed.

    type_name: of the exception.
    message: its text.
    line: the line in the cell `where`.
    where: the name of the cell in which it was raised.
    traceback: its frames in cells, as text.
    """

    type_name: str
    message: str
    line: int | None = None
    where: str = ""
    traceback: str = ""


@dataclass(frozen=True)
class CellOutcome:
    """What became of one cell.

    index: of the cell, from 0.
    status: how it ended.
    error: what it raised.
    stdout: what it wrote to stdout and stderr, cut to `Limits.output_kb`.
    seconds: wall time.
    """

    index: int
    status: Status
    error: ErrorInfo | None = None
    stdout: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Outcome:
    """What became of one call.

    id: of the call.
    status: how it ended.
    value: of the first call.
    repeated: of the last call, where there was more than one.
    inputs_after: the arguments as they were after the first call.
    gradient: one entry for each position asked for (None where the output does not depend on it).
    error: what it raised.
    gradient_error: what computing the gradient raised.
    stdout: what was written to stdout and stderr, cut to `Limits.output_kb`.
    warnings: the texts of the first warnings, cut.
    operators: names that the recorder saw.
    seconds: wall time.
    packed: these values with the bytes that they were read from; None where their layout is not cached.
    size: an estimate of the bytes of memory that the values take.
    dropped: whether the values were dropped once they had been judged, and placeholders stand here.
    on_cpu: whether the call was made again on the CPU, after it had failed on a GPU by mixing devices.
    """

    id: int
    status: Status
    value: Value = None
    repeated: Value = None
    inputs_after: tuple[Value, ...] = ()
    gradient: tuple[Value, ...] = ()
    error: ErrorInfo | None = None
    gradient_error: ErrorInfo | None = None
    stdout: str = ""
    warnings: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()
    seconds: float = 0.0
    packed: Packed | None = field(default=None, compare=False, repr=False)
    size: int = field(default=0, compare=False, repr=False)
    dropped: bool = False
    on_cpu: bool = False


@dataclass(frozen=True)
class Execution:
    """The results of one program.

    outcomes: one for each call, in the calls' order.
    cells: one for each cell that ran.
    replacements: how many children were replaced.
    events: what the platform saw, for staff: "child 2 killed: memory".
    carried: (task, functions) of each task that a second run found wrong only for these earlier functions.
    """

    outcomes: tuple[Outcome, ...]
    cells: tuple[CellOutcome, ...] = ()
    replacements: int = 0
    events: tuple[str, ...] = field(default=())
    carried: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True)
class SandboxInfo:
    """Provenance: which sandbox made a grade.

    provider: "process", "docker" or "unsafe".
    python: its version.
    numpy: its version.
    torch: its version; "" without torch.
    device: "cpu" or "cuda".
    isolation: the walls in force: "landlock", "seccomp", "user", "netns", ...
    image: the image's digest, for docker.
    """

    provider: str
    python: str
    numpy: str
    torch: str
    device: str
    isolation: tuple[str, ...]
    image: str = ""


Seen: TypeAlias = Callable[[Outcome], object]


def ignore(outcome: Outcome) -> None:
    """The default of `seen`: does nothing."""


def after_seen(outcome: Outcome, seen: Seen) -> Outcome:
    """Pass an outcome to `seen`. Returns the one to keep: that which `seen` returned, or else the same."""
    held = seen(outcome)
    return held if isinstance(held, Outcome) else outcome


class Sandbox(Protocol):
    """One warm guest. Not thread-safe: one submission at a time; use one sandbox for each worker.

    Every method raises only `SandboxError` (the platform failed) — whatever the student's code does ends as a status.
    """

    def start(self) -> SandboxInfo:
        """Start and warm the guest; idempotent. Raises SandboxUnavailable with reason and remedy."""

    def run(self, program: Program, calls: Sequence[FunctionCall], limits: Limits, seen: Seen = ignore) -> Execution:
        """Run the program's cells in a child of its own, then the calls in order.

        seen: called with each outcome as it comes, while the child goes on with the next calls. If it returns an
        outcome, that one is kept instead, so that values need not be held until the end once they are judged.
        If `calls` is a list, `seen` may append to it; these calls are made after the others.

        A child that dies is replaced: the cells are run again, of a student's cell that killed it only the definitions,
        and the remaining calls go on. Nothing of this child reaches the next run.
        """

    def close(self) -> None:
        """Stop the guest and remove what it left; idempotent."""

    def __enter__(self) -> Self:
        """Starts the sandbox and returns it."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""
