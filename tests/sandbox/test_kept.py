"""What was kept of an execution is what the sandbox gave; anything else is refused."""

from __future__ import annotations

import zlib

import numpy as np
import pytest

from autograder.guest import wire
from autograder.guest.wire import Array
from autograder.sandbox.cache import ReplyCache
from autograder.sandbox.channel import Frame
from autograder.sandbox.interface import CellOutcome, ErrorInfo, Execution, FunctionCall, Outcome, SandboxInfo, Status
from autograder.sandbox.kept import LENGTH, KeptError, OutcomeWriter, dump_execution, load_execution

A = Array(np.arange(6.0).reshape(2, 3))
INFO = SandboxInfo("process", "3.11", "2.0", "2.13", "cpu", ("landlock", "seccomp"))
CALLS = [FunctionCall(number, "t", "f", (A, 2.5)) for number in range(4)]
ERROR = ErrorInfo("ValueError", "why", 3, "cell 1", "Traceback")
EXECUTION = Execution(
    (
        Outcome(
            0, Status.RETURNED, {"W": (A, float("nan"))}, {"W": (A, 0.0)}, CALLS[0].args.values, (A, None), seconds=0.5
        ),
        Outcome(1, Status.RAISED, error=ERROR, stdout="said\n", warnings=("careful",), operators=("aten.add",)),
        Outcome(2, Status.RETURNED, A, A, (Array(np.ones(2)), 2.5), gradient_error=ERROR),
        Outcome(3, Status.TIMED_OUT),
    ),
    (CellOutcome(0, Status.RETURNED), CellOutcome(1, Status.RAISED, ERROR, "out", 0.25)),
    2,
    ("child 1 replaced",),
)


def same(one: Outcome, other: Outcome) -> bool:
    values = (one.value, one.repeated, one.inputs_after, one.gradient)
    others = (other.value, other.repeated, other.inputs_after, other.gradient)
    rest = [
        (o.id, o.status, o.error, o.gradient_error, o.stdout, o.warnings, o.operators, o.seconds) for o in (one, other)
    ]
    return wire.same(values, others) and rest[0] == rest[1]


def test_what_is_loaded_is_what_was_dumped() -> None:
    loaded, info = load_execution(dump_execution(EXECUTION, INFO, CALLS), CALLS)
    assert info == INFO
    assert (loaded.cells, loaded.replacements, loaded.events) == (
        EXECUTION.cells,
        EXECUTION.replacements,
        EXECUTION.events,
    )
    assert all(same(one, other) for one, other in zip(loaded.outcomes, EXECUTION.outcomes, strict=True))
    assert loaded.outcomes[0].inputs_after is CALLS[0].args.values


def test_an_outcome_that_is_known_again_is_written_with_its_own_seconds() -> None:
    replies, writer = ReplyCache(), OutcomeWriter()
    spec, buffers = wire.pack({"value": A})

    def outcome(seconds: float) -> Outcome:
        header = {"op": "call", "id": 0, "value": spec, "status": "returned", "same": ["repeated", "inputs_after"]}
        body = wire.frame({**header, "threads": 0, "seconds": seconds}, buffers)[wire.PREFIX.size :]
        size = len(body) - sum(map(len, buffers))
        return replies.read(Frame(body[:size], body[size:]), CALLS[0], 1000).outcome

    one, other = outcome(0.25), outcome(0.5)
    assert one.packed is other.packed is not None
    for wanted in (one, other):
        loaded, _ = load_execution(writer.dump(Execution((wanted,)), INFO, CALLS), CALLS)
        assert same(loaded.outcomes[0], wanted)


@pytest.mark.parametrize("cut", [0, 3, 4, 20, -1, -30])
def test_a_part_of_it_is_refused(cut: int) -> None:
    content = dump_execution(EXECUTION, INFO, CALLS)
    with pytest.raises(KeptError):
        load_execution(content[:cut], CALLS)


def test_other_calls_and_other_bytes_are_refused() -> None:
    content = dump_execution(EXECUTION, INFO, CALLS)
    with pytest.raises(KeptError):
        load_execution(content, CALLS[:2])
    for other in (b"{}", b"\0" * 100, LENGTH.pack(9) + zlib.compress(b"x"), LENGTH.pack(1 << 31) + content):
        with pytest.raises(KeptError):
            load_execution(other, CALLS)
