"""An assignment as nbgrader has it: a source tree for the teacher and the release tree that it becomes.

    source/<slug>/<notebook>.ipynb     with solutions; `nbgrader generate_assignment <slug>` makes the release of it
    release/<slug>/<notebook>.ipynb    what students get; cells and checksums equal nbgrader's own release byte by byte
    nbgrader_config.py                 where there is none

Each check is a cell with its points. nbgrader runs the visible ones; the cell of any other check gives no points there
until `export nbgrader-gradebook` writes what this grader found.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.course.assignment import Assignment
from autograder.course.student_cells import HandoutCell, handout, in_language
from autograder.submissions.tools.graded_cells import HELPER, GradedCell, graded_cells

Cell = dict[str, Any]

BEGIN_HIDDEN, END_HIDDEN = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"
STUB = "# YOUR CODE HERE\nraise NotImplementedError()"  # nbgrader's own
_WAITS = (
    f"{BEGIN_HIDDEN}\n"
    'raise NotImplementedError("autograder grades this: export nbgrader-gradebook writes the points")\n'
    f"{END_HIDDEN}"
)
CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "{course}"
c.ExecutePreprocessor.timeout = 120
"""
HERE = Path(__file__).parent


def trees(assignment: Assignment, language: str, released: Mapping[str, bytes]) -> dict[str, bytes]:
    """Name -> bytes of every file of both trees.

    released: what students need beside the notebook, by name: checker, visible cases, data.
    """
    notebook = f"{assignment.notebook}.ipynb"
    beside = {**companions(released), notebook: b""}
    files: dict[str, bytes] = {}
    for tree, cells in (
        ("source", source_cells(assignment, language)),
        ("release", release_cells(assignment, language)),
    ):
        content = {**beside, notebook: _notebook(assignment, language, cells)}
        files |= {f"{tree}/{assignment.slug}/{name}": data for name, data in content.items()}
    return files


def companions(released: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that lie beside an exported notebook, by name."""
    kept = {name: data for name, data in released.items() if name in ("checker.py", "visible.npz") or "/" in name}
    return {**kept, f"{HELPER}.py": (HERE / f"{HELPER}.py").read_bytes()}


def source_cells(assignment: Assignment, language: str) -> list[Cell]:
    """The teacher's cells: solutions between their marks, and a failing hidden test in each invisible check."""
    answers = {cell.task: cell.source for cell in assignment.cells if cell.role == "task"}
    cells = []
    for cell, graded in _cells(assignment, language):
        source = in_language(answers[cell.task], language) if cell.role == "task" else cell.source
        if graded is not None and not graded.visible:
            source = f"{source}\n{_WAITS}"
        cells.append(_cell(cell, source, graded))
    return cells


def release_cells(assignment: Assignment, language: str) -> list[Cell]:
    """The students' cells, as `nbgrader generate_assignment` makes them of the source."""
    cells = []
    for cell in source_cells(assignment, language):
        source = _stubbed(cell["source"])
        if cell["cell_type"] == "code":
            source = _without_hidden(source)
        changed = {**cell, "source": source, "metadata": {**cell["metadata"]}}
        cells.append(_locked(changed))
    return cells


def _cells(assignment: Assignment, language: str) -> Iterator[tuple[HandoutCell, GradedCell | None]]:
    """The cells of the handout, and after each task's check cell one cell for each of its graded checks."""
    by_task: dict[str | None, list[GradedCell]] = {}
    for graded in graded_cells(assignment):
        by_task.setdefault(graded.task, []).append(graded)
    for cell in handout(assignment, language):
        yield cell, None
        if cell.role == "check":
            for graded in by_task[cell.task]:
                yield HandoutCell("check", graded.grade_id, graded.source(language), cell.task), graded


def _cell(cell: HandoutCell, source: str, graded: GradedCell | None) -> Cell:
    mark: dict[str, Any] = {"key": cell.key, "role": cell.role} | ({"task": cell.task} if cell.task else {})
    metadata: Cell = {"autograder": mark}
    if graded is not None or cell.role in ("provided", "task"):
        metadata["nbgrader"] = {
            "schema_version": 3,
            "grade_id": cell.key,
            "grade": graded is not None,
            "solution": cell.role == "task",
            "locked": cell.role != "task",
            "task": False,
        } | ({"points": graded.points} if graded is not None else {})
    common = {"id": _cell_id(cell.key), "metadata": metadata, "source": source}
    if not cell.is_code:
        return {"cell_type": "markdown", **common}
    return {"cell_type": "code", "execution_count": None, "outputs": [], **common}


def _cell_id(key: str) -> str:
    """At most 64 letters, as nbformat has it; a longer key ends in a digest."""
    return key if len(key) <= 64 else f"{key[:47]}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _notebook(assignment: Assignment, language: str, cells: list[Cell]) -> bytes:
    notebook = {
        "cells": [{**cell, "source": cell["source"].splitlines(keepends=True)} for cell in cells],
        "metadata": {
            "autograder": {"assignment": assignment.slug, "language": language},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


# -- what generate_assignment does ------------------------------------------------------------------------------------


def _stubbed(source: str) -> str:
    """The source with every solution replaced by nbgrader's stub, indented as its mark."""
    lines: list[str] = []
    inside = False
    for line in source.split("\n"):
        if "BEGIN SOLUTION" in line:
            indent, inside = re.match(r"\s*", line)[0], True  # type: ignore[index]
            lines += [indent + stub for stub in STUB.split("\n")]
        elif "END SOLUTION" in line:
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


def _without_hidden(source: str) -> str:
    head, mark, rest = source.partition(BEGIN_HIDDEN)
    if not mark:
        return source
    return "\n".join([head.removesuffix("\n"), *filter(None, [rest.partition(END_HIDDEN)[2].removeprefix("\n")])])


def _locked(cell: Cell) -> Cell:
    """The cell with its checksum, and with the flags by which nbgrader forbids deleting or editing it."""
    marks = cell["metadata"].get("nbgrader")
    if marks is None:
        return cell
    cell["metadata"]["nbgrader"] = {**marks, "checksum": checksum(cell), "cell_type": cell["cell_type"]}
    cell["metadata"]["deletable"] = False
    if not marks["solution"]:
        cell["metadata"]["editable"] = False
    return cell


def checksum(cell: Cell) -> str:
    """nbgrader's checksum: MD5 over text, type, flags and id of a cell, and its points where it has any."""
    marks = cell["metadata"]["nbgrader"]
    locked = not marks["solution"] and (marks["grade"] or marks.get("locked", False))
    parts = [cell["source"], cell["cell_type"], marks["grade"], marks["solution"], locked, marks["grade_id"]]
    parts += [float(marks["points"])] if marks["grade"] else []
    return hashlib.md5("".join(map(str, parts)).encode(), usedforsecurity=False).hexdigest()
