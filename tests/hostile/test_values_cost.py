"""What one answer may cost the grader: bytes that came, and no multiple of them; and the same verdict in any order."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.guest import wire
from autograder.guest.wire import Array, WireError
from autograder.sandbox.cache import ReplyCache
from autograder.sandbox.channel import BadFrame, Frame
from autograder.sandbox.forms import Layouts
from autograder.sandbox.interface import FunctionCall, Status

MIB = 1 << 20


def peak(action: Callable[[], Any]) -> int:
    """Bytes that Python and numpy held at most during an action, beyond what was there before it."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def array(index: Any, dtype: str = "bfloat16", shape: Any = (1000,)) -> list[Any]:
    return ["a", "tensor", dtype, list(shape), "cpu", "strided", index]


def refused(spec: Any, buffers: list[Any]) -> None:
    with pytest.raises(WireError):
        wire.unpack(spec, buffers)


@pytest.mark.parametrize("dtype", ["bfloat16", "bool", "float64"])
def test_a_buffer_that_is_named_a_thousand_times(dtype: str) -> None:
    """1.5 MiB that were sent became gigabytes."""
    size = MIB // wire.DTYPES[dtype].itemsize
    spec = ["(", *(array(0, dtype, [size]) for _ in range(1000))]
    buffers = [memoryview(bytes(MIB))]
    assert peak(lambda: refused(spec, buffers)) < 16 * MIB


REFERENCES = {
    "twice": ["(", array(0), array(0)],
    "out of order": ["(", array(1), array(0)],
    "one left out": ["(", array(1)],
    "one that is not there": ["(", array(0), array(1), array(2)],
    "twice in a sparse tensor": ["s", [1000], array(0), array(0)],
    "as key and value": ["{", [["t", "x"], array(0)], [["t", "y"], array(0)]],
    "a float": ["(", array(0.0)],
    "a truth": ["(", array(False)],
    "a text": ["(", array("0")],
    "below zero": ["(", array(-2)],
}


@pytest.mark.parametrize("name", REFERENCES)
def test_each_buffer_is_named_once_and_in_order(name: str) -> None:
    refused(REFERENCES[name], [bytes(2000), bytes(2000)])


def test_what_is_widened_counts_as_it_becomes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MAX_DECODED", 4 * MIB)
    half, whole = [memoryview(bytes(2 * MIB))], [memoryview(bytes(2 * MIB + 2))]
    assert wire.unpack(array(0, shape=[MIB]), half).data.nbytes == 4 * MIB  # type: ignore[union-attr]
    refused(array(0, shape=[MIB + 1]), whole)
    parts = [memoryview(bytes(MIB))] * 5
    assert wire.unpack(["(", *(array(n, "uint8", [MIB]) for n in range(4))], parts)
    refused(["(", *(array(n, "uint8", [MIB]) for n in range(5))], parts)


def test_millions_of_empty_buffers() -> None:
    head = (
        b'{"op":"call","id":0,"status":"returned","value":["t","x"],"buffers":[' + b",".join([b"0"] * 2_000_000) + b"]}"
    )
    assert len(head) <= wire.MAX_HEADER

    def read() -> None:
        with pytest.raises(BadFrame):
            _ = Frame(head, b"").buffers

    assert peak(read) < 64 * MIB


# -- the same verdict in any order -----------------------------------------------------------------------------------

CALL = FunctionCall(0, "f", "f", ())
HONEST: wire.Value = {"value": (Array(np.arange(15.0).reshape(5, 3)), True, False, 1, None)}


def frame_of(spec: Any, buffers: list[bytes]) -> Frame:
    header = {"op": "call", "id": 0, "value": spec, "status": "returned", "threads": 0, "seconds": 0.5}
    data = wire.frame(header, buffers)
    head, payload = wire.parse_prefix(data[: wire.PREFIX.size])
    body = data[wire.PREFIX.size :]
    return Frame(body[:head], body[head : head + payload])


def places(spec: Any, path: tuple[int, ...] = ()) -> list[tuple[tuple[int, ...], Any]]:
    """Every leaf of a spec, and the way to it."""
    if isinstance(spec, list):
        return [found for n, part in enumerate(spec) for found in places(part, (*path, n))]
    return [(path, spec)]


def changed(spec: Any, path: tuple[int, ...], leaf: Any) -> Any:
    if not path:
        return leaf
    return [changed(part, path[1:], leaf) if n == path[0] else part for n, part in enumerate(spec)]


def equal_but_not_the_same(leaf: Any) -> list[Any]:
    if isinstance(leaf, bool):
        return [int(leaf), float(leaf)]
    if isinstance(leaf, int):
        return [float(leaf), *([bool(leaf)] if leaf in (0, 1) else [])]
    return []


def test_a_reader_that_knows_the_form_takes_what_a_fresh_one_takes() -> None:
    """`5.0` is `5` for Python, and the shape [5.0, 3] was taken once an honest answer had come before it."""
    spec, buffers = wire.pack(HONEST)
    twins = [changed(spec, path, twin) for path, leaf in places(spec) for twin in equal_but_not_the_same(leaf)]
    assert len(twins) >= 8
    for twin in twins:
        assert twin == spec
        warm = ReplyCache()
        assert warm.read(frame_of(spec, buffers), CALL, 1000).outcome.status is Status.RETURNED
        statuses = [a.read(frame_of(twin, buffers), CALL, 1000).outcome.status for a in (ReplyCache(), warm)]
        assert statuses == [Status.BAD_OUTPUT] * 2, twin
    assert Layouts().read(0, spec, [memoryview(b) for b in buffers])[1] is not None
