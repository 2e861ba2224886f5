"""An assignment as otter-grader has it: an `otter assign` source, and test files of both formats.

    <notebook>.ipynb               otter assign <notebook>.ipynb dist
    tests/ok/<task>.py             OK format
    tests/exception/<task>.py      exception-based
    checker.py, visible.npz, visible_checks.py

The tests are the visible checks, with their points; all other points of a task are graded by this grader alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from autograder.course.assignment import BEGIN_SOLUTION, END_SOLUTION, Assignment
from autograder.course.student_cells import handout, in_language, stub
from autograder.exchange.nbgrader import companions
from autograder.submissions.tools.graded_cells import HELPER, GradedCell, graded_cells

Cell = dict[str, Any]

FORMATS = ("exception", "ok")


def source(assignment: Assignment, language: str, released: Mapping[str, bytes], form: str) -> dict[str, bytes]:
    """Name -> bytes of every file. form: of the tests in the `otter assign` source, one of FORMATS."""
    beside = companions(released)
    notebook = {
        "cells": list(_cells(assignment, language, form, sorted(beside))),
        "metadata": {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return {**beside, f"{assignment.notebook}.ipynb": text.encode(), **_test_files(assignment)}


# -- test files ------------------------------------------------------------------------------------------------------


def _test_files(assignment: Assignment) -> dict[str, bytes]:
    files = {}
    for task, checks in _visible(assignment).items():
        files[f"tests/ok/{task}.py"] = ok_test(task, checks).encode()
        files[f"tests/exception/{task}.py"] = exception_test(task, checks).encode()
    return files


def _visible(assignment: Assignment) -> dict[str, list[GradedCell]]:
    found: dict[str, list[GradedCell]] = {}
    for cell in graded_cells(assignment):
        if cell.visible:
            found.setdefault(cell.task, []).append(cell)
    return found


def ok_test(task: str, checks: Sequence[GradedCell]) -> str:
    """A test file in the OK format: one case for each visible check."""
    cases = [
        {"code": f">>> {_ok_line(check, 'globals()')}\nTrue", "hidden": False, "locked": False, "points": check.points}
        for check in checks
    ]
    suite = {"cases": cases, "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    test = {"name": task, "points": None, "suites": [suite]}
    return f"OK_FORMAT = True\n\ntest = {_literal(test)}\n"


def _ok_line(check: GradedCell, namespace: str) -> str:
    return f'__import__("{HELPER}").right("{check.task}", {check.check!r}, {namespace})'


def exception_test(task: str, checks: Sequence[GradedCell]) -> str:
    """An exception-based test file: one function for each visible check."""
    lines = ["from otter.test_files import test_case", "", "OK_FORMAT = False", "", f'name = "{task}"', "points = None"]
    for number, check in enumerate(checks, start=1):
        lines += ["", f"@test_case(points={check.points:g}, hidden=False)", *_exception_body(check, number)]
    return "\n".join(lines) + "\n"


def _exception_body(check: GradedCell, number: int) -> list[str]:
    return [
        f"def test_{check.task}_{number}(env):",
        f"    from {HELPER} import require",
        "",
        f'    require("{check.task}", {check.check!r}, env)',
    ]


def _literal(value: object) -> str:
    """The value as Python source, laid out as JSON is."""
    text = json.dumps(value, ensure_ascii=False, indent=4)
    return text.replace(": false", ": False").replace(": true", ": True").replace(": null", ": None")


# -- otter assign ----------------------------------------------------------------------------------------------------


def _cells(assignment: Assignment, language: str, form: str, files: Sequence[str]) -> Iterator[Cell]:
    visible = _visible(assignment)
    yield _raw(_config(form, files), "config")
    answers = {cell.task: cell.source for cell in assignment.cells if cell.role == "task"}
    for cell in handout(assignment, language):
        if cell.role == "task" and cell.task in visible:
            yield from _question(cell.key, cell.task, answers[cell.task], visible[cell.task], language, form)
        elif cell.role == "task":
            yield _code(with_prompts(answers[cell.task], language), cell.key)
        elif cell.is_code:
            yield _code(cell.source, cell.key)
        else:
            yield {"cell_type": "markdown", "id": cell.key[:64], "metadata": {}, "source": cell.source}


def _config(form: str, files: Sequence[str]) -> str:
    listed = "\n".join(f"  - {name}" for name in files)
    ok = "true" if form == "ok" else "false"
    return (
        "# ASSIGNMENT CONFIG\ngenerate: true\nexport_cell: true\ninit_cell: true\n"
        f"files:\n{listed}\ntests:\n  ok_format: {ok}"
    )


def _question(
    key: str, task: str, answer: str, checks: Sequence[GradedCell], language: str, form: str
) -> Iterator[Cell]:
    points = sum(check.points for check in checks)
    yield _raw(f"# BEGIN QUESTION\nname: {task}\npoints: {points:g}", f"begin-{key}")
    yield _raw("# BEGIN SOLUTION", f"begin-solution-{key}")
    yield _code(with_prompts(answer, language), key)
    yield _raw("# END SOLUTION", f"end-solution-{key}")
    yield _raw("# BEGIN TESTS", f"begin-tests-{key}")
    for number, check in enumerate(checks, start=1):
        yield _test_cell(check, number, form, f"test-{number}-{key}")
    yield _raw("# END TESTS", f"end-tests-{key}")
    yield _raw("# END QUESTION", f"end-{key}")


def _test_cell(check: GradedCell, number: int, form: str, cell_id: str) -> Cell:
    """A test. In the OK format the output of its cell is what is expected, so the output is True."""
    head = f'""" # BEGIN TEST CONFIG\npoints: {check.points:g}\nhidden: false\n""" # END TEST CONFIG'
    if form != "ok":
        return _code("\n".join([head, *_exception_body(check, number)]), cell_id)
    shown = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "True"}}
    return {**_code(f"{head}\n{_ok_line(check, 'globals()')}", cell_id), "execution_count": 1, "outputs": [shown]}


def with_prompts(answer: str, language: str) -> str:
    """A task's cell as otter wants it: its marks, and before each solution the stub that students get in its place."""
    stubs = _stubs(answer, language)
    lines: list[str] = []
    for line in in_language(answer, language).split("\n"):
        indent, mark = line[: len(line) - len(line.lstrip())], line.strip()
        if mark == BEGIN_SOLUTION:
            lines += [
                f'{indent}""" # BEGIN PROMPT',
                *next(stubs),
                f'{indent}""" # END PROMPT',
                f"{indent}# BEGIN SOLUTION NO PROMPT",
            ]
        elif mark == END_SOLUTION:
            lines.append(f"{indent}# END SOLUTION")
        else:
            lines.append(line)
    return "\n".join(lines)


def _stubs(answer: str, language: str) -> Iterator[list[str]]:
    """The two lines of each stub, in order."""
    lines = stub(answer, language).split("\n")
    starts = [n for n, line in enumerate(lines) if line.strip().startswith("raise NotImplementedError(")]
    return ([lines[n - 1], lines[n]] for n in starts if lines[n - 1].strip().startswith("#"))


def _code(text: str, cell_id: str) -> Cell:
    common: Cell = {"id": cell_id[-64:], "metadata": {}, "source": text}
    return {"cell_type": "code", "execution_count": None, "outputs": [], **common}


def _raw(text: str, cell_id: str) -> Cell:
    return {"cell_type": "raw", "id": cell_id[-64:], "metadata": {}, "source": text}
