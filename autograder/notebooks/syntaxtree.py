"""Walks over Python's syntax trees, in a fraction of the time that those of `ast` take: every submission pays for some."""

from __future__ import annotations

import ast

# Fields that never hold a node; `ctx` holds one, but nobody walks to the mark of a load or a store.
_PLAIN = frozenset(["ctx", "id", "attr", "arg", "asname", "module", "level", "kind", "type_comment", "conversion"])
_LEAVES = (ast.Name, ast.Constant, ast.alias, ast.Global, ast.Nonlocal)


class _Holders(dict[type[ast.AST], tuple[str, ...]]):
    """For each kind of node, filled as it is met: the fields in which there may be nodes."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        names = () if issubclass(kind, _LEAVES) else tuple(name for name in kind._fields if name not in _PLAIN)
        return self.setdefault(kind, names)


_HOLDERS = _Holders()


def children(node: ast.AST) -> list[ast.AST]:
    """`ast.iter_child_nodes`, without the marks of loads and stores."""
    found: list[ast.AST] = []
    for name in _HOLDERS[type(node)]:
        value = getattr(node, name, None)
        if type(value) is list:
            found += [item for item in value if isinstance(item, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def walk(tree: ast.AST) -> list[ast.AST]:
    """`ast.walk`, in the same order, without the marks of loads and stores."""
    found = [tree]
    for node in found:
        if _HOLDERS[type(node)]:
            found += children(node)
    return found
