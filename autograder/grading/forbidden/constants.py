"""Constants: those that are written, and those that can be computed from them without running the code."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from autograder.grading.forbidden import folding
from autograder.grading.forbidden.effort import Effort
from autograder.grading.forbidden.scopes import Binding, Scope
from autograder.grading.forbidden.things import UNKNOWN, Constant, Display, Value
from autograder.notebooks.source import quietly

TREE_BYTES = 100  # that the syntax tree takes for each character, about
DEEPEST_DISPLAY = 8
MOST_ITEMS = 200  # of a comprehension, or of a display


class Constants(ABC):
    """The part of the resolver that works constants out."""

    effort: Effort
    _nested = 0  # displays within displays

    @abstractmethod
    def resolve(self, node: ast.AST, scope: Scope) -> tuple[Value, ...]:
        """Everything that an expression may stand for; never empty."""

    def texts(self, node: ast.AST, scope: Scope) -> list[str]:
        """The texts that an expression may stand for."""
        return [v.value for v in self.resolve(node, scope) if isinstance(v, Constant) and isinstance(v.value, str)]

    def code(self, node: ast.AST, scope: Scope) -> list[ast.Module]:
        """The programs that an expression may stand for, as `exec` and `eval` take them."""
        trees = []
        for text in self.texts(node, scope):
            self.effort.hold(TREE_BYTES * len(text))
            try:
                with quietly():
                    trees.append(ast.parse(text.strip()))
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue
        return trees

    def _constant(self, value: Any) -> Value:
        """A constant that is written or was computed; UNKNOWN for one of another type, or an int that is too large."""
        if not isinstance(value, (str, bytes, int, list, tuple)) or (
            isinstance(value, int) and abs(value) >= folding.LARGEST
        ):
            return UNKNOWN
        self.effort.hold(folding.weight(value) if isinstance(value, (list, tuple)) else 50)
        return Constant(value)

    def _one_constant(self, node: ast.AST, scope: Scope) -> Any:
        self.effort.step()
        found = self.resolve(node, scope)
        if len(found) != 1:
            raise folding.NotConstant
        (value,) = found
        if isinstance(value, Display) and not isinstance(value.node, ast.Dict):
            return self._constants_of(value.node, value.scope)
        if not isinstance(value, Constant):
            raise folding.NotConstant
        return value.value

    def _constants_of(self, node: ast.List | ast.Tuple | ast.Set, scope: Scope) -> list[Any]:
        """The elements of a display, as constants. Raises NotConstant where it is nested too deeply or holds too much.

        A display may contain itself, or contain another one twice, which contains another one twice, and so on.
        """
        if self._nested > DEEPEST_DISPLAY:
            raise folding.NotConstant
        self._nested += 1
        try:
            found = [self._one_constant(part, scope) for part in node.elts[:MOST_ITEMS]]
        finally:
            self._nested -= 1
        if folding.weight(found) > folding.LONGEST:
            raise folding.NotConstant
        return found

    def _folded(self, node: ast.AST, scope: Scope) -> Iterable[Value]:
        try:
            return [self._constant(self._fold(node, scope))]
        except folding.NotConstant:
            return [UNKNOWN]

    def _fold(self, node: ast.AST, scope: Scope) -> Any:
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Mult, ast.Mod)):
            return self._fold_binary(node, scope)
        if isinstance(node, ast.JoinedStr):
            return folding.call_method("", "join", [[self._text_part(part, scope) for part in node.values]])
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            value = self._one_constant(node.operand, scope)
            if isinstance(value, int):
                return -value
        if isinstance(node, (ast.ListComp, ast.GeneratorExp)) and len(node.generators) == 1:
            return self._fold_comprehension(node, scope)
        raise folding.NotConstant

    def _fold_binary(self, node: ast.BinOp, scope: Scope) -> Any:
        # Sums are as deep as they are long, so their left sides are walked and not descended into.
        operands: list[ast.expr] = []
        left: ast.expr = node
        while isinstance(left, ast.BinOp) and isinstance(left.op, type(node.op)) and len(operands) < 500:
            operands.append(left.right)
            left = left.left
        combine = {ast.Add: folding.add, ast.Mult: folding.multiply, ast.Mod: folding.modulo}[type(node.op)]
        total = self._one_constant(left, scope)
        for operand in reversed(operands):
            total = combine(total, self._one_constant(operand, scope))
        return total

    def _text_part(self, part: ast.expr, scope: Scope) -> str:
        if isinstance(part, ast.FormattedValue):
            if part.format_spec is not None or part.conversion not in (-1, ord("s")):
                raise folding.NotConstant
            part = part.value
        return folding.text(self._one_constant(part, scope))

    def _fold_comprehension(self, node: ast.ListComp | ast.GeneratorExp, scope: Scope) -> Any:
        (generator,) = node.generators
        items = self._one_constant(generator.iter, scope)
        if (
            generator.ifs
            or not isinstance(generator.target, ast.Name)
            or not isinstance(items, (str, bytes, list, tuple))
        ):
            raise folding.NotConstant
        found = []
        for item in items[:MOST_ITEMS]:
            inner = Scope(scope, {generator.target.id: [Binding("value", ast.Constant(item))]})
            found.append(self._one_constant(node.elt, inner))
        if folding.weight(found) > folding.LONGEST:
            raise folding.NotConstant
        return found

    def _folded_item(self, base: Constant, key: ast.expr, scope: Scope) -> Value:
        try:
            if isinstance(key, ast.Slice):
                parts = [None if p is None else self._one_constant(p, scope) for p in (key.lower, key.upper, key.step)]
                return self._constant(folding.item(base.value, slice(*parts)))
            return self._constant(folding.item(base.value, self._one_constant(key, scope)))
        except folding.NotConstant:
            return UNKNOWN


__all__ = ["Constants"]
