"""The part of a report that is not for the student: what the platform saw, and what a reason rests on."""

from __future__ import annotations

from typing import Literal

import msgspec


class ForbiddenFinding(msgspec.Struct, frozen=True):
    """A use of something forbidden, for staff: with its evidence, certain or not.

    task: in whose code it was found.
    name: of what is forbidden, in full.
    where: the cell.
    line: in that cell, or None.
    evidence: the reason, for staff.
    kind: "static" where the code shows it, "recorded" where it was seen running.
    certain: whether there is no doubt about it.
    costs: whether it takes the points of the task.
    """

    task: str
    name: str
    where: str
    line: int | None
    evidence: str
    kind: Literal["static", "recorded"]
    certain: bool
    costs: bool


class WrongTask(msgspec.Struct, frozen=True):
    """A task that went wrong.

    task: its name.
    signature: equal for equal outputs.
    code: the student's functions of the task.
    """

    task: str
    signature: str
    code: str


class ReasonEvidence(msgspec.Struct, frozen=True):
    """What a diagnosis rests on.

    task: the task that the diagnosis is about.
    kind: the kind of evidence, as in the diagnosis.
    id: of the diagnosis.
    explains: how many failing calls it explains.
    sure: "sure", or "likely" where there was little to tell by.
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

    events: what the platform saw.
    forbidden: uses of something forbidden.
    reasons: what each diagnosis rests on.
    wrong: the tasks that went wrong, to find others with the same answer.
    """

    events: list[str]
    forbidden: list[ForbiddenFinding]
    reasons: list[ReasonEvidence] = []
    wrong: list[WrongTask] = []
