"""The part of a program that some names need: their last definitions, and whatever those refer to.

Used to show which of a student's lines belong to a task, and to build `checker.py` out of the grader's own modules.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from autograder.notebooks.syntaxtree import children, walk

# What has a scope of its own: a name stored inside is not bound outside.
_INNER = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class Piece:
    """One top-level statement. source: its text, decorators included. defines, uses: names."""

    source: str
    line: int
    defines: frozenset[str]
    uses: frozenset[str]
    is_import: bool


def bound_names(statement: ast.stmt) -> Iterator[str]:
    """Names that a statement binds in the scope where it stands."""
    stack: list[ast.AST] = [statement]
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            yield from ((alias.asname or alias.name).split(".")[0] for alias in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif not isinstance(node, _INNER):
            stack += children(node)


def pieces(source: str, tree: ast.Module) -> list[Piece]:
    """The top-level statements of a source, in order."""
    lines = source.split("\n")
    found = []
    for statement in tree.body:
        decorators = getattr(statement, "decorator_list", [])
        first = min([statement.lineno, *(d.lineno for d in decorators)])
        text = "\n".join(lines[first - 1 : statement.end_lineno])
        uses = frozenset(n.id for n in walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load))
        is_import = isinstance(statement, (ast.Import, ast.ImportFrom))
        found.append(Piece(text, first, frozenset(bound_names(statement)), uses, is_import))
    return found


def needed(program: Sequence[Piece], names: Iterable[str]) -> list[Piece]:
    """The pieces that `names` need, in the program's order. Of several definitions of a name the last one counts."""
    home = {name: piece for piece in program for name in piece.defines}
    wanted, open_names = set[int](), list(names)
    seen: set[str] = set()
    while open_names:
        name = open_names.pop()
        if name in seen or name not in home:
            continue
        seen.add(name)
        piece = home[name]
        if id(piece) not in wanted:
            wanted.add(id(piece))
            open_names += piece.uses
    return [piece for piece in program if id(piece) in wanted]
