"""The namespaces of a notebook, one for the student's cells and one for the given code, filled statement by statement.

A name that given code uses and does not bind is a builtin, or else the student's: a graded function that it calls, say.
So a student's own `max`, `F` or `train` cannot disturb it.

Runs in the student's process; written to be fair, not to be safe.
"""

from __future__ import annotations
import __future__

import ast
import asyncio
import builtins
import functools
import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

try:
    import torch
except ImportError:  # an image for courses without torch
    torch = None  # type: ignore[assignment]

FUTURES = functools.reduce(
    lambda flags, name: flags | getattr(__future__, name).compiler_flag, __future__.all_feature_names, 0
)
_DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef)
_OWN_NAMES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Names:
    """One namespace, in which statements are run one after the other.

    values: the namespace.
    functions: for each name, the last function that a `def`, a lambda or the given code bound to it.
    futures: the compiler flags of the `from __future__` imports so far.
    sources: the cells so far, as text.
    """

    def __init__(self, values: dict[str, Any]) -> None:
        self.values = values
        self.functions: dict[str, Any] = {}
        self.futures = 0
        self.sources: list[str] = []

    def parse(self, source: str, filename: str) -> list[ast.stmt]:
        """The statements of a cell. Raises SyntaxError and its like."""
        self.sources.append(source)
        tree: ast.Module = compile(source, filename, "exec", ast.PyCF_ONLY_AST | self.futures, dont_inherit=True)  # type: ignore[assignment]
        return tree.body

    def run(self, statement: ast.stmt, filename: str) -> None:
        """Run one statement as Jupyter does: `__future__` imports hold from here on, and `await` needs no function."""
        flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | self.futures
        code = compile(ast.Module([statement], []), filename, "exec", flags=flags, dont_inherit=True)
        self.futures |= code.co_flags & FUTURES
        try:
            if code.co_flags & inspect.CO_COROUTINE:
                asyncio.run(eval(code, self.values))
            else:
                exec(code, self.values)
        except ImportError as error:
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                self._import_what_is_there(statement, filename, error)
            raise
        finally:
            self._note_functions(statement)

    def take(self, bound: dict[str, Any]) -> None:
        """Bind the names that the given code has bound."""
        self.values.update(bound)
        self.functions.update((name, value) for name, value in bound.items() if is_function(value))

    def _import_what_is_there(self, statement: ast.Import | ast.ImportFrom, filename: str, error: ImportError) -> None:
        """After a failed import: import the modules that are there, and bind `Absent` to all other new names."""
        for alias in statement.names:
            try:
                if isinstance(statement, ast.ImportFrom) or len(statement.names) == 1:
                    raise error
                single = ast.copy_location(ast.Import([alias]), statement)
                exec(compile(ast.Module([single], []), filename, "exec", dont_inherit=True), self.values)
            except ImportError as missing:
                name = (alias.asname or alias.name).partition(".")[0]
                if name != "*" and name not in self.values:
                    self.values[name] = Absent(_why(missing, alias.name))

    def _note_functions(self, statement: ast.stmt) -> None:
        for name in defined(statement):
            value = self.values.get(name)
            if is_function(value):
                self.functions[name] = value

    # -- after the cells -----------------------------------------------------------------------------------------

    def function(self, name: str) -> Any:
        """The value of a name; the last function of that name where something else took it; None if there is none."""
        value = self.values.get(name)
        if not is_function(value) and name in self.functions:
            value = self.values[name] = self.functions[name]
        return None if isinstance(value, Absent) else value

    def settle(self) -> None:
        """Give names back to the functions that lost them to a variable, where the notebook's functions only call them.

        So `loss = loss(x)` in a last cell does not break a function that calls `loss`.
        """
        lost = [n for n, f in self.functions.items() if n in self.values and not is_function(self.values[n])]
        if not lost:
            return
        uses = _uses(self.sources, frozenset(lost))
        for name in lost:
            if uses.get(name) == {"call"}:
                self.values[name] = self.functions[name]


def given_values(students: dict[str, Any]) -> dict[str, Any]:
    """A namespace for the given code. A name that it lacks is looked up in the student's whenever it is used."""
    kind = type("Given", (dict,), {"__missing__": students.__getitem__})
    return kind(vars(builtins), __name__="__main__", __builtins__=builtins, __doc__=None)  # type: ignore[no-any-return]


def is_function(value: Any) -> bool:
    """Whether a value counts as a function. Classes and networks do not, so a function whose name they take is kept."""
    if not callable(value) or isinstance(value, (type, Absent)):
        return False
    return torch is None or not isinstance(value, torch.nn.Module)


# -- statements ------------------------------------------------------------------------------------------------------


def definitions(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements that define something and cost nothing: imports, functions, lambdas, classes and constants."""
    return [statement for statement in body if _defines(statement)]


def _defines(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.ClassDef, *_DEFINES)):
        return True
    if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
        try:
            ast.literal_eval(statement.value)
        except (ValueError, TypeError, SyntaxError, RecursionError):
            return isinstance(statement.value, ast.Lambda)
        return True
    return False


def bound(body: Iterable[ast.stmt]) -> set[str]:
    """Names that statements bind in their own namespace, not in a function's or class's, even to the same value."""
    found: set[str] = set()
    waiting: list[ast.AST] = list(body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.ClassDef, *_DEFINES)):
            found.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            found.update((alias.asname or alias.name).partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif not isinstance(node, _OWN_NAMES):
            waiting += ast.iter_child_nodes(node)
    return found


def defined(statement: ast.stmt) -> Iterator[str]:
    """Names that a statement binds to functions, also under an if, a try, a with, a match or a loop."""
    if isinstance(statement, _DEFINES):
        yield statement.name
    elif isinstance(statement, ast.Assign):
        if isinstance(statement.value, ast.Lambda):
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))
    elif not isinstance(statement, ast.ClassDef):
        for block in ("body", "orelse", "finalbody", "handlers", "cases"):
            for inner in getattr(statement, block, ()):
                if isinstance(inner, ast.stmt):
                    yield from defined(inner)
                else:  # an except, a case
                    yield from (name for each in inner.body for name in defined(each))


def _uses(sources: Iterable[str], names: frozenset[str]) -> dict[str, set[str]]:
    """How functions in these cells use some names: "call", or "value" for anything else."""
    found: dict[str, set[str]] = {}
    for source in sources:
        with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            for function in ast.walk(ast.parse(source)):
                if isinstance(function, (ast.Lambda, *_DEFINES)):
                    for name, use in _uses_in(function, names):
                        found.setdefault(name, set()).add(use)
    return found


def _uses_in(
    function: ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef, names: frozenset[str]
) -> Iterator[tuple[str, str]]:
    inner = [node for part in _parts(function) for node in ast.walk(part)]
    called = {id(node.func) for node in inner if isinstance(node, ast.Call)}
    for node in inner:
        if isinstance(node, ast.Name) and node.id in names and isinstance(node.ctx, ast.Load):
            yield node.id, "call" if id(node) in called else "value"


def _parts(function: ast.Lambda | ast.FunctionDef | ast.AsyncFunctionDef) -> Sequence[ast.AST]:
    return [function.body] if isinstance(function, ast.Lambda) else function.body


# -- what is not installed -------------------------------------------------------------------------------------------


def _why(error: ImportError, name: str) -> str:
    if isinstance(error, ModuleNotFoundError) and error.name:
        return f"{error.name.partition('.')[0]} is not installed here"
    return f"{name} could not be imported: {error}"


class Absent:
    """The value of a name whose import failed: to call it or compute with it raises ModuleNotFoundError.

    The error says what is missing. Attributes are `Absent` too. Only the notebook's namespace holds it, never
    `sys.modules`.
    """

    def __init__(self, why: str) -> None:
        object.__setattr__(self, "_why", why)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent(object.__getattribute__(self, "_why"))

    def __instancecheck__(self, instance: object) -> bool:
        return False  # nothing can be of a class that is not there

    def __repr__(self) -> str:
        return f"<{object.__getattribute__(self, '_why')}>"


def _say(name: str) -> Callable[..., Any]:
    def refuse(self: Absent, *args: Any, **options: Any) -> Any:
        raise ModuleNotFoundError(object.__getattribute__(self, "_why"))

    refuse.__name__ = name
    return refuse


for _name in (
    "__call__", "__getitem__", "__setitem__", "__setattr__", "__iter__", "__len__", "__bool__", "__enter__", "__exit__",
    "__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__rmul__", "__truediv__", "__matmul__", "__float__",
    "__int__", "__index__", "__lt__", "__gt__", "__mro_entries__",
):  # fmt: skip
    with suppress(TypeError):
        setattr(Absent, _name, _say(_name))
