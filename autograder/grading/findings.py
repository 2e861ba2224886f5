"""What grading one submission found: the only thing that reports are made of.

`Grader.grade` makes a `Findings`, `report.build_report` turns it into the report that people and programs read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from autograder.course.cases import Case
from autograder.grading.score import TaskVerdict
from autograder.i18n import Text, joined
from autograder.sandbox.interface import ErrorInfo, Execution, Outcome, Program, Status


@dataclass(frozen=True)
class Diagnosis:
    """Why a task is wrong: one reason that explains every failing case.

    kind: "misconception", "numeric" (relations between numbers), "error" (an exception), "behaviour" (chance, inputs
        that were changed), "mutant" (the reference with one slip) or "carried" (right but for an earlier function).
    id: the misconception's name, or what was found.
    function: the function that is wrong.
    text: for the student; it holds no hidden value.
    place: for staff alone: the line of the reference, as it is and with the slip; "" for other kinds than "mutant".
    """

    kind: Literal["misconception", "numeric", "error", "behaviour", "mutant", "carried"]
    id: str
    function: str
    text: Text
    place: str = ""


def as_one(parts: Sequence[Diagnosis]) -> Diagnosis | None:
    """Several reasons, each of another part of the answer, as one; None of none."""
    if not parts:
        return None
    ids = "+".join(dict.fromkeys(part.id for part in parts))
    functions = ", ".join(dict.fromkeys(part.function for part in parts))
    return replace(parts[0], id=ids, function=functions, text=joined([part.text for part in parts]))


@dataclass(frozen=True)
class Forbidden:
    """A use of something that the task forbids.

    task: the task's name.
    name: what is forbidden.
    where: the student's cell.
    line: the line in that cell, or None.
    evidence: the reason, for staff.
    kind: "static" where the code shows it, "recorded" where it was seen running.
    certain: whether it is beyond doubt. If so the task gives no points; otherwise staff are told, and no more.
    only_flagged: whether the assignment leaves certain uses to staff, too.
    """

    task: str
    name: str
    where: str
    line: int | None
    evidence: str
    kind: Literal["static", "recorded"]
    certain: bool = False
    only_flagged: bool = False

    @property
    def costs(self) -> bool:
        """Whether the task gives no points because of it."""
        return self.certain and not self.only_flagged


@dataclass(frozen=True)
class CellProblem:
    """A cell that did not run to its end.

    name: how people find it ("cell 7").
    status: a value of `Status`.
    error: what it raised, or None.
    """

    name: str
    status: str
    error: ErrorInfo | None

    @staticmethod
    def of(program: Program, execution: Execution) -> tuple[CellProblem, ...]:
        """Those of a program's cells."""
        return tuple(
            CellProblem(program.cells[cell.index].name, cell.status.value, cell.error)
            for cell in execution.cells
            if cell.status is not Status.RETURNED
        )


@dataclass(frozen=True)
class Provenance:
    """What a grade was made of, enough to make it again.

    name: of the submission's file.
    content_hash: SHA-256 of that file, and of the files beside it.
    assignment_fingerprint: hash of what decides the grade.
    report_fingerprint: hash of what decides the report's words.
    seed_id: identifies the secret that hidden cases were drawn from.
    autograder: the version that graded.
    sandbox: provider, versions and walls.
    graded_at: ISO 8601, UTC.
    device: where the calls ran.
    """

    name: str
    content_hash: str
    assignment_fingerprint: str
    report_fingerprint: str
    seed_id: str
    autograder: str
    sandbox: Mapping[str, str | list[str]]
    graded_at: str
    device: str


@dataclass(frozen=True)
class WrongAnswer:
    """A task that went wrong, for those who look for mistakes that many share.

    signature: equal for equal outputs.
    code: the student's functions of the task.
    """

    signature: str
    code: str


@dataclass(frozen=True, eq=False)
class Findings:
    """One graded submission.

    slug: the assignment's.
    title: the assignment's.
    student: the id of the report, unique in its class.
    submitted: the time of the submission, ISO 8601, or None.
    status: "unreadable" (`problem` says why, `tasks` is empty), "pending" (some checks must be run again by the
        platform) or "graded".
    tasks: the points of every task.
    cases: by case id.
    expected: the reference's outcomes, by case id.
    diagnoses: by task.
    forbidden: uses of something forbidden.
    cells: the cells that did not run to their end.
    notes: remarks for the student.
    events: what the platform saw, for staff.
    problem: why the submission could not be read, or None.
    provenance: what the grade was made of.
    seconds: how long grading took.
    sources: the cells that ran, by name; the lines that an error points at are quoted from here, and never from the
        traceback, which the student's process wrote.
    execution: what the sandbox gave; None where nothing was run.
    titles: of the tasks, by name, where they have one.
    wrong: by task, what is needed to find others with the same wrong answer.
    """

    slug: str
    title: Text
    student: str
    submitted: str | None
    status: Literal["graded", "pending", "unreadable"]
    tasks: tuple[TaskVerdict, ...]
    cases: Mapping[int, Case]
    expected: Mapping[int, Outcome]
    diagnoses: Mapping[str, Diagnosis]
    forbidden: tuple[Forbidden, ...]
    cells: tuple[CellProblem, ...]
    notes: tuple[Text, ...]
    events: tuple[str, ...]
    problem: Text | None
    provenance: Provenance
    seconds: float
    sources: Mapping[str, str] = field(default_factory=dict)
    execution: Execution | None = None
    wrong: Mapping[str, WrongAnswer] = field(default_factory=dict)
    titles: Mapping[str, Text] = field(default_factory=dict)
