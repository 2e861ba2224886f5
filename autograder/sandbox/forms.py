"""The form of a result (its spec and the sizes of its arrays, without the numbers), cached for each call.

A class calls the same functions with the same inputs, so nearly all results of a call have one form. A result that has
the cached form is not validated leaf by leaf again, and all its numbers are read at once, at known offsets.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import numpy as np

from autograder.guest import wire
from autograder.guest.wire import Array, Sparse, Spec, Value

FLOATS = ("float16", "float32", "float64")
_Buffers = Sequence[bytes | memoryview]


@dataclass(frozen=True, eq=False)
class Layout:
    """The form of one value, whose arrays' bytes lie in its payload one after the other.

    spec: as `wire.pack` makes it.
    said: the spec as text, which tells 5 from 5.0 and True from 1, as `==` does not.
    sizes: bytes of each array.
    read: a function that reads the value from a payload of this form.
    floats: (dtype, offset, count) of runs of real floats.
    exact: (start, end) of each other array. Both are None where some array is neither (complex, bfloat16).
    """

    spec: Spec
    said: str
    sizes: list[int]
    read: Callable[[bytes], Value]
    floats: tuple[tuple[np.dtype[Any], int, int], ...] | None
    exact: tuple[tuple[int, int], ...] | None

    @classmethod
    def of(cls, spec: Spec, buffers: _Buffers, value: Value) -> Layout | None:
        """The layout of a value that was read from this spec; None where `wire.pack` would give another spec for it."""
        ours, bytes_of = wire.pack(value)
        if ours != spec or len(bytes_of) != len(buffers):
            return None
        sizes = [len(b) for b in buffers]
        arrays: list[Array] = []
        starts = accumulate(sizes, initial=0)

        def place(array: Array) -> Callable[[bytes], Array]:
            arrays.append(array)
            return _array_reader(array, next(starts))

        return cls(spec, repr(spec), sizes, _reader(value, place), *_runs(arrays, sizes))

    def fits(self, spec: Spec, buffers: _Buffers) -> bool:
        """Whether an untrusted spec and its buffers have this form, so that `read` gives what `wire.unpack` would."""
        return bool(spec == self.spec) and [len(b) for b in buffers] == self.sizes and repr(spec) == self.said

    def like(self, other: Layout) -> bool:
        return self is other or (bool(self.spec == other.spec) and self.sizes == other.sizes)

    def numbers(self, payload: bytes) -> np.ndarray[Any, Any]:
        """All floats, in order, in float64."""
        assert self.floats is not None
        parts = [np.frombuffer(payload, dtype, count, offset) for dtype, offset, count in self.floats]
        return np.concatenate(parts, dtype=np.float64) if parts else np.zeros(0)

    def rest(self, payload: bytes) -> list[bytes]:
        """The bytes of each array that is not of real floats."""
        assert self.exact is not None
        return [payload[start:end] for start, end in self.exact]


@dataclass(frozen=True, eq=False)
class Packed:
    """A received value, with the bytes that it was read from.

    layout: its form.
    payload: the bytes of its arrays.
    value: as read from them.
    """

    layout: Layout
    payload: bytes
    value: Value


class Layouts:
    """The layout of the last result of each call, by the call's id."""

    def __init__(self) -> None:
        self._known: dict[int, Layout] = {}

    def read(self, call: int, spec: Spec, buffers: Sequence[memoryview]) -> tuple[Value, Packed | None]:
        """The value of an untrusted spec, as `wire.unpack` reads it, and the same with its bytes. Raises WireError.

        The second is None where the value has no layout, or its payload is not `bytes` (a large one: `channel.LARGE`).
        """
        payload = buffers[0].obj if buffers else b""
        if not isinstance(payload, bytes):
            return wire.unpack(spec, buffers), None
        known = self._known.get(call)
        if known is not None and known.fits(spec, buffers):
            value = known.read(payload)
        else:
            value = wire.unpack(spec, buffers)
            known = Layout.of(spec, buffers, value)
            if known is None:
                return value, None
            self._known[call] = known
        return value, Packed(known, payload, value)


def _reader(value: Value, place: Callable[[Array], Callable[[bytes], Array]]) -> Callable[[bytes], Value]:
    """A function that reads a value of this form from a payload. place: makes that function for one array, in order."""
    if isinstance(value, Array):
        return place(value)
    if isinstance(value, Sparse):
        indices, values, shape = place(value.indices), place(value.values), value.shape
        return lambda payload: Sparse(indices(payload), values(payload), shape)
    if isinstance(value, (tuple, list)):
        kind, readers = type(value), [_reader(item, place) for item in value]
        return lambda payload: kind([read(payload) for read in readers])
    if isinstance(value, dict):
        items = [(key, _reader(item, place)) for key, item in value.items()]
        return lambda payload: {key: read(payload) for key, read in items}
    return lambda payload: value


def _array_reader(like: Array, start: int) -> Callable[[bytes], Array]:
    raw, shape = wire.DTYPES[like.dtype], like.shape
    dtype, kind, device, layout = like.dtype, like.kind, like.device, like.layout
    if dtype not in ("bool", "bfloat16"):
        form = {"dtype": dtype, "kind": kind, "device": device, "layout": layout}
        return lambda payload: wire.array_in_form(np.ndarray(shape, raw, payload, start), form)
    end = start + like.data.size * raw.itemsize
    hollow = replace(like, data=np.broadcast_to(np.zeros((), like.data.dtype), shape))  # holds no payload
    return lambda payload: wire.array_like(hollow, payload[start:end])  # bool and bfloat16 are converted


def _runs(arrays: Sequence[Array], sizes: Sequence[int]) -> tuple[Any, Any]:
    """(floats, exact) of a Layout: neighbouring float arrays of one dtype are one run."""
    floats: list[tuple[np.dtype[Any], int, int]] = []
    exact: list[tuple[int, int]] = []
    start = 0
    for array, size in zip(arrays, sizes, strict=True):
        dtype = wire.DTYPES[array.dtype]
        if array.dtype in FLOATS:
            count = size // dtype.itemsize
            if floats and floats[-1][0] == dtype and floats[-1][1] + floats[-1][2] * dtype.itemsize == start:
                _, offset, before = floats.pop()
                floats.append((dtype, offset, before + count))
            else:
                floats.append((dtype, start, count))
        elif dtype.kind == "c" or array.dtype == "bfloat16":
            return None, None
        else:
            exact.append((start, start + size))
        start += size
    return tuple(floats), tuple(exact)


__all__ = ["Layout", "Layouts", "Packed"]
