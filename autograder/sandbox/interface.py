"""The interface that every sandbox gives, and the words that it speaks.

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
    """What became of one call. The platform decides it; the student's process only sends values."""

    RETURNED = "returned"
    RAISED = "raised"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    MISSING = "missing"  # no such function, because it was never defined or its cell failed
    UNFINISHED = "unfinished"  # the stub: NotImplementedError
    BAD_OUTPUT = "bad_output"  # something that is no value, too large, or not a frame
    CRASHED = "crashed"  # the process ended: os._exit, a signal, a fault in native code
    FORBIDDEN = "forbidden"  # the sandbox's rules were broken (a refused system call that killed the process)
    GRADER_ERROR = "grader_error"  # ours; retried, flagged, never costs a mark


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

    path: relative, with "/", below the working directory; it may hide no module.
    content: its bytes.
    """

    path: str
    content: bytes


@dataclass(frozen=True)
class Program:
    """Cells in the order in which they run, all in one namespace named `__main__`.

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
    """The arguments of calls that are packed once: a handle by which the caches of a sandbox know them.

    A handle is equal to itself alone, so it is found in a table without a look at its arrays; calls share what is kept
    of their arguments by sharing the handle.

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
    record: whether the operators that really ran are recorded in the first of these calls.
    secret: it is not sent to the child before every call without this mark has been answered.
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
    """Seconds are wall time unless said otherwise; sizes are MiB.

    cell_seconds: of one cell.
    call_seconds: of one call.
    group_seconds: of all calls of one group.
    submission_seconds: of the whole program with its calls.
    memory_mb: resident memory beyond that of the warm guest.
    file_mb: what may be written to files.
    output_kb: KiB of stdout and stderr that are kept of a cell or call; the rest is dropped.
    result_mb: each of a call's values: the result, the inputs afterwards, the gradients.
    replacements: how often a child that died is replaced.
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
    line: in the cell `where`.
    where: the cell in which it was raised.
    traceback: of cells alone.
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
    stdout: what it printed, cut.
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
    stdout: what was printed, cut.
    warnings: that were raised, cut.
    operators: names that the recorder saw.
    seconds: wall time.
    packed: all of these values as they came.
    size: bytes that they may take.
    dropped: they were let go once they had been judged, and what stands here is no longer what came.
    on_cpu: of the call made again on the CPU, after it had failed on a GPU for what was where.
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
    """All that one program gave: an outcome for each call, in the calls' order.

    outcomes: one for each call.
    cells: one for each cell that ran.
    replacements: children that died and were replaced.
    events: what the platform saw, for staff: "child 2 killed: memory".
    carried: (task, functions) of each task that a second run showed to be right but for these earlier functions.
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
    isolation: the walls that really stand: "landlock", "seccomp", "user", "netns", ...
    image: digest, for docker.
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
    """For those who wait for the whole execution."""


def after_seen(outcome: Outcome, seen: Seen) -> Outcome:
    """What is held of an outcome once it has been shown to `seen`."""
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

        seen: called with each outcome as it comes, while the child goes on with the next calls. An outcome that it
        returns takes the other's place: so values that were judged need not be held until the end. A call that it
        appends to a list of calls is made as well, after the others.

        A child that dies is replaced, the cells are run again (but for the one that killed it), and the remaining
        calls go on. Nothing of this child outlives the call.
        """

    def close(self) -> None:
        """Stop the guest and remove what it left; idempotent."""

    def __enter__(self) -> Self:
        """A started sandbox."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes it."""
