"""What the parts of a result are called, as students know them: "Returns (loss, dZ)" in the docstring of the notebook."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence

from autograder.course.assignment import Assignment
from autograder.course.solution_file import functions_in

_TUPLE = re.compile(r"\breturns?:?\s+\(([^()\n]+)\)", re.IGNORECASE)


def part_names(assignment: Assignment) -> Mapping[str, Sequence[str]]:
    """By function. Only names that stand in a docstring or in given code, and nothing of a solution."""
    found = {}
    for cell in assignment.cells:
        if cell.role == "text":
            continue
        for function in functions_in(cell.source):
            names = _in_docstring(ast.get_docstring(function) or "")
            if not names and cell.role == "provided":
                names = _returned(function)
            if names:
                found[function.name] = names
    return found


def _in_docstring(text: str) -> tuple[str, ...]:
    match = _TUPLE.search(text)
    if match:
        names = tuple(name.strip() for name in match[1].split(","))
        return names if len(names) > 1 and all(re.fullmatch(r"\w+\*?", name) for name in names) else ()
    return ()


def _returned(function: ast.FunctionDef) -> tuple[str, ...]:
    """The names in the last `return a, b` of given code."""
    returns = [node for node in ast.walk(function) if isinstance(node, ast.Return)]
    value = returns[-1].value if returns else None
    if isinstance(value, ast.Tuple) and all(isinstance(item, ast.Name) for item in value.elts):
        return tuple(item.id for item in value.elts if isinstance(item, ast.Name))
    return ()
