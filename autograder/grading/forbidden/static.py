"""The first witness: what the code of a task says, followed through imports, aliases, helpers and computed names.

It reads what the task's functions can reach, and nothing else: a comment, a text, an import that nobody uses, an
experiment in another cell and a line after `return` are no use of anything.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from autograder.authoring import Task
from autograder.grading.findings import Forbidden
from autograder.grading.forbidden.effort import TooMuch
from autograder.grading.forbidden.libraries import DOORS, PROBES, is_known_library, is_of
from autograder.grading.forbidden.names import is_forbidden, may_be_forbidden, method_of
from autograder.grading.forbidden.resolve import Constant, Named, Resolver, Value
from autograder.grading.forbidden.scopes import INNER, Binding, Scope, bindings, inner_scope, live, never, read_program
from autograder.notebooks.source import bound_names, walk
from autograder.sandbox.interface import Program

MOST_TEXTS = 20  # of eval and exec, in one definition
MOST_FINDINGS = 20  # of one task: a thousand lines of the same say no more
_ASKS_ABOUT = ("builtins.isinstance", "builtins.issubclass", "builtins.help", "builtins.hasattr")
_RUNS_TEXT = ("builtins.eval", "builtins.exec")
# Functions of which any argument may be text that is run.
_RUNS_TEXTS = ("timeit.timeit", "timeit.repeat", "timeit.Timer")
_READS_ANNOTATIONS = ("__annotations__", "get_type_hints", "get_annotations", "annotation", "__signature__")


class Reader:
    """The code of one submission."""

    def __init__(self, program: Program) -> None:
        self.top, self.trees, self.unread, self.beyond = read_program(program)
        self.resolver = Resolver()
        self.methods: set[str] = set()  # names that the student's own classes and functions have
        self.annotations_count = False
        self._inner: dict[tuple[int, int], tuple[ast.AST, Scope, Scope]] = {}
        self.stopped: TooMuch | None = None  # where the patches were not all read: `findings` tells it of every task
        try:
            for tree, cell in self.trees:
                self._note_patches(tree, cell)
        except TooMuch as problem:
            self.stopped = problem

    def _note_patches(self, tree: ast.Module, cell: str) -> None:
        """`torch.relu = torch.softmax`, setattr(...): from then on the name means something else."""
        for node in walk(tree):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self.methods.add(node.name)
                if isinstance(node, ast.ClassDef):
                    self.methods.update(name for statement in node.body for name in bound_names(statement))
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Attribute):
                        self._patch(self.resolver.resolve(target.value, self.top), target.attr, node.value)
            elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "setattr" and len(node.args) == 3:
                for text in self.resolver.texts(node.args[1], self.top):
                    self._patch(self.resolver.resolve(node.args[0], self.top), text, node.args[2])
            elif isinstance(node, (ast.Attribute, ast.Name)):
                name = node.attr if isinstance(node, ast.Attribute) else node.id
                self.annotations_count = self.annotations_count or name in _READS_ANNOTATIONS

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

    def findings(self, task: Task) -> list[Forbidden]:
        """Every use of something forbidden in code that the task's functions reach: one for each line."""
        first, found = task.forbid[0], dict[tuple[str, int], Forbidden]()
        told: list[Forbidden] = []
        try:
            if self.stopped is not None:
                raise self.stopped
            for name, cell, line, evidence, certain in self._uses(task):
                earlier = found.get((cell, line))
                if earlier is None and len(found) >= MOST_FINDINGS:
                    break
                if earlier is None or (certain and not earlier.certain):
                    found[cell, line] = Forbidden(task.name, name, cell, line, evidence, "static", certain=certain)
        except (TooMuch, RecursionError, MemoryError) as problem:
            reason = str(problem) if isinstance(problem, TooMuch) else "it is nested too deeply"
            told.append(
                Forbidden(task.name, first, task.name, None, f"its code was not read to the end: {reason}", "static")
            )
        if self.beyond:
            evidence = f"code that is too long to be read, {len(self.beyond)} cell(s)"
            told.append(Forbidden(task.name, first, self.beyond[0], None, evidence, "static"))
        elif self.unread and any(function not in self.top.names for function in task.functions):
            told.append(Forbidden(task.name, first, self.unread[0], None, "this cell cannot be read", "static"))
        return [*found.values(), *told]

    def _uses(self, task: Task) -> Iterator[tuple[str, str, int, str, bool]]:
        waiting: list[tuple[str, bool]] = [(function, True) for function in task.functions]
        seen: set[str] = set()
        while waiting:
            name, alone_so_far = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            found = self.top.names.get(name, [])
            alone = alone_so_far and len(found) == 1
            for binding in found:
                if binding.node is None:
                    continue
                # A value is used as what it is, which the place of its use resolves; here only functions count.
                certain = alone and (binding.kind == "definition" or isinstance(binding.node, ast.Lambda))
                walker = _Walker(self, task, binding.cell)
                for node, scope in walker.expressions(binding.node, self.top):
                    for forbidden, evidence, surely in walker.judge(node, scope):
                        sure = certain and surely and id(node) not in walker.unsure
                        yield forbidden, binding.cell, getattr(node, "lineno", 0), evidence, sure
                waiting += [(used, alone) for used in walker.used]


class _Walker:
    """Visits the expressions of one definition, each in its scope."""

    def __init__(self, reader: Reader, task: Task, cell: str) -> None:
        self.reader, self.resolver, self.task, self.cell = reader, reader.resolver, task, cell
        self.used: list[str] = []  # names of the notebook that it uses
        self.unsure: set[int] = set()  # annotations, which count only where somebody looks them up
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
            if self.reader.annotations_count and isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from ((part, scope) for part in self._annotations(node))
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
            if self.reader.annotations_count and node.annotation is not None:
                yield from ((part, scope) for part in self._noted([node.annotation]))
        else:
            for _, field in ast.iter_fields(node):
                if isinstance(field, list):
                    parts = live(field) if field and isinstance(field[0], ast.stmt) else field
                    yield from ((part, scope) for part in parts if isinstance(part, ast.AST))
                elif isinstance(field, ast.AST):
                    yield field, scope

    def _annotations(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.expr]:
        args = node.args
        every = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
        return self._noted([*(arg.annotation for arg in every if arg is not None), node.returns])

    def _noted(self, annotations: Sequence[ast.expr | None]) -> list[ast.expr]:
        """Annotations, marked as unsure: it is not known whether they are ever looked up."""
        found = [annotation for annotation in annotations if annotation is not None]
        self.unsure.update(id(part) for annotation in found for part in walk(annotation))
        return found

    def _only_asks(self, call: ast.Call, scope: Scope) -> bool:
        return any(isinstance(v, Named) and v.name in _ASKS_ABOUT for v in self.resolver.resolve(call.func, scope))

    def _run_texts(self, call: ast.Call, scope: Scope) -> Iterator[ast.AST]:
        """The code in eval("...") and exec("..."), on the line of the call. Names that it binds join the scope."""
        named = [v.name for v in self.resolver.resolve(call.func, scope) if isinstance(v, Named)]
        if any(name in _RUNS_TEXT for name in named):
            texts = call.args[:1]
        elif any(name in _RUNS_TEXTS for name in named):
            texts = [*call.args, *(keyword.value for keyword in call.keywords)]
        else:
            return
        for tree in (tree for text in texts for tree in self.resolver.code(text, scope)):
            if self.texts > MOST_TEXTS:
                raise TooMuch("it runs too many texts")
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
        named = self._forbidden(names)
        if named is not None:
            forbidden, hits = named
            yield forbidden, f"uses {hits[0]}", len(hits) == len(values)
        elif isinstance(node, ast.Attribute) and not names:
            yield from self._method(node.attr)
        else:
            near = ((f, name) for name in names for f in self.task.forbid if may_be_forbidden(f, name))
            yield from ((forbidden, f"uses {name}", False) for forbidden, name in near)
        yield from self._suspicious(node, names, scope)

    def _forbidden(self, names: Sequence[str]) -> tuple[str, list[str]] | None:
        """(what the task forbids, the names of it) of these names: its own name first, then any other for the same thing."""
        found = [(f, hits) for f in self.task.forbid if (hits := [name for name in names if is_forbidden(f, name)])]
        return next((one for one in found if any(n == one[0] for n in one[1])), found[0] if found else None)

    def _method(self, attribute: str) -> Iterator[tuple[str, str, bool]]:
        """x.backward(): the name is the method's, but x may be an object of the student's own."""
        if attribute in self.reader.methods:
            return
        for forbidden in self.task.forbid:
            if attribute == method_of(forbidden):
                yield forbidden, f"uses a method .{attribute}", False
                return

    def _suspicious(self, node: ast.expr, names: Sequence[str], scope: Scope) -> Iterator[tuple[str, str, bool]]:
        """What cannot be followed, and what blinds the other witness: for staff to look at."""
        first = self.task.forbid[0]
        for name in names:
            if is_of(name, PROBES):
                yield first, f"uses {name}, which can find or blind the record of operators", False
            elif is_of(name, DOORS):
                yield first, f"uses {name}, through which anything can be reached", False
            elif not is_known_library(name):
                yield first, f"uses {name}, which is of no library that is known", False
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
                        yield from self._method(text)


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
