"""`solution.py`: the reference, and the source of the notebooks. Read as text; grading runs it in the sandbox alone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.course.misconceptions_file import parse_author_file
from autograder.course.textfile import did_you_mean, read_text
from autograder.errors import AssignmentError
from autograder.i18n import COURSE_LANGUAGES, LANGUAGES, Text
from autograder.notebooks.percent import PercentCell, parse_percent

BEGIN_SOLUTION, END_SOLUTION = "### BEGIN SOLUTION", "### END SOLUTION"
TAGS = ("provided", "explore")
_KEYS = ("lang", "tags", "task", "hint")
_HEADING = re.compile(r"^##+ (?:\d+\. )?(?P<title>.*?)(?: \([\d.]+ ?(?:points?|점)\))?$", re.MULTILINE)
_LANGUAGE_MARK = re.compile(r"^\s*\[(?P<language>[a-z]{2})\]\s*$", re.MULTILINE)


@dataclass(frozen=True)
class SolutionCell:
    """One cell of `solution.py`.

    role: "text", "provided", "explore", "task" or "plain".
    source: its text, without the mark.
    line: of its first line in the file, from 1.
    language: of a text cell; None for code.
    task: the task that it belongs to; None where it belongs to none.
    hint: the number of a hint, from 1.
    metadata: what else its mark says.
    """

    role: str
    source: str
    line: int
    language: str | None = None
    task: str | None = None
    hint: int | None = None
    metadata: Mapping[str, Any] = None  # type: ignore[assignment]


def read_solution(path: Path, languages: Sequence[str] = COURSE_LANGUAGES) -> tuple[SolutionCell, ...]:
    """The cells, without text in languages that the course does not have. Raises one AssignmentError that lists every problem, a line each."""
    text = read_text(path, AssignmentError)
    try:
        cells = [cell for cell in parse_percent(text) if cell.source.strip()]
    except ValueError as error:
        line, _, what = str(error).removeprefix("line ").partition(": ")
        raise AssignmentError(what, where=f"{path}:{line}") from None
    problems = [(f"{path}:{cell.line}", what) for cell in cells for what in _bad_metadata(cell, languages)]
    if problems:
        raise AssignmentError.listing(problems)
    everything = (_solution_cell(cell, path) for cell in cells)
    found = tuple(cell for cell in everything if cell.language in (None, *languages))
    problems = [(f"{path}:{line}", what) for line, what in _bad_cells(found, languages)]
    if problems:
        raise AssignmentError.listing(problems)
    return found


def titles_of(cells: Iterable[SolutionCell]) -> dict[str, Text]:
    """The title of each task in each language in which its text has a heading, by the task's name."""
    found: dict[str, dict[str, str]] = {}
    for cell in cells:
        if cell.role == "text" and not cell.hint and cell.task and cell.language:
            heading = _HEADING.search(cell.source)
            if heading and heading["title"].strip():
                found.setdefault(cell.task, {}).setdefault(cell.language, heading["title"].strip())
    return {task: Text(**titles) for task, titles in found.items()}


def _solution_cell(cell: PercentCell, path: Path) -> SolutionCell:
    meta = cell.metadata
    language, task = meta.get("lang"), meta.get("task")
    if cell.kind != "code":
        return SolutionCell("text", cell.source, cell.line, language, task, meta.get("hint"), meta)
    parse_author_file(cell.source, path, cell.line)
    role = "task" if task else next((tag for tag in TAGS if tag in meta.get("tags", ())), "plain")
    return SolutionCell(role, cell.source, cell.line, language, task, None, meta)


def _bad_metadata(cell: PercentCell, languages: Sequence[str]) -> Iterator[str]:
    """What is wrong with the `key=value` pairs after `# %%`."""
    meta = cell.metadata
    for key in meta:
        if key not in _KEYS:
            yield f'unknown cell key "{key}". {did_you_mean(key, _KEYS)}'
    if not isinstance(meta.get("task", ""), str):
        yield 'task must be the name of a task: task="name".'
    if cell.kind == "code":
        tags = meta.get("tags", [])
        if not isinstance(tags, list) or not all(tag in TAGS for tag in tags):
            yield f'tags must be ["provided"] or ["explore"], not {tags!r}.'
        elif "task" in meta and tags:
            yield "a task's cell has no tags."
        return
    if "lang" not in meta:
        yield f"a text cell says in which language it is: {_or(languages)}."
    elif meta["lang"] not in (*languages, *LANGUAGES):
        yield f"lang must be a language of the course, {_or(languages)}, not {meta['lang']!r}."
    if meta.get("hint", 1) not in (1, 2) or isinstance(meta.get("hint"), bool):
        yield f"hint must be 1 (the idea) or 2 (the equation), not {meta['hint']!r}."
    elif "hint" in meta and "task" not in meta:
        yield 'a hint belongs to a task: add task="name".'


def _bad_cells(cells: tuple[SolutionCell, ...], languages: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of code that cannot go into a notebook."""
    homes: dict[str | None, int] = {}
    for cell in cells:
        if cell.role == "task":
            if cell.task in homes:
                yield cell.line, f'task "{cell.task}" has a cell already, in line {homes[cell.task]}; a task has one.'
            homes.setdefault(cell.task, cell.line)
            if "SOLUTION" not in cell.source:
                yield (
                    cell.line,
                    f'task "{cell.task}" would be given away: put {BEGIN_SOLUTION} and {END_SOLUTION} around the answer.',
                )
        if cell.role != "text":
            yield from ((cell.line + line - 1, what) for line, what in _bad_docstrings(cell.source, languages))


def _bad_docstrings(source: str, languages: Sequence[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and (text := ast.get_docstring(node, clean=False)):
            for mark in _LANGUAGE_MARK.finditer(text):
                if mark["language"] not in (*languages, *LANGUAGES):
                    line = node.body[0].lineno + text[: mark.start()].count("\n")
                    yield (
                        line,
                        f"[{mark['language']}] is no language of the course: write {', '.join(f'[{name}]' for name in languages)} or [/].",
                    )


def _or(languages: Sequence[str]) -> str:
    return " or ".join(f'lang="{language}"' for language in languages)


# -- what the code defines -------------------------------------------------------------------------------------------


def functions_in(source: str) -> list[ast.FunctionDef]:
    """The functions at the top level of a cell."""
    return [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)]


def signatures(cells: tuple[SolutionCell, ...]) -> dict[str, tuple[str, ...]]:
    """Parameter names of every function at the top level of the solution."""
    return {
        function.name: tuple(a.arg for a in [*function.args.posonlyargs, *function.args.args])
        for cell in cells
        if cell.role != "text"
        for function in functions_in(cell.source)
    }


def adapters(cells: tuple[SolutionCell, ...], graded: set[str]) -> dict[str, tuple[str, ...]]:
    """For each given function, the graded functions that it calls by name."""
    found = {}
    for cell in cells:
        for function in functions_in(cell.source) if cell.role == "provided" else []:
            names = {name.id for name in ast.walk(function) if isinstance(name, ast.Name)}
            found[function.name] = tuple(sorted(names & graded))
    return found


def unready_calls(cell: SolutionCell, unfinished: set[str]) -> Iterator[tuple[int, str]]:
    """(line, function) of each call in an explore cell that fails in the stub, because no `if ready(...):` guards it.

    unfinished: the graded functions, and the given ones that call them.
    """
    for statement in ast.parse(cell.source).body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)) or _is_guarded(statement):
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in unfinished:
                yield cell.line + node.lineno - 1, node.func.id


def _is_guarded(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "ready"
        for node in ast.walk(statement.test)
    )
