"""A first look: can anything in this program be the forbidden thing at all?

What is forbidden is reached by its name, or by a text through one of a few functions that look texts up. A program that
writes neither cannot reach it, and need not be read any further: that is most of a class.
"""

from __future__ import annotations

import ast
import functools

from autograder.forbidden.names import spellings
from autograder.forbidden.scopes import walk
from autograder.magics import parse
from autograder.sandbox.interface import Program

# From a text to a thing, or to code; and what hides a thing from the record of operators.
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
    ]
)


def may_use(program: Program, forbidden: str) -> bool:
    """Whether a program could use the forbidden thing: False only where it certainly cannot, by what it says."""
    words, fragments = spellings(forbidden)
    for cell in program.cells:
        said = _words(cell.source, cell.kind == "provided")
        if said is None or not _LOOKUPS.isdisjoint(said) or not words.isdisjoint(said):
            return True
        if fragments and any(fragment in word for word in said for fragment in fragments):
            return True
    return False


@functools.lru_cache(maxsize=256)
def _words(source: str, outermost: bool) -> frozenset[str] | None:
    """The attributes, imports and builtin lookups of a cell; None for one that is no Python or imports a star.

    outermost: without what stands inside functions and classes, as nobody follows given code.
    """
    tree = parse(source)
    if tree is None:
        return None
    found: set[str] = set()
    for statement in tree.body:
        if outermost and isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        for node in walk(statement):
            if isinstance(node, ast.Name):
                # Of plain names only a builtin is more than what an import or an attribute has said already.
                found.update(_LOOKUPS & {node.id})
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                found.update((getattr(node, "module", None) or "").split("."))
                for alias in node.names:
                    found.update(alias.name.split("."))
    return None if "*" in found else frozenset(found)


__all__ = ["may_use"]
