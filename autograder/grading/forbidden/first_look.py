"""A first look: can anything that a task's functions reach be the forbidden thing at all?

What is forbidden is reached by its name, or by a text through one of a few functions that look texts up. Code that
writes neither cannot reach it, and need not be read any further: that is most of a class.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from autograder.grading.forbidden.libraries import imported_modules, is_known_library
from autograder.grading.forbidden.names import spellings
from autograder.grading.forbidden.scopes import INNER, run_of
from autograder.notebooks.source import bound_names, parse, walk
from autograder.sandbox.interface import Program

OWN_IMPORT = "import of something that is no library"
# Names that lead from a text to an object or to code, and names that hide a call from the record of operators.
_LOOKUPS = frozenset(
    [
        "getattr",
        "getattr_static",
        "attrgetter",
        "methodcaller",
        "__getattribute__",
        "__getattr__",
        "__dict__",
        "vars",
        "globals",
        "locals",
        "getmembers",
        "eval",
        "exec",
        "FunctionType",
        "__import__",
        "import_module",
        "__builtins__",
        "pickle",
        "marshal",
        "__subclasses__",
        "__globals__",
        "__code__",
        "setprofile",
        "DisableTorchFunction",
        "DisableTorchFunctionSubclass",
        "_DisableTorchDispatch",
        "_python_dispatch",
        "overrides",
        "runner",
        "recorder",
        "resolve_name",
        "locate",
        "safeimport",
        "get_field",
        "get_referents",
        "get_referrers",
        "get_objects",
        "__annotations__",
        "get_type_hints",
        "get_annotations",
        "annotation",
        "timeit",
        "fx",
        "compile",
        "loads",
        "Unpickler",
        "runpy",
        "runsource",
        "runcode",
        "ctypes",
        "SourceFileLoader",
        "module_from_spec",
        "_thread",
        "_start_new_thread",
        "start_new_thread",
        "getprofile",
        "settrace",
        "gettrace",
        "_current_frames",
        "_getframe",
        "currentframe",
        OWN_IMPORT,
    ]
)


def words_reached(program: Program, functions: Sequence[str]) -> frozenset[str] | None:
    """What the statements say that these functions can reach; None where that cannot be known.

    A function reaches the statements that bind the names it mentions, and so on; and whatever changes an attribute, as
    that may be an attribute of anything. None: a statement that is reached looks names up by text, or a cell or module
    cannot be parsed or imports a star.
    """
    statements = [_statements(cell.source, cell.kind) for cell in program.cells]
    modules = [file.content.decode("utf-8", "replace") for file in program.files if file.path.endswith(".py")]
    own = [_statements(source, "student") for source in modules]
    if None in statements or None in own:
        return None
    homes: dict[str, list[_Statement]] = {}
    # What a student's own module says may be reached by any name of it.
    waiting: list[_Statement] = [statement for module in own for statement in module or ()]
    for statement in chain.from_iterable(filter(None, statements)):
        for name in statement.binds:
            homes.setdefault(name, []).append(statement)
        if statement.patches:
            waiting.append(statement)
    for function in functions:
        waiting += homes.pop(function, ())
    said: set[str] = set()
    while waiting:
        statement = waiting.pop()
        said |= statement.words
        for name in statement.uses:
            waiting += homes.pop(name, ())
    return frozenset(said) if _LOOKUPS.isdisjoint(said) else None


def may_be(said: frozenset[str] | None, forbidden: str) -> bool:
    """Whether code that says these words could use the forbidden thing: False only where it certainly cannot."""
    if said is None:
        return True
    words, fragments = spellings(forbidden)
    return not words.isdisjoint(said) or any(fragment in word for fragment in fragments for word in said)


@dataclass(frozen=True)
class _Statement:
    """A top-level statement.

    binds: names of the notebook.
    uses: names that it mentions.
    words: its attributes, imports and builtin lookups.
    patches: whether it changes an attribute of something.
    """

    binds: frozenset[str]
    uses: frozenset[str]
    words: frozenset[str]
    patches: bool


@functools.lru_cache(maxsize=256)
def _statements(source: str, kind: str) -> tuple[_Statement, ...] | None:
    """The statements of a cell; None for one that is no Python or imports a star.

    Functions and classes of given code are left out: `static` does not follow them either.
    """
    tree = parse(source)
    if tree is None:
        return None
    body = [s for s in run_of(tree, kind) if kind != "provided" or not isinstance(s, INNER)]
    found = tuple(_read(statement) for statement in body)
    return None if any("*" in statement.words for statement in found) else found


def _read(statement: ast.stmt) -> _Statement:
    nodes = walk(statement)
    names, words, patches = set[str](), set[str](), False
    for node in nodes:
        if isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            words.add(node.attr)
            patches = patches or not isinstance(node.ctx, ast.Load)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            words.update((getattr(node, "module", None) or "").split("."))
            if not all(map(is_known_library, imported_modules(node))):
                words.add(OWN_IMPORT)
            for alias in node.names:
                words.update(alias.name.split("."))
    # Of plain names only a builtin is more than what an import or an attribute has said already.
    words |= _LOOKUPS & names
    return _Statement(
        frozenset(bound_names(statement)) | _globals_of(nodes),
        frozenset(names - _own_names(statement, nodes)),
        frozenset(words),
        patches or "setattr" in names,
    )


def _globals_of(nodes: Sequence[ast.AST]) -> frozenset[str]:
    """Names of the notebook that a function may bind."""
    return frozenset(name for node in nodes if isinstance(node, ast.Global) for name in node.names)


def _own_names(statement: ast.stmt, nodes: Sequence[ast.AST]) -> set[str]:
    """The names that are local to a function wherever it mentions them. nodes: all nodes of the statement."""
    if not isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return set()
    args = statement.args
    own = {a.arg for a in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg) if a is not None}
    for inner in statement.body:
        own.update(bound_names(inner))
    for node in nodes:
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            own.difference_update(node.names)
    # Defaults and decorators are read outside, before any of it is bound.
    outside = [*args.defaults, *args.kw_defaults, *statement.decorator_list]
    return own - {n.id for part in outside if part is not None for n in walk(part) if isinstance(n, ast.Name)}


__all__ = ["may_be", "words_reached"]
