"""The host's end of the pipes: what a child says unasked, or at too great a length, is never taken for an answer."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from autograder.guest import envelope, wire
from autograder.sandbox.channel import BadFrame, Channel, Ended, GuestLost

ANSWER = wire.frame({"op": "call", "id": 0, "status": "returned"})


class Pipes:
    """A guest of two pipes, into which the test speaks."""

    def __init__(self) -> None:
        self.reader, self.says = os.pipe()
        self.hears, self.writer = os.pipe()

    def read(self, size: int) -> bytes:
        return os.read(self.reader, size)

    def kill(self) -> None: ...

    def diagnosis(self) -> str:
        return ""

    def control(self, **message: object) -> None:
        os.write(self.says, envelope.control(message))

    def child(self, data: bytes) -> None:
        os.write(self.says, envelope.HEADER.pack(envelope.CHILD, len(data)) + data)


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    made = Pipes()
    yield made
    for end in (made.reader, made.says, made.hears, made.writer):
        os.close(end)


@pytest.fixture
def channel(pipes: Pipes) -> Channel:
    """With a child in it, which has said nothing yet."""
    channel = Channel(pipes)
    number = channel.fork({}, None, soon())
    pipes.control(op="forked", child=number)
    return channel


def soon() -> float:
    return time.monotonic() + 5


def test_an_answer(channel: Channel, pipes: Pipes) -> None:
    channel.send(b"question", soon(), 0)
    pipes.child(ANSWER)
    assert channel.receive(soon()).header["id"] == 0  # type: ignore[union-attr]


@pytest.mark.parametrize("said", [ANSWER, ANSWER[:5], ANSWER * 3])
def test_what_nobody_asked_for_is_no_answer_to_the_next_question(channel: Channel, pipes: Pipes, said: bytes) -> None:
    pipes.child(said)
    with pytest.raises(BadFrame, match="nobody asked"):
        channel.send(b"question", soon(), 0)


def test_a_child_that_is_gone_says_nothing_more(channel: Channel, pipes: Pipes) -> None:
    """Its last bytes may come after the next child was ordered, and before that one exists."""
    number = channel.fork({}, None, soon())
    pipes.child(ANSWER)
    pipes.control(op="exit", child=number - 1, cause="exit", code=0)
    pipes.control(op="forked", child=number)
    pipes.control(op="exit", child=number, cause="exit", code=3)
    assert channel.receive(soon()) == Ended("exit", 3)


def test_more_than_was_agreed_is_refused_by_its_size(channel: Channel, pipes: Pipes) -> None:
    channel.send(b"question", soon(), 1000)
    pipes.child(wire.PREFIX.pack(wire.MAGIC, 2, 1001))
    with pytest.raises(BadFrame, match="1001 bytes"):
        channel.receive(soon())


def test_an_envelope_of_another_stream_ends_the_guest(channel: Channel, pipes: Pipes) -> None:
    os.write(pipes.says, envelope.HEADER.pack(7, 2) + b"{}")
    with pytest.raises(GuestLost):
        channel.receive(soon())
