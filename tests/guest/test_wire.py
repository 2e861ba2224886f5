"""Values survive the border; nothing else gets through."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.guest.wire import (
    DTYPES,
    MAX_PAYLOAD,
    PREFIX,
    Array,
    Opaque,
    Sparse,
    WireError,
    frame,
    pack,
    parse_body,
    parse_prefix,
    read_frame,
    unpack,
)


def round_trip(value):
    spec, buffers = pack(value)
    return unpack(json.loads(json.dumps(spec)), buffers)


@pytest.mark.parametrize("dtype", [d for d in DTYPES if d != "bfloat16"])
def test_every_dtype_survives_bit_by_bit(dtype):
    data = np.arange(-3, 9).astype(DTYPES[dtype]).reshape(3, 4)
    back = round_trip(Array(data, dtype))
    assert back.dtype == dtype
    assert back.data.tobytes() == data.tobytes()


def test_bfloat16_travels_as_its_bits_and_comes_back_widened():
    back = round_trip(Array(np.array([1.0, -2.5, np.inf], dtype=np.float32), "bfloat16"))
    assert back.dtype == "bfloat16"
    assert back.data.tolist() == [1.0, -2.5, math.inf]


@pytest.mark.parametrize("value", [-0.0, math.inf, -math.inf, 5e-324, 0.1, 1e308])
def test_floats_keep_every_bit(value):
    back = round_trip(value)
    assert math.copysign(1, back) == math.copysign(1, value)
    assert back == value


def test_nan_survives():
    assert math.isnan(round_trip(math.nan))


@pytest.mark.parametrize("shape", [(), (0,), (0, 3), (1, 1, 1), (2, 3, 4)])
def test_shapes_survive(shape):
    assert round_trip(Array(np.zeros(shape))).shape == shape


def test_structures_survive():
    value = {"a": (1, [True, None, "텍스트"], Opaque("x.Y", "text")), 2: 3 + 4j}
    assert round_trip(value) == value


def test_sparse_survives():
    value = Sparse(Array(np.array([[0, 1]], dtype=np.int64)), Array(np.array([1.0, 2.0])), (5,))
    back = round_trip(value)
    assert back.shape == (5,)
    assert back.values.data.tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "spec",
    [
        ["a", "tensor", "float64", [1 << 40], "cpu", "strided", 0],
        ["a", "tensor", "float64", [-1], "cpu", "strided", 0],
        ["a", "tensor", "float64", [2], "cpu", "strided", 1],
        ["a", "tensor", "float64", [2], "cpu", "strided", True],
        ["a", "tensor", "object", [2], "cpu", "strided", 0],
        ["a", "tensor", ["float64"], [2], "cpu", "strided", 0],
        ["a", "tensor", "float64", [3], "cpu", "strided", 0],
        ["a", "tensor", "float64", [True, 2], "cpu", "strided", 0],
        ["s", [2], ["f", "0x1p0"], ["f", "0x1p0"]],
        ["i", "9" * 5000],
        ["i", "x"],
        ["f", "nonsense"],
        ["{", [["[", 1], 2]],
        ["{", [["a", "tensor", "float64", [2], "cpu", "strided", 0], 1]],
        ["?", 1],
        [],
        7,
        "text",
        {"a": 1},
    ],
)
def test_malformed_specs_are_refused(spec):
    with pytest.raises(WireError):
        unpack(spec, [b"\0" * 16])


def test_deep_nesting_is_refused():
    spec: list = ["["]
    for _ in range(200):
        spec = ["[", spec]
    with pytest.raises(WireError):
        unpack(spec, [])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=3), children, max_size=3),
    max_leaves=20,
)
tagged = st.recursive(
    st.sampled_from([["i", "1"], ["f", "0x1p0"], ["t", "x"], None, True]),
    lambda c: st.lists(c | st.sampled_from(["(", "[", "{", "a", "s", "o"]) | st.integers(-2, 9), max_size=8),
    max_leaves=30,
)


@settings(max_examples=400, deadline=None)
@given(json_values | tagged, st.lists(st.binary(max_size=64), max_size=3))
def test_unpack_raises_nothing_but_wire_errors(spec, buffers):
    try:
        unpack(spec, buffers)
    except WireError:
        pass


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=50))
def test_frames_raise_nothing_but_wire_errors(head, payload):
    try:
        parse_body(head, payload)
    except WireError:
        pass


def test_a_frame_says_what_it_said():
    spec, buffers = pack((Array(np.arange(3)), Array(np.zeros((2, 2)))))
    stream = memoryview(frame({"op": "x", "value": spec}, buffers) + b"rest")
    position = 0

    def read(count):
        nonlocal position
        part = stream[position : position + count]
        position += count
        return bytes(part)

    header, back = read_frame(read)
    assert header["op"] == "x"
    assert unpack(header["value"], back)[0].data.tolist() == [0, 1, 2]


def test_sizes_are_checked_before_the_body_is_read():
    with pytest.raises(WireError):
        parse_prefix(PREFIX.pack(b"AGW1", 10, MAX_PAYLOAD + 1))
    with pytest.raises(WireError):
        parse_prefix(PREFIX.pack(b"AGW1", 1 << 31, 0))
    with pytest.raises(WireError):
        parse_prefix(PREFIX.pack(b"EVIL", 10, 0))
