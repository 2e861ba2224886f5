"""What an expression stands for, as far as it can be told without running it: a dotted name, a constant, or unknown."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence

from autograder.grading.forbidden import folding
from autograder.grading.forbidden.constants import Constants
from autograder.grading.forbidden.effort import Effort
from autograder.grading.forbidden.scopes import Binding, Scope
from autograder.grading.forbidden.things import UNKNOWN, Constant, Display, Named, Unknown, Value

DEEPEST = 40
MOST = 24
BUILTIN = frozenset(dir(builtins))
_FROM_TABLES = (".__dict__.get", ".__dict__.__getitem__", ".__dict__.pop", "sys.modules.get", "sys.modules.__getitem__")
_WRAPPERS = frozenset(
    f"{module}.{name}"
    for module, names in (
        ("functools", ("partial", "partialmethod", "lru_cache", "cache")),
        ("builtins", ("staticmethod", "classmethod")),
    )
    for name in names
)
_LOOKUPS = (
    "builtins.getattr",
    "inspect.getattr_static",
    "builtins.object.__getattribute__",
    "builtins.type.__getattribute__",
)
# Functions that import what a dotted name stands for.
_LOCATES = ("pkgutil.resolve_name", "pydoc.locate", "pydoc.safeimport", "logging.config._resolve", "pydoc.resolve")
_GETS_ITEM = ("operator.getitem", "operator.__getitem__", "builtins.dict.__getitem__", "builtins.dict.get")
_TENSOR_MAKERS = ("torch.nn.functional.", "torch.Tensor.", "torch.special.", "torch.linalg.")


class Resolver(Constants):
    """Resolves expressions in their scopes, each once.

    patches: dotted names that the student's code has replaced (`torch.relu = torch.softmax`).
    effort: what may be spent; TooMuch is raised beyond it.
    """

    def __init__(self) -> None:
        self.effort = Effort()
        self.patches: dict[str, tuple[ast.AST, Scope]] = {}
        self._known: dict[tuple[int, int], tuple[Value, ...]] = {}
        self._tables: dict[tuple[int, int], dict[Value, list[ast.expr]]] = {}
        self._held: list[tuple[ast.AST, Scope]] = []  # kept alive, because `_known` and `_tables` use their ids as keys
        self._depth = 0

    def resolve(self, node: ast.AST, scope: Scope) -> tuple[Value, ...]:
        """Everything that an expression may stand for; never empty."""
        key = (id(node), id(scope))
        if key not in self._known:
            if self._depth > DEEPEST:
                return (UNKNOWN,)
            self.effort.step()
            self._held.append((node, scope))
            self._known[key] = (UNKNOWN,)  # until it is resolved: a name may be bound to itself
            self._depth += 1
            try:
                self._known[key] = _few(self._resolve(node, scope))
            finally:
                self._depth -= 1
        return self._known[key]

    def _resolve(self, node: ast.AST, scope: Scope) -> Iterable[Value]:
        if isinstance(node, ast.Name):
            return self._name(node.id, scope)
        if isinstance(node, ast.Attribute):
            return self._attribute(node, scope)
        if isinstance(node, ast.Call):
            return self._call(node, scope)
        if isinstance(node, ast.Subscript):
            return self._subscript(node, scope)
        if isinstance(node, ast.Constant):
            return [self._constant(node.value)]
        if isinstance(node, (ast.List, ast.Tuple, ast.Set, ast.Dict)):
            return [Display(node, scope)]
        if isinstance(node, ast.IfExp):
            return [*self.resolve(node.body, scope), *self.resolve(node.orelse, scope)]
        if isinstance(node, ast.BoolOp):
            return [value for part in node.values for value in self.resolve(part, scope)]
        if isinstance(node, (ast.NamedExpr, ast.Await, ast.Starred)):
            return self.resolve(node.value, scope)
        return self._folded(node, scope)

    # -- names ---------------------------------------------------------------------------------------------------

    def _name(self, name: str, scope: Scope) -> Iterable[Value]:
        found = scope.find(name)
        if found is not None:
            self.effort.step(len(found[0]) // 10)
            return [value for binding in found[0] for value in self._bound(binding, found[1])]
        if name in BUILTIN:
            return [Named(f"builtins.{name}")]
        return [
            *(Named(f"{module}.{name}") for module in scope.top.stars[:3]),
            *(() if scope.top.stars else (UNKNOWN,)),
        ]

    def _bound(self, binding: Binding, scope: Scope) -> Iterable[Value]:
        if binding.kind == "import":
            return self._patch(binding.target) if binding.target in self.patches else [Named(binding.target)]
        if binding.kind == "value" and binding.node is not None:
            return self.resolve(binding.node, scope)
        if binding.kind == "element" and binding.node is not None:
            return [part for value in self.resolve(binding.node, scope) for part in self._parts(value)]
        return [UNKNOWN]

    def _patch(self, name: str) -> Iterable[Value]:
        node, scope = self.patches[name]
        return self.resolve(node, scope)

    def _parts(self, value: Value) -> Iterable[Value]:
        if isinstance(value, Display):
            elements = value.node.keys if isinstance(value.node, ast.Dict) else value.node.elts
            return [v for e in elements[:MOST] if e is not None for v in self.resolve(e, value.scope)]
        if isinstance(value, Constant) and isinstance(value.value, (str, list, tuple)):
            return [Constant(part) for part in value.value[:MOST]]
        return [UNKNOWN]

    # -- attributes and items ------------------------------------------------------------------------------------

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Iterable[Value]:
        path: list[str] = []
        base: ast.expr = node
        while isinstance(base, ast.Attribute) and len(path) <= DEEPEST:
            path.append(base.attr)
            base = base.value
        return [self._below(value, path[::-1]) for value in self.resolve(base, scope)]

    def _below(self, value: Value, path: Sequence[str]) -> Value:
        if not isinstance(value, Named) or len(path) > DEEPEST:
            return UNKNOWN
        for part in path:
            name = f"{value.name}.{part}"
            if name in self.patches:
                found = self._patch(name)
                value = next((v for v in found if isinstance(v, Named)), Named(name))
            else:
                value = Named(name)
        return value

    def below(self, value: Value, text: str) -> Value:
        return self._below(value, text.split("."))

    def _subscript(self, node: ast.Subscript, scope: Scope) -> Iterable[Value]:
        found: list[Value] = []
        keys = self.resolve(node.slice, scope) if not isinstance(node.slice, ast.Slice) else (UNKNOWN,)
        for base in self.resolve(node.value, scope):
            if isinstance(base, Constant):
                found.append(self._folded_item(base, node.slice, scope))
            else:
                found += [value for key in keys for value in self._item(base, key, scope)]
        return found

    def _item(self, base: Value, key: Value, scope: Scope) -> Iterable[Value]:
        if isinstance(base, Named) and isinstance(key, Constant) and isinstance(key.value, str):
            return self._looked_up(base.name, key.value, scope)
        if isinstance(base, Display):
            return self._chosen(base, key)
        return [UNKNOWN]

    def _looked_up(self, table: str, key: str, scope: Scope) -> Iterable[Value]:
        """An item of sys.modules, globals() or a module's __dict__."""
        if table in ("builtins.globals()", "builtins.locals()", "builtins.vars()"):
            return self._name(key, scope)
        if table == "sys.modules":
            return [Named(key)]
        if table.endswith(".__dict__"):
            return [self.below(Named(table.removesuffix(".__dict__")), key)]
        return [UNKNOWN]

    def _chosen(self, display: Display, key: Value) -> Iterable[Value]:
        node, scope = display.node, display.scope
        if isinstance(node, ast.Dict):
            values = self._table(node, scope).get(key, []) if isinstance(key, Constant) else []
            values = values or [v for k, v in zip(node.keys, node.values, strict=True) if k is not None]
        else:
            values = list(node.elts)
            if isinstance(key, Constant) and isinstance(key.value, int) and -len(values) <= key.value < len(values):
                values = [values[key.value]]
        sure = len(values) == 1
        return [*(v for e in values[:MOST] for v in self.resolve(e, scope)), *(() if sure else (UNKNOWN,))]

    def _table(self, node: ast.Dict, scope: Scope) -> dict[Value, list[ast.expr]]:
        """The values of a dict that is written out, by what their keys may be; made once."""
        place = (id(node), id(scope))
        if place not in self._tables:
            self._held.append((node, scope))
            table = self._tables[place] = {}
            for k, v in zip(node.keys, node.values, strict=True):
                for value in self.resolve(k, scope) if k is not None else ():
                    table.setdefault(value, []).append(v)
        return self._tables[place]

    # -- calls ---------------------------------------------------------------------------------------------------

    def _call(self, node: ast.Call, scope: Scope) -> Iterable[Value]:
        method = self._method_call(node, scope)
        if method is not None:
            return method
        found: list[Value] = []
        for function in self.resolve(node.func, scope):
            found += self._result(function, node, scope) if isinstance(function, Named) else [UNKNOWN]
        return found or [UNKNOWN]

    def _result(self, function: Named, node: ast.Call, scope: Scope) -> Iterable[Value]:
        name, args = function.name, node.args
        if name in _LOOKUPS and len(args) >= 2:
            return self._by_text(self.resolve(args[0], scope), args[1], scope)
        if name.endswith(".__getattribute__") and len(args) == 2:
            return self._by_text(self.resolve(args[0], scope), args[1], scope)
        if name.endswith(".__getattribute__") and len(args) == 1:
            return self._by_text([Named(name.removesuffix(".__getattribute__"))], args[0], scope)
        if name.endswith(_FROM_TABLES) and args:
            table = name.rpartition(".")[0]
            return [v for text in self.texts(args[0], scope) for v in self._looked_up(table, text, scope)] or [UNKNOWN]
        if name in ("importlib.import_module", "builtins.__import__", "importlib.__import__") and args:
            whole = "module" in name or len(args) > 3 or any(k.arg == "fromlist" for k in node.keywords)
            packages = self.texts(args[1], scope)[:1] if "module" in name and len(args) > 1 else []
            found = [t if not t.startswith(".") else "".join(packages) + t for t in self.texts(args[0], scope)]
            return [Named(text if whole else text.split(".")[0]) for text in found] or [UNKNOWN]
        if name in _LOCATES and args:
            return [Named(text.replace(":", ".")) for text in self.texts(args[0], scope)] or [UNKNOWN]
        if name == "functools.reduce" and len(args) == 3:
            return self._reduced(node, scope)
        if name in _GETS_ITEM and len(args) >= 2:
            bases, keys = self.resolve(args[0], scope), self.resolve(args[1], scope)
            return [value for base in bases for key in keys for value in self._item(base, key, scope)]
        if name == "builtins.compile" and args:
            return self.resolve(args[0], scope)
        if name in _WRAPPERS and args:
            return self.resolve(args[0], scope)
        return self._builtin_result(name, node, scope)

    def _builtin_result(self, name: str, node: ast.Call, scope: Scope) -> Iterable[Value]:
        """What a builtin function returns; for any other, what `_instance` finds."""
        args = node.args
        if name in ("builtins.globals", "builtins.locals") or (name == "builtins.vars" and not args):
            return [Named(f"{name}()")]
        if name == "builtins.vars" and args:
            return [
                Named(f"{v.name}.__dict__") if isinstance(v, Named) else UNKNOWN for v in self.resolve(args[0], scope)
            ]
        if name == "builtins.eval" and args:
            return [v for tree in self.code(args[0], scope) for v in self._of_text(tree, scope)] or [UNKNOWN]
        if name == "builtins.next" and args:
            return [part for v in self.resolve(args[0], scope) for part in self._parts(v)]
        if name in ("builtins.iter", "builtins.list", "builtins.tuple", "builtins.set") and args:
            displays = [v for v in self.resolve(args[0], scope) if isinstance(v, Display)]
            if displays:
                return displays
        return self._instance(name, node, scope)

    def _reduced(self, node: ast.Call, scope: Scope) -> Iterable[Value]:
        """functools.reduce(getattr, ["nn", "functional"], torch)."""
        function, parts, base = node.args
        if not any(isinstance(v, Named) and v.name in _LOOKUPS for v in self.resolve(function, scope)):
            return [UNKNOWN]
        try:
            path = self._one_constant(parts, scope)
        except folding.NotConstant:
            return [UNKNOWN]
        if not isinstance(path, (list, tuple)) or not all(isinstance(part, str) for part in path):
            return [UNKNOWN]
        return [self._below(value, path) for value in self.resolve(base, scope)]

    def _instance(self, name: str, node: ast.Call, scope: Scope) -> Iterable[Value]:
        """What a class or a function of torch returns (an object of that name, or a tensor); for others, a constant."""
        last = name.rpartition(".")[2]
        if name.startswith("torch.") and last[:1].isupper():
            return [Named(name)]
        if name.startswith("torch.") and (name.count(".") == 1 or name.startswith(_TENSOR_MAKERS)):
            return [Named("torch.Tensor")]
        try:
            arguments = [self._one_constant(arg, scope) for arg in node.args]
            return [self._constant(folding.call_function(name, arguments))]
        except folding.NotConstant:
            return [UNKNOWN]

    def _by_text(self, bases: Iterable[Value], argument: ast.expr, scope: Scope) -> Iterable[Value]:
        texts = self.texts(argument, scope)
        return [self.below(base, text) for base in bases for text in texts] or [UNKNOWN]

    def _of_text(self, tree: ast.Module, scope: Scope) -> Iterable[Value]:
        last = tree.body[-1] if tree.body else None
        return self.resolve(last.value, scope) if isinstance(last, ast.Expr) else [UNKNOWN]

    def _method_call(self, node: ast.Call, scope: Scope) -> list[Value] | None:
        """operator.attrgetter("softmax")(torch), and methods of constants."""
        if isinstance(node.func, ast.Call) and node.args:
            for getter in self.resolve(node.func.func, scope):
                if isinstance(getter, Named) and getter.name == "operator.attrgetter" and node.func.args:
                    return list(self._by_text(self.resolve(node.args[0], scope), node.func.args[0], scope))
        if isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Name | ast.Attribute):
            try:
                base = self._one_constant(node.func.value, scope)
                arguments = [self._one_constant(arg, scope) for arg in node.args]
                return [self._constant(folding.call_method(base, node.func.attr, arguments))]
            except folding.NotConstant:
                return None
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            bases = self.resolve(node.func.value, scope)
            if len(bases) == 1 and isinstance(bases[0], Constant):
                try:
                    arguments = [self._one_constant(arg, scope) for arg in node.args]
                    return [self._constant(folding.call_method(bases[0].value, node.func.attr, arguments))]
                except folding.NotConstant:
                    return None
        return None


def _few(values: Iterable[Value]) -> tuple[Value, ...]:
    kept = tuple(dict.fromkeys(values))
    return (*kept[:MOST], UNKNOWN) if len(kept) > MOST else kept or (UNKNOWN,)


__all__ = ["Constant", "Display", "Named", "Resolver", "Unknown", "Value"]
