"""An assignment's cells as a notebook file."""

from __future__ import annotations

import json
from typing import Any

from autograder.course.assignment import Assignment
from autograder.course.student_cells import HandoutCell, handout


def notebook_bytes(assignment: Assignment, language: str) -> bytes:
    """The released notebook in one language, nbformat 4.5. Ids and metadata are the same every time."""
    notebook = {
        "cells": [_notebook_cell(cell, assignment) for cell in handout(assignment, language)],
        "metadata": {
            "autograder": {"assignment": assignment.slug, "language": language},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _notebook_cell(cell: HandoutCell, assignment: Assignment) -> dict[str, Any]:
    metadata: dict[str, Any] = {"autograder": {"key": cell.key, "role": cell.role}}
    if cell.task:
        metadata["autograder"]["task"] = cell.task
    if cell.role in ("provided", "check", "task"):
        metadata["nbgrader"] = _nbgrader(cell, assignment)
    if cell.role == "provided":
        metadata["editable"] = metadata["deletable"] = False
    common = {"id": cell.key[:64], "metadata": metadata, "source": cell.source.splitlines(keepends=True)}
    if not cell.is_code:
        return {"cell_type": "markdown", **common}
    return {"cell_type": "code", "execution_count": None, "outputs": [], **common}


def _nbgrader(cell: HandoutCell, assignment: Assignment) -> dict[str, Any]:
    """nbgrader's metadata, schema 3: a task's cell is a solution, the check cell below it carries the points."""
    graded = cell.role == "check"
    metadata: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": cell.key,
        "grade": graded,
        "solution": cell.role == "task",
        "locked": cell.role != "task",
        "task": False,
    }
    if graded:
        metadata |= {"points": assignment.task(cell.task or "").points, "cell_type": "code"}
    return metadata
