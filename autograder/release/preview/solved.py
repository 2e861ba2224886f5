"""The solved notebook, run as its author would run it: every cell with its output, its plots and its seconds.

The author's own code runs here, in a Python of its own, with two threads and beside the released files. Nothing of a
student ever does.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.course.assignment import BEGIN_SOLUTION, END_SOLUTION, Assignment
from autograder.course.student_cells import handout, in_language
from autograder.errors import AssignmentError
from autograder.i18n import LANGUAGES
from autograder.release.checker.view import texts

THREADS = 2
SLOW = 60.0  # seconds that an explore cell may take
_RUNNER = Path(__file__).with_name("runner.py")


@dataclass(frozen=True)
class RanCell:
    """One cell of a solved notebook, after it ran.

    source: its text.
    role: as in `HandoutCell`; "text" for hints, too.
    line: where it begins in solution.py, or None.
    seconds: how long it took.
    printed: what it printed.
    warnings: what it warned of.
    error: what it raised, or "".
    pictures: its plots, PNG in base64.
    """

    source: str
    role: str
    line: int | None
    seconds: float = 0.0
    printed: str = ""
    warnings: tuple[str, ...] = ()
    error: str = ""
    pictures: tuple[str, ...] = ()

    @property
    def first_line(self) -> str:
        return next((line.strip() for line in self.source.split("\n") if line.strip()), "")


def solved_cells(assignment: Assignment, language: str) -> list[RanCell]:
    """The cells of the released notebook with the solution in place of each stub; nothing has run."""
    solutions = {cell.task: cell for cell in assignment.cells if cell.role == "task"}
    explored = {_squeezed(in_language(c.source, language)): c.line for c in assignment.cells if c.role != "text"}
    found = []
    for cell in handout(assignment, language):
        if not cell.is_code:
            found.append(RanCell(cell.source, "text", None))
        elif cell.role == "task":
            home = solutions[cell.task]
            lines = in_language(home.source, language).split("\n")
            kept = [line for line in lines if line.strip() not in (BEGIN_SOLUTION, END_SOLUTION)]
            found.append(RanCell("\n".join(kept), "task", home.line))
        else:
            found.append(RanCell(cell.source, cell.role, explored.get(_squeezed(cell.source))))
    return found


def _squeezed(source: str) -> str:
    return "".join(source.split())


def run_solved(assignment: Assignment, released: Path, language: str, seconds: float = 900.0) -> list[RanCell]:
    """Run the solved notebook beside the released files.

    Raises AssignmentError where Python itself ends or the time is up.

    released: the released files, which are copied.
    language: of the notebook.
    seconds: that the whole notebook may take.
    """
    cells = solved_cells(assignment, language)
    with tempfile.TemporaryDirectory(prefix="autograder-preview-") as folder:
        if released.is_dir():
            shutil.copytree(released, folder, dirs_exist_ok=True)
        code = [cell.source for cell in cells if cell.role != "text"]
        threads = {name: str(THREADS) for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
        try:
            done = subprocess.run(
                [sys.executable, str(_RUNNER)],
                input=json.dumps(code),
                capture_output=True,
                text=True,
                encoding="utf-8",
                cwd=folder,
                env={**os.environ, **threads, "MPLBACKEND": "Agg", "PYTHONIOENCODING": "utf-8"},
                timeout=seconds,
                check=False,
            )
            results = json.loads(done.stdout.rpartition("\n\0")[2])
        except (subprocess.TimeoutExpired, ValueError) as problem:
            what = f"takes more than {seconds:g} s" if isinstance(problem, subprocess.TimeoutExpired) else "ends Python"
            raise AssignmentError(f"the solved notebook {what}", where=str(assignment.folder / "solution.py")) from None
    ran = iter(results)
    return [cell if cell.role == "text" else _after(cell, next(ran)) for cell in cells]


def _after(cell: RanCell, result: dict[str, object]) -> RanCell:
    return RanCell(
        cell.source,
        cell.role,
        cell.line,
        float(str(result["seconds"])),
        str(result["printed"]),
        tuple(map(str, _listed(result["warnings"]))),
        str(result["error"]),
        tuple(map(str, _listed(result["pictures"]))),
    )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def faults(cells: Sequence[RanCell], slow: float = SLOW) -> list[tuple[RanCell, str]]:
    """(cell, what is wrong) of every cell that raises, warns, takes too long, or finds the solution wrong."""
    found: list[tuple[RanCell, str]] = []
    for cell in cells:
        if cell.error:
            found.append((cell, f"raises {cell.error}"))
        found += [(cell, f"warns: {text}") for text in cell.warnings]
        if cell.role == "check" and any(f"[{texts(language)['wrong']}]" in cell.printed for language in LANGUAGES):
            found.append((cell, "finds the solution wrong"))
        if cell.seconds > slow:
            found.append(
                (cell, f"takes {cell.seconds:.0f} s with {THREADS} threads; {slow:g} are a student's patience")
            )
    return found
