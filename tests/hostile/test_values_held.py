"""What all answers of one submission may cost the grader: no sum of values, prints or comparisons without an end."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.authoring import T1
from autograder.course.assignment import Assignment, load_assignment
from autograder.grading.compare import compare
from autograder.grading.grader import Grader
from autograder.grading.held import MOST_BYTES, Held
from autograder.grading.mutants.sketch import _KEPT_WEIGHTS, sketch
from autograder.grading.score import CaseVerdict
from autograder.guest import wire
from autograder.guest.wire import Array, Opaque
from autograder.sandbox.cache import PackedCalls, ReplyCache
from autograder.sandbox.channel import Frame, _Frames
from autograder.sandbox.fake import FakeSandbox
from autograder.sandbox.interface import (
    CellOutcome,
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
from autograder.sandbox.kept import KeptError, dump_execution, load_execution
from autograder.sandbox.run import MOST_PRINTED
from autograder.sandbox.run import ProgramRun as Run
from autograder.submissions.collect import Submission
from tests.hostile.test_host import honest_reference
from tests.hostile.test_values_cost import MIB, frame_of, peak
from tests.report_json import report_data

TARGET = Path(__file__).parent / "course" / "solutions" / "66-hostile"
SOURCE = b"def softmax_rows(X): pass\ndef summary(X, k): pass\n"


class Flooding(FakeSandbox):
    """The lecturer's program is right; a student's answers each call with what `answer` says, as it comes over a channel."""

    def __init__(self, target: Assignment, answer: Callable[[int], wire.Value]) -> None:
        super().__init__()
        self.right, self.answers = honest_reference(target).outcomes, ReplyCache()
        packed = {call: wire.pack({"value": answer(call)}) for call in self.right}
        self.packed = {call: (spec, b"".join(buffers)) for call, (spec, buffers) in packed.items()}

    def run(self, program: Program, calls: Sequence[FunctionCall], limits: Limits, seen: Seen = ignore) -> Execution:
        if program.trusted:
            # others are of the reference with a slip in it: of no interest here
            return Execution(tuple(self.right.get(call.id, Outcome(call.id, Status.RAISED)) for call in calls))
        outcomes = tuple(after_seen(self._read(call), seen) for call in calls)
        return Execution(outcomes, tuple(CellOutcome(n, Status.RETURNED) for n in range(len(program.cells))))

    def _read(self, call: FunctionCall) -> Outcome:
        spec, payload = self.packed[call.id]
        header = {
            "op": "call",
            "id": call.id,
            "value": spec,
            "status": "returned",
            "same": ["repeated", "inputs_after"],
        }
        sizes = [len(payload)] if payload else []
        head = json.dumps({"buffers": sizes, **header, "threads": 0, "seconds": 0.5}).encode()
        frames = _Frames()
        frames.most_payload = len(payload)
        for part in (wire.PREFIX.pack(wire.MAGIC, len(head), len(payload)), head, payload):
            frames.add(part)
        frame = frames.take()
        assert frame is not None
        return self.answers.read(frame, call, 1000).outcome


@pytest.fixture(scope="module")
def target() -> Assignment:
    return load_assignment(TARGET)


LARGE: dict[str, wire.Value] = {
    "bytes": Array(np.zeros(56 * MIB, np.uint8)),
    "truths": Array(np.zeros(30 * MIB, bool)),
    "bfloat16": Array(np.zeros(15 * MIB, np.uint16), "bfloat16"),
    "texts": ["\N{PILE OF POO}" + "x" * 900_000] * 4,
}


@pytest.mark.parametrize("name", LARGE)
def test_the_sum_of_answers_has_a_bound(target: Assignment, name: str) -> None:
    grader = Grader(target, b"x", Flooding(target, lambda call: LARGE[name]))
    assert len(grader.calls) >= 8
    found: list[Any] = []
    one = 2 * 60 * MIB  # of the answer in hand: as it came, and as it was read
    assert peak(lambda: found.append(grader.grade(Submission("kim", "kim.py", SOURCE)))) < MOST_BYTES + one
    report = report_data(found[0])
    assert report["score"] == 0
    assert not any(mark in str(report) for mark in ("changes its input",))
    execution = found[0].execution
    if any(outcome.dropped for outcome in execution.outcomes):
        with pytest.raises(KeptError):
            dump_execution(execution, grader.info, grader.calls)
    else:
        assert load_execution(dump_execution(execution, grader.info, grader.calls), grader.calls)


def test_right_answers_beyond_the_bound_are_right_and_explained_alike(
    target: Assignment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half is right and half is wrong: the report says the same, held or not, but for the pictures of what is gone."""
    right = honest_reference(target).outcomes

    def answer(call: int) -> wire.Value:
        value = right[call].value
        return Array(2 * value.data) if isinstance(value, Array) else value

    def report(most: int) -> Any:
        monkeypatch.setattr("autograder.grading.held.MOST_BYTES", most)
        monkeypatch.setattr(Held.__init__, "__defaults__", (most,))
        return report_data(Grader(target, b"x", Flooding(target, answer)).grade(Submission("kim", "kim.py", SOURCE)))

    held, gone = report(MOST_BYTES), report(0)
    assert held["score"] == gone["score"] > 0
    for one, other in zip(held["tasks"], gone["tasks"], strict=True):
        assert [(c["earned"], c["status"]) for c in one["checks"]] == [
            (c["earned"], c["status"]) for c in other["checks"]
        ]


def test_what_a_report_shows_is_held_when_right_values_are_not() -> None:
    held = Held(100)
    value = Array(np.ones(3))
    wrong = compare(Array(np.zeros(3)), value, T1)
    expected = Outcome(0, Status.RETURNED, value, value)
    right = CaseVerdict(0, Outcome(0, Status.RETURNED, value, value, size=40), compare(value, value, T1))
    assert not held.hold(right, expected, shown=True).outcome.dropped
    assert held.hold(right, expected, shown=True).outcome.dropped
    failed = CaseVerdict(0, Outcome(0, Status.RETURNED, value, value, size=40), wrong)
    assert held.hold(failed, expected, shown=True).outcome.value is value
    gone = held.hold(failed, expected, shown=True).outcome
    assert gone.dropped
    assert isinstance(gone.value, Opaque)


@pytest.mark.parametrize("dtype", ["uint8", "float32", "float64", "bool"])
def test_comparing_two_large_arrays_takes_no_multiple_of_them(dtype: str) -> None:
    """A second result that differs everywhere, in the form of the first: each was widened eightfold, five times over."""
    one, other = np.zeros(16 * MIB, dtype), np.ones(16 * MIB, dtype)
    found: list[Any] = []
    assert peak(lambda: found.append(compare(Array(one), Array(other), T1))) < 128 * MIB
    (mismatch,) = found[0].mismatches
    assert (mismatch.wrong, mismatch.total, mismatch.index) == (16 * MIB, 16 * MIB, (0,))


def test_the_worst_element_is_found_in_any_part(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(5)
    truth, got = rng.standard_normal((7, 11)), rng.standard_normal((7, 11))
    got[2, 3] = np.nan
    whole = compare(Array(truth), Array(got), T1)
    monkeypatch.setattr("autograder.grading.compare.PART", 10)
    parts = compare(Array(truth), Array(got), T1)
    assert repr(parts) == repr(whole)
    assert parts.mismatches[0].index == (2, 3)
    assert parts.mismatches[0].kind == "not_finite"


def test_prints_of_five_thousand_cells() -> None:
    run = Run(Program(()), (), Limits(), PackedCalls(), ReplyCache())
    for index in range(5000):
        run._keep_cell(index, CellOutcome(index, Status.RETURNED, stdout="x" * run._most_output))
    assert sum(len(cell.stdout) for cell in run.cells.values()) == MOST_PRINTED


def test_a_large_payload_is_not_copied_on_its_way() -> None:
    spec, buffers = wire.pack({"value": Array(np.zeros(60 * MIB, np.uint8))})
    small = wire.frame({"op": "next"}, [b"tail"])
    data = wire.frame({"op": "call", "value": spec}, buffers) + small
    frames = _Frames()
    frames.most_payload = 64 * MIB
    taken: list[Frame] = []

    def take() -> None:
        for start in range(0, len(data), MIB):
            frames.add(data[start : start + MIB])
        while (frame := frames.take()) is not None:
            taken.append(frame)

    assert peak(take) < 90 * MIB
    assert wire.unpack(taken[0].header["value"], taken[0].buffers)["value"].data.nbytes == 60 * MIB  # type: ignore[index,call-overload,union-attr]
    assert [bytes(part) for part in taken[1].buffers] == [b"tail"]
    assert not frames
    assert frame_of(spec, [b""]).header["op"] == "call"


def test_results_of_any_size_leave_no_weights_behind() -> None:
    """A mutant's sketch is a few sums of the numbers, whose weights are kept; how large results are, a student decides."""
    for size in (*range(1, 5000, 7), 1 << 20, (1 << 20) + 1):
        sketch(Outcome(0, Status.RETURNED, Array(np.ones(size))))
    assert sum(weights.nbytes for weights in _KEPT_WEIGHTS.values()) < 32 * MIB
