"""What students write into the cells of their tasks: solutions, variants, misconceptions and handwritten text.

A student's notebook is the released one with its stubs filled in.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable
from pathlib import Path

from autograder.course.assignment import BEGIN_SOLUTION, DEMO, END_SOLUTION, Assignment
from autograder.course.student_cells import in_language
from autograder.course.textfile import read_text
from autograder.demo.recipe import DemoCell, Row
from autograder.errors import AssignmentError
from autograder.notebooks.percent import PercentCell, parse_percent
from autograder.notebooks.source import needed, pieces

ACCIDENTS = "accidents.py"
ANYWHERE = Path(__file__).parent / "handwritten" / ACCIDENTS


class Handwriting:
    """What students of one assignment wrote by hand: its folder demo/, and the accidents that happen in any assignment.

    It holds right answers, so it lies with the solution and is never released.
    """

    def __init__(self, assignment: Assignment) -> None:
        self.folder = assignment.folder / DEMO
        self._read: dict[Path, list[PercentCell]] = {}

    def cells(self, name: str) -> list[DemoCell]:
        """The cells of one file. Raises AssignmentError where it is missing."""
        return [DemoCell(cell.kind, cell.source) for cell in self._cells_of(self.folder / f"{name}.py")]

    def accident(self, name: str) -> str:
        """The source of a cell of accidents.py, by its name."""
        places = [ANYWHERE, self.folder / ACCIDENTS]
        found = (cell for path in places for cell in self._cells_of(path) if cell.metadata.get("name") == name)
        return next(found).source

    def _cells_of(self, path: Path) -> list[PercentCell]:
        if path not in self._read:
            self._read[path] = parse_percent(read_text(path, AssignmentError))
        return self._read[path]


def released_cells(notebook: bytes) -> list[DemoCell]:
    """The cells of a released notebook."""
    found = []
    for cell in json.loads(notebook)["cells"]:
        marks = cell["metadata"]["autograder"]
        source = "".join(cell["source"])
        found.append(DemoCell(cell["cell_type"], source, marks["role"], marks.get("task", ""), marks["key"]))
    return found


def fill_in(cells: list[DemoCell], row: Row, assignment: Assignment) -> list[DemoCell]:
    """The notebook after its student has worked on it. An unanswered task keeps its stub, which was not run."""
    hand, by_hand = Handwriting(assignment), set[str]()
    if row.hand:
        cells, by_hand = _by_hand(cells, hand.cells(row.hand), assignment)
    filled: list[DemoCell] = []
    for cell in cells:
        if cell.role != "task":
            filled.append(cell)
            continue
        if cell.task in by_hand and cell.task not in row.answers:
            filled.append(cell)
            continue
        how = row.answers.get(cell.task, row.by)
        if how == "stub":
            cell.ran = False
            filled.append(cell)
        elif how.startswith("cell:"):
            cell.source = hand.accident(how.removeprefix("cell:"))
            filled.append(cell)
        elif how != "gone":
            filled += _answer(cell, how, row, assignment)
    return filled


def _answer(cell: DemoCell, how: str, row: Row, assignment: Assignment) -> list[DemoCell]:
    """The cell of a task, and one before it for helpers where the answer has some."""
    helpers: list[str] = []
    functions: list[str] = []
    for name in assignment.task(cell.task).functions:
        mistake = next((m for m in assignment.misconceptions if m.function == name and m.name in row.wrong), None)
        if mistake is not None:
            source = re.sub(rf"\b{mistake.name}\b", name, mistake.source.rsplit("\n", 1)[0])
        elif how == "solution":
            functions.append(_solution(cell.task, name, row.language, assignment))
            continue
        else:
            source = next(v.source for v in assignment.variants if v.name == how)
        before, function = _sliced(source, name, assignment)
        helpers += [helper for helper in before if helper not in helpers]
        functions.append(function)
    cell.source = "\n\n\n".join(functions)
    return [*([DemoCell("code", "\n\n\n".join(helpers))] if helpers else []), cell]


def _sliced(source: str, name: str, assignment: Assignment) -> tuple[list[str], str]:
    """(helpers, function): what a function needs of this source, and the function itself.

    Graded functions among the helpers are left out: they stand in the cells of their own tasks.
    """
    graded = {function for task in assignment.tasks for function in task.functions} - {name}
    program = [p for p in pieces(source, ast.parse(source)) if not p.defines & graded]
    parts = [piece.source for piece in needed(program, [name])]
    return parts[:-1], parts[-1]


def _solution(task: str, name: str, language: str, assignment: Assignment) -> str:
    """The solution as a student would have written it into the stub: docstring kept, marks gone."""
    cell = next(cell for cell in assignment.cells if cell.role == "task" and cell.task == task)
    source = in_language(cell.source, language)
    function = next(p.source for p in pieces(source, ast.parse(source)) if name in p.defines)
    return "\n".join(line for line in function.split("\n") if line.strip() not in (BEGIN_SOLUTION, END_SOLUTION))


def _by_hand(cells: list[DemoCell], own: list[DemoCell], assignment: Assignment) -> tuple[list[DemoCell], set[str]]:
    """The student's own cells in place of the stubs of the functions that they define. Other cells of theirs keep their
    place before the next of these, or stand at the end.

    Returns the notebook's cells and the tasks that were answered.
    """
    homes = {task.name: task.functions for task in assignment.tasks}
    filled: list[DemoCell] = []
    answered: set[str] = set()
    for cell in cells:
        last = max(
            (i for i, mine in enumerate(own) if cell.role == "task" and _defines(mine, homes[cell.task])), default=-1
        )
        if last >= 0:
            own[last].role, own[last].task, own[last].key = cell.role, cell.task, cell.key
            filled += own[: last + 1]
            answered.add(cell.task)
            own = own[last + 1 :]
        else:
            filled.append(cell)
    return filled + own, answered


def _defines(cell: DemoCell, names: Iterable[str]) -> bool:
    return cell.is_code and any(
        re.search(rf"^(?:def {name}\b|{name}\s*=)", cell.source, re.MULTILINE) for name in names
    )
