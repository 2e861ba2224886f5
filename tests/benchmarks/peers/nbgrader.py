"""nbgrader: `nbgrader autograde`, for the class in one process and for one student in a process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.cells import Cell, answered, code, write
from tests.benchmarks.peers.questions import HIDDEN, IMPORTS, VISIBLE, questions
from tests.benchmarks.peers.running import marginal, run
from tests.benchmarks.peers.students import STUDENTS, Student

CELL_SECONDS = 60
CONFIG = f"""
c = get_config()
c.CourseDirectory.course_id = "benchmark"
c.Execute.timeout = {CELL_SECONDS}
c.Execute.interrupt_on_timeout = True
"""
READ_GRADES = """
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as gradebook:
    print(json.dumps({s.student.id: s.score for s in gradebook.assignment_submissions("four")}))
"""


def measure(folder: Path, python: Path) -> dict[str, Any]:
    """What one right submission costs in a batch and in a process of its own, and the twenty grades."""
    nbgrader = python.with_name("nbgrader")
    _make_course(folder, nbgrader)
    right = [student for student in STUDENTS if student.kind == "right"]
    autograde = [nbgrader, "autograde", "four", "--create"]

    _submit(folder, right[:1])
    alone = [run([*autograde, "--force"], folder) for _ in range(3)]
    _submit(folder, right)
    batch = run([*autograde, "--force"], folder)
    _submit(folder, [student for student in STUDENTS if student.kind != "right"])
    others = run(autograde, folder)
    return {
        "right": marginal(batch, sorted(alone, key=lambda one: one.seconds)[1], len(right) - 1),
        "peak_mb": batch.peak_mb,
        "alone": {"seconds": [one.seconds for one in alone], "cpu": [one.cpu for one in alone]},
        "alone_peak_mb": max(one.peak_mb for one in alone),
        "grades": json.loads(run([python, "-c", READ_GRADES], folder).output.splitlines()[-1]),
        "all_seconds": batch.seconds + others.seconds,
        "output": others.output,
    }


def _make_course(folder: Path, nbgrader: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    cells = [code(IMPORTS, "imports")]
    for question in questions():
        cells.append(_marked(question.solution, question.name, solution=True))
        cells.append(_marked(question.test(hidden=False), f"{question.name}-visible", points=VISIBLE))
        secret = f"### BEGIN HIDDEN TESTS\n{question.test(hidden=True)}\n### END HIDDEN TESTS"
        cells.append(_marked(secret, f"{question.name}-hidden", points=HIDDEN))
    write(folder / "source" / "four" / "four.ipynb", cells)
    made = run([nbgrader, "generate_assignment", "four", "--create"], folder)
    if not (folder / "release" / "four" / "four.ipynb").exists():
        raise SystemExit(f"nbgrader generate_assignment failed:\n{made.output}")


def _marked(source: str, grade_id: str, *, solution: bool = False, points: int | None = None) -> Cell:
    marks: dict[str, Any] = {"schema_version": 3, "grade_id": grade_id, "task": False}
    marks |= {"solution": solution, "grade": points is not None, "locked": points is not None}
    if points is not None:
        marks["points"] = points
    return code(source, grade_id, nbgrader=marks)


def _submit(folder: Path, students: list[Student]) -> None:
    for student in students:
        answers = {question.name: student.answer(question) for question in questions()}
        place = folder / "submitted" / student.name / "four" / "four.ipynb"
        answered(folder / "release" / "four" / "four.ipynb", place, answers)
