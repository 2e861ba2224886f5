"""The caches of a sandbox, kept between submissions: packed calls and replies.

A class is graded on the same arguments, and most submissions return the same to the bit: the right answer, or the same
mistake. Each call is therefore packed once (`PackedCalls`), and a frame that equals an earlier one in all but the
seconds is not parsed, checked or unpacked again (`ReplyCache`): its outcome is the earlier one's, values included. Both
are least-recently-used caches with a bound in bytes (`Recent`).
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from autograder.guest import wire
from autograder.sandbox import replies
from autograder.sandbox.channel import Frame
from autograder.sandbox.forms import Layouts
from autograder.sandbox.interface import FunctionCall, Outcome, Status

MOST_CALL_BYTES = 64 << 20
MOST_ANSWER_BYTES = 16 << 20
OVERHEAD = 4096  # approximate bytes of the objects of an outcome

# The end of a frame's header, as the guest writes it. A header that ends otherwise is read without the cache.
_SECONDS = b',"seconds":'
_NUMBER = re.compile(rb"((?:0|[1-9]\d{0,8})(?:\.\d{1,20}(?:e-\d{1,3})?|e-\d{1,3}))\}")

Kept = TypeVar("Kept")


class Recent(Generic[Kept]):
    """A cache by key, bounded by the sum of the bytes given for each entry; the least recently used goes first."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._kept: OrderedDict[Hashable, tuple[Kept, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable) -> Kept | None:
        found = self._kept.get(key)
        if found is None:
            return None
        self._kept.move_to_end(key)
        return found[0]

    def keep(self, key: Hashable, thing: Kept, size: int) -> None:
        """Add an entry for a key that is not in the cache.

        size: its bytes, as they count towards the bound.
        """
        self._kept[key] = thing, size
        self.size += size
        while self.size > self.most_bytes:
            _, (_, dropped) = self._kept.popitem(last=False)
            self.size -= dropped


class PackedCalls:
    """A cache of call frames, by the handle of the arguments and whatever else a frame says."""

    def __init__(self, most_bytes: int = MOST_CALL_BYTES) -> None:
        self.frames: Recent[bytes] = Recent(most_bytes)

    def frame(self, call: FunctionCall, seconds: float) -> bytes:
        """The request for one call."""
        key = (
            call.args, call.id, call.function, call.needs, call.gradient, call.upstream_seed, call.repeat, call.record,
            call.device, seconds,
        )  # fmt: skip
        known = self.frames.get(key)
        if known is not None:
            return known
        frame = _frame(call, seconds)
        if len(frame) <= self.frames.most_bytes:
            self.frames.keep(key, frame, len(frame))
        return frame


def _frame(call: FunctionCall, seconds: float) -> bytes:
    spec, buffers = wire.pack(call.args.values)
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


@dataclass(frozen=True)
class CallReply:
    """A child's reply to a call.

    outcome: what became of the call.
    crowded: whether threads may still be running: the child says so, or does not say that there are none.
    """

    outcome: Outcome
    crowded: bool


class ReplyCache:
    """Reads replies, and caches those that returned a value."""

    def __init__(self, most_bytes: int = MOST_ANSWER_BYTES) -> None:
        self.layouts = Layouts()
        self.known: Recent[CallReply] = Recent(most_bytes)

    def read(self, frame: Frame, call: FunctionCall, most_output: int) -> CallReply:
        """The reply in a frame. Raises BadFrame when it is not a reply to this call."""
        said = _without_seconds(frame.head) if len(frame.payload) <= self.known.most_bytes else None
        if said is None:
            return self._read(frame, call, most_output)
        words, seconds = said
        # Everything that determines the outcome, but the seconds.
        key = (words, frame.payload, call.args, call.id, most_output)
        found = self.known.get(key)
        if found is not None:
            return CallReply(_at(found.outcome, seconds), found.crowded)
        answer = self._read(frame, call, most_output)
        size = replies.WEIGHT * len(words) + len(frame.payload) + OVERHEAD
        returned = answer.outcome.status is Status.RETURNED and answer.outcome.packed is not None
        if returned and size <= self.known.most_bytes // 16:  # a few large replies would evict all others
            self.known.keep(key, answer, size)
        return answer

    def _read(self, frame: Frame, call: FunctionCall, most_output: int) -> CallReply:
        outcome = replies.call_outcome(frame, call, most_output, self.layouts)
        return CallReply(outcome, frame.header.get("threads") != 0)


def _without_seconds(head: bytes) -> tuple[bytes, float] | None:
    """(everything before the seconds, seconds) of a header that ends with the seconds; None for any other header."""
    words, found, end = head.rpartition(_SECONDS)
    number = _NUMBER.fullmatch(end)
    return (words, float(number[1])) if found and number is not None else None


def _at(outcome: Outcome, seconds: float) -> Outcome:
    """A copy of an outcome with other seconds. `dataclasses.replace` takes three times as long."""
    copy = object.__new__(Outcome)
    copy.__dict__.update(outcome.__dict__, seconds=seconds)
    return copy
