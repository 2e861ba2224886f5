"""From findings to the report that people read.

The report is data (`report.schema`) and enough to render the pages again. It holds nothing of a hidden check that its
student may not see, so it can be handed out as it is, but for `staff`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from autograder.grading.findings import CellProblem, Diagnosis, Findings, Forbidden
from autograder.grading.score import CheckVerdict, TaskVerdict, total
from autograder.i18n import LANGUAGES, Said, in_every_language, message, speak
from autograder.report import explain
from autograder.report.sanitize import MESSAGE, SOURCE, clean, one_line
from autograder.report.schema import SCHEMA, Report
from autograder.sandbox.interface import Status

Json = dict[str, Any]

SURE = 3  # failing calls that one reason explains
CODE, CODE_LINES = 6000, 200  # of a student's functions, for staff


def build_report(findings: Findings, languages: Sequence[str] = LANGUAGES) -> Report:
    """The whole report, in these languages: without NaN or infinity, student text cleaned and cut but not escaped."""
    graded = findings.status != "unreadable"
    tree = {
        "schema": SCHEMA,
        "assignment": {"slug": findings.slug, "title": findings.title},
        "student": findings.student.encode("utf-8", "replace").decode("utf-8"),
        "submitted": findings.submitted,
        "status": findings.status,
        "score": total(findings.tasks) if graded else None,
        "max_score": _points(sum(task.task.points for task in findings.tasks)) if graded else None,
        "problem": _cleaned(findings.problem) if findings.problem else None,
        "notes": [_cleaned(note) for note in findings.notes],
        "cells": [_cell(findings, cell) for cell in findings.cells],
        "tasks": [_task(findings, task) for task in findings.tasks],
        "staff": _staff(findings),
        "provenance": _provenance(findings),
        "seconds": round(findings.seconds, 3),
    }
    return msgspec.convert(speak(tree, languages), Report)


def _points(points: float) -> float:
    return round(points, 4)


def _cleaned(said: Said) -> Said:
    return in_every_language(lambda language: clean(said.in_language(language), MESSAGE))


def _cell(findings: Findings, cell: CellProblem) -> Json:
    return {
        "name": one_line(cell.name),
        "status": cell.status,
        "error": explain.cell_error(findings, cell.error),
        "begins": explain.begins(findings, cell.name),
    }


# -- tasks and checks ------------------------------------------------------------------------------------------------


def _task(findings: Findings, verdict: TaskVerdict) -> Json:
    checks = [_check(findings, verdict, check) for check in verdict.checks]
    _refer_to_earlier(checks)
    diagnosis = findings.diagnoses.get(verdict.task.name)
    _drop_hints(checks, verdict, diagnosis)
    banned = _told_once([found for found in findings.forbidden if found.task == verdict.task.name and found.costs])
    return {
        "name": verdict.task.name,
        "functions": list(verdict.task.functions),
        "points": _points(verdict.task.points),
        "earned": _points(verdict.earned),
        "state": _state(verdict),
        "diagnosis": _diagnosis(diagnosis) if diagnosis else None,
        "forbidden": [
            {"name": f.name, "where": one_line(where), "line": line, "begins": explain.begins(findings, where)}
            for f in banned
            for where, line in [explain.place_of(findings, f)]
        ],
        "checks": checks,
        "carried": _points(verdict.carried),
        **({"title": title} if (title := findings.titles.get(verdict.task.name)) else {}),
    }


def _told_once(found: Sequence[Forbidden]) -> list[Forbidden]:
    """The forbidden uses that a student is shown: those in the code, or, where it shows none, those seen running."""
    written = [one for one in found if one.kind == "static"]
    return list({(one.name, one.where, one.line): one for one in reversed(written or found)}.values())[::-1]


def _state(verdict: TaskVerdict) -> str:
    """ "right", "partial", "wrong" or "pending"; "unfinished" or "missing" where every call of the task ended so."""
    statuses = {case.outcome.status for case in verdict.cases}
    if verdict.pending:
        return "pending"
    if statuses in ({Status.UNFINISHED}, {Status.MISSING}):
        return statuses.pop().value
    if all(check.status == "passed" for check in verdict.checks):
        return "right"
    return "partial" if any(check.status == "passed" or check.earned for check in verdict.checks) else "wrong"


def _diagnosis(diagnosis: Diagnosis) -> Json:
    return {
        "kind": diagnosis.kind,
        "id": diagnosis.id,
        "function": diagnosis.function,
        "text": diagnosis.text,
    }


def _check(findings: Findings, task: TaskVerdict, verdict: CheckVerdict) -> Json:
    messages: list[Said] = []
    failure: Json | None = None
    if verdict.status != "passed":
        messages, failure = _explanation(findings, task, verdict)
    kind = "value" if verdict.check is not None else verdict.name
    return {
        "name": verdict.name,
        "kind": kind,
        "title": (verdict.check.title) if verdict.check else _derived_title(kind),
        "visible": verdict.visible,
        "points": _points(verdict.points),
        "earned": _points(verdict.earned),
        "status": verdict.status,
        "calls": {"total": len(verdict.cases), "right": sum(case.right for case in verdict.cases)},
        "parts": _parts(findings, verdict),
        "hint": (verdict.check.hint) if verdict.check and verdict.status != "passed" else None,
        "messages": messages,
        "failure": failure,
    }


def _parts(findings: Findings, verdict: CheckVerdict) -> list[Json]:
    """The parts that have a share of the points, where not all of them are right."""
    if verdict.status != "failed" or not any(right for _, right in verdict.parts):
        return []
    names = explain.names_of(findings, verdict)
    return [{"name": explain.part_said(names, path), "right": right} for path, right in verdict.parts]


def _derived_title(kind: str) -> Said:
    if kind == "form":
        return message("right form: type, dtype, shape, finite values")
    return message("inputs left alone, same answer twice")


def _explanation(findings: Findings, task: TaskVerdict, verdict: CheckVerdict) -> tuple[list[Said], Json | None]:
    if verdict.status == "pending":
        return [
            message("The grader itself had a problem here. You lose nothing by it: this check will be run again.")
        ], None
    if verdict.check is None:
        messages = explain.form_messages if verdict.name == "form" else explain.purity_messages
        return messages(findings, task), None
    if verdict.visible:
        return explain.visible_failure(findings, verdict)
    return explain.hidden_failure(findings, task, verdict)


def _refer_to_earlier(checks: list[Json]) -> None:
    """Show an error that several checks of a task share only once: the later ones name the check that shows it."""
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


def _drop_hints(checks: list[Json], verdict: TaskVerdict, diagnosis: Diagnosis | None) -> None:
    """Leave out hints that would mislead: beside the author's own reason, twice, or about a dtype that is right."""
    given: list[Said] = []
    for check, scored in zip(checks, verdict.checks, strict=True):
        hint = check["hint"]
        if hint is None:
            continue
        named = diagnosis is not None and diagnosis.kind == "misconception"
        beside = explain.is_about_dtype(hint) and not explain.dtype_is_wrong(scored)
        if named or beside or hint in given:
            check["hint"] = None
        else:
            given.append(hint)


# -- for staff -------------------------------------------------------------------------------------------------------


def _staff(findings: Findings) -> Json:
    return {
        "events": [clean(event, SOURCE, 2) for event in findings.events],
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
            for found in findings.forbidden
        ],
        "reasons": [_reason(findings, task) for task in findings.tasks if task.task.name in findings.diagnoses],
        "wrong": [
            {"task": name, "signature": found.signature, "code": clean(found.code, CODE, CODE_LINES)}
            for name, found in findings.wrong.items()
        ],
    }


def _reason(findings: Findings, task: TaskVerdict) -> Json:
    """What a diagnosis rests on. It is sure from SURE failing calls on, or of kind "behaviour"; else likely."""
    found = findings.diagnoses[task.task.name]
    explained = sum(not case.right for case in task.cases)
    return {
        "task": task.task.name,
        "kind": found.kind,
        "id": found.id,
        "explains": explained,
        "place": clean(found.place, SOURCE, 2),
        "sure": "sure" if explained >= SURE or found.kind == "behaviour" else "likely",
    }


def _provenance(findings: Findings) -> Json:
    proof = findings.provenance
    return {
        "name": proof.name.encode("utf-8", "replace").decode("utf-8"),
        "content_hash": proof.content_hash,
        "report_fingerprint": proof.report_fingerprint,
        "assignment_fingerprint": proof.assignment_fingerprint,
        "seed_id": proof.seed_id,
        "autograder": proof.autograder,
        "sandbox": {key: list(v) if isinstance(v, (list, tuple)) else v for key, v in proof.sandbox.items()},
        "graded_at": proof.graded_at,
        "device": proof.device,
    }
