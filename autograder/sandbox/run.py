"""One program and its calls, driven through children until every call has its outcome.

A child that dies takes only the cell or call in hand with it: the next child runs the cells again, and the remaining
calls go on. The guilty cell is run again for its definitions alone, and not at all if that kills too.

A child that died of a SIGKILL which the zygote did not send was killed by the machine (the kernel's out-of-memory
killer, an operator) or by itself. Its cell or call is retried, at most `PARDONS` times for each cell and each group of
calls, so that code that kills itself does not use up the retries of others; after that the death counts.

While a child works on one cell or call, the next ones are queued in its channel already: one by one, each would cost a
round trip through the zygote. A call marked `secret` is not sent before every call without that mark has been answered.

A call that is too slow is interrupted by an alarm inside the child, which unwinds like any exception and leaves the
child in use; code that swallows the alarm, or never returns to Python, is killed from outside a moment later. Either
way the seconds are charged to the call's group, and so is the replacement. Once a group has used up its share, its
remaining calls are not made and get the last of its `COSTLY` statuses: a task that hangs costs its own points only.
"""

from __future__ import annotations

import ast
import functools
import time
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace

from autograder.guest import wire
from autograder.notebooks.source import parse
from autograder.sandbox import replies
from autograder.sandbox.cache import PackedCalls, ReplyCache
from autograder.sandbox.channel import BadFrame, Channel, ChildRefused, Ended, Frame, GuestLost, Late
from autograder.sandbox.interface import (
    CellOutcome,
    ErrorInfo,
    Execution,
    FunctionCall,
    Limits,
    Outcome,
    Program,
    Seen,
    Status,
    after_seen,
    ignore,
)

GRACE = 2.0  # seconds between the alarm inside and the kill from outside: time to unwind, and to send a large result
START_SECONDS = 30.0  # a child that is not ready by then is the platform's failure
PARTS = 4  # of a result: value, repeated, inputs after, gradient
AHEAD = 128  # cells or calls that may be queued at a child
MOST_PRINTED = 32 << 20  # characters of output that are held of one submission
PARDONS = 3  # retries after a SIGKILL that the zygote did not send, for each cell and each group
COSTLY = (Status.TIMED_OUT, Status.OUT_OF_MEMORY, Status.CRASHED, Status.FORBIDDEN, Status.BAD_OUTPUT)


class ProgramRun:
    """The state of one run, which survives the loss of children and of the guest itself."""

    def __init__(
        self,
        program: Program,
        calls: Sequence[FunctionCall],
        limits: Limits,
        packed: PackedCalls,
        answers: ReplyCache,
        seen: Seen = ignore,
    ) -> None:
        self.program, self.calls, self.limits, self.seen = program, calls, limits, seen
        self.packed, self.answers = packed, answers
        self.outcomes: dict[int, Outcome] = {}  # by position in `calls`
        self.cells: dict[int, CellOutcome] = {}
        self.events: list[str] = []
        self.kinds = [cell.kind for cell in program.cells]
        self.skipped: set[int] = set()
        self.sent: deque[int] = deque()  # positions that were sent to the child and wait behind the current one
        self.children = 0
        self.crowded = False  # whether the last call left threads at work in the child
        self.killed = False  # whether the last child died of a SIGKILL that the zygote did not send
        self.pardons: Counter[str] = Counter()
        self.cell_deaths = 0
        self.printed = 0  # characters that are held
        self.files_refused = False
        self.repeated: set[int] = set()  # calls that were repeated in a fresh child, without threads of earlier calls
        self.spent: dict[str, float] = defaultdict(float)
        self.deaths: dict[str, int] = defaultdict(int)
        self.last_costly: dict[str, Status] = {}
        self.walls: tuple[str, ...] = ()
        # Each group may kill its share of the children, so that none uses up another's.
        self.deaths_each = max(1, limits.replacements // max(1, len({call.group for call in calls})))
        self.deadline = time.monotonic() + limits.submission_seconds

    # -- the run -------------------------------------------------------------------------------------------------

    def drive(self, channel: Channel, user: int | None) -> None:
        """Get an outcome for every call that has none yet. The last child is left alive; the next fork ends it.

        Raises GuestLost, and may then be called again with the channel of another guest.
        """
        self.channel, self.user, self.alive = channel, user, False
        self._have_child()
        for position, call in enumerate(self.calls):
            if position not in self.outcomes:
                outcome = self._outcome(position, call)
                self.printed += len(outcome.stdout)
                self.outcomes[position] = after_seen(outcome, self.seen)

    def give_up(self, reason: str) -> None:
        """The platform failed twice: give the calls without an outcome GRADER_ERROR, which costs no marks."""
        self.events.append(reason)
        for position, call in enumerate(self.calls):
            self.outcomes.setdefault(position, Outcome(call.id, Status.GRADER_ERROR))

    def execution(self) -> Execution:
        return Execution(
            outcomes=tuple(self.outcomes[position] for position in range(len(self.calls))),
            cells=tuple(self.cells[index] for index in sorted(self.cells)),
            replacements=max(0, self.children - 1),
            events=tuple(self.events),
        )

    def _outcome(self, position: int, call: FunctionCall) -> Outcome:
        group = call.group
        if self._used_up(group):
            return Outcome(call.id, self.last_costly.get(group, Status.TIMED_OUT))
        if self.sent and self.sent[0] != position:  # the child is busy with calls of a group that was used up since
            self._bury(Status.TIMED_OUT, "replaced", f"calls before call {call.id} that no longer count")
        started = time.monotonic()
        if not self._have_child():
            return Outcome(call.id, Status.TIMED_OUT if self._over() else Status.CRASHED)
        crowded = self.crowded
        outcome = self._call(position, call)
        if not self.alive and self._pardon(f"group {group}"):
            self.spent[group] += outcome.seconds  # it may have been the call's own doing
            return self._outcome(position, call)
        if outcome.status is Status.TIMED_OUT and crowded and position not in self.repeated:
            self._give_room(position, call)
            return self._outcome(position, call)
        if outcome.status in COSTLY:
            self.last_costly[group] = outcome.status
            if not self.alive:
                self.deaths[group] += 1
                self._have_child()
            if outcome.status is not Status.BAD_OUTPUT or not self.alive:
                self.spent[group] += time.monotonic() - started
        return self._explained(call, outcome)

    def _used_up(self, group: str) -> bool:
        return self.spent[group] >= self.limits.group_seconds or self.deaths[group] >= self.deaths_each

    def _over(self) -> bool:
        return time.monotonic() >= self.deadline

    # -- children ------------------------------------------------------------------------------------------------

    def _have_child(self) -> bool:
        """Make sure that there is a child in which the cells have run. False when no more children are allowed."""
        while not self.alive:
            if self._over() or self.children - self.pardons.total() > self.limits.replacements + len(self.kinds):
                return False
            self._fork()
            self._lay_files()
            if self.alive:
                self._run_cells()
        return True

    def _fork(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        self.children += 1
        self.sent.clear()
        number = self.channel.fork(asdict(self.limits), self.user, deadline)
        try:
            reply = self.channel.receive(deadline)
            if isinstance(reply, Ended):
                raise GuestLost(f"child {number} did not start: {replies.describe_end(reply)}")
            header = reply.header
        except (Late, BadFrame) as error:
            raise GuestLost(f"child {number} did not start: {error!r}") from None
        if header.get("op") != "ready":
            raise ChildRefused(f"child {number} did not start: {header.get('reason')}")
        self.walls = tuple(str(wall) for wall in header["walls"])
        self.number, self.alive, self.killed, self.crowded = number, True, False, False

    def _exchange(
        self,
        message: bytes,
        ahead: Iterable[tuple[int, bytes]],
        seconds: float,
        doing: str,
    ) -> Frame | Status:
        """Send a request to the child. Returns its reply, or a status if the child died or had to be killed.

        ahead: (position, message) of later requests that may be sent along, an iterator that is advanced only after
        `sent` has been brought up to date.
        """
        deadline = min(time.monotonic() + seconds, self.deadline) + GRACE
        try:
            asked = bool(self.sent)
            if asked:
                self.sent.popleft()
            if len(self.sent) <= AHEAD // 2:  # in batches: each send wakes four processes
                self._send([] if asked else [message], ahead, deadline)
            reply = self.channel.receive(deadline)
            if isinstance(reply, Frame):
                return reply
        except Late:
            return self._bury(Status.TIMED_OUT, "killed: out of time", doing)
        except BadFrame as error:
            return self._bury(Status.BAD_OUTPUT, f"killed: {error}", doing)
        self.killed = replies.killed_from_outside(reply)
        return self._bury(replies.status_of(reply), replies.describe_end(reply), doing)

    def _send(self, frames: list[bytes], ahead: Iterable[tuple[int, bytes]], deadline: float) -> None:
        """Send these frames at once, and as many of those ahead as the channel has room for."""
        early, size = not frames, sum(map(len, frames))
        for later, waiting in ahead:
            size += len(waiting)
            if size > self.channel.room:
                break
            frames.append(waiting)
            self.sent.append(later)
        if frames:
            most = max(map(self._most_payload, frames))
            self.channel.send(b"".join(frames), deadline, most, early=early)

    def _most_payload(self, message: bytes) -> int:
        # The inputs come back too, and may have grown.
        return PARTS * (self.limits.result_mb << 20) + len(message)

    def _pardon(self, doing: str) -> bool:
        """Whether to retry what the last child was doing when it died; counts the retry."""
        if not self.killed or self.pardons[doing] == PARDONS:
            return False
        self.pardons[doing] += 1
        return True

    def _give_room(self, position: int, call: FunctionCall) -> None:
        """End a child in which threads of an earlier call may have slowed this one: it is repeated in a fresh child."""
        self.repeated.add(position)
        if self.alive:
            self._bury(Status.TIMED_OUT, "replaced: threads of an earlier call", f"call {call.id} ({call.function})")

    def _next_few(self, here: int, count: int) -> range:
        return range((self.sent[-1] if self.sent else here) + 1, min(here + 1 + AHEAD, count))

    def _bury(self, status: Status, how: str, doing: str) -> Status:
        self.channel.kill(time.monotonic() + START_SECONDS)
        self.alive = False
        self.sent.clear()
        self.events.append(f"child {self.number} {how} during {doing}")
        return status

    # -- cells ---------------------------------------------------------------------------------------------------

    def _lay_files(self) -> None:
        """Write the program's files to the working directory. Once that has ended a child, later ones go without."""
        if self.files_refused:
            return
        for file in self.program.files:
            doing, header = f"the file {file.path}", {"op": "file", "id": 0, "path": file.path}
            reply = self._exchange(wire.frame(header, [file.content]), (), self.limits.cell_seconds, doing)
            if not isinstance(reply, Frame) and not self._pardon("files"):
                self.files_refused = True
            if not self.alive:
                return

    def _run_cells(self) -> None:
        for index in range(len(self.program.cells)):
            if index in self.skipped:
                continue
            outcome = self._run_cell(index)
            if not self.alive:
                if not self._pardon(f"cell {index}"):
                    self._blame(index, outcome)
                return
            self._keep_cell(index, outcome)

    def _keep_cell(self, index: int, outcome: CellOutcome) -> None:
        if index not in self.cells:
            self.printed += len(outcome.stdout)
            self.cells[index] = outcome

    def _run_cell(self, index: int) -> CellOutcome:
        name = self._cell_name(index)
        started = time.monotonic()
        try:
            message = self._cell_frame(index)
        except wire.WireError as error:
            return CellOutcome(index, Status.BAD_OUTPUT, ErrorInfo("WireError", str(error)))
        reply = self._exchange(message, self._cells_after(index), self.limits.cell_seconds, name)
        if isinstance(reply, Frame):
            try:
                return replies.cell_outcome(reply, index, self._most_output)
            except BadFrame as error:
                reply = self._bury(Status.BAD_OUTPUT, f"killed: {error}", name)
        return CellOutcome(index, reply, seconds=time.monotonic() - started)

    def _cell_name(self, index: int) -> str:
        return self.program.cells[index].name or f"cell {index + 1}"

    def _cell_frame(self, index: int) -> bytes:
        """The request for one cell. Raises WireError for one that is too large."""
        cell = self.program.cells[index]
        question = {"op": "cell", "id": index, "source": cell.source, "kind": self.kinds[index], "keeps": cell.keeps}
        return wire.frame({**question, "name": self._cell_name(index), "seconds": self.limits.cell_seconds})

    def _cells_after(self, index: int) -> Iterator[tuple[int, bytes]]:
        """Cells that may be sent along with this one and have not been."""
        for later in self._next_few(index, len(self.program.cells)):
            if later not in self.skipped:
                try:
                    yield later, self._cell_frame(later)
                except wire.WireError:
                    return

    def _blame(self, index: int, outcome: CellOutcome) -> None:
        """After a cell ended a child: next time only its definitions are run, and then nothing of it."""
        if index not in self.cells or self.cells[index].status is Status.RETURNED:
            self.cells[index] = outcome
        self.cell_deaths += 1
        if self.kinds[index] != "student":
            self.skipped.add(index)
        else:
            self.kinds[index] = "definitions"
        if self.cell_deaths > self.limits.replacements // 2:  # enough: only definitions from now on
            self.kinds = ["definitions" if kind == "student" else kind for kind in self.kinds]

    # -- calls ---------------------------------------------------------------------------------------------------

    def _call(self, position: int, call: FunctionCall) -> Outcome:
        seconds, doing = self.limits.call_seconds, f"call {call.id} ({call.function})"
        started = time.monotonic()
        message = self.packed.frame(call, seconds)
        reply = self._exchange(message, self._calls_after(position), seconds, doing)
        took = time.monotonic() - started
        if isinstance(reply, Frame):
            try:
                answer = self.answers.read(reply, call, self._most_output)
            except BadFrame as error:
                reply = self._bury(Status.BAD_OUTPUT, f"killed: {error}", doing)
            else:
                self.crowded = answer.crowded
                if answer.outcome.status is Status.RETURNED and took > seconds + GRACE / 2:  # it swallowed the alarm
                    return Outcome(call.id, Status.TIMED_OUT, seconds=took)
                return answer.outcome
        return Outcome(call.id, reply, seconds=took)

    def _calls_after(self, position: int) -> Iterator[tuple[int, bytes]]:
        """Calls that may be sent along with this one and have not been."""
        secret = self.calls[position].secret
        for later in self._next_few(position, len(self.calls)):
            call = self.calls[later]
            if call.secret != secret or later in self.outcomes or self._used_up(call.group):
                return
            yield later, self.packed.frame(call, self.limits.call_seconds)

    @property
    def _most_output(self) -> int:
        return max(0, min(self.limits.output_kb * 1024 + 100, MOST_PRINTED - self.printed))

    def _explained(self, call: FunctionCall, outcome: Outcome) -> Outcome:
        """The outcome, with the error of the cell that should have defined the function where that is missing."""
        if outcome.status is not Status.MISSING or outcome.error is not None:
            return outcome
        for index in reversed(range(len(self.program.cells))):
            cell, found = self.program.cells[index], self.cells.get(index)
            if (
                found is None
                or found.status is Status.RETURNED
                or not any(_mentions(cell.source, name) for name in (call.function, *call.needs))
            ):
                continue
            name = cell.name or f"cell {index + 1}"
            error = found.error or ErrorInfo(found.status.value, f"the cell ended as {found.status.value}", where=name)
            return replace(outcome, error=error)
        return outcome


def _mentions(source: str, function: str) -> bool:
    """Whether a cell was meant to define a function, judged by its text where it does not parse."""
    defined = _defined(source)
    return function in defined if defined is not None else f"def {function}" in source


@functools.lru_cache(maxsize=256)
def _defined(source: str) -> frozenset[str] | None:
    """The functions that a cell defines, or None where it does not parse. Cached: it may be asked for each call."""
    tree = parse(source)
    if tree is None:
        return None
    return frozenset(node.name for node in tree.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
