"""Slips in statements: state that is lost or kept, lines that are left out, branches that are always taken."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.grading.mutants.mutant import Slip
from autograder.grading.mutants.slips.expressions import Around, only_name

_SIGNS = {ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*=", ast.Div: "/="}
_CONTRARY = {"+=": "-=", "-=": "+=", "*=": "/=", "/=": "*="}


def of_augmented(node: ast.AugAssign, around: Around) -> Iterator[Slip]:
    sign = _SIGNS.get(type(node.op))
    if sign is None:
        return
    target, value = around.source.plain(node.target), around.source.plain(node.value)
    yield around.slip(node, f"{target} = {value}", "state", "overwritten")
    yield around.slip(node, f"{target} {_CONTRARY[sign]} {value}", "sign", "sign of a step")
    yield around.slip(node, "pass", "statement", f"without {target}")


def of_assignment(node: ast.Assign, around: Around) -> Iterator[Slip]:
    target = node.targets[0]
    yield from _from_zeros(node, around)
    if isinstance(target, ast.Subscript):
        yield around.slip(node, "pass", "statement", f"without {around.source.plain(target)}")
        yield around.slip(node, f"{around.source.plain(target)} += {around.source.plain(node.value)}", "state", "added")
    elif isinstance(target, ast.Name) and _reads(node.value, target.id):
        yield around.slip(node, "pass", "statement", f"without {target.id}", target.id)
        yield from _in_place(node, target, around)
    elif isinstance(target, ast.Name) and _in_loop(node, around) and _bound_before(node, target.id, around):
        yield around.slip(node, "pass", "state", f"without {target.id}", target.id)
    elif isinstance(target, ast.Tuple):
        yield from _not_carried(node, target, around)


def _from_zeros(node: ast.Assign, around: Around) -> Iterator[Slip]:
    """A first state that is given, taken for zeros: h, c = h0, c0."""
    values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    for value in values if not _in_loop(node, around) else ():
        if isinstance(value, ast.Name) and value.id in around.names:
            yield around.slip(value, f"torch.zeros_like({value.id})", "state", f"{value.id} from zeros", value.id)


def _in_place(node: ast.Assign, target: ast.Name, around: Around) -> Iterator[Slip]:
    """`w = w + g` written into the caller's tensor."""
    value = node.value
    if isinstance(value, ast.BinOp) and isinstance(value.left, ast.Name) and value.left.id == target.id:
        sign = _SIGNS.get(type(value.op))
        if sign is not None:
            yield around.slip(node, f"{target.id} {sign} {around.source.plain(value.right)}", "in place", "in place")


def _not_carried(node: ast.Assign, target: ast.Tuple, around: Around) -> Iterator[Slip]:
    """One of the values that a step hands to the next one is not handed on."""
    if not _in_loop(node, around):
        return
    for name in target.elts:
        if isinstance(name, ast.Name) and _reads(node.value, name.id):
            yield around.slip(name, "_", "state", "not carried", name.id)


def of_expression(node: ast.Expr, around: Around) -> Iterator[Slip]:
    if isinstance(node.value, ast.Call):
        yield around.slip(node, "pass", "statement")


def of_branch(node: ast.If | ast.While, around: Around) -> Iterator[Slip]:
    if isinstance(node, ast.If):
        what = only_name(node.test, around)
        yield around.slip(node.test, "True", "condition", "", what)
        yield around.slip(node.test, "False", "condition", "", what)


def of_break(node: ast.Break | ast.Continue, around: Around) -> Iterator[Slip]:
    yield around.slip(node, "pass", "statement")


def of_loop(node: ast.For, around: Around) -> Iterator[Slip]:
    last = node.body[-1]
    if len(node.body) > 1 and isinstance(last, ast.Assign) and isinstance(last.targets[0], ast.Name):
        yield around.slip(last, "pass", "state", "last statement", last.targets[0].id)


def of_return(node: ast.Return, around: Around) -> Iterator[Slip]:
    """A result changed as it is returned: negated, doubled, halved, converted to float32, detached or transposed."""
    if node.value is None:
        return
    results = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    for result in results:
        if isinstance(result, (ast.Starred, ast.Tuple, ast.List, ast.Dict, ast.ListComp)):
            continue
        text = around.source.of(result)
        if not isinstance(result, ast.UnaryOp):
            yield around.slip(result, f"-{text}", "sign", "minus")
        yield around.slip(result, f"2 * {text}", "constant", "doubled")
        yield around.slip(result, f"0.5 * {text}", "constant", "halved")
        yield around.slip(result, f"{text}.float()", "dtype", "float()")
        yield around.slip(result, f"{text}.detach()", "detach", "detach")
        yield around.slip(result, f"{text}.mT", "transpose", "result transposed")


def _reads(node: ast.AST, name: str) -> bool:
    return any(isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Load) for n in ast.walk(node))


def _in_loop(node: ast.AST, around: Around) -> bool:
    above = around.source.parents.get(id(node))
    while above is not None and not isinstance(above, ast.FunctionDef):
        if isinstance(above, (ast.For, ast.While)):
            return True
        above = around.source.parents.get(id(above))
    return False


def _bound_before(node: ast.Assign, name: str, around: Around) -> bool:
    """Whether a name has a value before a statement runs first, so that the statement can be left out."""
    above: ast.AST | None = node
    while above is not None and not isinstance(above, ast.FunctionDef):
        above = around.source.parents.get(id(above))
    stores = [
        n.lineno
        for n in ast.walk(above or node)
        if isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store)
    ]
    parameters = {a.arg for a in above.args.args} if isinstance(above, ast.FunctionDef) else set()
    return name in parameters or bool(stores and min(stores) < node.lineno)
