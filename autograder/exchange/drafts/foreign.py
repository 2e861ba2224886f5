"""Another tool's assignment as cells of a few kinds, whatever it calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from autograder.errors import UsageError
from autograder.notebooks.magics import to_python
from autograder.notebooks.reader import Notebook, NotebookCell

ANSWER_HERE = "*Your answer:*"  # in place of a model answer in prose, which students must not get
_MARK_SCHEME = re.compile(r"^.*BEGIN MARK SCHEME.*?END MARK SCHEME.*$", re.DOTALL | re.MULTILINE)
BEGIN_HIDDEN, END_HIDDEN = "BEGIN HIDDEN TESTS", "END HIDDEN TESTS"


@dataclass(frozen=True)
class Foreign:
    """One cell.

    kind: "text", "code", "solution", "tests", or "manual" for an answer that a person grades.
    source: its text; of a code cell as plain Python, without magics.
    name: the id by which the tool knows it.
    points: what it is worth.
    number: in its notebook, from 1.
    hidden: of tests, whether students do not get them.
    """

    kind: str
    source: str
    name: str = ""
    points: float = 0.0
    number: int = 0
    hidden: bool = False


# -- nbgrader --------------------------------------------------------------------------------------------------------


def nbgrader_cells(notebook: Notebook) -> list[Foreign]:
    """The cells of an nbgrader source, schema 1 to 3. Raises UsageError where nothing in it is marked."""
    cells = [_nbgrader_cell(cell) for cell in notebook.cells if cell.source.strip()]
    if not any(cell.kind in ("solution", "tests", "manual") for cell in cells):
        raise UsageError(
            "no cell in it is marked as nbgrader's",
            where=notebook.name,
            remedy="Give the source notebook, with solutions, not one that was never an assignment.",
        )
    return cells


def _nbgrader_cell(cell: NotebookCell) -> Foreign:
    marks = cell.metadata.get("nbgrader")
    marks = marks if isinstance(marks, dict) else {}
    grade, solution, task = (marks.get(key) is True for key in ("grade", "solution", "task"))
    name = str(marks.get("grade_id") or f"cell-{cell.number}")
    points = _points(marks.get("points")) if grade or task else 0.0
    if cell.kind != "code":
        source = ANSWER_HERE if solution else _MARK_SCHEME.sub("", cell.source)
        return Foreign("manual" if grade or task else "text", source, name, points, cell.number)
    kind = "solution" if solution else "tests" if grade else "code"
    return Foreign(kind, to_python(cell.source), name, points, cell.number)


def _points(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0 else 0.0


# -- otter assign ----------------------------------------------------------------------------------------------------

_MARK = re.compile(r"\s*#\s*(BEGIN|END) (QUESTION|SOLUTION|TESTS|PROMPT)\b(.*)", re.IGNORECASE)
_CONFIG = re.compile(r'\s*"""\s*# BEGIN TEST CONFIG\n(?P<config>.*?)"""\s*# END TEST CONFIG\n?', re.DOTALL)
_HIDDEN_LINE = re.compile(r"^\s*#\s*HIDDEN\s*$", re.MULTILINE)
_PROMPT = re.compile(r'^[ \t]*""" # BEGIN PROMPT\n.*?^[ \t]*""" # END PROMPT[;]?\n?', re.DOTALL | re.MULTILINE)
_OLD_CONFIG = re.compile(r"#\s*ASSIGNMENT CONFIG", re.IGNORECASE)


@dataclass
class _Question:
    """A question that is being read.

    name: its name, as its mark says.
    points: its points; None where its mark names none.
    manual: whether a person grades it.
    """

    name: str = ""
    points: float | None = None
    manual: bool = False


def otter_cells(notebook: Notebook) -> list[Foreign]:
    """The cells of an `otter assign` source. Raises UsageError where no question is in it."""
    cells = list(_otter_cells(notebook))
    if not any(cell.kind in ("solution", "manual") for cell in cells):
        raise UsageError(
            "no question of otter assign is in it",
            where=notebook.name,
            remedy="Give the notebook that otter assign reads, with # BEGIN QUESTION in raw cells.",
        )
    return _shared_points(cells)


def _otter_cells(notebook: Notebook) -> Iterator[Foreign]:
    question, inside = _Question(), set[str]()
    for cell in notebook.cells:
        mark = _MARK.match(cell.source) if cell.kind in ("raw", "markdown") else None
        if mark is not None:
            block = mark[2].upper()
            if mark[1].upper() == "END":
                inside.discard(block)
            else:
                inside.add(block)
                question = _question(cell.source) if block == "QUESTION" else question
        elif not cell.source.strip() or "PROMPT" in inside or _OLD_CONFIG.match(cell.source):
            continue
        elif "TESTS" in inside and cell.kind == "code":
            yield _otter_test(cell, question)
        elif "SOLUTION" in inside or ("QUESTION" in inside and _has_solution(cell)):
            kind = "manual" if cell.kind != "code" else "solution"
            points = question.points or 0.0 if kind == "manual" or question.manual else 0.0
            yield Foreign(kind, _otter_answer(cell), question.name, points, cell.number)
        elif cell.kind == "code":
            yield Foreign("code", to_python(cell.source), f"cell-{cell.number}", 0.0, cell.number)
        elif cell.kind == "markdown":
            yield Foreign("text", cell.source, f"cell-{cell.number}", 0.0, cell.number)


def _has_solution(cell: NotebookCell) -> bool:
    return cell.kind == "code" and re.search(r"#\s?(BEGIN )?SOLUTION", cell.source) is not None


def _otter_answer(cell: NotebookCell) -> str:
    """The answer with our marks around solutions, and without the prompts that only students see."""
    if cell.kind != "code":
        return ANSWER_HERE
    source = _PROMPT.sub("", cell.source)
    source = re.sub(
        r"^([ \t]*)# (BEGIN|END) SOLUTION(?: NO PROMPT)?[ \t]*$", r"\1### \2 SOLUTION", source, flags=re.MULTILINE
    )
    return to_python(re.sub(r"[ \t]*#\s?SOLUTION(?: NO PROMPT)?[ \t]*$", "", source, flags=re.MULTILINE))


def _otter_test(cell: NotebookCell, question: _Question) -> Foreign:
    found = _CONFIG.match(cell.source)
    config = _yaml(found["config"]) if found else {}
    source = cell.source[found.end() :] if found else cell.source
    hidden = config.get("hidden") is True or _HIDDEN_LINE.search(source) is not None
    points = config.get("points")
    given = _points(points) if points is not None else -1.0
    return Foreign("tests", to_python(_unwrapped(source)), question.name, given, cell.number, hidden)


def _unwrapped(source: str) -> str:
    """The body of an exception-based test as statements of their own; anything else as it is."""
    lines = source.strip("\n").split("\n")
    heads = [n for n, line in enumerate(lines) if re.match(r"def test\w*\(", line)]
    if len(heads) != 1:
        return source
    body = [line[4:] if line.startswith("    ") else line for line in lines[heads[0] + 1 :]]
    return "\n".join([*(line for line in lines[: heads[0]] if not line.startswith("@")), *body])


def _question(source: str) -> _Question:
    config = _yaml("\n".join(source.split("\n")[1:]))
    points = config.get("points")
    if isinstance(points, dict):
        points = points.get("total", points.get("each"))
    if isinstance(points, list):
        points = sum(_points(one) for one in points)
    known = _points(points) if points is not None else None
    return _Question(str(config.get("name") or "question"), known, config.get("manual") is True)


def _yaml(text: str) -> Mapping[str, Any]:
    try:
        found = yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _shared_points(cells: list[Foreign]) -> list[Foreign]:
    """Tests without points of their own share 1 point a question, in equal parts."""
    found = []
    for cell in cells:
        same = [other for other in cells if other.kind == "tests" and other.name == cell.name and other.points < 0]
        alone = cell.kind == "tests" and cell.points < 0
        found.append(replace(cell, points=round(1.0 / len(same), 4)) if alone else cell)
    return found
