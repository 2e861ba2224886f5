"""What grading one submission found: the only thing that reports are made of.

`Grader.grade` makes a `Findings`, `report.build_report` turns it into the report that people and programs read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from autograder.course.cases import Case
from autograder.grading.score import TaskVerdict
from autograder.i18n import Text
from autograder.sandbox.interface import ErrorInfo, Execution, Outcome


@dataclass(frozen=True)
class Diagnosis:
    """Why a task is wrong: one reason that explains every failing case.

    id: the misconception's name, or the numeric relation. text: for the student; it holds no hidden value.
    """

    kind: Literal["misconception", "numeric"]
    id: str
    function: str
    text: Text


@dataclass(frozen=True)
class Forbidden:
    """A use of something that the task forbids.

    name: what is forbidden. where, line: in the student's cells. evidence: for staff. certain: it was seen beyond
    doubt, and the task gives no points; otherwise staff are told, and nothing is taken away. only_flagged: the
    assignment leaves also what is certain to staff.
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
    """A cell that did not run to its end. status: a value of `Status`."""

    name: str
    status: str
    error: ErrorInfo | None


@dataclass(frozen=True)
class Provenance:
    """What a grade was made of, enough to make it again.

    name, content_hash: of the submission's file.
    assignment_fingerprint: of what decides the grade.
    report_fingerprint: of what decides the report's words.
    graded_at: ISO 8601, UTC.
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


@dataclass(frozen=True, eq=False)
class Findings:
    """One graded submission.

    status: "unreadable" (problem says why, tasks is empty), "pending" (the platform owes some checks a second try) or
        "graded".
    cases, expected: by case id.
    diagnoses: by task.
    events: what the platform saw, for staff.
    sources: the cells that ran, by name; the lines that an error points at are quoted from here, and never from the
        traceback, which the student's process wrote.
    execution: what the sandbox gave; None where nothing was run.
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
