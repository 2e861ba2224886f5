"""Two hashes of an assignment: of all that decides a grade, and of all that the words of a report come from.

A changed hint, title, message, misconception, comment or docstring changes the words alone: reports are rebuilt from
kept outcomes. A change to other code, to points, tolerances or limits can change a grade: submissions run again.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable
from pathlib import Path

from autograder.course.settings import Settings
from autograder.course.solution_file import SolutionCell
from autograder.sandbox.interface import Limits

_DOCUMENTED = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def grade_fingerprint(settings: Settings, cells: Iterable[SolutionCell], checks: Path) -> str:
    """The hash of all that decides a grade: settings and limits, and the code of `solution.py` and `checks.py` without
    its words."""
    digest = hashlib.sha256(repr((settings.notebook, settings.device, settings.limits, settings.forbidden)).encode())
    if settings.carry != "none":
        digest.update(f"\0carry {settings.carry}".encode())
    for cell in cells:
        if cell.role != "text":
            digest.update(f"\0{cell.role} {cell.task}\0{_without_words(cell.source)}".encode())
    digest.update(b"\0checks\0" + _without_words(checks.read_text(encoding="utf-8")).encode())
    return digest.hexdigest()[:16]


def answers_fingerprint(limits: Limits, cells: Iterable[SolutionCell]) -> str:
    """The hash of what decides a call's result beside the call: limits, and the code of `solution.py` without words."""
    digest = hashlib.sha256(repr(limits).encode())
    for cell in cells:
        if cell.role != "text":
            digest.update(f"\0{cell.role} {cell.task}\0{_without_words(cell.source)}".encode())
    return digest.hexdigest()[:16]


def report_fingerprint(folder: Path) -> str:
    """The hash of every file that a report's words may come from."""
    digest = hashlib.sha256()
    for name in ("assignment.yml", "checks.py", "misconceptions.py", "solution.py"):
        path = folder / name
        if path.exists():
            digest.update(name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _without_words(source: str) -> str:
    """Code as a syntax tree without comments, docstrings and the sentences of its `Text`s; else the source itself."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return source
    return ast.dump(_Wordless().visit(tree))


class _Wordless(ast.NodeTransformer):
    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "Text":
            node.args, node.keywords = [], []
        return node
