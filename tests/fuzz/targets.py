"""One function for each reader: it takes bytes, and raises only what the reader is allowed to raise.

What a reader returns is looked at too: it must be what the rest of the platform relies on.
"""

from __future__ import annotations

import functools
import os
import tempfile
import time
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from autograder.course.assignment import Assignment, load_assignment
from autograder.course.schedule import read_course
from autograder.course.settings import read_settings
from autograder.errors import AssignmentError, CourseError, NotebookError, SubmissionError
from autograder.grading.forbidden import find_forbidden
from autograder.guest import wire
from autograder.notebooks.magics import to_python
from autograder.notebooks.percent import parse_percent
from autograder.notebooks.reader import MAX_BYTES, read_notebook
from autograder.sandbox import replies
from autograder.sandbox.cache import ReplyCache
from autograder.sandbox.channel import BadFrame, Channel, Ended, GuestLost, Late, _Frames
from autograder.sandbox.interface import FunctionCall
from autograder.submissions.collect import Submission, collect
from autograder.submissions.prepare import prepare
from tests.fuzz import inputs


@dataclass(frozen=True)
class Target:
    """run: raises one of `errors`, or nothing; it may return a word on how far the input got, for the statistics."""

    inputs: st.SearchStrategy[Any]
    run: Callable[[Any], str | None]
    errors: tuple[type[Exception], ...]


def _notebook(data: bytes) -> str:
    end = "refused"
    for name in ("hw.ipynb", "hw.py"):
        with suppress(NotebookError):
            found = read_notebook(data, name)
            for cell in found.cells:
                cell.source.encode()  # whatever stands there can be stored and sent
                assert "\r" not in cell.source
            end = "read"
    return end


def _magics(text: str) -> None:
    assert to_python(text).count("\n") == text.count("\n")


def _percent(text: str) -> None:
    parse_percent(text, strict=False)
    cells = parse_percent(text)
    lines = [cell.line for cell in cells]
    assert lines == sorted(lines)


def _archive(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.zip"
        path.write_bytes(data)
        found = collect([path], slug="10-mini", notebook="mini", functions=("normalize_adj", "euler"))
        students = [submission.student for submission in found.submissions]
        assert len({student.casefold() for student in students}) == len(students)
        for submission in found.submissions:
            assert Path(submission.student).name == submission.student
            assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") for c in submission.student)
            submission.name.encode("utf-8", "replace")
            _ = submission.content_hash
            with suppress(SubmissionError):
                assert len(submission.load()) <= MAX_BYTES + 1
        for problem in found.problems:
            assert str(problem.error)
        assert os.listdir(folder) == ["class.zip"]
        return "submissions" if students else "none"


class _Cut(Exception):
    """The stream ended before the frame did."""


def _exactly(data: bytes) -> Callable[[int], bytes]:
    view = memoryview(data)

    def read(size: int) -> bytes:
        nonlocal view
        if size > len(view):
            raise _Cut
        part, view = view[:size], view[size:]
        return bytes(part)

    return read


def _frame(data: bytes) -> None:
    header, buffers = wire.read_frame(_exactly(data))
    value = wire.unpack(header.get("value"), buffers)
    with suppress(wire.WireError):  # too deep to be sent again, say
        spec, again = wire.pack(value)
        assert wire.pack(wire.unpack(spec, again)) == (spec, again)


def _spec(spec: Any) -> None:
    wire.unpack(spec, [b"", bytes(4), memoryview(bytes(48))])


_CALL = FunctionCall(3, "f", "f", ())
_ANSWERS = ReplyCache()  # one for all: what one input leaves there, the next one meets


def _reply(data: bytes) -> str:
    """Cut anywhere, the bytes of a child are the same frames; whatever they hold becomes an outcome, known or not."""
    frames = _Frames()
    frames.most_payload = 1 << 16
    with suppress(BadFrame):
        for start in range(0, len(data), 4096):
            frames.add(data[start : start + 4096])
            while (frame := frames.take()) is not None:
                with suppress(BadFrame):
                    replies.cell_outcome(frame, 0, 1000).stdout.encode()
                outcome = _ANSWERS.read(frame, _CALL, 1000).outcome
                assert repr(outcome) == repr(ReplyCache().read(frame, _CALL, 1000).outcome)
                assert outcome.status in replies.FROM_CHILD.values()
                assert len(outcome.stdout) <= 1000
                "".join((*outcome.warnings, *outcome.operators)).encode()
                return outcome.status.value
    return "no frame for this call"


class _Link:
    """A guest that says what it is told to."""

    def __init__(self, data: bytes) -> None:
        self.reader, self.theirs = os.pipe()
        self.ours, self.writer = os.pipe()
        os.set_blocking(self.theirs, False)
        with suppress(BlockingIOError):
            os.write(self.theirs, data)
        os.close(self.theirs)

    def read(self, size: int) -> bytes:
        return os.read(self.reader, size)

    def kill(self) -> None:
        for descriptor in (self.reader, self.writer, self.ours):
            os.close(descriptor)

    def diagnosis(self) -> str:
        return ""


def _envelopes(data: bytes) -> str:
    link = _Link(data)
    try:
        channel = Channel(link)
        soon = time.monotonic() + 1
        with suppress(Late):
            channel.fork({}, None, soon)
            for _ in range(5):
                channel.send(b"question", soon, 1000)
                if isinstance(channel.receive(soon), Ended):
                    return "ended"
        return "late"
    finally:
        link.kill()


def _course(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "course.yml").write_bytes(data)
        with suppress(CourseError):
            read_course(Path(folder))
            return "read"
    return "refused"


def _settings(data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "assignment.yml").write_bytes(data)
        with suppress(AssignmentError):
            read_settings(Path(folder) / "assignment.yml")
            return "read"
    return "refused"


@functools.cache
def _mini() -> Assignment:
    return load_assignment(inputs.COURSE / "solutions" / "10-mini")


def _program(data: bytes) -> str:
    """All that the host does with a submission before it runs, and the static half of the search for forbidden calls."""
    end = "refused"
    for name in ("hw.ipynb", "hw.py"):
        with suppress(SubmissionError):
            prepared = prepare(Submission("kim", name, data), _mini(), {"09-lstm": ("lstm_cell",)})
            assert len(prepared.cell_names) == len(prepared.program.cells)
            _ = prepared.task_sources
            find_forbidden(_mini(), prepared.program, (), {})
            end = "prepared"
    return end


TARGETS = {
    "notebook": Target(inputs.notebook, _notebook, ()),
    "magics": Target(inputs.text, _magics, ()),
    "percent": Target(inputs.text, _percent, (ValueError,)),
    "archive": Target(inputs.archive, _archive, ()),
    "frame": Target(inputs.frame, _frame, (wire.WireError, _Cut)),
    "spec": Target(inputs.spec, _spec, (wire.WireError,)),
    "reply": Target(inputs.frame, _reply, ()),
    "envelopes": Target(inputs.envelopes, _envelopes, (GuestLost, BadFrame)),
    "course": Target(inputs.course, _course, ()),
    "settings": Target(inputs.settings, _settings, ()),
    "program": Target(inputs.notebook, _program, ()),
}
