"""Run by the Python that has nbgrader: writes scores and comments into its gradebook. Imports nothing of this package.

Reads JSON on stdin: course, course_id, db, assignment, notebook, kernelspec, cells, students. Writes JSON on stdout:
{"registered": ..., "written": ..., "error": ...}.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any


def main() -> None:
    """Write the grades that stand on stdin, and report on stdout."""
    from nbgrader.api import Gradebook, InvalidEntry, MissingEntry

    work = json.load(sys.stdin)
    os.chdir(work["course"])
    result: dict[str, Any] = {"registered": False, "written": 0, "error": ""}
    try:
        with Gradebook(work["db"] or _configured_db(), work["course_id"] or "default_course") as gradebook:
            result["registered"] = _register(gradebook, work)
            for student in work["students"]:
                _write(gradebook, work, student)
                result["written"] += 1
    except (MissingEntry, InvalidEntry) as error:
        result["error"] = str(error)
    json.dump(result, sys.stdout)


def _configured_db() -> str:
    """The database that nbgrader's commands use in this folder."""
    from nbgrader.apps import NbGrader
    from nbgrader.coursedir import CourseDirectory

    app = NbGrader()
    app.initialize([])
    return str(CourseDirectory(parent=app).db_url)


def _register(gradebook: Any, work: dict[str, Any]) -> bool:
    """Register the assignment, as generate_assignment does, unless that was done. Returns whether it was done here."""
    from nbgrader.api import MissingEntry

    assignment, notebook = work["assignment"], work["notebook"]
    try:
        gradebook.find_notebook(notebook, assignment)
        return False
    except MissingEntry:
        pass
    gradebook.update_or_create_assignment(assignment)
    gradebook.update_or_create_notebook(notebook, assignment, kernelspec=work["kernelspec"])
    for cell in work["cells"]:
        name = cell["grade_id"]
        if cell["grade"]:
            gradebook.update_or_create_grade_cell(
                name, notebook, assignment, max_score=cell["points"], cell_type=cell["cell_type"]
            )
        if cell["solution"]:
            gradebook.update_or_create_solution_cell(name, notebook, assignment)
        if cell["grade"] or cell["solution"] or cell["locked"]:
            kept = {key: cell[key] for key in ("cell_type", "locked", "source", "checksum")}
            gradebook.update_or_create_source_cell(name, notebook, assignment, **kept)
    return True


def _write(gradebook: Any, work: dict[str, Any], student: dict[str, Any]) -> None:
    """One student's scores and comments. What a person scored or wrote by hand stays, and counts."""
    where = (work["notebook"], work["assignment"], student["id"])
    names = {key: student[key] for key in ("first_name", "last_name", "email") if student.get(key)}
    gradebook.update_or_create_student(student["id"], **names)
    when = {"timestamp": student["submitted"]} if student["submitted"] else {}
    gradebook.update_or_create_submission(work["assignment"], student["id"], **when)
    for name, points in student["scores"].items():
        grade = gradebook.find_grade(name, *where)
        grade.auto_score = points
        grade.needs_manual_grade = False
    _settle(gradebook, where, student)
    for name, text in student["comments"].items():
        gradebook.find_comment(name, *where).auto_comment = text
    gradebook.db.commit()


def _settle(gradebook: Any, where: tuple[str, str, str], student: dict[str, Any]) -> None:
    """Make nbgrader's total equal the grade, by the penalty for lateness and the first check's extra credit.

    Extra credit of other checks was given by a person, and stays.
    """
    gradebook.find_submission_notebook(*where).late_submission_penalty = student["penalty"]
    gradebook.find_grade(next(iter(student["scores"])), *where).extra_credit = student["extra"]


if __name__ == "__main__":
    main()
