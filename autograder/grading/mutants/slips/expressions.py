"""Slips in expressions: operators, comparisons, constants, indices and names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.grading.mutants.mutant import Slip
from autograder.grading.mutants.slips.spans import Source

MOST_SIBLINGS = 4  # other names that are tried in a name's place
_COMPARISONS = {
    ast.Lt: ("<=", ">"), ast.LtE: ("<", ">="), ast.Gt: (">=", "<"), ast.GtE: (">", "<="), ast.Eq: ("!=",),
    ast.NotEq: ("==",), ast.Is: ("is not",), ast.IsNot: ("is",), ast.In: ("not in",), ast.NotIn: ("in",),
}  # fmt: skip
_MAXIMA = ("max", "amax", "logsumexp")


@dataclass(frozen=True)
class Around:
    """What a slip in one function may use.

    source: of the cell.
    names: of the function's parameters and variables.
    families: for each name, those that stand beside it in a tuple or in the signature; loop variables may have none.
    keys: strings that stand in subscripts of the function.
    ours: functions of the assignment, whose arguments may be exchanged.
    """

    source: Source
    names: tuple[str, ...]
    families: dict[str, frozenset[str]]
    keys: tuple[str, ...]
    ours: frozenset[str]

    def slip(self, node: ast.AST, new: str, kind: str, same: str = "", what: str = "", instead: str = "") -> Slip:
        start, end = self.source.span(node)
        return Slip(start, end, self.source.plain(node), self.source.fits(node, new), kind, same, what, instead)


_POWERS = {"2": "square", "3": "cube", "0.5": "sqrt"}


def of_binary(node: ast.BinOp, around: Around) -> Iterator[Slip]:
    source = around.source
    left, right = source.of(node.left), source.of(node.right)
    slip = around.slip
    if isinstance(node.op, (ast.Add, ast.Sub)):
        left = source.plain(node.left) if isinstance(node.left, ast.BinOp) else left  # nothing binds less than a sum
        plus = isinstance(node.op, ast.Add)
        stable = _is_maximum(node.right)
        yield slip(node, left, "stability" if stable else "term", f"without {right}", only_name(node.right, around))
        yield slip(node, right if plus else f"-{right}", "term", f"without {left}", only_name(node.left, around))
        yield slip(node, f"{left} {'-' if plus else '+'} {right}", "sign", f"sign {plus}")
        if not plus:
            yield slip(node, f"{right} - {left}", "sign", "difference turned round")
    elif isinstance(node.op, ast.Mult):
        yield slip(node, left, "factor", f"without {right}", only_name(node.right, around))
        yield slip(node, right, "factor", f"without {left}", only_name(node.left, around))
        yield slip(node, f"{left} / {right}", "operator", "divided")
    elif isinstance(node.op, (ast.Div, ast.FloorDiv)):
        yield slip(node, left, "divisor", f"without {right}", right if isinstance(node.right, ast.Name) else "")
        yield slip(node, f"{left} * {right}", "operator", "multiplied")
        yield slip(node, f"{right} / {left}", "order", "division turned round")
        if not isinstance(node.right, ast.Constant):
            yield slip(node, f"{left} / ({source.plain(node.right)} - 1)", "constant", "N - 1 for N")
    elif isinstance(node.op, ast.MatMult):
        yield slip(node, f"{right} @ {left}", "order", "product turned round")
        yield slip(node, f"{left}.mT @ {right}", "transpose", "left transposed")
        yield slip(node, f"{left} @ {right}.mT", "transpose", "right transposed")
        yield slip(node, f"{left} * {right}", "operator", "elementwise")
        yield slip(node, left, "factor", f"without {right}", only_name(node.right, around))
        yield slip(node, right, "factor", f"without {left}", only_name(node.left, around))
    elif isinstance(node.op, ast.Pow):
        yield slip(node, left, "power", "without power", _POWERS.get(right, ""))
    elif isinstance(node.op, ast.Mod):
        yield slip(node, left, "divisor", f"without {right}", right)


def of_unary(node: ast.UnaryOp, around: Around) -> Iterator[Slip]:
    if isinstance(node.op, ast.USub) and not _is_index(node, around):
        if not isinstance(node.operand, ast.Constant) or isinstance(around.source.parents.get(id(node)), ast.BinOp):
            yield around.slip(node, around.source.of(node.operand), "sign", "minus left out")
    elif isinstance(node.op, (ast.Not, ast.Invert)):
        yield around.slip(node, around.source.of(node.operand), "condition", "not left out")


def of_compare(node: ast.Compare, around: Around) -> Iterator[Slip]:
    if len(node.ops) != 1:
        return
    left, right = around.source.of(node.left), around.source.of(node.comparators[0])
    for other in _COMPARISONS[type(node.ops[0])]:
        yield around.slip(node, f"{left} {other} {right}", "comparison", f"{type(node.ops[0]).__name__} {other}")


def of_boolean(node: ast.BoolOp, around: Around) -> Iterator[Slip]:
    values = [around.source.of(value) for value in node.values]
    other = "or" if isinstance(node.op, ast.And) else "and"
    yield around.slip(node, f" {other} ".join(values), "condition", other)
    for at in range(len(values)) if len(values) > 1 else ():
        kept = values[:at] + values[at + 1 :]
        yield around.slip(node, f" {'and' if other == 'or' else 'or'} ".join(kept), "condition")


def of_choice(node: ast.IfExp, around: Around) -> Iterator[Slip]:
    what = only_name(node.test, around)
    yield around.slip(node, around.source.of(node.body), "condition", "", what)
    yield around.slip(node, around.source.of(node.orelse), "condition", "", what)


def only_name(node: ast.expr, around: Around) -> str:
    """The only variable of an expression, its own indices not counted; "" where there is none, or several."""
    while isinstance(node, ast.Subscript):
        node = node.value
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.id in around.names}
    return names.pop() if len(names) == 1 else ""


def of_constant(node: ast.Constant, around: Around) -> Iterator[Slip]:
    value = node.value
    parent = around.source.parents.get(id(node))
    if isinstance(value, bool):
        axis = isinstance(parent, ast.keyword) and parent.arg == "keepdim"
        yield around.slip(
            node, repr(not value), "axis" if axis else "flag", "", _called(parent, around) if axis else ""
        )
    elif isinstance(value, (int, float)):
        if isinstance(parent, ast.keyword) and parent.arg in ("dim", "axis", "dims"):
            others = [axis for axis in (0, 1, -1, 2) if axis != value]
            what = _called(parent, around)
            yield from (around.slip(node, str(axis), "axis", f"axis {value} {axis}", what) for axis in others)
        elif _is_index(node, around):
            yield from (around.slip(node, str(int(value) + step), "index") for step in (1, -1))
        else:
            yield from _other_numbers(node, value, around)


def _other_numbers(node: ast.Constant, value: float, around: Around) -> Iterator[Slip]:
    parent = around.source.parents.get(id(node))
    whole = isinstance(value, int)
    others = [0, 1, 2 * value, value // 2 if whole else value / 2, -value, value + 1 if whole else 10 * value]
    seen = {value}
    for other in others:
        if other not in seen:
            seen.add(other)
            new = repr(int(other)) if whole else repr(float(other))
            kind = _kind(parent, value, other)
            what = _POWERS.get(repr(value), "") if kind == "power" else ""
            yield around.slip(node, f"({new})" if other < 0 else new, kind, f"{value} {new}", what)


def _kind(parent: ast.AST | None, value: float, other: float) -> str:
    """What a changed number amounts to: a factor of 1 is none, and a term of 0 is none."""
    if isinstance(parent, ast.BinOp):
        if other == -value and isinstance(parent.op, (ast.Mult, ast.Div, ast.Add, ast.Sub)):
            return "sign"
        if other == 1 and isinstance(parent.op, (ast.Mult, ast.Div)):
            return "factor"
        if other == 0 and isinstance(parent.op, (ast.Add, ast.Sub)):
            return "term"
        if other == 1 and isinstance(parent.op, ast.Pow):
            return "power"
    return "constant"


def of_subscript(node: ast.Subscript, around: Around) -> Iterator[Slip]:
    source, index = around.source, node.slice
    if isinstance(index, ast.Tuple) and 2 <= len(index.elts) <= 3:
        parts = [source.plain(part) for part in index.elts]
        for at in range(len(parts) - 1):
            turned = [*parts[:at], parts[at + 1], parts[at], *parts[at + 2 :]]
            yield around.slip(index, ", ".join(turned), "order", f"index {at}")
    elif isinstance(index, ast.Constant) and isinstance(index.value, str):
        for key in around.keys:
            if key != index.value and _alike(key, index.value):
                yield around.slip(index, repr(key), "key", f"{index.value} {key}", index.value, key)
    if isinstance(node.ctx, ast.Load) and isinstance(index, ast.Slice):
        yield around.slip(node, source.of(node.value), "index", f"without [{source.plain(index)}]")
    places = index.elts if isinstance(index, ast.Tuple) else [index]
    for place in places:
        if isinstance(place, ast.Name) and around.families.get(place.id) is not None:
            yield around.slip(place, f"{place.id} - 1", "index", f"{place.id} - 1")
        elif isinstance(place, ast.BinOp) and isinstance(place.op, (ast.Add, ast.Sub)):
            yield around.slip(place, f"{source.plain(place)} + 1", "index")
        elif isinstance(place, ast.Slice):
            yield from _of_slice(place, around)


def _of_slice(node: ast.Slice, around: Around) -> Iterator[Slip]:
    source = around.source
    parts = [source.plain(part) if part else "" for part in (node.lower, node.upper, node.step)]
    if not any(parts):
        return

    def made(lower: str, upper: str, step: str) -> str:
        return f"{lower}:{upper}" + (f":{step}" if step else "")

    if parts[2]:
        yield around.slip(node, made(parts[0], parts[1], ""), "reversed")
    for at, part in enumerate(parts[:2]):
        if part and not part.lstrip("-").isdigit():
            for step in (" + 1", " - 1"):
                changed = [*parts]
                changed[at] = part + step
                yield around.slip(node, made(*changed), "index")
        elif part:
            changed = [*parts]
            changed[at] = ""
            yield around.slip(node, made(*changed), "index")


def of_attribute(node: ast.Attribute, around: Around) -> Iterator[Slip]:
    if node.attr in ("T", "mT") and isinstance(node.ctx, ast.Load):
        yield around.slip(node, around.source.of(node.value), "transpose", "transposition left out")


def of_name(node: ast.Name, around: Around) -> Iterator[Slip]:
    if not isinstance(node.ctx, ast.Load) or node.id not in around.names:
        return
    family = around.families.get(node.id, frozenset())
    alike = [name for name in around.names if name != node.id and (name in family or _alike(name, node.id))]
    for name in sorted(alike, key=lambda name: (name not in family, around.names.index(name)))[:MOST_SIBLINGS]:
        kind = "size" if _is_size(node, around) else "name"
        yield around.slip(node, name, kind, f"{node.id} {name}", node.id, name)


def of_tuple(node: ast.Tuple | ast.List, around: Around) -> Iterator[Slip]:
    """Neighbours exchanged, where a function returns them or puts them together."""
    parent = around.source.parents.get(id(node))
    if not isinstance(node.ctx, ast.Load) or len(node.elts) < 2 or isinstance(parent, ast.Subscript):
        return
    if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Tuple):
        return
    start, end = around.source.span(node)
    for one, other in zip(node.elts, node.elts[1:], strict=False):
        if ast.dump(one) != ast.dump(other):
            begin, last = around.source.span(one)[0], around.source.span(other)[1]
            between = around.source.content[around.source.span(one)[1] : around.source.span(other)[0]].decode()
            new = around.source.plain(other) + between + around.source.plain(one)
            if start <= begin and last <= end and "#" not in between and "(" not in between and ")" not in between:
                yield Slip(begin, last, around.source.content[begin:last].decode(), new, "order")


def _is_index(node: ast.AST, around: Around) -> bool:
    parent = around.source.parents.get(id(node))
    if isinstance(parent, ast.UnaryOp):
        return _is_index(parent, around)
    if isinstance(parent, ast.Tuple):
        above = around.source.parents.get(id(parent))
        return isinstance(above, ast.Subscript) and above.slice is parent
    return isinstance(parent, ast.Slice) or (isinstance(parent, ast.Subscript) and parent.slice is node)


def _called(keyword: ast.AST | None, around: Around) -> str:
    """The name of the function that gets a keyword."""
    call = around.source.parents.get(id(keyword))
    if not isinstance(call, ast.Call):
        return ""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _is_size(node: ast.AST, around: Around) -> bool:
    """Whether a name stands in len(x) or x.shape."""
    parent = around.source.parents.get(id(node))
    if isinstance(parent, ast.Call):
        return isinstance(parent.func, ast.Name) and parent.func.id == "len"
    return isinstance(parent, ast.Attribute) and parent.attr in ("shape", "numel", "size")


def _is_maximum(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _MAXIMA


def _alike(one: str, other: str) -> bool:
    """Whether somebody may write one name and mean the other: w and W, dx and x, h and h0, W1 and W2."""
    a, b = one.lower(), other.lower()
    return a == b or a in b or b in a or (len(a) == len(b) > 1 and (a[:-1] == b[:-1] or a[1:] == b[1:]))
