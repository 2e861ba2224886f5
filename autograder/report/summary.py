"""Summaries of reports: what grades.csv, the staff's page and the terminal show of each submission."""

from __future__ import annotations

import msgspec

from autograder.report.for_staff import ReasonEvidence
from autograder.report.schema import DiagnosisReport, ForbiddenFinding, Report, Sentence, Status


class Diagnosed(msgspec.Struct, frozen=True):
    """A diagnosis of one task.

    task: the task's name.
    id: of the reason, within its kind.
    text: for the student.
    kind: which evidence it was.
    sure: "sure" or "likely".
    place: for staff: the line of the reference with the slip, where that is the reason.
    """

    task: str
    id: str
    text: Sentence
    kind: str = ""
    sure: str = ""
    place: str = ""


class Summary(msgspec.Struct, frozen=True):
    """One report in short. It is held for a whole class, so it names failed checks and not passed ones.

    student: the id of the report, unique in its class.
    assignment: its slug.
    status: "graded", "pending" or "unreadable".
    score: the points; None where the submission could not be read.
    max_score: all points of the assignment; None where the submission could not be read.
    submitted: the time of the submission, ISO 8601, or None.
    seconds: how long grading took.
    problem: why the submission could not be read, by language; None where it could.
    notes: remarks for the student, such as a changed given cell, by language.
    failed: checks without points, as "task/check".
    pending: checks that the platform could not run, as "task/check".
    unwritten: tasks that the student has not begun, or whose cell is missing.
    diagnoses: the reasons that were found, at most one a task.
    forbidden: uses of something forbidden, certain or not.
    events: what the platform saw, for staff.
    carried: points for what failed only because of an earlier function; they are part of the score.
    unexplained: (task, signature) of each task that went wrong without a reason.
    earned: the points of each task, by name.
    """

    student: str
    assignment: str
    status: Status
    score: float | None
    max_score: float | None
    submitted: str | None
    seconds: float
    problem: Sentence | None
    notes: list[Sentence]
    failed: list[str]
    pending: list[str]
    unwritten: list[str]
    diagnoses: list[Diagnosed]
    forbidden: list[ForbiddenFinding]
    events: list[str]
    carried: float = 0.0
    unexplained: list[tuple[str, str]] = []
    earned: dict[str, float] = {}


def summary(report: Report) -> Summary:
    """A report in short."""
    told = {task.name for task in report.tasks if task.diagnosis}
    reasons = {reason.task: reason for reason in report.staff.reasons}
    checks = [(f"{task.name}/{check.name}", check.status) for task in report.tasks for check in task.checks]
    return Summary(
        student=report.student,
        assignment=report.assignment.slug,
        status=report.status,
        score=report.score,
        max_score=report.max_score,
        submitted=report.submitted,
        seconds=report.seconds,
        problem=report.problem or None,
        notes=report.notes,
        failed=[name for name, status in checks if status == "failed"],
        pending=[name for name, status in checks if status == "pending"],
        unwritten=[task.name for task in report.tasks if task.state in ("unfinished", "missing")],
        diagnoses=[
            _diagnosed(task.name, task.diagnosis, reasons.get(task.name)) for task in report.tasks if task.diagnosis
        ],
        forbidden=report.staff.forbidden,
        events=report.staff.events,
        carried=round(sum(task.carried for task in report.tasks), 4),
        unexplained=[(wrong.task, wrong.signature) for wrong in report.staff.wrong if wrong.task not in told],
        earned={task.name: task.earned for task in report.tasks},
    )


def _diagnosed(task: str, found: DiagnosisReport, evidence: ReasonEvidence | None) -> Diagnosed:
    told = (evidence.sure, evidence.place) if evidence else ()
    return Diagnosed(task, found.id, found.text, found.kind, *told)
