"""Writes what students get: `assignments/<slug>/`, the same bytes every time.

    <notebook>.en.ipynb  <notebook>.ko.ipynb  checker.py  visible.npz  README.md  data/

Made of `solutions/<slug>/` alone. `stale_files` says what is not as it would be written now, and `leaked_lines` looks for
lines of a solution in everything that is released.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from autograder.authoring import T2, Check
from autograder.course.assignment import Assignment
from autograder.course.cases import Case, make_cases
from autograder.course.schedule import Course
from autograder.course.student_cells import LANGUAGES, HandoutCell, handout
from autograder.errors import AssignmentError, StorageError
from autograder.grading.compare import compare
from autograder.guest.wire import DTYPES, Spec, Value, pack, unpack
from autograder.release.leaks import Leak, leaked_lines
from autograder.release.single_file import bundle
from autograder.release.translations import missing_texts
from autograder.sandbox.interface import Outcome, Program, Sandbox, Status
from autograder.submissions.prepare import Submission, prepare

VISIBLE = "visible.npz"
CHECKER = "autograder.release.checker.checker"
README = Path(__file__).parent / "handout_readme.md"
EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, eq=False)
class Answer:
    """What the solution gave for one visible case."""

    value: Value
    gradient: tuple[Value, ...] = ()


# By task, check and the case's index in its check: the same whether hidden cases are drawn beside it or not.
Expected: TypeAlias = Mapping[tuple[str, str, int], Answer]


def visible_cases(assignment: Assignment) -> tuple[Case, ...]:
    """The cases that students hold. They depend on no secret."""
    return make_cases(assignment, b"", visible_only=True)


def expected_values(outcomes: Mapping[int, Outcome], cases: Sequence[Case]) -> Expected:
    """The answers of the visible ones among these cases. outcomes: of the solution, by the case's id."""
    return {
        (case.task, case.check.name, case.index): Answer(outcomes[case.id].value, outcomes[case.id].gradient)
        for case in cases
        if case.check.visible
    }


def release_assignment(course: Course, assignment: Assignment, sandbox: Sandbox) -> list[Path]:
    """Run the solution on the visible cases and write `assignments/<slug>/`: the files written."""
    cases = visible_cases(assignment)
    execution = sandbox.run(assignment.solution_program(), [case.function_call() for case in cases], assignment.limits)
    for case, outcome in zip(cases, execution.outcomes, strict=True):
        if outcome.status is not Status.RETURNED or outcome.gradient_error:
            error = outcome.error or outcome.gradient_error
            detail = f" ({error.type_name}: {error.message})" if error else ""
            raise AssignmentError(
                f'the solution ends with "{outcome.status.value}" in check "{case.check.name}" of "{case.task}"{detail}',
                where=str(assignment.folder / "solution.py"),
            )
    expected = expected_values({outcome.id: outcome for outcome in execution.outcomes}, cases)
    return release(assignment, course.root / "assignments" / assignment.slug, expected)


def release(assignment: Assignment, folder: Path, expected: Expected) -> list[Path]:
    """Write the released files into `folder`, remove notebooks and data that an earlier release left there, and return their paths."""
    files = released_files(assignment, expected)
    try:
        for path in [*folder.glob("*.??.ipynb"), *folder.glob("data/**/*")]:
            if path.is_file() and path.relative_to(folder).as_posix() not in files:
                path.unlink()
        for name, content in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary = target.with_name(f".{target.name}.{os.getpid()}")
            temporary.write_bytes(content)
            os.replace(temporary, target)
    except OSError as error:
        raise StorageError(f"cannot be written: {error.strerror}", where=str(folder)) from None
    return [folder / name for name in files]


def released_files(assignment: Assignment, expected: Expected) -> dict[str, bytes]:
    """Name -> bytes of every released file."""
    files = {f"{assignment.notebook}.{language}.ipynb": _notebook_bytes(assignment, language) for language in LANGUAGES}
    files["checker.py"] = bundle(CHECKER).encode()
    files[VISIBLE] = _visible_bytes(assignment, expected)
    files["README.md"] = _readme(assignment)
    data = assignment.folder / "data"
    for path in sorted(data.rglob("*")) if data.is_dir() else []:
        if path.is_file() and not path.name.startswith("."):
            files[f"data/{path.relative_to(data).as_posix()}"] = path.read_bytes()
    return files


def stale_files(assignment: Assignment, folder: Path, expected: Expected) -> list[str]:
    """Names of files that are missing, superfluous, or not what `release` would write.

    The answers in visible.npz are compared with a tolerance: another processor rounds differently.
    """
    fresh = released_files(assignment, expected)
    there = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and ".ipynb_checkpoints" not in path.parts
    }
    stale = [name for name in there if name not in fresh]
    for name, content in fresh.items():
        old = there[name].read_bytes() if name in there else b""
        if old != content and not (name == VISIBLE and _same_visible(old, content)):
            stale.append(name)
    return sorted(stale)


def stub_program(assignment: Assignment, language: str) -> Program:
    """The released notebook as if a student had handed it in untouched."""
    content = _notebook_bytes(assignment, language)
    return prepare(Submission("stub", f"{assignment.notebook}.{language}.ipynb", content), assignment).program


# -- notebooks -------------------------------------------------------------------------------------------------------


def _notebook_bytes(assignment: Assignment, language: str) -> bytes:
    """One notebook, nbformat 4.5, ids and metadata the same every time."""
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
    """nbgrader's metadata, schema 3: tasks are solutions, the check cell below carries their points."""
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


# -- visible.npz -----------------------------------------------------------------------------------------------------


def _visible_bytes(assignment: Assignment, expected: Expected) -> bytes:
    """The visible cases: "index", JSON as bytes, and the arrays that its values refer to by number. No pickle."""
    cases = visible_cases(assignment)
    values: list[Value] = []
    for case in cases:
        answer = expected[case.task, case.check.name, case.index]
        values.append((case.args, answer.value, answer.gradient))
    spec, buffers = pack(values)
    arrays = _arrays(spec, buffers)
    index = {
        "assignment": assignment.slug,
        "arrays": len(arrays),
        "tasks": [
            {
                "name": task.name,
                "functions": list(task.functions),
                "points": task.points,
                "visible_points": sum(check.points for check in task.checks if check.visible),
            }
            for task in assignment.tasks
        ],
        "cases": [_case_row(case, cases) for case in cases],
        "values": spec,
    }
    text = json.dumps(index, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    named = {"index": np.frombuffer(text.encode(), np.uint8)} | {f"a{i:04d}": a for i, a in enumerate(arrays)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in named.items():
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", EPOCH), member.getvalue(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _case_row(case: Case, cases: Sequence[Case]) -> dict[str, Any]:
    check: Check = case.check
    return {
        "task": case.task,
        "check": check.name,
        "index": case.index,
        "of": sum(other.check is check for other in cases),
        "function": case.function,
        "parameters": list(case.parameters),
        "gradient": [case.parameters.index(name) for name in check.gradient],
        "upstream_seed": case.upstream_seed,
        "points": check.points,
        "tolerance": asdict(check.tolerance),
        "title": {language: check.title.in_language(language) for language in LANGUAGES},
        "hint": {language: check.hint.in_language(language) for language in LANGUAGES},
        "judged": check.judge is not None,
    }


def _arrays(spec: Spec, buffers: Sequence[bytes]) -> list[np.ndarray[Any, Any]]:
    """The buffers as arrays of their own dtype and shape, so that np.load shows something worth looking at."""
    found: dict[int, np.ndarray[Any, Any]] = {}

    def walk(node: Spec) -> None:
        if isinstance(node, list) and node and node[0] == "a":
            found[node[6]] = np.frombuffer(buffers[node[6]], DTYPES[node[2]]).reshape(node[3])
        elif isinstance(node, list):
            for item in node[1:] if node and isinstance(node[0], str) else node:
                walk(item)

    walk(spec)
    return [found[i] for i in range(len(buffers))]


def _same_visible(old: bytes, new: bytes) -> bool:
    """Equal but for rounding in the answers."""
    try:
        (old_index, old_values), (new_index, new_values) = _read_visible(old), _read_visible(new)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return False
    old_index.pop("values", None)
    new_index.pop("values", None)
    return old_index == new_index and compare(new_values, old_values, T2).equal


def _read_visible(content: bytes) -> tuple[dict[str, Any], Value]:
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        index = json.loads(bytes(file["index"]))
        buffers = [np.ascontiguousarray(file[f"a{i:04d}"]).tobytes() for i in range(index["arrays"])]
    return index, unpack(index["values"], buffers)


# -- the page beside it ----------------------------------------------------------------------------------------------


def _readme(assignment: Assignment) -> bytes:
    text = README.read_text(encoding="utf-8")
    values = {
        "title_en": assignment.title.en,
        "title_ko": assignment.title.ko,
        "notebook": assignment.notebook,
        "points": f"{assignment.points:g}",
        "tasks": "\n".join(f"| `{task.name}` | {task.points:g} |" for task in assignment.tasks),
    }
    for key, value in values.items():
        text = text.replace("{{" + key + "}}", value)
    return text.encode()


__all__ = [
    "Answer",
    "Leak",
    "expected_values",
    "leaked_lines",
    "missing_texts",
    "release",
    "release_assignment",
    "released_files",
    "stale_files",
    "stub_program",
    "visible_cases",
]
