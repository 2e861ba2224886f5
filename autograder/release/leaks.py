"""Leaks: lines of a solution in what students get."""

from __future__ import annotations

import ast
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from autograder.course.assignment import Assignment
from autograder.course.student_cells import solution_regions
from autograder.questions import questions
from autograder.release.single_file import bundle

# A line shorter than this, without blanks, is no evidence of a leak: anybody writes "return x", "for t in range(T):".
SHORTEST = 16
_EVERYBODYS = re.compile(
    r"(import|from|def|class|return|for|while|if|elif|else|with|raise|assert)\b[\w ,.()=:*\[\]-]*$"
    r"|[\w, ()*]+=\w+\.(shape|size\(\)|dtype|device)$|[\w,]+=[\w.,()\[\]\"']*$"
)


@dataclass(frozen=True)
class Leak:
    """A line of a solution in a released file.

    file: the released file, below the released folder.
    source: the file that the line belongs to.
    line: the line as it stands there.
    """

    file: str
    source: str
    line: str


def leaked_lines(assignment: Assignment, folder: Path) -> list[Leak]:
    """Lines of solutions, misconceptions and variants that stand anywhere in the text files of a folder."""
    secret = {line: (source, text) for source, text, line in _secret_lines(assignment)}
    for public in _public_lines(assignment):
        secret.pop(public, None)
    leaks = []
    for path in sorted(folder.rglob("*")):
        text = _text_of(path)
        lines = {_squeeze(line) for line in text.split("\n")}
        # A long line is a leak wherever it stands, also inside prose; a short one only as a line of its own.
        everything = _squeeze(text)
        for line, (source, original) in secret.items():
            if line in lines or (len(line) > 2 * SHORTEST and line in everything):
                leaks.append(Leak(path.relative_to(folder).as_posix(), source, original))
    return leaks


def _secret_lines(assignment: Assignment) -> Iterator[tuple[str, str, str]]:
    """(file, line, line without blanks) of every line that is evidence of a leak."""
    for cell in assignment.cells:
        if cell.role == "task":
            lines = cell.source.split("\n")
            for region in solution_regions(cell.source, "solution.py"):
                yield from _worth_hiding("solution.py", "\n".join(lines[region.first + 1 : region.last]))
    yield from _keys(assignment)
    for wrong in assignment.misconceptions:
        yield from _worth_hiding("misconceptions.py", _bodies(wrong.source))
    for variant in assignment.variants:
        yield from _worth_hiding(f"variants/{variant.name}.py", _bodies(variant.source))


def _keys(assignment: Assignment) -> Iterator[tuple[str, str, str]]:
    """(file, line, line without blanks) of each explanation of a statement: it tells whether the statement is right."""
    for question in questions(assignment.tasks):
        for option in question.options.values():
            for language in option.why.languages:
                why = option.why.in_language(language)
                yield "checks.py", why, _squeeze(why)


def _worth_hiding(source: str, text: str) -> Iterator[tuple[str, str, str]]:
    for line in text.split("\n"):
        bare, squeezed = line.strip(), _squeeze(line.split("  # ")[0])
        # The pattern is tried on the line with its blanks as well: without them a keyword cannot be told from a name.
        everybodys = _EVERYBODYS.match(squeezed) or _EVERYBODYS.match(bare)
        if len(squeezed) >= SHORTEST and not bare.startswith("#") and not everybodys:
            yield source, bare, squeezed


def _bodies(source: str) -> str:
    """The statements inside functions, docstrings left out."""
    lines = source.split("\n")
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            docstring = isinstance(node.body[0], ast.Expr) and isinstance(node.body[0].value, ast.Constant)
            for statement in node.body[1:] if docstring else node.body:
                found += lines[statement.lineno - 1 : statement.end_lineno]
    return "\n".join(found)


def _public_lines(assignment: Assignment) -> Iterator[str]:
    """Lines that students get on purpose: those of provided and plain cells, and of the checker."""
    for cell in assignment.cells:
        if cell.role in ("provided", "plain"):
            yield from (_squeeze(line) for line in cell.source.split("\n"))
    yield from (_squeeze(line) for line in bundle("autograder.release.checker.checker").split("\n"))


def _text_of(path: Path) -> str:
    """All text of a file. Of a notebook, the text of its cells, without JSON's escapes; of visible cases, what they say
    beside their numbers: titles, hints and judges."""
    if not path.is_file():
        return ""
    if path.suffix == ".npz":
        return _text_of_cases(path)
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix != ".ipynb":
        return text
    try:
        return "\n".join(_strings(json.loads(text)))
    except ValueError:
        return text


def _text_of_cases(path: Path) -> str:
    try:
        with np.load(path, allow_pickle=False) as file:
            return "\n".join(_strings(json.loads(bytes(file["index"]))["cases"]))
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile):
        return ""


def _strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        if all(isinstance(item, str) for item in node):
            yield "".join(node)
        else:
            for item in node:
                yield from _strings(item)
    elif isinstance(node, dict):
        for item in node.values():
            yield from _strings(item)


def _squeeze(text: str) -> str:
    return "".join(text.split())
