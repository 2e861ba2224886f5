"""Values as bytes: the only thing that crosses the border between the grader and a student's code.

A *value* is what a function takes or returns: None, bool, int, float, complex, str, `Array`, `Sparse`, `Opaque`, and
tuples, lists and dicts of these. `pack` turns a value into a JSON-able *spec* and a list of raw buffers; `unpack` is
its inverse and trusts nothing: every declared size is checked against a budget and against the bytes that really
came before anything is allocated, and each buffer is one array's, in the order in which they came. There is no pickle
in either direction.

A *frame* is `MAGIC, header length (u32), payload length (u64), header (JSON), payload (buffers end to end)`,
little endian.

This module runs on both sides. It needs numpy and the standard library alone, and imports nothing of this package.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

MAGIC = b"AGW1"
PREFIX = struct.Struct("<4sIQ")
MAX_HEADER = 4 << 20
MAX_PAYLOAD = 256 << 20
MAX_DECODED = MAX_PAYLOAD  # bytes of one value's arrays as they are read: bfloat16 is widened
MAX_NODES = 100_000
MAX_BUFFERS = MAX_NODES
MAX_DEPTH = 32
MAX_TEXT = 1 << 20
MAX_NDIM = 32
MAX_KEY = 1 << 60  # int keys: all below have hashes of their own, so nobody can fill a dict with collisions

# torch's names for dtypes, and the numpy dtype of the raw bytes. numpy has no bfloat16: its bits travel as uint16.
DTYPES = {
    "bool": np.dtype(np.bool_),
    "uint8": np.dtype(np.uint8),
    "uint16": np.dtype("<u2"),
    "uint32": np.dtype("<u4"),
    "uint64": np.dtype("<u8"),
    "int8": np.dtype(np.int8),
    "int16": np.dtype("<i2"),
    "int32": np.dtype("<i4"),
    "int64": np.dtype("<i8"),
    "float16": np.dtype("<f2"),
    "bfloat16": np.dtype("<u2"),
    "float32": np.dtype("<f4"),
    "float64": np.dtype("<f8"),
    "complex64": np.dtype("<c8"),
    "complex128": np.dtype("<c16"),
}


_WIDENED = 4  # bytes of a bfloat16 once it is read, as a float32


class WireError(ValueError):
    """A malformed frame or spec, or a value that cannot be sent. From a child, it becomes the status `bad_output`."""


@dataclass(frozen=True, eq=False)
class Array:
    """An n-dimensional array as it left, or will enter, the sandbox.

    data: the elements (bfloat16 widened to float32).
    dtype: the name that torch gives it; "" takes that of `data`.
    kind: "tensor" for `torch.Tensor`, "ndarray" for `numpy.ndarray`.
    device: "cpu" or "cuda".
    layout: "strided", or "noncontiguous" for an input that the guest must hand over as a view with gaps.
    """

    data: np.ndarray[Any, Any]
    dtype: str = ""
    kind: str = "tensor"
    device: str = "cpu"
    layout: str = "strided"

    def __post_init__(self) -> None:
        if not self.dtype:
            object.__setattr__(self, "dtype", self.data.dtype.name)

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.data.shape)


def array_in_form(data: np.ndarray[Any, Any], form: dict[str, str]) -> Array:
    """An `Array` with this data and all other fields from `form`; the `__init__` of a frozen dataclass is slower."""
    array = object.__new__(Array)
    array.__dict__.update(form, data=data)
    return array


@dataclass(frozen=True, eq=False)
class Sparse:
    """A coalesced COO tensor.

    indices: (ndim, nnz) int64.
    values: (nnz, ...).
    shape: of the whole tensor.
    """

    indices: Array
    values: Array
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Opaque:
    """Stands for something that the wire format does not hold, such as an instance of a student's class.

    type_name: module and name of its type, or a short description ("numpy.ndarray(object)").
    text: more about it, for an int that is too long; "" otherwise.
    """

    type_name: str
    text: str = ""


_JSON = json.JSONEncoder(separators=(",", ":")).encode

Value: TypeAlias = "bool | int | float | complex | str | Array | Sparse | Opaque | tuple[Value, ...] | list[Value] | dict[Any, Value] | None"
Spec: TypeAlias = Any


def same(a: Value, b: Value) -> bool:
    """Whether two values are the same to the bit, in type, dtype, shape, order of keys and bytes.

    An array's layout does not count.
    """
    if a is b:
        return True
    if type(a) is not type(b):
        return False
    if isinstance(a, Array) and isinstance(b, Array):
        form = (a.dtype, a.kind, a.device, a.data.shape) == (b.dtype, b.kind, b.device, b.data.shape)
        return form and a.data.dtype == b.data.dtype and a.data.tobytes() == b.data.tobytes()
    if isinstance(a, Sparse) and isinstance(b, Sparse):
        return a.shape == b.shape and same(a.indices, b.indices) and same(a.values, b.values)
    if isinstance(a, (tuple, list)) and isinstance(b, (tuple, list)):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict) and isinstance(b, dict):
        pairs = zip(a.items(), b.items(), strict=False)
        return len(a) == len(b) and all(same(k, m) and same(v, w) for (k, v), (m, w) in pairs)
    return repr(a) == repr(b)  # a NaN is itself, and -0.0 is not 0.0


def pack(value: Value) -> tuple[Spec, list[bytes]]:
    """A value as (spec, buffers). Raises WireError for what is not a value.

    A string is cut to MAX_TEXT, and an int of more than 4096 bits arrives as an `Opaque`.
    """
    buffers: list[bytes] = []
    return _pack(value, buffers, 0), buffers


def _pack(value: Value, buffers: list[bytes], depth: int) -> Spec:
    if depth > MAX_DEPTH:
        raise WireError(f"nested deeper than {MAX_DEPTH} levels")
    # bool before int: True is an int for isinstance.
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return ["i", str(value)] if abs(value) < 1 << 4096 else ["o", "int", "an integer of more than 4096 bits"]
    if isinstance(value, float):
        return ["f", float(value).hex()]
    if isinstance(value, complex):
        return ["c", value.real.hex(), value.imag.hex()]
    if isinstance(value, str):
        return ["t", value[:MAX_TEXT]]
    if isinstance(value, Array):
        return _pack_array(value, buffers)
    if isinstance(value, Sparse):
        return ["s", list(value.shape), _pack_array(value.indices, buffers), _pack_array(value.values, buffers)]
    if isinstance(value, Opaque):
        return ["o", value.type_name[:200], value.text[:2000]]
    if isinstance(value, (tuple, list)):
        items = [_pack(item, buffers, depth + 1) for item in value]
        return ["(" if isinstance(value, tuple) else "[", *items]
    if isinstance(value, dict):
        pairs = [[_pack(key, buffers, depth + 1), _pack(item, buffers, depth + 1)] for key, item in value.items()]
        return ["{", *pairs]
    raise WireError(f"cannot send a {type(value).__name__}")


def _pack_array(array: Array, buffers: list[bytes]) -> Spec:
    raw_dtype = DTYPES.get(array.dtype)
    if raw_dtype is None:
        raise WireError(f"dtype {array.dtype} is not supported")
    data = array.data
    if array.dtype == "bfloat16" and data.dtype != np.uint16:
        data = (np.ascontiguousarray(data, dtype="<f4").view("<u4") >> 16).astype("<u2").reshape(data.shape)
    buffers.append(np.ascontiguousarray(data, dtype=raw_dtype).tobytes())
    return ["a", array.kind, array.dtype, list(array.shape), array.device, array.layout, len(buffers) - 1]


def _numbers(buffer: bytes | memoryview, dtype: str, shape: Sequence[int]) -> np.ndarray[Any, Any]:
    data: np.ndarray[Any, Any] = np.frombuffer(buffer, dtype=DTYPES[dtype]).reshape(shape)
    if dtype == "bool":
        data = data.view(np.uint8) != 0
    elif dtype == "bfloat16":
        data = (data.astype("<u4") << 16).view("<f4")
    return data


def array_like(array: Array, buffer: bytes | memoryview) -> Array:
    """An array with the elements in `buffer`, and the dtype, shape and other fields of `array`."""
    return Array(_numbers(buffer, array.dtype, array.shape), array.dtype, array.kind, array.device, array.layout)


class _Reader:
    """Reads an untrusted spec."""

    def __init__(self, buffers: Sequence[bytes | memoryview]) -> None:
        self.buffers = buffers
        self.named = 0  # buffers that have become arrays
        self.nodes = 0
        self.room = MAX_DECODED

    def read(self, spec: Spec, depth: int = 0) -> Value:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("too many or too deeply nested values")
        if spec is None or isinstance(spec, bool):
            return spec
        if not isinstance(spec, list) or not spec or not isinstance(spec[0], str):
            raise WireError("malformed value")
        read = self._READERS.get(spec[0])
        if read is None:
            raise WireError("unknown kind of value")
        return read(self, spec, depth)

    def _int(self, spec: Spec, depth: int) -> Value:
        (text,) = _texts(spec, 1, 1300)
        return int(text)

    def _float(self, spec: Spec, depth: int) -> Value:
        (text,) = _texts(spec, 1, 40)
        return float.fromhex(text)

    def _complex(self, spec: Spec, depth: int) -> Value:
        real, imag = _texts(spec, 2, 40)
        return complex(float.fromhex(real), float.fromhex(imag))

    def _text(self, spec: Spec, depth: int) -> Value:
        return _texts(spec, 1, MAX_TEXT)[0]

    def _opaque(self, spec: Spec, depth: int) -> Value:
        type_name, text = _texts(spec, 2, 2000)
        return Opaque(type_name, text)

    def _tuple(self, spec: Spec, depth: int) -> Value:
        return tuple(self.read(item, depth + 1) for item in spec[1:])

    def _list(self, spec: Spec, depth: int) -> Value:
        return [self.read(item, depth + 1) for item in spec[1:]]

    def _dict(self, spec: Spec, depth: int) -> Value:
        result: dict[Any, Value] = {}
        for pair in spec[1:]:
            if not isinstance(pair, list) or len(pair) != 2:
                raise WireError("malformed dict")
            key = self.read(pair[0], depth + 1)
            if not _is_key(key):
                raise WireError("malformed key")
            try:
                result[key] = self.read(pair[1], depth + 1)
            except TypeError as error:
                raise WireError("unhashable key") from error
        return result

    def _array(self, spec: Spec, depth: int) -> Array:
        if len(spec) != 7:
            raise WireError("malformed array")
        _, kind, dtype, shape, device, layout, index = spec
        raw_dtype = DTYPES.get(dtype) if isinstance(dtype, str) else None
        if raw_dtype is None or kind not in ("tensor", "ndarray") or device not in ("cpu", "cuda"):
            raise WireError("malformed array")
        if layout not in ("strided", "noncontiguous"):
            raise WireError("malformed array")
        size = math.prod(_shape(shape))
        if type(index) is not int or index != self.named or index >= len(self.buffers):
            raise WireError("array without a buffer of its own")
        buffer = self.buffers[index]
        if len(buffer) != size * raw_dtype.itemsize:
            raise WireError("declared shape and bytes differ")
        self.named += 1
        self.room -= size * (_WIDENED if dtype == "bfloat16" else raw_dtype.itemsize)
        if self.room < 0:
            raise WireError("arrays larger than the limit")
        return Array(_numbers(buffer, dtype, shape), dtype, kind, device, layout)

    def _sparse(self, spec: Spec, depth: int) -> Value:
        if len(spec) != 4 or not all(isinstance(part, list) and part and part[0] == "a" for part in spec[2:]):
            raise WireError("malformed sparse tensor")
        return Sparse(self._array(spec[2], depth), self._array(spec[3], depth), tuple(_shape(spec[1])))

    _READERS: dict[str, Callable[[_Reader, Spec, int], Value]] = {
        "i": _int,
        "f": _float,
        "c": _complex,
        "t": _text,
        "o": _opaque,
        "(": _tuple,
        "[": _list,
        "{": _dict,
        "a": _array,
        "s": _sparse,
    }


def _is_key(key: Value) -> bool:
    if isinstance(key, tuple):
        return all(map(_is_key, key))
    if isinstance(key, int):
        return abs(key) < MAX_KEY
    return isinstance(key, (str, float, type(None)))


def _texts(spec: Spec, count: int, limit: int) -> list[str]:
    texts = spec[1:]
    if len(texts) != count or not all(isinstance(text, str) and len(text) <= limit for text in texts):
        raise WireError("malformed scalar")
    return list(texts)


def _shape(shape: object) -> list[int]:
    if not isinstance(shape, list) or len(shape) > MAX_NDIM:
        raise WireError("malformed shape")
    for size in shape:
        if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= MAX_PAYLOAD:
            raise WireError("malformed shape")
    return shape


def unpack(spec: Spec, buffers: Sequence[bytes | memoryview]) -> Value:
    """The value of a spec. Raises WireError, and nothing else, whatever the spec and the buffers hold."""
    try:
        return _Reader(buffers).read(spec)
    except WireError:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError, MemoryError) as error:
        raise WireError(f"malformed value: {type(error).__name__}") from error


def frame(header: dict[str, Any], buffers: Sequence[bytes] = ()) -> bytes:
    """A header and its buffers as the bytes of one frame. The entries of `header` end its JSON, in their order."""
    head = _JSON({"buffers": [len(b) for b in buffers], **header}).encode()
    total = sum(len(b) for b in buffers)
    if len(head) > MAX_HEADER or total > MAX_PAYLOAD:
        raise WireError("frame too large")
    return b"".join([PREFIX.pack(MAGIC, len(head), total), head, *buffers])


def read_frame(read_exactly: Callable[[int], bytes]) -> tuple[dict[str, Any], list[memoryview]]:
    """The next frame from a stream. `read_exactly(n)` gives n bytes or raises.

    Sizes are checked before a byte of the body is asked for.
    """
    head_size, payload_size = parse_prefix(read_exactly(PREFIX.size))
    head = read_exactly(head_size)
    payload = read_exactly(payload_size) if payload_size else b""
    return parse_body(head, payload)


def parse_prefix(prefix: bytes) -> tuple[int, int]:
    """(header size, payload size) of a frame that begins with these bytes."""
    magic, head_size, payload_size = PREFIX.unpack(prefix)
    if magic != MAGIC or head_size > MAX_HEADER or payload_size > MAX_PAYLOAD:
        raise WireError("not a frame, or one over the size limit")
    return head_size, payload_size


def parse_body(head: bytes, payload: bytes | bytearray) -> tuple[dict[str, Any], list[memoryview]]:
    """(header, buffers) of one frame's body."""
    try:
        header = json.loads(str(head, "utf-8"))
    except (ValueError, RecursionError) as error:
        raise WireError("frame header is not JSON") from error
    if not isinstance(header, dict):
        raise WireError("frame header is not an object")
    sizes = header.pop("buffers", None)
    if not isinstance(sizes, list) or not all(isinstance(s, int) and not isinstance(s, bool) and s >= 0 for s in sizes):
        raise WireError("frame without buffer sizes")
    if len(sizes) > MAX_BUFFERS:
        raise WireError("too many buffers")
    if sum(sizes) != len(payload):
        raise WireError("buffer sizes and payload differ")
    view, buffers, start = memoryview(payload), [], 0
    for size in sizes:
        buffers.append(view[start : start + size])
        start += size
    return header, buffers
