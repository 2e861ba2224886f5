"""The part of a report that is not for the student: what the platform saw, and what a reason rests on."""

from __future__ import annotations

from typing import Literal

import msgspec


class ForbiddenFinding(msgspec.Struct, frozen=True):
    """A use of something forbidden, for staff: with its evidence, certain or not."""

    task: str
    name: str
    where: str
    line: int | None
    evidence: str
    kind: Literal["static", "recorded"]
    certain: bool
    costs: bool


class WrongTask(msgspec.Struct, frozen=True):
    """A task that went wrong. signature: equal for equal outputs. code: the student's functions of the task."""

    task: str
    signature: str
    code: str


class ReasonEvidence(msgspec.Struct, frozen=True):
    """What a diagnosis rests on.

    kind: the kind of evidence, as in the diagnosis.
    explains: how many failing calls it explains. sure: "sure", or "likely" where there was little to tell by.
    place: the line of the reference which, with one slip in it, gives this student's answers; "" for other evidence.
    """

    task: str
    kind: str
    id: str
    explains: int
    sure: Literal["sure", "likely"]
    place: str = ""


class StaffReport(msgspec.Struct, frozen=True):
    """What is not for the student.

    events: what the platform saw. forbidden: uses of something forbidden.
    reasons: what each diagnosis rests on. wrong: the tasks that went wrong, to find others with the same answer.
    """

    events: list[str]
    forbidden: list[ForbiddenFinding]
    reasons: list[ReasonEvidence] = []
    wrong: list[WrongTask] = []
