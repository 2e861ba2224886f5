"""Which of several slips with the same answers a student's code looks like.

Two slips of the reference may give equal numbers (a sum over n in place of a mean, a factor n). What the student wrote
is nearer to one of them: their syntax trees share more, counted as edges from a node to its child, with the names,
constants and operators that stand there. Names of the student's own are equally far from all.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence

from autograder.grading.mutants.mutant import Mutant
from autograder.notebooks.source import children, parse

Edges = Counter[tuple[str, str]]


def nearest(mutants: Sequence[Mutant], code: str) -> list[Mutant]:
    """Those of the mutants that differ least from a student's code; all of them where it does not define the function."""
    theirs = {mutant.function: _edges(code, mutant.function) for mutant in mutants}
    if any(edges is None for edges in theirs.values()):
        return list(mutants)
    distances = [_distance(_edges(mutant.source, mutant.function), theirs[mutant.function]) for mutant in mutants]
    least = min(distances)
    return [mutant for mutant, distance in zip(mutants, distances, strict=True) if distance == least]


def _distance(one: Edges | None, other: Edges | None) -> int:
    one, other = one or Counter(), other or Counter()
    return sum(((one - other) + (other - one)).values())


def _edges(source: str, function: str) -> Edges | None:
    """The edges of a function's last definition, without its docstring; None where there is none."""
    tree = parse(source)
    found = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function] if tree else []
    if not found:
        return None
    edges: Edges = Counter()
    stack: list[ast.AST] = [s for s in found[-1].body if not _is_text(s)]
    while stack:
        node = stack.pop()
        for child in children(node):
            edges[_label(node), _label(child)] += 1
            stack.append(child)
    return edges


def _is_text(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


def _label(node: ast.AST) -> str:
    """A kind of node, with what it names."""
    if isinstance(node, ast.Constant):
        return f"constant {node.value!r:.40}"
    for field in ("id", "attr", "arg"):
        name = getattr(node, field, None)
        if isinstance(name, str):
            return f"{type(node).__name__} {name}"
    return type(node).__name__
