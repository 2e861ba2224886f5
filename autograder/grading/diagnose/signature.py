"""Wrong answers that are the same: a signature of what a task gave, equal for equal outputs.

A class of a thousand makes a few dozen mistakes. Whoever made the same one has, within rounding, the same outputs on the
same cases, so their signatures are equal; `report.groups` counts them. A signature says nothing that could be turned
back into values of hidden cases, and stands in the staff's part of a report alone.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograder.grading.diagnose.observation import Observation
from autograder.guest.wire import Array, Sparse, Value
from autograder.notebooks.source import parse
from autograder.sandbox.interface import Program, Status
from autograder.tree import leaves

DIGITS = 5  # of a number that stands for an array
MOST_CODE = 6000  # characters of a student's code
NARROW_DIGITS = 2  # where all wrong cases are in float32
RATES = (0.7548776662466927, 0.5698402909980532)  # of the weights: no two elements of an array have the same
PART = 1 << 20  # elements that are widened at once


def signature(observations: Sequence[Observation]) -> str:
    """A digest of the wrong outcomes of a task, within rounding; "" where nothing was computed."""
    wrong = [o for o in observations if not o.right]
    if not wrong or {Status.MISSING, Status.UNFINISHED, Status.GRADER_ERROR} & {o.got.status for o in wrong}:
        return ""
    wide = [o for o in wrong if o.case.check.dtype == "float64"]
    digest = hashlib.sha256()
    digest.update(repr([o.case.id for o in wrong if o.case.check.dtype == "float64"]).encode())
    for observation in wide or wrong:
        digits = DIGITS if wide else NARROW_DIGITS
        digest.update("|".join(_marks(observation, digits)).encode())
    return digest.hexdigest()[:16]


def functions_text(program: Program, functions: Sequence[str]) -> str:
    """A student's functions of a task, the last definition of each, cut to MOST_CODE characters."""
    found: dict[str, str] = {}
    for cell in program.cells:
        tree = parse(cell.source) if cell.kind == "student" else None
        for node in tree.body if tree is not None else []:
            if isinstance(node, ast.FunctionDef) and node.name in functions:
                found[node.name] = "\n".join(cell.source.split("\n")[node.lineno - 1 : node.end_lineno])
    return "\n\n".join(found.values())[:MOST_CODE]


def _marks(observation: Observation, digits: int) -> Iterator[str]:
    got = observation.got
    yield f"{observation.case.id} {got.status.value}"
    if got.status is not Status.RETURNED:
        yield got.error.type_name[:100] if got.error else ""
        return
    for value in (got.value, got.gradient):
        for path, leaf in sorted(leaves(value), key=lambda entry: entry[0]):  # a dict is the same in any order
            yield f"{path} {_leaf(leaf, digits)}"


def _leaf(leaf: Value, digits: int) -> str:
    if isinstance(leaf, Sparse):
        return f"sparse {leaf.shape} {_leaf(leaf.values, digits)}"
    if not isinstance(leaf, Array):
        return _number(leaf, digits) if isinstance(leaf, (int, float)) else f"{type(leaf).__name__} {str(leaf)[:200]}"
    return f"{leaf.dtype} {leaf.shape} {_projection(leaf.data, digits)}"


def _projection(data: np.ndarray[Any, Any], digits: int) -> str:
    """Two sums of the elements with fixed weights, rounded to their own size, and how many are not finite.

    The sums grow part by part, because a wrong answer may be as large as it likes.
    """
    flat = np.asarray(data).reshape(-1)
    sums, size, odd = np.zeros(len(RATES)), 0.0, 0
    for start in range(0, flat.size, PART):
        part = flat[start : start + PART]
        places = np.arange(start, start + part.size)
        for numbers, shift in ((part.real, 1), (part.imag, 2)) if part.dtype.kind == "c" else ((part, 1),):
            wide = numbers.astype(np.float64)
            finite = np.isfinite(wide)
            wide = np.where(finite, wide, 0.0)
            size = max(size, float(np.abs(wide).max(initial=0.0)))
            odd += int((~finite).sum())
            sums += [float((wide * np.cos(rate * places + shift)).sum()) for rate in RATES]
    return " ".join([_number(size, digits), *(_number(float(s), digits, size) for s in sums), str(odd)])


def _number(number: float, digits: int, scale: float | None = None) -> str:
    """Rounded to so many digits of its scale, its own where none is given; rounding error is far below that."""
    if not np.isfinite(number):
        return str(number)
    base = abs(number) if scale is None else scale
    if base == 0:
        return "0"
    step = 10.0 ** (np.floor(np.log10(base) + 1e-9) - digits + 1)
    # An odd shift, so that round numbers do not lie between two steps.
    return f"{step:.0e}*{int(np.floor(number / step + 0.3141592653589793))}"
