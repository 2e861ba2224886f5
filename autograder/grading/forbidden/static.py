"""The first witness: what the code of a task says, followed through imports, aliases, helpers and computed names.

It reads what the task's functions can reach, and nothing else: a comment, a text, an import that nobody uses, an
experiment in another cell and a line after `return` are no use of anything.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from autograder.authoring import Task
from autograder.grading.findings import Forbidden
from autograder.grading.forbidden.names import is_forbidden, method_of
from autograder.grading.forbidden.resolve import Constant, Named, Resolver, Value
from autograder.grading.forbidden.scopes import INNER, Binding, Scope, bindings, inner_scope, live, never, read_program
from autograder.notebooks.source import walk
from autograder.sandbox.interface import Program

MOST_FINDINGS = 20  # of one task: a thousand lines of the same say no more
_ASKS_ABOUT = ("builtins.isinstance", "builtins.issubclass", "builtins.help", "builtins.hasattr")
_RUNS_TEXT = ("builtins.eval", "builtins.exec")
_SWITCHES_OFF = (
    "sys.setprofile", "threading.setprofile", "torch._C.DisableTorchFunction", "torch._C.DisableTorchFunctionSubclass",
    "torch._C._DisableTorchDispatch", "torch.utils._python_dispatch", "torch.overrides", "runner", "recorder",
    "sys.modules.runner", "sys.modules.recorder",
)  # fmt: skip


class Reader:
    """The code of one submission."""

    def __init__(self, program: Program) -> None:
        self.top, self.trees, self.unread = read_program(program)
        self.resolver = Resolver()
        self.methods: set[str] = set()  # names that the student's own classes and functions have
        self._inner: dict[tuple[int, int], tuple[ast.AST, Scope, Scope]] = {}
        for tree, cell in self.trees:
            self._note_patches(tree, cell)

    def _note_patches(self, tree: ast.Module, cell: str) -> None:
        """`torch.relu = torch.softmax`, setattr(...): from then on the name means something else."""
        for node in walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self.methods.add(node.name)
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Attribute):
                        self._patch(self.resolver.resolve(target.value, self.top), target.attr, node.value)
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "setattr" and len(node.args) == 3:
                for text in self.resolver.texts(node.args[1], self.top):
                    self._patch(self.resolver.resolve(node.args[0], self.top), text, node.args[2])

    def _patch(self, bases: Sequence[Value], attribute: str, value: ast.expr) -> None:
        for base in bases:
            if isinstance(base, Named):
                self.resolver.patches.setdefault(f"{base.name}.{attribute}", (value, self.top))

    def inner(self, node: ast.AST, scope: Scope, cell: str) -> Scope:
        """The scope inside a definition: made once, for all tasks that reach it, with all that was resolved in it."""
        key = (id(node), id(scope))
        if key not in self._inner:
            self._inner[key] = (node, scope, inner_scope(node, scope, cell))  # both are held, so their ids stay theirs
        return self._inner[key][2]

    # -- one task ------------------------------------------------------------------------------------------------

    def findings(self, task: Task) -> Iterator[Forbidden]:
        """Every use of something forbidden in code that the task's functions reach."""
        reported: set[tuple[str, str, int]] = set()
        for name, cell, line, evidence, certain in self._uses(task):
            if (name, cell, line) not in reported and len(reported) < MOST_FINDINGS:
                reported.add((name, cell, line))
                yield Forbidden(task.name, name, cell, line, evidence, "static", certain=certain)
        if self.unread and any(function not in self.top.names for function in task.functions):
            yield Forbidden(task.name, task.forbid[0], self.unread[0], None, "this cell cannot be read", "static")

    def _uses(self, task: Task) -> Iterator[tuple[str, str, int, str, bool]]:
        waiting: list[tuple[str, bool]] = [(function, True) for function in task.functions]
        seen: set[str] = set()
        while waiting:
            name, sure = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            found = self.top.names.get(name, [])
            alone = sure and len(found) == 1
            for binding in found:
                if binding.node is None:
                    continue
                # A value is used as what it is, which the place of its use resolves; here only functions count.
                certain = alone and (binding.kind == "definition" or isinstance(binding.node, ast.Lambda))
                walker = _Walker(self, task, binding.cell)
                for node, scope in walker.expressions(binding.node, self.top):
                    for forbidden, evidence, surely in walker.judge(node, scope):
                        yield forbidden, binding.cell, getattr(node, "lineno", 0), evidence, certain and surely
                waiting += [(used, alone) for used in walker.used]


class _Walker:
    """Visits the expressions of one definition, each in its scope."""

    def __init__(self, reader: Reader, task: Task, cell: str) -> None:
        self.reader, self.resolver, self.task, self.cell = reader, reader.resolver, task, cell
        self.used: list[str] = []  # names of the notebook that it uses
        self.texts = 0

    def expressions(self, root: ast.AST, scope: Scope) -> Iterator[tuple[ast.expr, Scope]]:
        stack: list[tuple[ast.AST, Scope]] = [(root, scope)]
        while stack:
            node, here = stack.pop()
            if isinstance(node, ast.expr):
                yield node, here
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                found = here.find(node.id)
                if found is not None and found[1].parent is None:
                    self.used.append(node.id)
            stack += reversed(list(self._children(node, here)))

    def _children(self, node: ast.AST, scope: Scope) -> Iterator[tuple[ast.AST, Scope]]:
        if isinstance(node, INNER):
            yield from ((part, scope) for part in _outside(node))
            inner = self.reader.inner(node, scope, self.cell)
            yield from ((part, inner) for part in (live(node.body) if isinstance(node.body, list) else [node.body]))
        elif isinstance(node, (ast.If, ast.While)) and never(node.test):
            yield from ((part, scope) for part in node.orelse)
        elif isinstance(node, ast.Attribute):
            base = node.value
            while isinstance(base, ast.Attribute):  # torch.autograd in torch.autograd.no_grad is no use of its own
                base = base.value
            yield base, scope
        elif isinstance(node, ast.Call):
            yield node.func, scope
            if not self._only_asks(node, scope):
                yield from ((part, scope) for part in (*node.args, *(k.value for k in node.keywords)))
            yield from ((tree, scope) for tree in self._run_texts(node, scope))
        elif isinstance(node, (ast.AnnAssign, ast.arg)):
            yield from ((part, scope) for part in (getattr(node, "value", None), getattr(node, "target", None)) if part)
        else:
            for _, field in ast.iter_fields(node):
                if isinstance(field, list):
                    parts = live(field) if field and isinstance(field[0], ast.stmt) else field
                    yield from ((part, scope) for part in parts if isinstance(part, ast.AST))
                elif isinstance(field, ast.AST):
                    yield field, scope

    def _only_asks(self, call: ast.Call, scope: Scope) -> bool:
        return any(isinstance(v, Named) and v.name in _ASKS_ABOUT for v in self.resolver.resolve(call.func, scope))

    def _run_texts(self, call: ast.Call, scope: Scope) -> Iterator[ast.AST]:
        """The code in eval("...") and exec("..."), on the line of the call. What exec binds is bound here."""
        named = [v.name for v in self.resolver.resolve(call.func, scope) if isinstance(v, Named)]
        if not any(name in _RUNS_TEXT for name in named) or not call.args or self.texts > 20:
            return
        for tree in self.resolver.code(call.args[0], scope):
            self.texts += 1
            for node in walk(tree):
                if hasattr(node, "lineno"):
                    node.lineno = call.lineno  # type: ignore[attr-defined]
            for name, binding in bindings(tree.body, self.cell):
                scope.names.setdefault(name, []).append(binding)
            yield tree

    # -- judging -------------------------------------------------------------------------------------------------

    def judge(self, node: ast.expr, scope: Scope) -> Iterator[tuple[str, str, bool]]:
        """(what is forbidden, evidence, whether it is certain) of one expression."""
        if not isinstance(node, (ast.Attribute, ast.Name, ast.Call, ast.Subscript)):
            return
        values = self.resolver.resolve(node, scope)
        names = [value.name for value in values if isinstance(value, Named)]
        for forbidden in self.task.forbid:
            hits = [name for name in names if is_forbidden(forbidden, name)]
            if hits:
                yield forbidden, f"uses {hits[0]}", len(hits) == len(values)
        if isinstance(node, ast.Attribute) and not names:
            yield from self._method(node, node.attr)
        yield from self._suspicious(node, names, scope)

    def _method(self, node: ast.AST, attribute: str) -> Iterator[tuple[str, str, bool]]:
        """x.backward(): the name is the method's, but x may be an object of the student's own."""
        if attribute in self.reader.methods:
            return
        for forbidden in self.task.forbid:
            if attribute == method_of(forbidden):
                yield forbidden, f"uses a method .{attribute}", False

    def _suspicious(self, node: ast.expr, names: Sequence[str], scope: Scope) -> Iterator[tuple[str, str, bool]]:
        """What cannot be followed, and what blinds the other witness: for staff to look at."""
        first = self.task.forbid[0]
        for name in names:
            if name.startswith(_SWITCHES_OFF):
                yield first, f"uses {name}, which can blind the record of operators", False
        if not isinstance(node, ast.Call):
            return
        functions = [v.name for v in self.resolver.resolve(node.func, scope) if isinstance(v, Named)]
        for function in functions:
            position = {"builtins.getattr": 1, "builtins.eval": 0, "builtins.exec": 0}.get(function)
            if position is None or len(node.args) <= position:
                continue
            on_library = position == 0 or any(isinstance(v, Named) for v in self.resolver.resolve(node.args[0], scope))
            known = any(isinstance(v, Constant) for v in self.resolver.resolve(node.args[position], scope))
            if on_library and not known:
                yield first, f"{function.removeprefix('builtins.')} of a name that is known at run time only", False
            elif position == 1 and known:
                for text in self.resolver.texts(node.args[1], scope):
                    if not names:
                        yield from self._method(node, text)


def _outside(node: ast.AST) -> Iterator[ast.AST]:
    """What of a function or class is evaluated where it stands: decorators, defaults, bases; not annotations."""
    yield from getattr(node, "decorator_list", [])
    if isinstance(node, ast.ClassDef):
        yield from node.bases
        yield from (keyword.value for keyword in node.keywords)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        yield from node.args.defaults
        yield from (default for default in node.args.kw_defaults if default is not None)


__all__ = ["Binding", "Reader"]
