"""Which right answers lose points, and which wrong ones keep them all.

    python -m tests.open_answers answers.json

answers.json: a list of {"id", "assignment", "task", "kind": "right" | "wrong" | "ambiguous" | "forbidden", "label",
"code"}. Each answer stands in the cell of its task; all other tasks hold the solution. Rejections of right answers
that are justified stand in `justified.json` beside this file, by id.
"""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder import load_course
from autograder.course.assignment import Assignment
from autograder.demo.answers import fill_in, released_cells
from autograder.demo.recipe import Row
from autograder.grading.grader import Grader
from autograder.notebooks.source import bound_names, pieces
from autograder.release.notebook_writer import notebook_bytes
from autograder.sandbox import open_sandbox
from autograder.submissions.collect import Submission

ROOT = Path(__file__).parents[2]
JUSTIFIED = Path(__file__).parent / "justified.json"
Answer = Mapping[str, Any]


def notebook(assignment: Assignment, task: str, code: str) -> bytes:
    """The solved notebook, with this code in the cell of a task."""
    content = notebook_bytes(assignment, "en")
    solved = fill_in(released_cells(content), Row("open", None, language="en"), assignment)
    data = json.loads(content)
    for cell, mine in zip(data["cells"], solved, strict=True):
        cell["source"] = mine.source
        if mine.role == "task" and mine.task == task:
            cell["source"] = _with_the_rest(code, mine.source)
    return json.dumps(data).encode()


def _with_the_rest(code: str, solution: str) -> str:
    """The answer, behind the functions of its cell that it does not write."""
    written = {name for statement in ast.parse(code).body for name in bound_names(statement)}
    rest = [piece.source for piece in pieces(solution, ast.parse(solution)) if not piece.defines & written]
    return "\n\n\n".join([*rest, code])


def graded(answers: Iterable[Answer], seed: bytes) -> Iterator[tuple[Answer, float, float, list[str]]]:
    """(answer, points earned, points of the task, failed checks) of each answer."""
    course = load_course(ROOT)
    by_slug: dict[str, list[Answer]] = {}
    for answer in answers:
        by_slug.setdefault(answer["assignment"], []).append(answer)
    for slug, mine in by_slug.items():
        assignment = course.assignment(slug)
        sandbox = open_sandbox("process")
        try:
            grader = Grader(assignment, seed, sandbox, siblings=course.graded_functions())
            for answer in mine:
                content = notebook(assignment, answer["task"], answer["code"])
                findings = grader.grade(Submission("open", "open.ipynb", content))
                task = next(t for t in findings.tasks if t.task.name == answer["task"])
                failed = [check.name for check in task.checks if check.status != "passed"]
                yield answer, task.earned, task.task.points, failed
        finally:
            sandbox.close()


def main(path: Path, seed: bytes = b"open answers") -> int:
    """Print what is not as it should be, and the counts. Returns how many are neither right nor justified."""
    justified = json.loads(JUSTIFIED.read_text(encoding="utf-8")) if JUSTIFIED.exists() else {}
    wrong = 0
    counts = {"right in full": 0, "right": 0, "wrong rejected": 0, "wrong": 0}
    for answer, earned, points, failed in graded(json.loads(path.read_text(encoding="utf-8")), seed):
        kind, full = answer["kind"], earned == points
        if kind not in ("right", "wrong"):
            continue
        counts[kind] += 1
        counts["right in full" if kind == "right" else "wrong rejected"] += full is (kind == "right")
        if full is not (kind == "right"):
            reason = justified.get(answer["id"])
            wrong += reason is None
            print(
                f"{answer['id']:10} {answer['task']:14} {kind:5} {earned:g}/{points:g} {failed} {answer['label']}"
                f"{f' -- {reason}' if reason else ''}",
                flush=True,
            )
    print(counts)
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1])) else 0)
