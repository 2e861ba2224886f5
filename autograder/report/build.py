"""A report as JSON, schema "autograder.report/1" (docs/report-schema.md), and as the few facts that a class needs of it.

The JSON alone is enough to render the pages again. It holds nothing of a hidden check that its student may not see, so
it can be handed out as it is, but for the key "staff".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.grading.findings import CellProblem, Diagnosis, Report
from autograder.grading.score import CheckVerdict, TaskVerdict, total
from autograder.i18n import Both, both, course_text
from autograder.report import explain
from autograder.report.sanitize import MESSAGE, SOURCE, clean, one_line
from autograder.sandbox.interface import Status

SCHEMA = "autograder.report/1"

Json = dict[str, Any]


def report_data(report: Report) -> Json:
    """The whole report: JSON-able, without NaN or infinity, student text cleaned and cut but not escaped."""
    graded = report.status != "unreadable"
    return {
        "schema": SCHEMA,
        "assignment": {"slug": report.slug, "title": course_text(report.title)},
        "student": report.student.encode("utf-8", "replace").decode("utf-8"),
        "submitted": report.submitted,
        "status": report.status,
        "score": total(report.tasks) if graded else None,
        "max_score": _points(sum(task.task.points for task in report.tasks)) if graded else None,
        "problem": _cleaned(course_text(report.problem)) if report.problem else None,
        "notes": [_cleaned(course_text(note)) for note in report.notes],
        "cells": [_cell(report, cell) for cell in report.cells],
        "tasks": [_task(report, task) for task in report.tasks],
        "staff": _staff(report),
        "provenance": _provenance(report),
        "seconds": round(report.seconds, 3),
    }


def _points(points: float) -> float:
    return round(points, 4)


def _cleaned(text: Both) -> Both:
    return {language: clean(sentence, MESSAGE) for language, sentence in text.items()}


def _cell(report: Report, cell: CellProblem) -> Json:
    return {"name": one_line(cell.name), "status": cell.status, "error": explain.cell_error(report, cell.error)}


# -- tasks and checks ------------------------------------------------------------------------------------------------


def _task(report: Report, verdict: TaskVerdict) -> Json:
    checks = [_check(report, verdict, check) for check in verdict.checks]
    _refer_to_earlier(checks)
    diagnosis = report.diagnoses.get(verdict.task.name)
    banned = [found for found in report.forbidden if found.task == verdict.task.name and found.costs]
    return {
        "name": verdict.task.name,
        "functions": list(verdict.task.functions),
        "points": _points(verdict.task.points),
        "earned": _points(verdict.earned),
        "state": _state(verdict),
        "diagnosis": _diagnosis(diagnosis) if diagnosis else None,
        "forbidden": [{"name": f.name, "where": one_line(f.where), "line": f.line} for f in banned],
        "checks": checks,
    }


def _state(verdict: TaskVerdict) -> str:
    """ "right", "partial", "wrong", "pending", or, where no call of the task came further, "unfinished" or "missing"."""
    statuses = {case.outcome.status for case in verdict.cases}
    if verdict.pending:
        return "pending"
    if statuses in ({Status.UNFINISHED}, {Status.MISSING}):
        return statuses.pop().value
    if all(check.status == "passed" for check in verdict.checks):
        return "right"
    return "partial" if any(check.status == "passed" for check in verdict.checks) else "wrong"


def _diagnosis(diagnosis: Diagnosis) -> Json:
    return {
        "kind": diagnosis.kind,
        "id": diagnosis.id,
        "function": diagnosis.function,
        "text": course_text(diagnosis.text),
    }


def _check(report: Report, task: TaskVerdict, verdict: CheckVerdict) -> Json:
    messages: list[Both] = []
    failure: Json | None = None
    if verdict.status != "passed":
        messages, failure = _explanation(report, task, verdict)
    kind = "value" if verdict.check is not None else verdict.name
    return {
        "name": verdict.name,
        "kind": kind,
        "title": course_text(verdict.check.title) if verdict.check else _derived_title(kind),
        "visible": verdict.visible,
        "points": _points(verdict.points),
        "earned": _points(verdict.earned),
        "status": verdict.status,
        "calls": {"total": len(verdict.cases), "right": sum(case.right for case in verdict.cases)},
        "hint": course_text(verdict.check.hint) if verdict.check and verdict.status != "passed" else None,
        "messages": messages,
        "failure": failure,
    }


def _derived_title(kind: str) -> Both:
    if kind == "form":
        return both("right form: type, dtype, shape, finite values")
    return both("inputs left alone, same answer twice")


def _explanation(report: Report, task: TaskVerdict, verdict: CheckVerdict) -> tuple[list[Both], Json | None]:
    if verdict.status == "pending":
        return [
            both("The grader itself had a problem here. You lose nothing by it: this check will be run again.")
        ], None
    if verdict.check is None:
        messages = explain.form_messages if verdict.name == "form" else explain.purity_messages
        return messages(report, task), None
    return (explain.visible_failure if verdict.visible else explain.hidden_failure)(report, verdict)


def _refer_to_earlier(checks: list[Json]) -> None:
    """The same error in ten checks is told once: the others name the check that tells it."""
    told: dict[tuple[object, ...], Json] = {}
    for check in checks:
        failure = check["failure"]
        if not failure or failure["status"] == Status.RETURNED.value:
            continue
        error = failure["error"] or {}
        key = (failure["status"], error.get("type"), error.get("where"), error.get("line"))
        if key in told:
            check["failure"] = {"status": failure["status"], "error": None, "same_as": told[key]["name"]}
        elif check["visible"]:
            told[key] = check


# -- for staff -------------------------------------------------------------------------------------------------------


def _staff(report: Report) -> Json:
    return {
        "events": [clean(event, SOURCE, 2) for event in report.events],
        "forbidden": [
            {
                "task": found.task,
                "name": found.name,
                "where": one_line(found.where),
                "line": found.line,
                "evidence": clean(found.evidence, SOURCE, 2),
                "kind": found.kind,
                "certain": found.certain,
                "costs": found.costs,
            }
            for found in report.forbidden
        ],
    }


def _provenance(report: Report) -> Json:
    proof = report.provenance
    return {
        "content_hash": proof.content_hash,
        "assignment_fingerprint": proof.assignment_fingerprint,
        "seed_id": proof.seed_id,
        "autograder": proof.autograder,
        "sandbox": {key: list(v) if isinstance(v, (list, tuple)) else v for key, v in proof.sandbox.items()},
        "graded_at": proof.graded_at,
        "device": proof.device,
    }


def summary(data: Mapping[str, Any]) -> Json:
    """What grades.csv and the staff's page need of one report: kept for a whole class, so it holds exceptions only.

    failed, pending: checks as "task/check"; whatever is not there was right. problem: English, or None.
    """
    checks = [
        (f"{task['name']}/{check['name']}", check["status"]) for task in data["tasks"] for check in task["checks"]
    ]
    return {
        "student": data["student"],
        "assignment": data["assignment"]["slug"],
        "status": data["status"],
        "score": data["score"],
        "max_score": data["max_score"],
        "submitted": data["submitted"],
        "seconds": data["seconds"],
        "problem": data["problem"]["en"] if data["problem"] else None,
        "notes": [note["en"] for note in data["notes"]],
        "failed": [name for name, status in checks if status == "failed"],
        "pending": [name for name, status in checks if status == "pending"],
        "unwritten": [task["name"] for task in data["tasks"] if task["state"] in ("unfinished", "missing")],
        "diagnoses": [
            {"task": task["name"], "id": task["diagnosis"]["id"], "text": task["diagnosis"]["text"]}
            for task in data["tasks"]
            if task["diagnosis"]
        ],
        "forbidden": data["staff"]["forbidden"],
        "events": data["staff"]["events"],
    }
