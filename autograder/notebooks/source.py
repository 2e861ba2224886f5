"""Python source as syntax trees: parsing within bounds, fast walks, and the part of a program that some names need.

That part (their last definitions, and whatever those refer to) shows which of a student's lines belong to a task, and
`checker.py` is built of the grader's own modules with it.
"""

from __future__ import annotations

import ast
import functools
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

# Beyond this a cell is data, not code: the host does not spend memory on its syntax tree. The sandbox still runs it.
MAX_PARSED = 1 << 18
MAX_KEPT = 1 << 13  # only trees of cells up to this size are cached: they take some 200 bytes for each character

# Fields that never hold a node. `ctx` does hold one (Load, Store, Del), which no walk needs.
_PLAIN = frozenset(["ctx", "id", "attr", "arg", "asname", "module", "level", "kind", "type_comment", "conversion"])
_LEAVES = (ast.Name, ast.Constant, ast.alias, ast.Global, ast.Nonlocal)


# Nodes that bind a name which is a plain string of theirs, not an `ast.Name`.
_NAMING = (ast.ExceptHandler, ast.MatchAs, ast.MatchStar, ast.MatchMapping)
_RUN_STAND_IN = re.compile(
    r"exec\(compile\(open\((['\"])(.+?)\1, encoding='utf-8'\)\.read\(\), .+?, 'exec'\), globals\(\)\)"
)
# Nodes with a scope of their own: a name stored inside is not bound outside.
_INNER = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def parse(source: str, most: int | None = MAX_PARSED) -> ast.Module | None:
    """The syntax tree of a cell, or None for what is not Python (or has more than `most` characters).

    The tree may come from a cache, so it must not be changed.
    """
    if most is not None and len(source) > most:
        return None
    return _kept(source) if len(source) <= MAX_KEPT else _parse(source)


@contextmanager
def quietly() -> Iterator[None]:
    """Suppress Python's warnings about escapes and constants while others' code is parsed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _parse(source: str) -> ast.Module | None:
    try:
        with quietly():
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


# Several steps look at each cell of one submission, and cells that nobody edits come with every submission.
_kept = functools.lru_cache(maxsize=64)(_parse)


class _Holders(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of each type of node that may hold nodes; an entry is made when the type is first met."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        names = () if issubclass(kind, _LEAVES) else tuple(name for name in kind._fields if name not in _PLAIN)
        return self.setdefault(kind, names)


_HOLDERS = _Holders()


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes of `ast.iter_child_nodes`, in the same order, without those of `ctx`."""
    found: list[ast.AST] = []
    for name in _HOLDERS[type(node)]:
        value = getattr(node, name, None)
        if type(value) is list:
            found += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def walk(tree: ast.AST) -> list[ast.AST]:
    """The nodes of `ast.walk`, in the same order, without those of `ctx`."""
    found = [tree]
    for node in found:
        if _HOLDERS[type(node)]:
            found += children(node)
    return found


def outermost(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run in the notebook's own namespace: also those under an if, a try, a with or a loop."""
    for statement in body:
        yield statement
        if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            for block in ("body", "orelse", "finalbody"):
                yield from outermost(getattr(statement, block, ()))
            for handler in getattr(statement, "handlers", ()):
                yield from outermost(handler.body)


@dataclass(frozen=True)
class Piece:
    """One top-level statement.

    source: its text, decorators included.
    line: the number of its first line, from 1.
    defines, uses: names that it binds, and names that it reads.
    is_import: whether it imports something.
    """

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
            if isinstance(node, _NAMING):
                name = node.rest if isinstance(node, ast.MatchMapping) else node.name
                yield from (name,) if name is not None else ()
            stack += children(node)


def statement_names(source: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """(functions that it defines, other names that it binds) of each top-level statement; none of what is not Python."""
    return _kept_names(source) if len(source) <= MAX_KEPT else _statement_names(source)


def _statement_names(source: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    tree = parse(source)
    found = []
    for statement in tree.body if tree is not None else ():
        if isinstance(statement, ast.FunctionDef):  # most are, and bind their own name alone
            functions, bound = {statement.name}, set[str]()
        else:
            functions = {node.name for node in walk(statement) if isinstance(node, ast.FunctionDef)}
            bound = set(bound_names(statement))
        found.append((frozenset(functions), frozenset(bound - functions)))
    return tuple(found)


# Cells that nobody edits come with every submission.
_kept_names = functools.lru_cache(maxsize=256)(_statement_names)


def first_line(source: str) -> str:
    """The line by which people find a cell, as Jupyter shows no numbers. A `pass` in place of a magic is skipped."""
    lines = [line.strip() for line in source.split("\n") if line.strip()]
    line = next((line for line in lines if line != "pass"), lines[0] if lines else "")
    line = line.removeprefix("# ") if line.startswith("# %%") else line
    line = as_written(line)
    return line if len(line) <= 60 else f"{line[:57]}..."


def as_written(line: str) -> str:
    """A line as its author wrote it: what `magics.to_python` puts for `%run file` becomes that again."""
    return _RUN_STAND_IN.sub(r"%run \2", line)


def begins_at(statement: ast.stmt) -> int:
    """The first line of a statement, its decorators included."""
    decorators: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(decorator.lineno for decorator in decorators)])


def pieces(source: str, tree: ast.Module) -> list[Piece]:
    """The top-level statements of a source, in order."""
    lines = source.split("\n")
    found = []
    for statement in tree.body:
        first = begins_at(statement)
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
