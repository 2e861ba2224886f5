"""An answer that came before is known again, and is in everything but its seconds what reading it anew would give."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.guest import wire
from autograder.guest.wire import Array, Value
from autograder.sandbox.cache import OVERHEAD, CallReply, ReplyCache
from autograder.sandbox.channel import BadFrame, Frame
from autograder.sandbox.interface import FunctionCall, Status

ARGS: tuple[Value, ...] = (Array(np.arange(3.0)), 2)
CALL = FunctionCall(3, "task", "f", ARGS)
PARTS: dict[str, Value] = {"value": (Array(np.array([0.5, -1.0])), 7), "gradient": (Array(np.ones(3)),)}


def frame(seconds: float = 0.25, parts: dict[str, Value] | None = None, **said: Any) -> Frame:
    """As a child of ours puts it."""
    spec, buffers = wire.pack(dict(PARTS if parts is None else parts))
    header = {"op": "call", "id": 3, "value": spec, "status": "returned", "error": None, "same": ["inputs_after"]}
    header |= {"threads": 0, "stdout": "", "warnings": [], **said, "seconds": seconds}
    return cut(wire.frame(header, buffers))


def cut(data: bytes) -> Frame:
    head, _ = wire.parse_prefix(data[: wire.PREFIX.size])
    body = data[wire.PREFIX.size :]
    return Frame(body[:head], body[head:])


def read(answers: ReplyCache, one: Frame, call: FunctionCall = CALL) -> CallReply | str:
    try:
        return answers.read(one, call, 1000)
    except BadFrame as error:
        return str(error)


def reads(monkeypatch: pytest.MonkeyPatch) -> list[Frame]:
    """The frames that are really read, from now on."""
    seen: list[Frame] = []
    anew = ReplyCache._read
    monkeypatch.setattr(ReplyCache, "_read", lambda self, one, *rest: seen.append(one) or anew(self, one, *rest))
    return seen


def test_what_came_before_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answers, seen = ReplyCache(), reads(monkeypatch)
    first, again = (answers.read(frame(seconds), CALL, 1000) for seconds in (0.25, 1e-05))
    assert len(seen) == 1
    assert (first.outcome.seconds, again.outcome.seconds) == (0.25, 1e-05)
    assert again == replace(first, outcome=replace(first.outcome, seconds=1e-05))
    assert again.outcome.packed is first.outcome.packed
    assert again.outcome.inputs_after is ARGS


@pytest.mark.parametrize(
    "other",
    [
        frame(stdout="x"),
        frame(threads=1),
        frame(status="raised"),
        frame(same=["inputs_after", "repeated"]),
        frame(warnings=["UserWarning: x"]),
        frame(parts={**PARTS, "value": (Array(np.array([0.5, -1.0 + 1e-16])), 7)}),
        frame(parts={**PARTS, "value": (Array(np.array([0.5, -1.0 - 1e-15])), 7)}),
        frame(parts={**PARTS, "value": (Array(np.array([0.5, -1.0])), 8)}),
        frame(id=4),
        frame(seconds=float("nan")),
        frame(seconds=-1.0),
        frame(seconds=3),  # type: ignore[arg-type]
    ],
)
def test_another_answer_is_read_as_if_nothing_came_before(other: Frame) -> None:
    answers = ReplyCache()
    answers.read(frame(), CALL, 1000)
    for _ in range(2):
        assert repr(read(answers, other)) == repr(read(ReplyCache(), other))


@pytest.mark.parametrize(
    "end",
    [
        b',"seconds":0.5,"status":"raised"}',
        b',"seconds":0.5,"seconds":0.75}',
        b',"seconds":0.5}}',
        b',"seconds":0.5} ',
        b',"seconds":"0.5"}',
        b',"seconds":[0.5]}',
        b',"seconds":1_0.5}',
        b',"seconds":1e400}',
        b',"seconds":1e5}',
        b',"seconds":.5}',
        b',"seconds":00.5}',
        b',"seconds":}',
        b',"stdout":",\\"seconds\\":0.5"}',
        b"}",
    ],
)
def test_a_strange_end_says_what_json_says(end: bytes) -> None:
    usual, answers = frame(), ReplyCache()
    answers.read(usual, CALL, 1000)
    strange = Frame(usual.head.rpartition(b',"seconds":')[0] + end, usual.payload)
    for _ in range(2):
        assert repr(read(answers, strange)) == repr(read(ReplyCache(), strange))


def test_the_same_words_on_other_arguments_are_another_answer() -> None:
    answers = ReplyCache()
    others: tuple[Value, ...] = (Array(np.zeros(3)), 2)
    answers.read(frame(), CALL, 1000)
    assert answers.read(frame(), replace(CALL, args=others), 1000).outcome.inputs_after is others
    assert read(answers, frame(), replace(CALL, id=4)) == "an answer to another question"


def test_output_is_cut_where_each_run_cuts_it() -> None:
    answers = ReplyCache()
    lengths = [len(answers.read(frame(stdout="x" * 50), CALL, most).outcome.stdout) for most in (1000, 10, 1000)]
    assert lengths == [50, 10, 50]


def test_only_what_returned_is_held() -> None:
    answers = ReplyCache()
    answers.read(frame(status="raised", error={"type_name": "ValueError", "message": "x"}), CALL, 1000)
    assert answers.read(frame(parts={}), CALL, 1000).outcome.status is Status.BAD_OUTPUT
    assert len(answers.known) == 0


def test_what_is_held_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = ReplyCache(most_bytes=40 * OVERHEAD)
    for number in range(200):
        answers.read(frame(parts={"value": float(number)}), CALL, 1000)
    assert 0 < len(answers.known) <= 40
    assert answers.known.size <= answers.known.most_bytes
    seen = reads(monkeypatch)
    answers.read(frame(parts={"value": 199.0}), CALL, 1000)
    assert not seen
    answers.read(frame(parts={"value": 0.0}), CALL, 1000)
    answers.read(frame(parts={"value": Array(np.zeros(answers.known.most_bytes // 8))}), CALL, 1000)
    assert len(seen) == 2
    answers.read(frame(parts={"value": 198.0}), CALL, 1000)
    assert len(seen) == 2  # a large one drives out no others


words = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["i", "1", "a", "{"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)
keys = st.sampled_from(
    ["value", "status", "same", "stdout", "warnings", "threads", "op", "id", "error", "operators", "x"]
)
seconds = st.floats(0, 9) | st.floats()


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.dictionaries(keys, words, max_size=3), seconds, st.integers(-30, 0)), max_size=4))
def test_whatever_came_before_an_answer_is_read_alike(headers: list[tuple[dict[str, Any], float, int]]) -> None:
    answers = ReplyCache()
    for said, took, less in headers:
        usual = frame(took, **said)
        twice = usual.head[:-1] + b"," + json.dumps({**said, "seconds": took}).encode()[1:]
        for head in (usual.head, usual.head, twice, usual.head[:less]):
            one = Frame(head, usual.payload)
            assert repr(read(answers, one)) == repr(read(ReplyCache(), one))
