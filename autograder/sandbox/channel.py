"""The host's end of the two pipes to a guest.

A provider gives a `Link`: two descriptors, a way to kill the guest behind them, and a diagnosis once it has died.
A `Channel` exchanges envelopes over it. Messages of the zygote are the platform's own and trusted. Bytes of a child are
untrusted: they are cut into frames here, within bounds on their sizes, and interpreted in `replies`.
"""

from __future__ import annotations

import functools
import json
import os
import select
import time
from collections import deque
from dataclasses import dataclass
from typing import Any, Protocol

from autograder.guest import envelope, wire

LARGE = 16 << 20  # bytes; a larger payload is not copied


class GuestLost(Exception):
    """The platform's fault: the zygote is gone, or has violated the protocol."""


class ChildRefused(GuestLost):
    """A child cannot put up its walls on this machine; the message is the child's."""


class BadFrame(Exception):
    """The child's fault: its bytes are not a valid frame, or the frame is larger than allowed."""


class Late(Exception):
    """The deadline passed: the child sent nothing, or did not read."""


class Link(Protocol):
    """A guest that a provider has started. Envelopes go in at `writer` and come out at `reader`."""

    reader: int
    writer: int

    def read(self, size: int) -> bytes:
        """Up to `size` bytes from `reader`, b"" at its end. Raises BlockingIOError where there are none yet."""

    def kill(self) -> None:
        """End the guest and everything in it, and remove what it left; idempotent."""

    def diagnosis(self) -> str:
        """What is known of why the guest died, such as the end of its standard error, for the operator."""


@dataclass(frozen=True)
class Frame:
    """One frame of a child, not yet parsed: only its sizes have been checked.

    head: its header, as bytes of JSON.
    payload: the bytes of its arrays.
    """

    head: bytes
    payload: bytes | bytearray

    @functools.cached_property
    def _body(self) -> tuple[dict[str, Any], list[memoryview]]:
        try:
            return wire.parse_body(self.head, self.payload)
        except (wire.WireError, RecursionError, MemoryError) as error:
            raise BadFrame(str(error)) from error

    @property
    def header(self) -> dict[str, Any]:
        """The header, parsed. Raises BadFrame when the frame cannot be parsed, as `buffers` does."""
        return self._body[0]

    @property
    def buffers(self) -> list[memoryview]:
        return self._body[1]


@dataclass(frozen=True)
class Ended:
    """The end of a child.

    cause: why the zygote killed it, or "exit".
    code: its exit status, negative for a signal.
    """

    cause: str
    code: int


class _Frames:
    """Cuts a child's bytes into frames."""

    def __init__(self) -> None:
        self.most_payload = 0
        self.data = bytearray()
        self.sizes: tuple[int, int] | None = None
        self.flooded = False

    def __bool__(self) -> bool:
        return bool(self.data) or self.sizes is not None

    def add(self, data: bytes) -> None:
        """Add received bytes. Those beyond the largest possible frame are dropped, and `take` reports it."""
        if len(self.data) <= wire.MAX_HEADER + self.most_payload:
            self.data += data
        else:
            self.flooded = True

    def take(self) -> Frame | None:
        """The next whole frame, if it has come. Raises BadFrame as soon as the sizes are wrong."""
        try:
            if self.flooded:
                raise BadFrame("more bytes than any frame has")
            if self.sizes is None:
                if len(self.data) < wire.PREFIX.size:
                    return None
                self.sizes = wire.parse_prefix(bytes(self.data[: wire.PREFIX.size]))
                if self.sizes[1] > self.most_payload:
                    raise BadFrame(f"a result of {self.sizes[1]} bytes")
                del self.data[: wire.PREFIX.size]
            head, payload = self.sizes
            if len(self.data) < head + payload:
                return None
            self.sizes = None
            if payload > LARGE:
                return self._take_all(head, payload)
            with memoryview(self.data) as view:
                # One copy of the payload, which the arrays of the result then share.
                frame = Frame(bytes(view[:head]), bytes(view[head : head + payload]))
            del self.data[: head + payload]
            return frame
        except (wire.WireError, MemoryError) as error:
            raise BadFrame(str(error)) from error

    def _take_all(self, head: int, payload: int) -> Frame:
        """A frame that uses the received bytes as its payload, which saves a second copy of a large one."""
        data, self.data = self.data, self.data[head + payload :]
        del data[head + payload :]
        said = bytes(data[:head])
        del data[:head]
        return Frame(said, data)


class Channel:
    """Envelopes over a link.

    Deadlines are values of `time.monotonic`. No method blocks beyond its deadline, except that a write waits ten
    seconds more before it gives up a guest that does not read.
    """

    def __init__(self, link: Link) -> None:
        self.link = link
        os.set_blocking(link.reader, False)
        os.set_blocking(link.writer, False)
        self._inbox = bytearray()
        self._stream, self._left = -1, 0
        self._controls: deque[dict[str, Any]] = deque()
        self._message = bytearray()
        self._child = 0
        self._credit = 0
        self._frames = _Frames()
        self._ended: Ended | None = None
        self._forked = False
        self._ahead: tuple[dict[str, Any], int | None] | None = None  # limits and user of the waiting child
        self._reader, self._writer = select.poll(), select.poll()
        self._reader.register(link.reader, select.POLLIN)
        self._writer.register(link.reader, select.POLLIN)
        self._writer.register(link.writer, select.POLLOUT)

    # -- the zygote ----------------------------------------------------------------------------------------------

    def hello(self, message: dict[str, Any], deadline: float) -> dict[str, Any]:
        """Configure a fresh guest. Returns its reply, which comes once it is warm."""
        self._write(envelope.control(message), deadline)
        while not self._controls:
            self._pump(deadline)
        return self._controls.popleft()

    def fork(self, limits: dict[str, Any], user: int | None, deadline: float) -> int:
        """Fork a child, or take the prepared one where limits and user are the same. Returns its number.

        The guest kills the previous child first.
        """
        ahead, self._ahead = self._ahead, None
        if ahead == (limits, user):
            while self._reader.poll(0):
                self._read()
            if self._ended is None:
                return self._child
        return self._begin(limits, user, deadline)

    def prepare(self, limits: dict[str, Any], user: int | None, deadline: float) -> None:
        """Fork a child ahead, for the next `fork` with these limits and user: it puts up its walls and waits.

        The guest first kills the previous child and removes its files; neither is waited for here.
        """
        self._begin(limits, user, deadline)
        self._ahead = limits, user

    def _begin(self, limits: dict[str, Any], user: int | None, deadline: float) -> int:
        self._child += 1
        self._credit = envelope.WINDOW
        self._frames = _Frames()
        self._ended, self._forked = None, False
        order = {"op": "fork", "child": self._child, "limits": limits, "user": user}
        self._write(envelope.control(order), deadline)
        return self._child

    def kill(self, deadline: float) -> Ended:
        """Kill the child. Returns how it ended, once its processes and files are gone."""
        if self._ended is None:
            self._write(envelope.control({"op": "kill", "child": self._child}), deadline)
            while self._ended is None:
                try:
                    self._pump(deadline)
                except Late:
                    raise GuestLost("the guest does not answer") from None
                self._frames.data.clear()
        return self._ended

    # -- the child -----------------------------------------------------------------------------------------------

    @property
    def room(self) -> int:
        """How many bytes can be sent to the child before the zygote gives more credit."""
        return self._credit

    def send(self, message: bytes, deadline: float, most_payload: int, *, early: bool = False) -> None:
        """Send bytes to the child.

        most_payload: the largest payload that a reply may have.
        early: whether replies to earlier messages are outstanding. If not, any bytes from the child are unsolicited.

        Raises Late when the child does not read, BadFrame when it sent something unsolicited.
        """
        if not early and self._reader.poll(0):
            self._read()
        self._frames.most_payload = max(most_payload, self._frames.most_payload if early else 0)
        view = memoryview(message)
        while view and self._ended is None:
            if self._frames and not early:
                raise BadFrame("a frame that nobody asked for")
            if self._credit == 0:
                self._pump(deadline)
                continue
            part = view[: min(self._credit, envelope.CHUNK)]
            self._credit -= len(part)
            view = view[len(part) :]
            self._write(envelope.HEADER.pack(envelope.CHILD, len(part)) + part, deadline)

    def receive(self, deadline: float) -> Frame | Ended:
        """The child's next frame, or its end. Raises Late, BadFrame, GuestLost."""
        while True:
            frame = self._frames.take()
            if frame is not None:
                return frame
            if self._ended is not None:
                return self._ended
            self._pump(deadline)

    # -- bytes ---------------------------------------------------------------------------------------------------

    def _pump(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0 or not self._reader.poll(left * 1000 + 1):
            raise Late
        self._read()

    def _write(self, data: bytes, deadline: float) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[os.write(self.link.writer, view) :]
            except BlockingIOError:
                # The zygote never stops reading for long; read what it has to say meanwhile, or both would wait.
                left = deadline + 10 - time.monotonic()
                ready = dict(self._writer.poll(max(0.0, left) * 1000))
                if not ready:
                    raise GuestLost("the guest does not read") from None
                if self.link.reader in ready:
                    self._read()
            except OSError as error:
                raise GuestLost(f"the guest is gone: {error}") from None

    def _read(self) -> None:
        try:
            data = self.link.read(envelope.CHUNK + envelope.HEADER.size)
        except BlockingIOError:
            return
        except OSError as error:
            raise GuestLost(f"the guest is gone: {error}") from None
        if not data:
            raise GuestLost("the guest ended")
        self._inbox += data
        while True:
            if self._left == 0:
                if len(self._inbox) < envelope.HEADER.size:
                    return
                self._stream, self._left = envelope.HEADER.unpack_from(self._inbox)
                del self._inbox[: envelope.HEADER.size]
                if self._stream not in (envelope.CONTROL, envelope.CHILD) or self._left > envelope.CHUNK:
                    raise GuestLost("the guest sent bytes that are no envelope")
            part = bytes(self._inbox[: self._left])
            if not part:
                return
            del self._inbox[: len(part)]
            self._left -= len(part)
            if self._stream == envelope.CHILD:
                if self._forked:
                    self._frames.add(part)
                continue
            self._message += part
            if self._left == 0:
                message, self._message = self._message, bytearray()
                try:
                    self._note(json.loads(message))
                except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
                    raise GuestLost("the guest said something that makes no sense") from None

    def _note(self, message: dict[str, Any]) -> None:
        """Handle a control message of the zygote. Messages about an earlier child are ignored."""
        operation = message.get("op")
        if operation not in ("forked", "failed", "credit", "exit") or "child" not in message:
            self._controls.append(message)
        elif message["child"] != self._child:
            return
        elif operation == "forked":
            self._forked = True
        elif operation == "credit":
            self._credit += message["bytes"]
        elif operation == "exit":
            self._ended = Ended(message["cause"], message["code"])
        else:
            raise GuestLost(f"no child can be started: {message['reason']}")
