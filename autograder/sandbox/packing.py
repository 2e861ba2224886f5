"""Calls as the bytes that go to a child, packed once for a whole class.

A class is graded on the same arguments: the same tuple, in call after call. Frames are kept by the identity of that
tuple (which they hold, so the identity stays its own) and dropped, oldest first, beyond a size.
"""

from __future__ import annotations

from autograder.guest import wire
from autograder.sandbox.interface import FunctionCall
from autograder.sandbox.recent import Recent

MOST_BYTES = 64 << 20


class PackedCalls:
    """Frames of calls. Arguments must not be changed in place once they have been seen here."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self.frames: Recent[tuple[tuple[wire.Value, ...], bytes]] = Recent(most_bytes)

    def frame(self, call: FunctionCall, seconds: float) -> bytes:
        """The request for one call."""
        key = (
            id(call.args), call.id, call.function, call.needs, call.gradient, call.upstream_seed, call.repeat, call.record,
            call.device, seconds,
        )  # fmt: skip
        known = self.frames.get(key)
        if known is not None:
            return known[1]
        frame = _frame(call, seconds)
        if len(frame) <= self.frames.most_bytes:
            self.frames.keep(key, (call.args, frame), len(frame))
        return frame


def _frame(call: FunctionCall, seconds: float) -> bytes:
    spec, buffers = wire.pack(call.args)
    header = {
        "op": "call",
        "id": call.id,
        "function": call.function,
        "needs": list(call.needs),
        "args": spec,
        "seconds": seconds,
        "repeat": call.repeat,
        "gradient": list(call.gradient),
        "upstream_seed": call.upstream_seed,
        "record": call.record,
        "device": call.device,
    }
    return wire.frame(header, buffers)
