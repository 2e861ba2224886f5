"""The calls in the tests of another tool: those with literal arguments, and everything else.

A check can make a call with literal arguments again, and the solution answers it; the value that the test expected is
not needed. Any other test must be written anew by a person.
"""

from __future__ import annotations

import ast
import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from autograder.exchange.drafts.foreign import BEGIN_HIDDEN, END_HIDDEN
from autograder.notebooks.source import parse

Node = TypeVar("Node", bound=ast.AST)

_MODULES = {"np": "numpy", "numpy": "numpy", "torch": "torch", "math": "math"}
_CONSTANTS = {"pi": "np.pi", "inf": "np.inf", "nan": "np.nan", "e": "np.e"}
_MAKERS = {
    "numpy": frozenset({"array", "zeros", "ones", "eye", "arange", "linspace", "full", "asarray"}),
    "torch": frozenset({"tensor", "zeros", "ones", "eye"}),
}
_DTYPES = frozenset({"float32", "float64", "int32", "int64", "bool", "uint8", "int", "float"})
_AUTOTEST = re.compile(r"^\s*#+ (?:HASHED )?AUTOTEST (?P<what>.+)$")
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div)
MOST_LITERAL = 20_000  # characters


@dataclass(frozen=True)
class Answers:
    """What an answer's cell gives.

    parameters: by function.
    variables: name -> the function that returns it.
    """

    parameters: Mapping[str, Sequence[str]]
    variables: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """One statement of a test.

    text: the statement, with the value that it expects.
    hidden: whether it stood among hidden tests.
    calls: (function, arguments as Python source) of each call, where all arguments are literal; otherwise none.
    """

    text: str
    hidden: bool
    calls: tuple[tuple[str, tuple[str, ...]], ...] = ()


def read_tests(source: str, answers: Answers) -> list[Found]:
    """The statements of a test that check something, in order. Source that is no Python counts as one statement."""
    tree = parse(source)
    if tree is None:
        return [Found(source.strip(), False)]
    hidden = _hidden_lines(source)
    known: dict[str, ast.expr] = {}
    found = [Found(what, line in hidden, _calls(what, answers)) for line, what in _autotests(source)]
    for statement in tree.body:
        text = ast.get_source_segment(source, statement) or ast.unparse(statement)
        secret = statement.lineno in hidden
        whole = _substituted(statement, known)
        if isinstance(whole, ast.Assign):
            known |= {name: value for target in whole.targets for name, value in _bound(target, whole.value)}
        elif isinstance(whole, ast.Assert) or _matters(whole, answers):
            calls = _literal_calls(whole, answers) if _checks_values(whole) else None
            found.append(Found(text, secret, tuple(calls or ())))
    return found


def _bound(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    """(name, what it stands for) of an assignment; a part of a result stands for the call that gave it."""
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, (ast.Tuple, ast.List)):
        parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else [value] * len(target.elts)
        for inner, part in zip(target.elts, parts, strict=False):
            yield from _bound(inner, part)


def _hidden_lines(source: str) -> set[int]:
    inside, lines = False, set()
    for number, line in enumerate(source.split("\n"), start=1):
        inside = (inside or BEGIN_HIDDEN in line) and END_HIDDEN not in line
        if inside:
            lines.add(number)
    return lines


def _autotests(source: str) -> Iterator[tuple[int, str]]:
    """(line, expression) of nbgrader's `### AUTOTEST a; f(2)`."""
    for number, line in enumerate(source.split("\n"), start=1):
        said = _AUTOTEST.match(line)
        yield from ((number, part.strip()) for part in (said["what"].split(";") if said else ()) if part.strip())


def _calls(expression: str, answers: Answers) -> tuple[tuple[str, tuple[str, ...]], ...]:
    tree = parse(expression)
    return tuple(_literal_calls(tree, answers) or ()) if tree is not None else ()


def _checks_values(statement: ast.stmt) -> bool:
    """Whether a statement compares or shows values, and expects no error.

    Such are assert ..., assert_equal(...), np.testing.assert_allclose(...) and f(2).
    """
    if isinstance(statement, ast.Assert):
        return True
    if isinstance(statement, ast.Expr) and isinstance(
        statement.value, (ast.Compare, ast.BoolOp, ast.Name, ast.Subscript)
    ):
        return True
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    return not re.search(r"raises|warns", ast.unparse(statement.value.func), re.IGNORECASE)


def _matters(statement: ast.stmt, answers: Answers) -> bool:
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef, ast.Pass)):
        return False
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return False
    names = {*answers.parameters, *answers.variables}
    return any(
        isinstance(node, (ast.Assert, ast.Raise)) or (isinstance(node, ast.Name) and node.id in names)
        for node in ast.walk(statement)
    )


class _Substitute(ast.NodeTransformer):
    def __init__(self, known: Mapping[str, ast.expr]) -> None:
        self.known = known

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if isinstance(node.ctx, ast.Load) and node.id in self.known:
            return copy.deepcopy(self.known[node.id])
        return node


def _substituted(node: Node, known: Mapping[str, ast.expr]) -> Node:
    """The same node, with each name that the test itself bound replaced by its value."""
    return _Substitute(known).visit(copy.deepcopy(node))  # type: ignore[no-any-return]


# -- literal calls ---------------------------------------------------------------------------------------------------


def _literal_calls(tree: ast.AST, answers: Answers) -> list[tuple[str, tuple[str, ...]]] | None:
    """Every call of an answer in a statement; None where one of them is not literal, or there is none."""
    found: list[tuple[str, tuple[str, ...]]] = []
    called: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in answers.parameters:
            arguments = _arguments(node, answers.parameters[node.func.id])
            if arguments is None:
                return None
            called.add(node.func)
            found.append((node.func.id, arguments))
        elif isinstance(node, ast.Name) and node not in called:
            if node.id in answers.variables:
                found.append((answers.variables[node.id], ()))
            elif node.id in answers.parameters:
                return None  # the function itself, passed on or inspected
    return list(dict.fromkeys(found)) or None


def _arguments(call: ast.Call, parameters: Sequence[str]) -> tuple[str, ...] | None:
    """The arguments by position, as source for checks.py; None where one is no literal."""
    given: dict[int, ast.expr] = dict(enumerate(call.args))
    for keyword in call.keywords:
        if keyword.arg is None or keyword.arg not in parameters:
            return None
        given[list(parameters).index(keyword.arg)] = keyword.value
    if sorted(given) != list(range(len(given))):
        return None
    found = [_source(given[place]) for place in sorted(given)]
    if any(text is None for text in found) or sum(len(text or "") for text in found) > MOST_LITERAL:
        return None
    return tuple(text for text in found if text is not None)


def _source(node: ast.expr) -> str | None:
    """A literal as Python source for checks.py, where numpy alone is there; None for anything else."""
    if isinstance(node, ast.Constant):
        return None if isinstance(node.value, (bytes, type(...))) else repr(node.value)
    if isinstance(node, (ast.List, ast.Tuple)):
        items = [_source(item) for item in node.elts]
        if any(item is None for item in items):
            return None
        inside = ", ".join(item for item in items if item is not None)
        return f"[{inside}]" if isinstance(node, ast.List) else f"({inside},)" if len(items) == 1 else f"({inside})"
    if isinstance(node, ast.Dict):
        pairs = [
            (_source(key) if key is not None else None, _source(value))
            for key, value in zip(node.keys, node.values, strict=True)
        ]
        if any(part is None for pair in pairs for part in pair):
            return None
        return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.UAdd)):
        inner = _source(node.operand)
        return None if inner is None else f"{'-' if isinstance(node.op, ast.USub) else '+'}{inner}"
    if isinstance(node, ast.BinOp) and isinstance(node.op, _ARITHMETIC):
        left, right = _source(node.left), _source(node.right)
        simple = all(
            isinstance(side, (ast.Constant, ast.UnaryOp, ast.BinOp, ast.Attribute)) for side in (node.left, node.right)
        )
        return (
            ast.unparse(node)
            if left is not None and right is not None and simple and "np." not in left + right
            else None
        )
    if isinstance(node, ast.Attribute):
        return _CONSTANTS.get(node.attr) if _module(node) in ("numpy", "math") else None
    return _made(node) if isinstance(node, ast.Call) else None


def _module(node: ast.expr) -> str:
    inner = node.value if isinstance(node, ast.Attribute) else None
    return _MODULES.get(inner.id, "") if isinstance(inner, ast.Name) else ""


def _made(call: ast.Call) -> str | None:
    """np.array(...) and torch.tensor(...) of literals, as source whose value becomes the same in the sandbox."""
    module = _module(call.func)
    maker = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if maker not in _MAKERS.get(module, ()):
        return None
    arguments = [_source(argument) for argument in call.args]
    dtype = ""
    for keyword in call.keywords:
        name = keyword.value.attr if isinstance(keyword.value, ast.Attribute) else getattr(keyword.value, "id", "")
        if keyword.arg != "dtype" or name not in _DTYPES:
            return None
        dtype = {"int": "int64", "float": "float64"}.get(name, name)
    if any(argument is None for argument in arguments):
        return None
    inside = [argument for argument in arguments if argument is not None]
    if module == "numpy":
        typed = [*inside, *([f"dtype=np.{dtype}" if dtype != "bool" else "dtype=bool"] if dtype else [])]
        return f'Array(np.{maker}({", ".join(typed)}), kind="ndarray")'
    if maker == "tensor":
        return f"tensor({inside[0]}{f', {dtype!r}' if dtype else ''})" if len(inside) == 1 else None
    shape = inside[0] if len(inside) == 1 else f"({', '.join(inside)})"
    shape = ", ".join(inside) if maker == "eye" else shape
    return f'np.{maker}({shape}).astype("{dtype or "float32"}")'
