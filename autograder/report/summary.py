"""The few facts that a class needs of each report: for grades.csv, the staff's page and the summary on a terminal."""

from __future__ import annotations

import msgspec

from autograder.report.schema import ForbiddenFinding, Report, Sentence, Status


class Diagnosed(msgspec.Struct, frozen=True):
    """A diagnosis of one task."""

    task: str
    id: str
    text: Sentence


class Summary(msgspec.Struct, frozen=True):
    """One report in short: kept for a whole class, so it holds exceptions only.

    failed, pending: checks as "task/check"; whatever is not there was right.
    unwritten: tasks that nobody has begun, or that are not there.
    problem: why it could not be read, in English, or None.
    """

    student: str
    assignment: str
    status: Status
    score: float | None
    max_score: float | None
    submitted: str | None
    seconds: float
    problem: str | None
    notes: list[str]
    failed: list[str]
    pending: list[str]
    unwritten: list[str]
    diagnoses: list[Diagnosed]
    forbidden: list[ForbiddenFinding]
    events: list[str]


def summary(report: Report, language: str = "en") -> Summary:
    """A report in short. language: of problem and notes; the report's first one where it does not have it."""
    checks = [(f"{task.name}/{check.name}", check.status) for task in report.tasks for check in task.checks]
    return Summary(
        student=report.student,
        assignment=report.assignment.slug,
        status=report.status,
        score=report.score,
        max_score=report.max_score,
        submitted=report.submitted,
        seconds=report.seconds,
        problem=_said(report.problem, language) if report.problem else None,
        notes=[_said(note, language) for note in report.notes],
        failed=[name for name, status in checks if status == "failed"],
        pending=[name for name, status in checks if status == "pending"],
        unwritten=[task.name for task in report.tasks if task.state in ("unfinished", "missing")],
        diagnoses=[
            Diagnosed(task.name, task.diagnosis.id, task.diagnosis.text) for task in report.tasks if task.diagnosis
        ],
        forbidden=report.staff.forbidden,
        events=report.staff.events,
    )


def _said(sentence: Sentence, language: str) -> str:
    return sentence.get(language) or next(iter(sentence.values()))
