"""Graded submissions in nbgrader's gradebook: scores and comments, and the students' pages as its feedback.

What rules and decisions of the course take off (lateness, an override) is nbgrader's penalty for lateness, and what they
add is extra credit of the first check, so that nbgrader's total is the grade.

gradebook.db                                     through nbgrader.api.Gradebook, by the Python that has nbgrader
feedback/<student>/<slug>/<notebook>.html        the student's page
autograded/<student>/<slug>/<notebook>.ipynb     what was handed in, for formgrader to show, where it has none
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course.assignment import Assignment
from autograder.errors import PlatformError, UsageError
from autograder.exchange.nbgrader import checksum, source_cells
from autograder.report import Report
from autograder.report.schema import said
from autograder.report.term.gradebook import lines_of
from autograder.rules import Grade
from autograder.submissions.tools.graded_cells import graded_cells

RELEASED_BY = ("timestamp.txt", "submission_secret.txt")
"""What `nbgrader release_feedback` looks for beside a page, to know whose it is."""
SCRIPT = Path(__file__).with_name("push_grades.py")
_INSTALL = "Name the Python that has it with --python, or install nbgrader."


@dataclass(frozen=True)
class Pushed:
    """What was written.

    written: how many students have their scores.
    registered: whether the assignment was made known to nbgrader first.
    left_out: (student, why) of those who have no final score: theirs is blank, which is not zero.
    """

    written: int
    registered: bool
    left_out: tuple[tuple[str, str], ...]


def push(
    assignment: Assignment,
    language: str,
    reports: Iterable[Report],
    course: Path,
    *,
    python: Path | None = None,
    db: str = "",
    course_id: str = "",
    ruled: Mapping[str, Grade] | None = None,
) -> Pushed:
    """Write reports into the gradebook of nbgrader's course folder. Raises UsageError, PlatformError.

    ruled: what rules and decisions of the course make of them, by student, where it has a store.
    """
    if not course.is_dir():
        raise UsageError("is no folder", where=str(course), remedy="Name the folder of nbgrader_config.py.")
    everything = sorted(reports, key=lambda report: report.student)
    why = {report.student: _why_not(report, (ruled or {}).get(report.student)) for report in everything}
    final = [report for report in everything if not why[report.student]]
    left_out = tuple((student, reason) for student, reason in why.items() if reason)
    where = {"course": str(course.resolve()), "db": db, "course_id": course_id}
    work = payload(assignment, language, final, ruled or {}) | where
    answer = _run(python or find_python(), work)
    if answer["error"]:
        raise UsageError(
            str(answer["error"]),
            where=str(course),
            remedy="Was the notebook exported anew since? Run nbgrader generate_assignment --force, and try again.",
        )
    for report in final:
        _write_files(assignment, language, report, course)
    return Pushed(answer["written"], answer["registered"], left_out)


def _why_not(report: Report, grade: Grade | None) -> str:
    """Why a student has no final score; "" where there is one."""
    if grade is not None and grade.held:
        return "held back"
    if grade is not None and grade.state == "excused":
        return "excused"
    return "" if report.status == "graded" else report.status


def payload(
    assignment: Assignment, language: str, reports: Iterable[Report], ruled: Mapping[str, Grade]
) -> dict[str, Any]:
    """What push_grades.py needs of an assignment and its reports, as JSON."""
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {
        "assignment": assignment.slug,
        "notebook": assignment.notebook,
        "kernelspec": json.dumps(kernel),
        "cells": [
            {"points": 0.0, **cell["metadata"]["nbgrader"]}
            | {"source": cell["source"], "checksum": checksum(cell), "cell_type": cell["cell_type"]}
            for cell in source_cells(assignment, language)
            if "nbgrader" in cell["metadata"]
        ],
        "students": [_student(assignment, language, report, ruled.get(report.student)) for report in reports],
    }


def _student(assignment: Assignment, language: str, report: Report, grade: Grade | None) -> dict[str, Any]:
    earned = {(task.name, check.name): check.earned for task in report.tasks for check in task.checks}
    scores = {cell.grade_id: earned[cell.task, cell.check] for cell in graded_cells(assignment)}
    final = float(grade.points) if grade is not None and grade.points is not None else report.score or 0.0
    more = round(final - sum(scores.values()), 6)
    return {
        "id": report.student,
        "submitted": report.submitted or "",
        "scores": scores,
        "penalty": max(0.0, -more),
        "extra": max(0.0, more),
        "comments": _with_sum(comments(report, language), assignment, language, grade if more else None),
    }


def _with_sum(told: dict[str, str], assignment: Assignment, language: str, grade: Grade | None) -> dict[str, str]:
    """The comments, with how the grade came about above the first, where it is not the sum of the checks."""
    lines = [f"{points} {words}".strip() for points, words in lines_of(grade.lines, language)] if grade else []
    if not lines:
        return told
    first = f"task-{assignment.tasks[0].name}"
    return told | {first: "\n".join([*lines, *(["", told[first]] if first in told else [])])}


def comments(report: Report, language: str) -> dict[str, str]:
    """By the grade_id of a task's cell: why points are missing, in the words of the report."""
    found: dict[str, str] = {}
    for task in report.tasks:
        lines = [said(task.diagnosis.text, language)] if task.diagnosis else []
        for check in task.checks:
            if check.status == "failed":
                words = [said(sentence, language) for sentence in check.messages]
                words += [said(check.hint, language)] if check.hint and not check.messages else []
                lines.append(f"{said(check.title, language)}: {' '.join(words)}".rstrip(": "))
        if lines:
            found[f"task-{task.name}"] = "\n".join(lines)
    return found


def _write_files(assignment: Assignment, language: str, report: Report, course: Path) -> None:
    name = Path(report.student) / assignment.slug / assignment.notebook
    page = course / "feedback" / name.with_name(f"{name.name}.html")
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(report.to_html(language), encoding="utf-8")
    handed_in = course / "submitted" / name.with_name(f"{name.name}.ipynb")
    for beside in map(handed_in.with_name, RELEASED_BY):
        if beside.is_file():
            shutil.copyfile(beside, page.with_name(beside.name))
    shown = course / "autograded" / name.with_name(f"{name.name}.ipynb")
    if handed_in.is_file() and not shown.exists():
        shown.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(handed_in, shown)


# -- nbgrader's Python -----------------------------------------------------------------------------------------------


def find_python() -> Path:
    """The Python that has nbgrader: this one, else that of the command. Raises UsageError."""
    if importlib.util.find_spec("nbgrader") is not None:
        return Path(sys.executable)
    command = shutil.which("nbgrader")
    python = Path(command).with_name("python") if command else None
    if python is None or not python.exists():
        raise UsageError("nbgrader is not installed here", remedy=_INSTALL)
    return python


def _run(python: Path, work: Mapping[str, Any]) -> dict[str, Any]:
    # As in an activated environment: nbgrader looks for alembic on the path.
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    env = {**clean, "PATH": f"{python.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    try:
        done = subprocess.run(
            # The text, not the file: a script's folder is on its path, and ours has modules named nbgrader and otter.
            [str(python), "-c", SCRIPT.read_text(encoding="utf-8")],
            input=json.dumps(work),
            capture_output=True,
            text=True,
            env=env,
            cwd=work["course"],
        )
        answer = json.loads(done.stdout.strip().splitlines()[-1]) if done.returncode == 0 else None
    except OSError as error:
        raise UsageError(f"cannot be run: {error.strerror}", where=str(python), remedy=_INSTALL) from None
    except (ValueError, IndexError):
        answer = None
    if not isinstance(answer, dict):
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        if "No module named 'nbgrader'" in last:
            raise UsageError("has no nbgrader", where=str(python), remedy=_INSTALL)
        raise PlatformError(f"nbgrader could not write its gradebook: {last[:300]}", where=str(work["course"]))
    return answer
