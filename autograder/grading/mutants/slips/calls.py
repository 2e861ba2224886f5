"""Slips in calls: another function, one left out, arguments exchanged or forgotten."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from autograder.grading.mutants.mutant import Slip
from autograder.grading.mutants.slips.expressions import Around

# Functions that are taken for one another; each pair is tried both ways.
_PAIRS = (
    ("max", "min"), ("amax", "amin"), ("argmax", "argmin"), ("maximum", "minimum"), ("sum", "mean"), ("prod", "sum"),
    ("cumsum", "cumprod"), ("log", "log2"), ("log", "log1p"), ("exp", "expm1"), ("sigmoid", "tanh"), ("relu", "abs"),
    ("softmax", "log_softmax"), ("softmax", "sigmoid"), ("zeros_like", "ones_like"), ("zeros", "ones"),
    ("new_zeros", "new_ones"), ("sqrt", "rsqrt"), ("sqrt", "square"), ("floor", "ceil"), ("std", "var"), ("all", "any"),
    ("softplus", "relu"), ("logsigmoid", "sigmoid"), ("append", "extend"),
)  # fmt: skip
_OTHERS: dict[str, list[str]] = {}
for _one, _other in _PAIRS:
    _OTHERS.setdefault(_one, []).append(_other)
    _OTHERS.setdefault(_other, []).append(_one)
_UNMETHODICAL = {"log_softmax", "softplus", "logsigmoid", "zeros_like", "ones_like"}  # no tensor has such a method
# What may be left out, and leaves its argument.
_WRAPPERS = {
    "sqrt": "function", "rsqrt": "function", "abs": "function", "exp": "function", "log": "function",
    "square": "function", "relu": "function", "tanh": "function", "sigmoid": "function", "softmax": "function",
    "log_softmax": "function", "clamp": "clamp", "clamp_min": "clamp", "clamp_max": "clamp", "detach": "detach",
    "clone": "copy", "flip": "reversed", "reversed": "reversed", "to": "dtype", "float": "dtype", "double": "dtype",
    "contiguous": "copy", "int": "dtype", "len": "function", "mean": "reduction", "sum": "reduction", "cumsum": "function",
    "softplus": "function", "logsigmoid": "function", "transpose": "transpose", "permute": "transpose",
    "item": "dtype", "tril": "mask", "triu": "mask", "masked_fill": "mask", "sort": "order", "pow": "power",
}  # fmt: skip
_AXIS = ("dim", "keepdim", "axis")


def of_call(node: ast.Call, around: Around) -> Iterator[Slip]:
    yield from _another_function(node, around)
    yield from _left_out(node, around)
    yield from _arguments(node, around)
    yield from _unstable(node, around)
    yield from _roots(node, around)


def _name(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _is_module(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("torch", "F", "np", "math", "nn")


def _another_function(node: ast.Call, around: Around) -> Iterator[Slip]:
    name = _name(node)
    for other in _OTHERS.get(name, ()):
        start, end = around.source.span(node.func)
        if isinstance(node.func, ast.Attribute):
            module = _is_module(node.func.value)
            if not module and other in _UNMETHODICAL:
                continue
            owner = around.source.of(node.func.value)
            if owner == "F" and other not in ("softmax", "log_softmax", "relu", "softplus", "logsigmoid"):
                owner = "torch"
            elif owner == "torch" and other in ("softplus", "logsigmoid"):
                owner = "torch.nn.functional"
            new = f"{owner}.{other}"
        elif name in ("max", "min", "all", "any", "sum"):
            if other in ("mean", "prod"):
                continue
            new = other
        else:
            continue
        kind = "reduction" if {name, other} & {"sum", "mean", "prod"} else "other function"
        yield Slip(start, end, around.source.plain(node.func), new, kind, f"{name} {other}", name, other)


def _left_out(node: ast.Call, around: Around) -> Iterator[Slip]:
    name, func = _name(node), node.func
    if name in _WRAPPERS and isinstance(func, ast.Attribute) and not _is_module(func.value):
        yield around.slip(node, around.source.of(func.value), _WRAPPERS[name], f"without {name}", name)
    elif name in _WRAPPERS and node.args and not isinstance(node.args[0], ast.Starred):
        yield around.slip(node, around.source.of(node.args[0]), _WRAPPERS[name], f"without {name}", name)


def _arguments(node: ast.Call, around: Around) -> Iterator[Slip]:
    source, name = around.source, _name(node)
    positional = [arg for arg in node.args if not isinstance(arg, ast.Starred)]
    ours = isinstance(node.func, ast.Name) and (name in around.ours or name not in ("range", "zip", "enumerate", "max"))
    if len(positional) == len(node.args) and (ours or name in ("where", "dot", "outer", "bmm", "mm")):
        for one, other in itertools.pairwise(positional):
            if ast.dump(one) != ast.dump(other):
                start, end = source.span(one)[0], source.span(other)[1]
                between = source.content[source.span(one)[1] : source.span(other)[0]].decode()
                if "(" not in between and ")" not in between:
                    new = source.plain(other) + between + source.plain(one)
                    yield Slip(start, end, source.content[start:end].decode(), new, "arguments")
    if name == "range" and isinstance(node.func, ast.Name) and len(positional) == 1:
        inside = source.plain(positional[0])
        yield around.slip(positional[0], f"{inside} - 1", "index", "range - 1")
        yield around.slip(positional[0], f"{inside} + 1", "index", "range + 1")
        yield around.slip(positional[0], f"1, {inside}", "index", "range 1")
        yield around.slip(node, f"reversed({source.plain(node)})", "reversed", "reversed")
    if name == "insert" and len(positional) == 2 and isinstance(node.func, ast.Attribute):
        yield around.slip(node, f"{source.of(node.func.value)}.append({source.plain(positional[1])})", "reversed")
    if name == "append" and positional and isinstance(node.func, ast.Attribute):
        yield around.slip(node, f"{source.of(node.func.value)}.insert(0, {source.plain(positional[0])})", "reversed")
    for keyword in node.keywords:
        if keyword.arg is not None:
            kind = "axis" if keyword.arg in _AXIS else "dtype" if keyword.arg in ("dtype", "device") else "argument"
            yield _without(node, keyword, kind, around)


def _without(node: ast.Call, keyword: ast.keyword, kind: str, around: Around) -> Slip:
    """The call without one keyword."""
    source = around.source
    args = [source.plain(arg) for arg in node.args]
    args += [source.plain(other) for other in node.keywords if other is not keyword]
    what = _name(node) if kind == "axis" else keyword.arg or ""
    return around.slip(node, f"{source.of(node.func)}({', '.join(args)})", kind, f"without {keyword.arg}=", what)


def _unstable(node: ast.Call, around: Around) -> Iterator[Slip]:
    """A stable function written out, as the formula has it."""
    name, source = _name(node), around.source
    if not node.args and not isinstance(node.func, ast.Attribute):
        return
    method = isinstance(node.func, ast.Attribute) and not _is_module(node.func.value)
    first = node.func.value if method else node.args[0] if node.args else None  # type: ignore[attr-defined]
    if first is None or isinstance(first, ast.Starred):
        return
    argument = source.of(first)
    others = [source.plain(arg) for arg in (node.args if method else node.args[1:])]
    options = ", ".join([*others, *(source.plain(keyword) for keyword in node.keywords)])
    plain = source.plain(first)
    written = {
        "logsumexp": f"{argument}.exp().sum({options}).log()",
        "log_softmax": f"torch.softmax({plain}, {options}).log()",
        "logsigmoid": f"torch.sigmoid({plain}).log()",
        "softplus": f"(1 + ({plain}).exp()).log()",
        "log1p": f"(1 + ({plain})).log()",
        "expm1": f"(({plain}).exp() - 1)",
    }
    if name in written:
        yield around.slip(node, written[name], "stability", f"{name} written out", name)


def _roots(node: ast.Call, around: Around) -> Iterator[Slip]:
    """An epsilon inside and outside of a root or a logarithm: sqrt(v + eps), sqrt(v) + eps."""
    name, source = _name(node), around.source
    if name not in ("sqrt", "log"):
        return
    method = isinstance(node.func, ast.Attribute) and not _is_module(node.func.value)
    inside = node.func.value if method else node.args[0] if node.args else None  # type: ignore[attr-defined]
    if isinstance(inside, ast.BinOp) and isinstance(inside.op, ast.Add) and _is_small(inside.right):
        left, small = source.of(inside.left), source.of(inside.right)
        whole = f"{left}.{name}()" if method else f"{source.of(node.func)}({source.plain(inside.left)})"
        yield around.slip(node, f"{whole} + {small}", "epsilon", "epsilon outside")
    elif name == "log" and inside is not None:
        start, end = source.span(inside)
        new = f"({source.plain(inside)} + 1e-8)"
        yield Slip(start, end, source.plain(inside), new, "epsilon", "epsilon in a log")
        new = f"{source.of(inside)}.clamp(min=1e-8)"
        yield Slip(start, end, source.plain(inside), new, "epsilon", "clamp in a log")


def _is_small(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return node.id.startswith("eps")
    return isinstance(node, ast.Constant) and isinstance(node.value, float) and 0 < node.value < 1e-2
