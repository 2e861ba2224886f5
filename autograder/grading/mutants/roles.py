"""What a place in the reference is called in front of students, who never read the reference.

An author names an expression (`# role: pre-activation / 활성화 전 값`). Otherwise the name of the variable that gets
its value is its role, if students know that name from the notebook; what they do not know is not said.
"""

from __future__ import annotations

import ast
import re

from autograder.grading.mutants.mutant import Slip
from autograder.grading.mutants.slips.spans import Source
from autograder.i18n import Text
from autograder.notebooks.marks import Marks

_RETURNS = re.compile(r"[Rr]eturns \(([A-Za-z_][\w, ]*)\)")
_WORD = re.compile(r"[A-Za-z_]\w*")


class Roles:
    """The roles of the places of one cell.

    released: what students get to read.
    """

    def __init__(self, source: Source, marks: Marks, released: str) -> None:
        self.source, self.marks = source, marks
        self.words = frozenset(_WORD.findall(released))
        self.statements = [
            node for node in ast.walk(source.tree) if isinstance(node, (ast.Assign, ast.AugAssign, ast.Return))
        ]

    def of(self, slip: Slip) -> Text | None:
        """The role of the expression that a slip spoils, or None."""
        for line in range(self.source.line_of(slip.start), self.source.line_of(max(slip.start, slip.end - 1)) + 1):
            if line in self.marks.role:
                return self.marks.role[line]
        around = [node for node in self.statements if _holds(self.source.span(node), slip)]
        if not around:
            return None
        nearest = max(around, key=lambda node: self.source.span(node)[0])
        name = self._name(nearest, slip)
        return Text(name, name) if name and self.known(name) else None

    def known(self, name: str) -> str:
        """The name, if students know it."""
        return name if name in self.words else ""

    def _results(self, node: ast.Return) -> list[str]:
        """What the docstring around a return calls its results: Returns (loss, dW, db)."""
        above: ast.AST | None = node
        while above is not None and not isinstance(above, ast.FunctionDef):
            above = self.source.parents.get(id(above))
        found = _RETURNS.search(ast.get_docstring(above, clean=False) or "") if above is not None else None
        return [name.strip() for name in found[1].split(",")] if found else []

    def _name(self, node: ast.AST, slip: Slip) -> str:
        """The variable that gets the value in which the slip stands."""
        value = getattr(node, "value", None)
        if isinstance(node, ast.Return):
            parts = value.elts if isinstance(value, ast.Tuple) else [value]
            found = [part for part in parts if part is not None and _holds(self.source.span(part), slip)]
            if not found:
                return ""
            names = self._results(node)
            if len(names) == len(parts):
                return names[parts.index(found[0])]
            return found[0].id if isinstance(found[0], ast.Name) else ""
        target = node.target if isinstance(node, ast.AugAssign) else node.targets[0]  # type: ignore[attr-defined]
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
            for name, part in zip(target.elts, value.elts, strict=True):
                if _holds(self.source.span(part), slip):
                    return name.id if isinstance(name, ast.Name) else ""
        return target.id if isinstance(target, ast.Name) else ""


def _holds(span: tuple[int, int], slip: Slip) -> bool:
    return span[0] <= slip.start and slip.end <= span[1]
