"""This grader: the command as anybody calls it."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.course.assignment import Assignment
from autograder.course.student_cells import handout
from autograder.demo.recipe import DemoCell
from tests.benchmarks.notebooks import saved
from tests.benchmarks.peers import questions
from tests.benchmarks.peers.running import Run, marginal, run
from tests.benchmarks.peers.students import STUDENTS, Student

COPIES = 40  # of each right notebook: start-up varies by a second, and one is graded too fast to be measured


def measure(folder: Path, sandbox: str, *, fresh: bool = False) -> dict[str, Any]:
    """What one right submission costs when the guest is warm, and the twenty grades."""
    assignment = questions.assignment()
    right = [student for student in STUDENTS if student.kind == "right"]
    copies = 2 if fresh else COPIES
    for copy in range(copies):
        _write(folder / "many", assignment, right, f"-{copy}")
    _write(folder / "few", assignment, right)
    _write(folder / "all", assignment, STUDENTS)
    few, many, everyone = (_grade(folder, name, sandbox, fresh) for name in ("few", "many", "all"))
    return {
        "right": marginal(many, few, (copies - 1) * len(right)),
        "peak_mb": many.peak_mb,
        "grades": _grades(folder / "all-out" / "grades.csv"),
        "all_seconds": everyone.seconds,
        "output": everyone.output,
    }


def notebooks(assignment: Assignment, students: Sequence[Student]) -> dict[str, bytes]:
    """Student -> notebook."""
    known = {question.name: question for question in questions.questions()}
    found = {}
    for student in students:
        cells = []
        for cell in handout(assignment, "en"):
            source = student.answer(known[cell.task or ""]) if cell.role == "task" else cell.source
            kind = "code" if cell.is_code else "markdown"
            cells.append(DemoCell(kind, source, cell.role, cell.task or "", cell.key))
        found[student.name] = saved(cells, student.name)
    return found


def _write(folder: Path, assignment: Assignment, students: Sequence[Student], ending: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for student, content in notebooks(assignment, students).items():
        (folder / f"{student}{ending}.ipynb").write_bytes(content)


def _grade(folder: Path, name: str, sandbox: str, fresh: bool) -> Run:
    command = [
        sys.executable,
        "-m",
        "autograder",
        "grade",
        questions.SLUG,
        folder / name,
        "--out",
        folder / f"{name}-out",
    ]
    command += ["--course", questions.COURSE, "--seed-file", folder / "seed", "--sandbox", sandbox]
    (folder / "seed").write_text("the benchmark's own secret, which is none\n", encoding="utf-8")
    return run(
        [*command, *(["--fresh"] if fresh else [])],
        folder,
        others=_containers if sandbox == "docker" else lambda pid: (),
    )


def _grades(table: Path) -> dict[str, float | None]:
    with table.open(encoding="utf-8", newline="") as file:
        return {row["student"]: float(row["score"]) if row["score"] else None for row in csv.DictReader(file)}


def _containers(grader: int) -> Iterable[int]:
    """The first processes of a grader's containers, which are the engine's children."""
    import docker

    with suppress(docker.errors.DockerException):
        api = docker.APIClient()
        try:
            for container in api.containers(filters={"label": "autograder.session"}):
                if container["Labels"]["autograder.session"].startswith(f"{grader}"):
                    yield int(api.inspect_container(container["Id"])["State"]["Pid"])
        finally:
            api.close()
