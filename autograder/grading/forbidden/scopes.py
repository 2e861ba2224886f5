"""Which names a piece of code binds, and to what; `static` is built on it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from autograder.notebooks.source import MAX_PARSED, children, parse, quietly, walk
from autograder.sandbox.interface import Program

INNER = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
MOST_CELLS = 1000
_PLAIN_VALUES = (
    ast.Constant, ast.JoinedStr, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp, ast.Compare,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Binding:
    """One way in which a name gets its value.

    kind: "import" (of the dotted `target`), "value" (of `node`), "element" (one of the elements of `node`),
        "definition" (a function or class), "given" (the release's own code) or "unknown" (a parameter, an except, ...).
    node: the syntax that it is bound to, where there is one.
    target: the dotted name of what is imported.
    cell: where it stands.
    """

    kind: Literal["import", "value", "element", "definition", "given", "unknown"]
    node: ast.AST | None = None
    target: str = ""
    cell: str = ""


UNKNOWN = Binding("unknown")


@dataclass(eq=False)
class Scope:
    """Names of one function, or of the notebook (parent None).

    parent: the scope around it; None for the notebook.
    names: name -> the ways in which it gets its value.
    stars: modules of `from m import *`.
    """

    parent: Scope | None
    names: dict[str, list[Binding]] = field(default_factory=dict)
    stars: list[str] = field(default_factory=list)

    def find(self, name: str) -> tuple[list[Binding], Scope] | None:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name], scope
            scope = scope.parent
        return None

    @property
    def top(self) -> Scope:
        scope = self
        while scope.parent is not None:
            scope = scope.parent
        return scope


def live(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a block up to its first return, raise, continue or break; the rest cannot be reached."""
    for statement in body:
        yield statement
        if isinstance(statement, (ast.Return, ast.Raise, ast.Continue, ast.Break)):
            return


def never(test: ast.expr) -> bool:
    return isinstance(test, ast.Constant) and not test.value


def bindings(body: Sequence[ast.AST], cell: str) -> Iterator[tuple[str, Binding]]:
    """(name, binding) of everything that these statements bind in their own scope, in order."""
    stack = list(reversed(body))
    while stack:
        node = stack.pop()
        yield from _bound_by(node, cell)
        if not isinstance(node, INNER):
            stack += reversed(children(node))


def _bound_by(node: ast.AST, cell: str) -> Iterator[tuple[str, Binding]]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name, Binding("definition", node, cell=cell)
    elif isinstance(node, ast.Import):
        for alias in node.names:
            yield (
                (alias.asname or alias.name.split(".")[0]),
                Binding("import", target=alias.name if alias.asname else alias.name.split(".")[0]),
            )
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        for alias in node.names:
            if alias.name != "*":
                yield alias.asname or alias.name, Binding("import", target=f"{node.module}.{alias.name}")
    elif isinstance(node, ast.Assign):
        for target in node.targets:
            yield from _targets(target, node.value, cell)
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
        yield from _targets(node.target, node.value, cell)
    elif isinstance(node, (ast.For, ast.AsyncFor, ast.comprehension)):
        yield from _elements(node.target, node.iter, cell)
    elif isinstance(node, (ast.withitem,)) and node.optional_vars is not None:
        yield from ((name, UNKNOWN) for name in _names(node.optional_vars))
    elif isinstance(node, ast.AugAssign):
        yield from ((name, UNKNOWN) for name in _names(node.target))
    elif isinstance(node, ast.ExceptHandler) and node.name:
        yield node.name, UNKNOWN
    elif isinstance(node, ast.Match):
        for case in node.cases:
            yield from _matched(case.pattern, node.subject, cell)


def _targets(target: ast.expr, value: ast.expr, cell: str) -> Iterator[tuple[str, Binding]]:
    if isinstance(target, ast.Name):
        yield target.id, Binding("value", value, cell=cell)
    elif isinstance(target, (ast.Tuple, ast.List)):
        same = isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts)
        for index, part in enumerate(target.elts):
            if same and not isinstance(part, ast.Starred):
                yield from _targets(part, value.elts[index], cell)  # type: ignore[attr-defined]
            else:
                yield from _elements(part, value, cell)


def _matched(pattern: ast.pattern, subject: ast.expr, cell: str) -> Iterator[tuple[str, Binding]]:
    """What a pattern binds: `case object(softmax=s)` takes an attribute, `case {"a": s}` an item, `case s` all of it."""
    waiting: list[tuple[ast.pattern, ast.expr]] = [(pattern, subject)]
    load = ast.Load()
    while waiting:
        part, value = waiting.pop()
        if isinstance(part, ast.MatchAs):
            if part.name is not None:
                yield part.name, Binding("value", value, cell=cell)
            waiting += [(part.pattern, value)] if part.pattern is not None else []
        elif isinstance(part, ast.MatchOr):
            waiting += [(one, value) for one in part.patterns]
        elif isinstance(part, ast.MatchClass):
            attributes = zip(part.kwd_attrs, part.kwd_patterns, strict=True)
            waiting += [(inner, ast.Attribute(value, name, load)) for name, inner in attributes]
            yield from ((name, UNKNOWN) for inner in part.patterns for name in _captured(inner))
        elif isinstance(part, ast.MatchMapping):
            waiting += [(one, ast.Subscript(value, k, load)) for k, one in zip(part.keys, part.patterns, strict=True)]
            yield from ((name, UNKNOWN) for name in (part.rest,) if name is not None)
        elif isinstance(part, ast.MatchSequence):
            yield from ((n, Binding("element", value, cell=cell)) for one in part.patterns for n in _captured(one))
            waiting += [(one, ast.Subscript(value, ast.Constant(n), load)) for n, one in enumerate(part.patterns)]


def _captured(pattern: ast.pattern) -> Iterator[str]:
    for node in walk(pattern):
        name = getattr(node, "rest" if isinstance(node, ast.MatchMapping) else "name", None)
        if isinstance(node, ast.pattern) and name is not None:
            yield name


def _elements(target: ast.expr, iterable: ast.expr, cell: str) -> Iterator[tuple[str, Binding]]:
    if isinstance(target, ast.Name):
        yield target.id, Binding("element", iterable, cell=cell)
    else:
        yield from ((name, UNKNOWN) for name in _names(target))


def _names(target: ast.AST) -> Iterator[str]:
    return (node.id for node in walk(target) if isinstance(node, ast.Name))


def stars(body: Sequence[ast.AST]) -> Iterator[str]:
    for statement in body:
        for node in walk(statement):
            if isinstance(node, ast.ImportFrom) and node.module and any(alias.name == "*" for alias in node.names):
                yield node.module


def inner_scope(node: ast.AST, parent: Scope, cell: str) -> Scope:
    """The scope of a function's (or class's, or lambda's) own names."""
    scope = Scope(parent)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        _bind_parameters(node.args, scope, cell)
    body = node.body if isinstance(node.body, list) else [node.body]  # type: ignore[attr-defined]
    outside = {name for n in _own(body) if isinstance(n, (ast.Global, ast.Nonlocal)) for name in n.names}
    for name, binding in bindings(body, cell):
        if name not in outside:
            scope.names.setdefault(name, []).append(binding)
    return scope


def _own(body: Sequence[ast.AST]) -> Iterator[ast.AST]:
    stack = list(body)
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, INNER):
            stack += children(node)


def _bind_parameters(args: ast.arguments, scope: Scope, cell: str) -> None:
    positional = [*args.posonlyargs, *args.args]
    defaults: list[ast.expr | None] = [None] * (len(positional) - len(args.defaults))
    pairs = [
        *zip(positional, [*defaults, *args.defaults], strict=True),
        *zip(args.kwonlyargs, args.kw_defaults, strict=True),
    ]
    for parameter, default in pairs:
        found = [Binding("value", default, cell=cell)] if default is not None else []
        scope.names[parameter.arg] = [UNKNOWN, *found]
    for rest in (args.vararg, args.kwarg):
        if rest is not None:
            scope.names[rest.arg] = [UNKNOWN]


def run_of(tree: ast.Module, kind: str) -> Sequence[ast.stmt]:
    """The statements of a cell that the sandbox runs, as far as their names matter."""
    if kind == "definitions":
        return [s for s in tree.body if isinstance(s, (ast.Import, ast.ImportFrom, *INNER, ast.Assign, ast.AnnAssign))]
    return tree.body


def _global_bindings(statement: ast.stmt, cell: str) -> Iterator[tuple[str, Binding]]:
    """What functions bind outside of themselves, by `global`."""
    for node in walk(statement):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            declared = {name for n in _own(node.body) if isinstance(n, ast.Global) for name in n.names}
            if declared:
                yield from ((name, found) for name, found in bindings(node.body, cell) if name in declared)


def _is_no_python(source: str) -> bool:
    """Whether a source is a syntax error; one that is only too large or too deep for the reader may still run."""
    if len(source) > MAX_PARSED:
        return False
    try:
        with quietly():
            ast.parse(source)
    except (SyntaxError, ValueError):
        return True
    except (RecursionError, MemoryError):
        return False
    return False


def read_program(program: Program) -> tuple[Scope, list[tuple[ast.Module, str]], list[str], list[str]]:
    """(names of the notebook, the student's parsed cells with their names, names of cells that are no Python, and of
    those that are beyond the reader).

    A later definition replaces an earlier one, unless it stands under a condition; then either may be meant.
    """
    top, unread, beyond = Scope(None), list[str](), list[str]()
    trees: list[tuple[ast.Module, str]] = []
    modules = _modules(program, top, trees)
    for number, cell in enumerate(program.cells):
        tree = parse(cell.source) if number < MOST_CELLS else None
        if tree is None:
            if cell.kind != "provided":
                broken = number < MOST_CELLS and _is_no_python(cell.source)
                (unread if broken else beyond).append(cell.name)
            continue
        body = run_of(tree, cell.kind)
        for statement in body:
            certain = isinstance(statement, (ast.Import, ast.ImportFrom, *INNER, ast.Assign, ast.AnnAssign))
            for name, binding in bindings([statement], cell.name):
                if cell.kind == "provided" and name in cell.keeps:
                    continue
                if cell.kind == "provided" and binding.kind == "definition":
                    binding = Binding("given")
                found = modules.get(binding.target, [binding]) if binding.kind == "import" else [binding]
                before = top.names.get(name, [])
                if certain and not _takes_from_function(binding, before):
                    top.names[name] = found
                elif not (certain and _is_plain(binding)):
                    top.names[name] = [*before, *found]
            for name, binding in _global_bindings(statement, cell.name):
                top.names.setdefault(name, []).append(binding)
        top.stars += stars(body)
        if cell.kind != "provided":
            trees.append((ast.Module(list(body), []), cell.name))
    return top, trees, unread, beyond


def _modules(program: Program, top: Scope, trees: list[tuple[ast.Module, str]]) -> dict[str, list[Binding]]:
    """What imports of the student's own files bind: `utils.f` its definition, `utils` all that the file defines.

    Their names stand in the notebook's scope before those of its cells, so that a file is read like a first cell.
    """
    found: dict[str, list[Binding]] = {}
    for file in program.files:
        tree = parse(file.content.decode("utf-8", "replace")) if file.path.endswith(".py") else None
        if tree is None:
            continue
        module = file.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for name, binding in bindings(tree.body, file.path):
            top.names[name] = [*top.names.get(name, []), binding]
            found.setdefault(f"{module}.{name}", []).append(binding)
            found.setdefault(module, []).append(binding)
            found.setdefault(module.partition(".")[0], found[module])
        top.stars += stars(tree.body)
        trees.append((tree, file.path))
    return found


def _takes_from_function(binding: Binding, before: Sequence[Binding]) -> bool:
    """Whether a binding gives a function's name to what may be no function. The function may still be graded then."""
    function = any(isinstance(b.node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)) for b in before)
    same_kind = isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
    return function and not same_kind and binding.kind not in ("import", "given")


def _is_plain(binding: Binding) -> bool:
    """Whether a binding is to a number, a text or a collection, and certainly to no function."""
    return binding.kind == "value" and isinstance(binding.node, _PLAIN_VALUES)
