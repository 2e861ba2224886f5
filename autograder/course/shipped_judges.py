"""Judges of visible checks: their source goes to students, so that the checker in the notebook asks the same judge.

What is shipped runs in a notebook that has numpy and nothing of this package, and is read by whoever opens the file. So
it uses its arguments, the value, numpy and `Text` alone, and none of the solution's names.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FunctionType

from autograder.authoring import Check
from autograder.course.checks_file import place_in
from autograder.course.misconceptions_file import parse_author_file
from autograder.course.textfile import read_text
from autograder.errors import AssignmentError
from autograder.notebooks.source import begins_at

_NOT_IN_NOTEBOOKS = frozenset(["open", "exec", "eval", "compile", "input", "globals", "locals", "vars", "breakpoint"])
_BUILTINS = {name for name in vars(builtins) if not name.startswith("_")} - _NOT_IN_NOTEBOOKS
_REMEDY = "Make it a function of checks.py that uses its arguments and numpy alone, or say ship_judge=False: then students see the form alone, and no points."


@dataclass(frozen=True)
class ShippedJudge:
    """A judge as students get it.

    name: of its function.
    source: the function's text.
    numpy: the names under which it knows numpy.
    """

    name: str
    source: str
    numpy: tuple[str, ...]


def ships(check: Check) -> bool:
    """Whether the judge of a check goes to students."""
    return check.visible and check.judge is not None and check.ship_judge


def form_only(check: Check) -> bool:
    """Whether students can compare no more than the form: the check has a judge that stays with the grader."""
    return check.visible and check.judge is not None and not check.ship_judge


def shipped_judge(check: Check, path: Path) -> ShippedJudge | None:
    """The judge of a visible check; None where there is none to ship. path: of checks.py."""
    if not ships(check):
        return None
    text = read_text(path, AssignmentError)
    tree = parse_author_file(text, path)
    function = _definition(check, tree, path)
    if function is None:  # `bad_judges` says why
        return None
    source = "\n".join(text.split("\n")[function.lineno - 1 : function.end_lineno])
    return ShippedJudge(function.name, source, tuple(sorted(_numpy_names(tree))))


def bad_judges(checks: Iterable[Check], taken: Iterable[str], path: Path) -> Iterator[tuple[str, str]]:
    """(file and line, what is wrong) wherever a judge cannot go to students. taken: the names that solution.py defines."""
    wanted = [check for check in checks if ships(check)]
    if not wanted:
        return
    text = read_text(path, AssignmentError)
    tree, secret = parse_author_file(text, path), set(taken)
    numpy = _numpy_names(tree)
    for check in wanted:
        what = f'the judge of the visible check "{check.name}" of "{check.task}"'
        function = _definition(check, tree, path)
        if function is None:
            yield place_in(path, None, check), f"{what} goes to students and is no function of checks.py. {_REMEDY}"
            continue
        for line, why in dict.fromkeys(_faults(function, text, numpy, secret)):
            yield f"{path}:{line}", f"{what} goes to students, and {why}. {_REMEDY}"


def _definition(check: Check, tree: ast.Module, path: Path) -> ast.FunctionDef | None:
    """The statement of checks.py that defines the judge; None for lambdas, closures, and what stands elsewhere."""
    judge = check.judge
    if not isinstance(judge, FunctionType) or judge.__closure__ or judge.__code__.co_filename != str(path):
        return None
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or node.name != judge.__name__:
            continue
        if begins_at(node) == judge.__code__.co_firstlineno:
            return node
    return None


def _faults(function: ast.FunctionDef, text: str, numpy: set[str], secret: set[str]) -> Iterator[tuple[int, str]]:
    """(line, what is wrong) of everything in a judge that a notebook lacks or must not show."""
    if function.decorator_list:
        yield function.decorator_list[0].lineno, "has a decorator"
    outside = _outside(function, text)
    for node in ast.walk(function):
        line = getattr(node, "lineno", function.lineno)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            yield line, f'imports ("{ast.unparse(node)}")'
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            yield line, f'keeps something between calls ("{ast.unparse(node)}")'
        elif isinstance(node, ast.Name) and node.id in outside - numpy - _BUILTINS - {"Text"}:
            whose = "a name of solution.py" if node.id in secret else "which does not go with it"
            yield line, f'uses "{node.id}", {whose}'
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node is not function and node.name in secret:
            yield line, f'defines "{node.name}", a name of solution.py'


def _outside(function: ast.FunctionDef, text: str) -> set[str]:
    """The names that a function, or one inside it, takes from outside."""
    source = "\n".join(text.split("\n")[function.lineno - 1 : function.end_lineno])
    found = {node.id for part in _evaluated_outside(function) for node in ast.walk(part) if isinstance(node, ast.Name)}
    tables = symtable.symtable(source, "checks.py", "exec").get_children()
    while tables:
        current = tables.pop()
        tables += current.get_children()
        found |= {symbol.get_name() for symbol in current.get_symbols() if symbol.is_global()}
    return found


def _evaluated_outside(function: ast.FunctionDef) -> list[ast.expr]:
    """Defaults and annotations, which run where the function is defined."""
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    annotations = [
        argument.annotation for argument in every if argument is not None and argument.annotation is not None
    ]
    defaults = [default for default in [*arguments.defaults, *arguments.kw_defaults] if default is not None]
    return [*defaults, *annotations, *([function.returns] if function.returns is not None else [])]


def _numpy_names(tree: ast.Module) -> set[str]:
    """The names under which checks.py imports numpy as a whole."""
    imports = (alias for node in tree.body if isinstance(node, ast.Import) for alias in node.names)
    return {alias.asname or "numpy" for alias in imports if alias.name == "numpy"}
