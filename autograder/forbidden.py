"""Did the student call what the task forbids?

Two witnesses. The *static* one reads the code that a task's functions can reach, follows imports, aliases, `getattr` with
constant strings and `importlib`, and gives file and line. The *recorded* one is the list of torch functions and operators
that really ran while the function was called, whatever they were called by.

A finding is *certain*, and costs the task, when a resolved name is the forbidden one or when the operator was seen to
run; anything weaker (a method that only has the same name) is shown to staff and costs nothing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence

from autograder.assignment import Assignment, Case
from autograder.authoring import Task
from autograder.magics import parse
from autograder.report.model import Forbidden
from autograder.sandbox.interface import Outcome, Program

# What a forbidden name looks like to the recorder: patterns of torch function names and of operators. Only operators
# that innocent code for the same task cannot produce stand here.
_RUNS_AS = {
    "torch.autograd": r"torch\.autograd\.|torch\.Tensor\.backward|torch\.Tensor\.requires_grad_?$|aten\.\w+_backward(?!_data|_weight)",
    "torch.Tensor.backward": r"torch\.Tensor\.backward",
    "torch.func": r"torch\.func\.|torch\._functorch",
    "torch.nn.LSTM": r"torch\.(_VF\.)?lstm\b|aten\.(lstm|mkldnn_rnn_layer|_cudnn_rnn)\b",
    "torch.nn.LSTMCell": r"torch\.(_VF\.)?lstm_cell|aten\.(lstm_cell|_thnn_fused_lstm_cell)\b",
    "torch.nn.functional.cross_entropy": r"torch\.nn\.functional\.cross_entropy|aten\.(cross_entropy_loss|nll_loss\w*)\b",
    "torch.nn.functional.nll_loss": r"torch\.nn\.functional\.nll_loss|aten\.nll_loss\w*\b",
    "torch.nn.functional.binary_cross_entropy": r"functional\.binary_cross_entropy$|aten\.binary_cross_entropy\b",
    "torch.nn.functional.binary_cross_entropy_with_logits": r"binary_cross_entropy_with_logits",
    "torch.nn.functional.mse_loss": r"functional\.mse_loss|aten\.mse_loss\b",
    "torch.nn.functional.kl_div": r"functional\.kl_div|torch\.kl_div|aten\.kl_div\b",
    "torch.nn.functional.linear": r"functional\.linear|aten\.linear\b",
    "torch.nn.functional.conv2d": r"torch\.conv2d|aten\.(conv2d|convolution)\b",
    "torch.nn.functional.conv_transpose2d": r"torch\.conv_transpose2d|aten\.(conv_transpose2d|convolution)\b",
    "torch.nn.functional.batch_norm": r"batch_norm",
    "torch.nn.functional.softmax": r"(functional\.softmax|torch\.softmax|Tensor\.softmax)$|aten\.(softmax|_softmax)\b",
    "torch.nn.functional.log_softmax": r"(functional\.log_softmax|torch\.log_softmax|Tensor\.log_softmax)$|aten\.(log_softmax|_log_softmax)\b",
}  # fmt: skip


def find_forbidden(
    assignment: Assignment, program: Program, cases: Sequence[Case], outcomes: Mapping[int, Outcome]
) -> tuple[Forbidden, ...]:
    """Every forbidden call of a submission, task by task."""
    tasks = [task for task in assignment.tasks if task.forbid]
    if not tasks:
        return ()
    code = _Code(program)
    found: list[Forbidden] = []
    for task in tasks:
        found += _static(task, code)
        found += _recorded(task, cases, outcomes)
    return tuple(found)


# -- recorded --------------------------------------------------------------------------------------------------------


def _recorded(task: Task, cases: Sequence[Case], outcomes: Mapping[int, Outcome]) -> Iterator[Forbidden]:
    ran = sorted({name for case in cases if case.task == task.name for name in outcomes[case.id].operators})
    for forbidden in task.forbid:
        pattern = re.compile(_RUNS_AS.get(forbidden) or re.escape(forbidden) + r"(\.|$)")
        seen = [name for name in ran if pattern.search(name)]
        if seen:
            yield Forbidden(
                task.name, forbidden, task.name, None, "ran: " + ", ".join(seen[:5]), "recorded", certain=True
            )


# -- static ----------------------------------------------------------------------------------------------------------


class _Code:
    """The student's cells: what is defined where, and what each name is an alias of."""

    def __init__(self, program: Program) -> None:
        self.functions: dict[str, tuple[ast.AST, str]] = {}
        self.aliases: dict[str, str] = {}
        self._inside: dict[int, list[ast.AST]] = {}
        for cell in program.cells:
            if cell.kind == "provided":
                continue
            tree = parse(cell.source, most=None)
            if tree is None:
                continue  # the cell does not run either
            for node in tree.body:
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                    self.functions[node.name] = (node, cell.name)
            self._collect_aliases(tree, cell.name)

    def _collect_aliases(self, tree: ast.AST, cell: str) -> None:
        for node in _nodes(tree):
            if isinstance(node, ast.Import):
                for name in node.names:
                    self.aliases[name.asname or name.name.split(".")[0]] = (
                        name.name if name.asname else name.name.split(".")[0]
                    )
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                for name in node.names:
                    self.aliases[name.asname or name.name] = f"{node.module}.{name.name}"
            elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                target = node.targets[0].id
                resolved = self.resolve(node.value)
                if resolved is not None and resolved.split(".")[0] in ("torch", "numpy") and resolved != target:
                    self.aliases[target] = resolved
                elif isinstance(node.value, ast.Lambda):
                    self.functions[target] = (node.value, cell)

    def resolve(self, node: ast.AST) -> str | None:
        """The dotted name that an expression stands for, if it can be told without running it."""
        if isinstance(node, ast.Name):
            return self.aliases.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            base = self.resolve(node.value)
            return f"{base}.{node.attr}" if base is not None else None
        if isinstance(node, ast.Call):
            return self._resolve_call(node)
        return None

    def _resolve_call(self, node: ast.Call) -> str | None:
        function = self.resolve(node.func)
        constants = [_constant_text(arg) for arg in node.args]
        if function in ("importlib.import_module", "__import__", "builtins.__import__") and constants and constants[0]:
            return constants[0]
        if function in ("getattr", "builtins.getattr") and len(constants) >= 2 and constants[1]:
            base = self.resolve(node.args[0])
            return f"{base}.{constants[1]}" if base is not None else None
        return None

    def reachable(self, start: Sequence[str]) -> Iterator[tuple[str, ast.AST, str]]:
        """(name, node, cell) of every definition that code of `start` can reach by name."""
        waiting, seen = list(start), set[str]()
        while waiting:
            name = waiting.pop()
            if name in seen or name not in self.functions:
                continue
            seen.add(name)
            node, cell = self.functions[name]
            yield name, node, cell
            waiting += [n.id for n in self.inside(node) if isinstance(n, ast.Name)]

    def inside(self, definition: ast.AST) -> list[ast.AST]:
        """The nodes of one of `functions`, walked once for all tasks that reach it."""
        if id(definition) not in self._inside:
            self._inside[id(definition)] = _nodes(definition)
        return self._inside[id(definition)]


def _nodes(tree: ast.AST) -> list[ast.AST]:
    """`ast.walk` in the same order, but for load and store marks: a third of its time, which every submission pays."""
    found = [tree]
    for node in found:
        for field in node._fields:
            value = getattr(node, field, None)
            if isinstance(value, list):
                found += [item for item in value if isinstance(item, ast.AST)]
            elif isinstance(value, ast.AST) and not isinstance(value, ast.expr_context):
                found.append(value)
    return found


def _constant_text(node: ast.AST) -> str | None:
    """The text of a constant expression: a string, or strings added together."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _constant_text(node.left), _constant_text(node.right)
        return None if left is None or right is None else left + right
    return None


def _static(task: Task, code: _Code) -> Iterator[Forbidden]:
    reported: set[tuple[str, str, int]] = set()
    for _, definition, cell in code.reachable(task.functions):
        for node in code.inside(definition):
            if not isinstance(node, (ast.Attribute, ast.Name, ast.Call)):
                continue
            for forbidden, evidence, certain in _matches(task, node, code):
                key = (forbidden, cell, node.lineno)
                if key not in reported:
                    reported.add(key)
                    yield Forbidden(task.name, forbidden, cell, node.lineno, evidence, "static", certain=certain)


def _matches(task: Task, node: ast.AST, code: _Code) -> Iterator[tuple[str, str, bool]]:
    resolved = code.resolve(node)
    for forbidden in task.forbid:
        if resolved is not None and (resolved == forbidden or resolved.startswith(forbidden + ".")):
            yield forbidden, f"uses {resolved}", True
        elif (
            forbidden.startswith("torch.Tensor.")
            and isinstance(node, ast.Attribute)
            and node.attr == forbidden.rsplit(".", 1)[1]
            and node.attr not in code.functions
        ):
            # x.backward(): the name is the method's, but x may be an object of the student's own.
            yield forbidden, f"uses a method .{node.attr}", False


__all__ = ["find_forbidden"]
