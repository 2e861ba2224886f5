"""From a cell of the reference to every version of it that differs by one slip."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from autograder.grading.mutants.mutant import Mutant, Slip
from autograder.grading.mutants.roles import Roles
from autograder.grading.mutants.slips import calls, expressions, statements
from autograder.grading.mutants.slips.expressions import Around
from autograder.grading.mutants.slips.spans import Source
from autograder.grading.mutants.wording import TERMS
from autograder.notebooks.marks import Marks, read_marks
from autograder.notebooks.source import quietly

_MAKERS: dict[type[ast.AST], Sequence[Callable[[Any, Around], Iterator[Slip]]]] = {
    ast.BinOp: (expressions.of_binary,),
    ast.UnaryOp: (expressions.of_unary,),
    ast.Compare: (expressions.of_compare,),
    ast.BoolOp: (expressions.of_boolean,),
    ast.IfExp: (expressions.of_choice,),
    ast.Constant: (expressions.of_constant,),
    ast.Subscript: (expressions.of_subscript,),
    ast.Attribute: (expressions.of_attribute,),
    ast.Name: (expressions.of_name,),
    ast.Tuple: (expressions.of_tuple,),
    ast.List: (expressions.of_tuple,),
    ast.Call: (calls.of_call,),
    ast.AugAssign: (statements.of_augmented,),
    ast.Assign: (statements.of_assignment,),
    ast.Expr: (statements.of_expression,),
    ast.If: (statements.of_branch,),
    ast.Break: (statements.of_break,),
    ast.Continue: (statements.of_break,),
    ast.For: (statements.of_loop,),
    ast.Return: (statements.of_return,),
}


def mutants_of(cell: str, *, first_line: int = 1, released: str = "", functions: Iterable[str] = ()) -> list[Mutant]:
    """Every version of a cell that differs by one slip in one of its functions.

    first_line: of the cell in its file.
    released: what students get to read; the names in it may be told to them.
    functions: further functions of the assignment, whose arguments may be exchanged.
    """
    with quietly():
        return _mutants_of(cell, first_line, released, functions)


def _mutants_of(cell: str, first_line: int, released: str, functions: Iterable[str]) -> list[Mutant]:
    try:
        tree = ast.parse(cell)
    except (SyntaxError, ValueError):
        return []
    source, marks = Source(cell, tree), read_marks(cell)
    defined = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    ours = frozenset([*functions, *(function.name for function in defined)])
    roles = Roles(source, marks, released)
    found: list[Mutant] = []
    seen = {cell}
    for function in defined:
        slips = list(_slips(function, source, marks, ours))
        versions: list[tuple[str, tuple[Slip, ...]]] = [(slip.kind, (slip,)) for slip in slips]
        versions += [(same[0].kind, tuple(same)) for same in _everywhere(slips, source)]
        for kind, same in versions:
            mutated = _changed(source.content, same)
            if mutated not in seen and _is_python(mutated):
                seen.add(mutated)
                found.append(_mutant(len(found), kind, function.name, same, mutated, source, marks, roles, first_line))
    return found


def _slips(function: ast.FunctionDef, source: Source, marks: Marks, ours: frozenset[str]) -> Iterator[Slip]:
    around = _around(function, source, ours)
    for node in _inside(function, source):
        for make in _MAKERS.get(type(node), ()):
            for slip in make(node, around):
                if source.line_of(slip.start) not in marks.none:
                    yield slip
    for line, pairs in marks.own.items():
        if function.lineno <= line <= (function.end_lineno or line):
            yield from _own(source, line, pairs)


def _inside(function: ast.FunctionDef, source: Source) -> Iterator[ast.AST]:
    """The nodes of a function's body in the order of its lines, without docstring, formatted strings and raised errors."""
    body = function.body[1:] if ast.get_docstring(function, clean=False) is not None else function.body
    waiting: list[ast.AST] = list(reversed(body))
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.JoinedStr, ast.Raise, ast.Import, ast.ImportFrom)):
            continue
        yield node
        waiting += reversed(list(ast.iter_child_nodes(node)))


def _own(source: Source, line: int, pairs: Iterable[tuple[str, str]]) -> Iterator[Slip]:
    """The author's own mutants of a line, as pairs (before, after). A pair whose text is not in the line is ignored."""
    start = source.starts[line - 1]
    text = source.content[start:].split(b"\n", 1)[0].decode().partition("# mutant:")[0]
    for before, after in pairs:
        at = text.find(before) if before else -1
        if at >= 0:
            begin = start + len(text[:at].encode())
            yield Slip(begin, begin + len(before.encode()), before, after, "own")


def _around(function: ast.FunctionDef, source: Source, ours: frozenset[str]) -> Around:
    parameters = [a.arg for a in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]]
    stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    names = tuple(dict.fromkeys(name for name in [*parameters, *stored] if name != "_"))
    families: dict[str, frozenset[str]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store):
            family = frozenset(n.id for n in node.elts if isinstance(n, ast.Name))
            for name in family:
                families[name] = families.get(name, frozenset()) | (family - {name})
        elif isinstance(node, ast.For) and isinstance(node.target, ast.Name):
            families.setdefault(node.target.id, frozenset())
    for one, other in itertools.pairwise(parameters):
        families[one] = families.get(one, frozenset()) | {other}
        families[other] = families.get(other, frozenset()) | {one}
    keys = [
        n.slice.value
        for n in ast.walk(function)
        if isinstance(n, ast.Subscript) and isinstance(n.slice, ast.Constant) and isinstance(n.slice.value, str)
    ]
    return Around(source, names, families, tuple(dict.fromkeys(keys)), ours)


def _everywhere(slips: Sequence[Slip], source: Source) -> Iterator[list[Slip]]:
    """The same slip at every place of a function where it can be made, if there are several; then in each line."""
    groups: dict[tuple[str, str], list[Slip]] = {}
    for slip in slips:
        if slip.same:
            groups.setdefault((slip.kind, slip.same), []).append(slip)
    for group in groups.values():
        apart: list[Slip] = []
        for slip in sorted(group, key=lambda slip: (slip.start, -slip.end)):
            if not apart or slip.start >= apart[-1].end:
                apart.append(slip)
        if len(apart) > 1:
            yield apart
            for _, of_line in itertools.groupby(apart, key=lambda slip: source.line_of(slip.start)):
                if len(some := list(of_line)) > 1:
                    yield some


def _changed(content: bytes, slips: Sequence[Slip], offset: int = 0) -> str:
    """The content with the slips made in it. offset: where it begins in the source."""
    for slip in sorted(slips, key=lambda slip: slip.start, reverse=True):
        content = content[: slip.start - offset] + slip.after.encode() + content[slip.end - offset :]
    return content.decode()


def _is_python(text: str) -> bool:
    try:
        compile(text, "mutant", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def _mutant(
    number: int,
    kind: str,
    function: str,
    slips: Sequence[Slip],
    mutated: str,
    source: Source,
    marks: Marks,
    roles: Roles,
    first_line: int,
) -> Mutant:
    first = slips[0]
    line, last = source.line_of(first.start), source.line_of(max(first.start, first.end - 1))
    start = source.starts[line - 1]
    end = source.starts[last] - 1 if last < len(source.starts) else len(source.content)
    here = [slip for slip in slips if start <= slip.start and slip.end <= end]
    return Mutant(
        name=f"{function}-{number}",
        kind=kind,
        function=function,
        role=roles.of(first),
        # a keyword of a library's function is no secret of the solution
        what=first.what if first.what in TERMS or kind == "argument" else roles.known(first.what),
        instead=roles.known(first.instead),
        line=first_line + line - 1,
        column=len(source.content[start : first.start].decode()) + 1,
        before=source.content[start:end].decode().strip(),
        after=_changed(source.content[start:end], here, start).strip(),
        places=len(slips),
        equivalent=marks.equivalent.get(line, ""),
        source=mutated,
    )
