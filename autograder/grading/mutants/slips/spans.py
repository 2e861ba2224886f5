"""A source with the places of its nodes: Python counts columns in bytes, and authors write Korean."""

from __future__ import annotations

import ast

_ATOMS = (ast.Name, ast.Constant, ast.Call, ast.Attribute, ast.Subscript, ast.Tuple, ast.List, ast.Dict, ast.Set)
_OPERATORS = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.Attribute, ast.Subscript, ast.Await, ast.Starred)


class Source:
    """A source, its tree and the parents of its nodes."""

    def __init__(self, text: str, tree: ast.Module) -> None:
        self.text, self.tree = text, tree
        self.content = text.encode()
        self.starts = [0, *(at + 1 for at, byte in enumerate(self.content) if byte == 10)]
        self.parents = {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}

    def span(self, node: ast.AST) -> tuple[int, int]:
        """The bytes of an expression or a statement, without the parentheses around it."""
        first, last = node.lineno, node.end_lineno  # type: ignore[attr-defined]
        begin, end = node.col_offset, node.end_col_offset  # type: ignore[attr-defined]
        return self.starts[first - 1] + begin, self.starts[last - 1] + end

    def of(self, node: ast.AST) -> str:
        """The text of a node, in parentheses where it is an operation."""
        text = self.plain(node)
        return text if isinstance(node, (*_ATOMS, ast.stmt, ast.Slice)) and not _bare_tuple(node, text) else f"({text})"

    def plain(self, node: ast.AST) -> str:
        begin, end = self.span(node)
        return self.content[begin:end].decode()

    def fits(self, node: ast.AST, new: str) -> str:
        """The text that may stand where a node stands: in parentheses where it would be torn apart otherwise."""
        bare = _bare(new)
        parent = self.parents.get(id(node))
        if not isinstance(parent, _OPERATORS) or _in_brackets(parent, node) or self._stands_in_parentheses(node):
            return bare
        try:
            parsed = ast.parse(bare, mode="eval").body
        except SyntaxError:
            return new
        return bare if isinstance(parsed, _ATOMS) and not isinstance(parsed, ast.Tuple) else f"({bare})"

    def _stands_in_parentheses(self, node: ast.AST) -> bool:
        begin, end = self.span(node)
        return self.content[:begin].rstrip().endswith(b"(") and self.content[end:].lstrip().startswith(b")")

    def line_of(self, at: int) -> int:
        """The line (from 1) of a byte."""
        low, high = 0, len(self.starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.starts[middle] <= at else (low, middle)
        return low + 1


def _bare(text: str) -> str:
    """An expression without parentheses around the whole of it; a tuple keeps them."""
    if not text.startswith("(") or not text.endswith(")"):
        return text
    try:
        whole, inside = ast.parse(text, mode="eval").body, ast.parse(text[1:-1].strip(), mode="eval").body
    except SyntaxError:
        return text
    same = ast.dump(whole) == ast.dump(inside)
    return text[1:-1].strip() if same and not isinstance(whole, ast.Tuple) else text


def _bare_tuple(node: ast.AST, text: str) -> bool:
    return isinstance(node, ast.Tuple) and not text.startswith("(")


def _in_brackets(parent: ast.AST | None, node: ast.AST) -> bool:
    return isinstance(parent, ast.Subscript) and parent.slice is node
