"""otter-grader: `otter run`, its way without containers, one process for each submission."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import Any

from autograder.course.assignment import BEGIN_SOLUTION, END_SOLUTION
from tests.benchmarks.measure import Spread
from tests.benchmarks.peers.cells import Cell, answered, code, raw, write
from tests.benchmarks.peers.questions import HIDDEN, IMPORTS, VISIBLE, Question, questions
from tests.benchmarks.peers.running import run
from tests.benchmarks.peers.students import STUDENTS

MOST_SECONDS = 120  # there is no time-out inside: a submission that hangs would hang for good


def measure(folder: Path, python: Path) -> dict[str, Any]:
    """What one right submission costs, and the twenty grades; None where there was no result."""
    otter = python.with_name("otter")
    _assign(folder, otter)
    (archive,) = (folder / "dist" / "autograder").glob("*.zip")
    right, grades, total, last = [], {}, 0.0, ""
    for student in STUDENTS:
        place = folder / student.name
        answers = {question.name: student.answer(question) for question in questions()}
        answered(folder / "dist" / "student" / "four.ipynb", place / "four.ipynb", answers)
        (place / "out").mkdir()
        done = run(
            [otter, "run", "--no-logo", "-a", archive, "-o", place / "out", place / "four.ipynb"],
            place,
            seconds=MOST_SECONDS,
        )
        grades[student.name] = _points(place / "out" / "results.json")
        total += done.seconds
        last = done.output or last
        if student.kind == "right":
            right.append(done)
    return {
        "right": {key: Spread.of([getattr(one, key) for one in right]).median for key in ("seconds", "cpu")},
        "range": [min(one.seconds for one in right), max(one.seconds for one in right)],
        "peak_mb": max(one.peak_mb for one in right),
        "grades": grades,
        "all_seconds": total,
        "output": last,
    }


def _assign(folder: Path, otter: Path) -> None:
    folder.mkdir(parents=True)
    config = "# ASSIGNMENT CONFIG\ngenerate: true\nexport_cell: false\ninit_cell: true\ntests:\n  ok_format: false"
    cells = [raw(config, "config"), code(IMPORTS, "imports")]
    for question in questions():
        cells += _question(question)
    write(folder / "four.ipynb", cells)
    made = run([otter, "assign", "--no-run-tests", "--no-pdfs", "four.ipynb", "dist"], folder)
    if not (folder / "dist" / "student" / "four.ipynb").exists():
        raise SystemExit(f"otter assign failed:\n{made.output}")


def _question(question: Question) -> list[Cell]:
    solution = question.solution.replace(BEGIN_SOLUTION, "# BEGIN SOLUTION").replace(END_SOLUTION, "# END SOLUTION")
    name = question.name
    return [
        raw(f"# BEGIN QUESTION\nname: {name}\npoints: {VISIBLE + HIDDEN}", f"{name}-begin"),
        raw("# BEGIN SOLUTION", f"{name}-solution"),
        code(solution, name),
        raw("# END SOLUTION", f"{name}-end-solution"),
        raw("# BEGIN TESTS", f"{name}-tests"),
        code(_test(question, hidden=False), f"{name}-visible"),
        code(_test(question, hidden=True), f"{name}-hidden"),
        raw("# END TESTS", f"{name}-end-tests"),
        raw("# END QUESTION", f"{name}-end"),
    ]


def _test(question: Question, *, hidden: bool) -> str:
    """An exception-based test: printing in a function does not fail it, as it would a doctest."""
    points = HIDDEN if hidden else VISIBLE
    config = f'""" # BEGIN TEST CONFIG\npoints: {points}\nhidden: {str(hidden).lower()}\n""" # END TEST CONFIG'
    body = textwrap.indent(f"{IMPORTS}\n{question.test(hidden)}", "    ")
    return f"{config}\ndef test_{'hidden' if hidden else 'visible'}({question.name}):\n{body}"


def _points(results: Path) -> float | None:
    if not results.exists():
        return None
    tests = json.loads(results.read_text(encoding="utf-8"))["tests"]
    return float(sum(test.get("score") or 0 for test in tests))
