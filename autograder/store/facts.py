"""The few facts of a report that a store can be asked for without opening it, read from the report's JSON."""

from __future__ import annotations

import zlib

import msgspec

_SHORT = {"passed": "p", "failed": "f", "pending": "o"}


class CheckFacts(msgspec.Struct, frozen=True):
    """A check.

    name, status: as in the report.
    """

    name: str
    status: str


class DiagnosisFacts(msgspec.Struct, frozen=True):
    """A diagnosis.

    id: of the reason, within its kind.
    """

    id: str


class TaskFacts(msgspec.Struct, frozen=True):
    """A task.

    name, checks, diagnosis: as in the report.
    """

    name: str
    checks: list[CheckFacts] = []
    diagnosis: DiagnosisFacts | None = None


class Facts(msgspec.Struct, frozen=True):
    """A report in short: "autograder.report/1" without whatever a store is not asked for.

    status, score, max_score, submitted, tasks: as in the report.
    """

    status: str
    score: float | None = None
    max_score: float | None = None
    submitted: str | None = None
    tasks: list[TaskFacts] = []

    def checks_json(self) -> str:
        """{"task/check": "p", "f" or "o"}: passed, failed, or still open."""
        found = {f"{task.name}/{check.name}": _SHORT[check.status] for task in self.tasks for check in task.checks}
        return msgspec.json.encode(found).decode()

    def diagnoses_json(self) -> str:
        """{task: id}"""
        found = {task.name: task.diagnosis.id for task in self.tasks if task.diagnosis is not None}
        return msgspec.json.encode(found).decode()


_DECODER = msgspec.json.Decoder(Facts)


def facts_of(content: bytes) -> Facts:
    """The facts of a report's JSON."""
    return _DECODER.decode(content)


def read_facts(deflated: bytes) -> Facts:
    """The facts of a report's JSON as a database keeps it, deflated."""
    return facts_of(inflate(deflated))


def deflate(content: bytes) -> bytes:
    """A report's JSON as a database keeps it."""
    return zlib.compress(content, 6)


def inflate(deflated: bytes) -> bytes:
    """The JSON that was deflated; b"" where it is damaged, which no reader takes for a report."""
    try:
        return zlib.decompress(deflated)
    except zlib.error:
        return b""
