"""Runs your functions on the visible cases of this assignment and shows what came back beside what was expected.

    from checker import check, ready

    check(f)        your function on its visible cases
    check.all()     a table of all tasks
    ready(f, g)     True once these functions are written
    in_time(steps)  the steps of a long loop, until its time is up

Everything here is for you alone: your grade comes from other cases, which nobody sees before. This file is generated.
"""


from __future__ import annotations
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path
from typing import Any
from typing import TypeAlias
import contextlib
import functools
import html
import importlib.util
import io
import json
import linecache
import math
import re
import sys
import time
import types
import warnings
import numpy as np


@dataclass(frozen=True)
class Tolerance:
    """|got - expected| <= atol + rtol * |expected|, elementwise.

    Integers, booleans and strings are compared exactly under every tolerance, and an infinity equals only itself.

    name: as `verify` prints it.
    rtol: the relative part of the bound.
    atol: the absolute part of the bound.
    nan: a NaN equals a NaN where the reference has one (otherwise a NaN is always wrong).
    signed_zero: -0.0 and 0.0 differ.
    """

    name: str
    rtol: float
    atol: float
    nan: bool = False
    signed_zero: bool = False


@dataclass(frozen=True, eq=False)
class Array:
    """An n-dimensional array as it left, or will enter, the sandbox.

    data: the elements (bfloat16 widened to float32).
    dtype: the name that torch gives it; "" takes that of `data`.
    kind: "tensor" for `torch.Tensor`, "ndarray" for `numpy.ndarray`.
    device: "cpu" or "cuda".
    layout: "strided", or "noncontiguous" for an input that the guest must hand over as a view with gaps.
    """

    data: np.ndarray[Any, Any]
    dtype: str = ""
    kind: str = "tensor"
    device: str = "cpu"
    layout: str = "strided"

    def __post_init__(self) -> None:
        if not self.dtype:
            object.__setattr__(self, "dtype", self.data.dtype.name)

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(self.data.shape)


@dataclass(frozen=True, eq=False)
class Sparse:
    """A coalesced COO tensor.

    indices: (ndim, nnz) int64.
    values: (nnz, ...).
    shape: of the whole tensor.
    """

    indices: Array
    values: Array
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Opaque:
    """Stands for something that the wire format does not hold, such as an instance of a student's class.

    type_name: module and name of its type, or a short description ("numpy.ndarray(object)").
    text: more about it, for an int that is too long; "" otherwise.
    """

    type_name: str
    text: str = ""


Value: TypeAlias = "bool | int | float | complex | str | Array | Sparse | Opaque | tuple[Value, ...] | list[Value] | dict[Any, Value] | None"


MOST_KEY = 100  # characters of a dict's key in a path


def step(key: object) -> str:
    """The part of a path that leads to a key; cut, because every path below repeats it."""
    text = repr(key)
    return f"[{text}]" if len(text) <= MOST_KEY else f"[{text[: MOST_KEY - 3]}...]"


FORM_KINDS = ("type", "keys", "length", "dtype", "device", "shape", "not_finite")


PART = 1 << 20  # elements that are compared at once


@dataclass(frozen=True)
class Mismatch:
    """One leaf that differs.

    path: where in the result, "" for the result itself, "[1]" or "['W']" inside it.
    kind: one of FORM_KINDS or "value".
    expected, got: what stood there, as text (for "value": at the worst element).
    index: of the worst element.
    wrong, total: how many elements differ, and how many there are.
    error: |got - expected| there.
    allowed: what the tolerance grants there.
    """

    path: str
    kind: str
    expected: str
    got: str
    index: tuple[int, ...] = ()
    wrong: int = 0
    total: int = 0
    error: float = math.nan
    allowed: float = math.nan


@dataclass(frozen=True)
class Comparison:
    """All that differs between two values.

    mismatches: in the order of the leaves.
    ratio: the largest error as a multiple of its tolerance (inf for form).
    """

    mismatches: tuple[Mismatch, ...]
    ratio: float

    @property
    def equal(self) -> bool:
        return not self.mismatches

    @property
    def form_equal(self) -> bool:
        """Right in type, dtype, device and shape, and finite wherever the reference is."""
        return all(m.kind not in FORM_KINDS for m in self.mismatches)


def all_equal(*comparisons: Comparison | None) -> bool:
    """Whether nothing differs. A None among them is a comparison that was not made, and counts as equal."""
    return all(comparison is None or comparison.equal for comparison in comparisons)


def compare(expected: Value, got: Value, tolerance: Tolerance, truth: Value = None) -> Comparison:
    """Compare a result with the reference's.

    truth: the reference's result in float64 where `expected` was computed in a narrower dtype; the numbers are then
    compared with it, and type, dtype and shape with `expected`.
    """
    walker = _Walker(tolerance)
    with np.errstate(all="ignore"):
        walker.walk("", expected, got, expected if truth is None else truth)
    return Comparison(tuple(walker.mismatches), walker.ratio)


class _Walker:
    def __init__(self, tolerance: Tolerance) -> None:
        self.tolerance = tolerance
        self.mismatches: list[Mismatch] = []
        self.ratio = 0.0

    def walk(self, path: str, expected: Value, got: Value, truth: Value) -> None:
        if isinstance(expected, Array):
            self._array(path, expected, got, truth)
        elif isinstance(expected, Sparse):
            self._sparse(path, expected, got, truth)
        elif isinstance(expected, (tuple, list)):
            self._sequence(path, expected, got, truth)
        elif isinstance(expected, dict):
            self._mapping(path, expected, got, truth)
        else:
            self._scalar(path, expected, got, truth)

    def _form(self, path: str, kind: str, expected: str, got: str) -> None:
        self.mismatches.append(Mismatch(path, kind, expected, got))
        self.ratio = math.inf

    def _sequence(self, path: str, expected: tuple[Value, ...] | list[Value], got: Value, truth: Value) -> None:
        if not isinstance(got, (tuple, list)):
            return self._form(path, "type", type_name(expected), type_name(got))
        if len(got) != len(expected):
            return self._form(path, "length", str(len(expected)), str(len(got)))
        for i, item in enumerate(expected):
            self.walk(f"{path}[{i}]", item, got[i], truth[i] if isinstance(truth, (tuple, list)) else item)

    def _mapping(self, path: str, expected: dict[Any, Value], got: Value, truth: Value) -> None:
        if not isinstance(got, dict):
            return self._form(path, "type", type_name(expected), type_name(got))
        if set(got) != set(expected):
            return self._form(path, "keys", _names(expected), _names(got))
        for key, item in expected.items():
            self.walk(path + step(key), item, got[key], truth[key] if isinstance(truth, dict) else item)

    def _scalar(self, path: str, expected: Value, got: Value, truth: Value) -> None:
        number = isinstance(expected, (float, complex)) and not isinstance(expected, bool)
        if number and isinstance(got, (int, float, complex)) and not isinstance(got, bool):
            if isinstance(got, complex) and not isinstance(expected, complex):
                return self._form(path, "type", type_name(expected), type_name(got))
            return self._numbers(path, np.asarray(expected), np.asarray(_as_float(got)), np.asarray(truth))
        if type(expected) is not type(got) or isinstance(expected, Opaque):
            if isinstance(expected, Opaque) and expected == got:
                return None
            return self._form(path, "type", type_name(expected), type_name(got))
        if expected != got:
            self.mismatches.append(Mismatch(path, "value", quote(expected), quote(got), (), 1, 1))
            self.ratio = math.inf
        return None

    def _array(self, path: str, expected: Array, got: Value, truth: Value) -> None:
        if not isinstance(got, Array) or got.kind != expected.kind:
            return self._form(path, "type", type_name(expected), type_name(got))
        if got.dtype != expected.dtype:
            return self._form(path, "dtype", expected.dtype, got.dtype)
        if got.device != expected.device:
            return self._form(path, "device", expected.device, got.device)
        if got.shape != expected.shape:
            return self._form(path, "shape", shape_text(expected.shape), shape_text(got.shape))
        reference = truth.data if isinstance(truth, Array) and truth.shape == expected.shape else expected.data
        return self._numbers(path, expected.data, got.data, reference)

    def _sparse(self, path: str, expected: Sparse, got: Value, truth: Value) -> None:
        if not isinstance(got, Sparse):
            return self._form(path, "type", type_name(expected), type_name(got))
        if got.shape != expected.shape:
            return self._form(path, "shape", shape_text(expected.shape), shape_text(got.shape))
        values = truth.values if isinstance(truth, Sparse) else expected.values
        self._array(f"{path}.indices()", expected.indices, got.indices, expected.indices)
        return self._array(f"{path}.values()", expected.values, got.values, values)

    def _numbers(
        self, path: str, expected: np.ndarray[Any, Any], got: np.ndarray[Any, Any], truth: np.ndarray[Any, Any]
    ) -> None:
        """Part by part: what is compared is widened, and a large array would take many times its size."""
        flat_truth, flat_got = truth.reshape(-1), got.reshape(-1)
        wrong, worst = 0, None
        finite = True
        for start in range(0, truth.size, PART):
            part = slice(start, start + PART)
            found = self._part(expected.dtype.kind, flat_truth[part], flat_got[part])
            if found is not None:
                wrong += found.wrong
                finite = finite and found.finite
                worst = found.after(start) if worst is None or found.score > worst.score else worst
        if worst is None:
            return
        self.mismatches.append(
            Mismatch(
                path,
                "value" if finite else "not_finite",
                number_text(flat_truth[worst.place]),
                number_text(flat_got[worst.place]),
                tuple(int(i) for i in np.unravel_index(worst.place, truth.shape)),
                wrong,
                int(truth.size),
                worst.error,
                worst.allowed,
            )
        )

    def _part(self, kind: str, truth: np.ndarray[Any, Any], got: np.ndarray[Any, Any]) -> _Wrong | None:
        """What is wrong in one part; None where all is right."""
        if kind in "biu" and bool((truth == got).all()):
            return None
        ratio = _ratio_if_right(truth, got, self.tolerance) if kind == "f" else None
        if ratio is not None:
            self.ratio = max(self.ratio, ratio)
            return None
        ok, error, allowed = elementwise(truth, got, self.tolerance, exact=kind not in "fc")
        with np.errstate(all="ignore"):
            ratios = np.where(error == 0, 0.0, error / allowed)
        # A NaN ratio is an error without a size: not finite where the reference is, or the other way round.
        ratios = np.where(
            ok, np.minimum(np.nan_to_num(ratios, nan=0.0), 1.0), np.where(np.isnan(ratios), math.inf, ratios)
        )
        self.ratio = max(self.ratio, float(ratios.max()))
        if ok.all():
            return None
        place, score = _worst(ok, error, allowed)
        finite = got.dtype.kind not in "fc" or bool(np.isfinite(got[np.isfinite(truth)]).all())
        return _Wrong(int((~ok).sum()), finite, place, score, float(error[place]), float(allowed[place]))


@dataclass(frozen=True)
class _Wrong:
    """What is wrong in one part of an array.

    wrong: how many elements differ.
    finite: whether every element is finite where the expected one is.
    place: of the worst element.
    score: how bad it is.
    error, allowed: as in a `Mismatch`.
    """

    wrong: int
    finite: bool
    place: int
    score: float
    error: float
    allowed: float

    def after(self, start: int) -> _Wrong:
        """The same, its place counted from the beginning of an array."""
        return replace(self, place=start + self.place)


def _ratio_if_right(truth: np.ndarray[Any, Any], got: np.ndarray[Any, Any], tolerance: Tolerance) -> float | None:
    """The largest error / tolerance of floats that are plainly right; None where it takes `elementwise` to tell.

    Most arrays of a class are right: this answers for them at a small part of the price.
    """
    if tolerance.nan and truth.dtype == got.dtype and truth.tobytes() == got.tobytes():
        return 0.0
    if tolerance.atol <= 0 or tolerance.signed_zero or not truth.size or truth.dtype.kind != "f":
        return None
    wide = truth.astype(np.float64, copy=False)
    allowed = tolerance.atol + tolerance.rtol * np.abs(wide)
    ratios = np.abs(got.astype(np.float64, copy=False) - wide) / allowed
    worst = float(ratios.max())
    # A NaN anywhere makes this false; an infinity in `truth` is one in `allowed`, and grants nothing. At 1 rounding decides.
    return worst if worst < 1.0 and float(allowed.max()) < math.inf else None


def elementwise(
    truth: np.ndarray[Any, Any], got: np.ndarray[Any, Any], tolerance: Tolerance, *, exact: bool
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """(right, error, allowed), each of the arrays' shape: booleans, |got - truth| and the tolerance granted."""
    if exact:
        wrong = np.asarray(truth != got)
        return ~wrong, _difference(truth, got), np.zeros(truth.shape)
    wide = np.complex128 if "c" in (truth.dtype.kind, got.dtype.kind) else np.float64
    e, g = truth.astype(wide), got.astype(wide)
    with np.errstate(all="ignore"):
        error = np.where(e == g, 0.0, np.abs(g - e))
        allowed = tolerance.atol + tolerance.rtol * np.abs(e)
        ok = (e == g) | ((error <= allowed) & np.isfinite(e) & np.isfinite(g))
    if tolerance.nan:
        ok |= np.isnan(e) & np.isnan(g)
    if tolerance.signed_zero and truth.dtype.kind == "f":
        ok &= ~((e == 0) & (g == 0) & (np.signbit(e.real) != np.signbit(g.real)))
    return ok, error, allowed


def _as_float(x: int | float | complex) -> float | complex:
    try:
        return x if isinstance(x, complex) else float(x)
    except OverflowError:  # an int beyond float's range
        return math.inf


def _difference(a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    if a.dtype.kind not in "iub":
        return np.asarray(a != b, dtype=np.float64)
    return np.asarray(np.abs(a.astype(np.float64) - b.astype(np.float64)))


def _worst(ok: np.ndarray[Any, Any], error: np.ndarray[Any, Any], allowed: np.ndarray[Any, Any]) -> tuple[int, float]:
    """The wrong element with the largest error relative to its tolerance, and that; one without a size (NaN) is the worst."""
    with np.errstate(all="ignore"):
        score = np.where(allowed > 0, error / np.where(allowed > 0, allowed, 1.0), error)
    score = np.where(ok, -1.0, np.where(np.isnan(score), math.inf, score))
    place = int(score.argmax())
    return place, float(score[place])


def type_name(value: Value) -> str:
    """The type of a value as a student would name it."""
    if isinstance(value, Array):
        name = "torch.Tensor" if value.kind == "tensor" else "numpy.ndarray"
        return f"{name} {value.dtype} {shape_text(value.shape)}"
    if isinstance(value, Sparse):
        return f"sparse torch.Tensor {value.values.dtype} {shape_text(value.shape)}"
    if isinstance(value, Opaque):
        return value.type_name
    if isinstance(value, (tuple, list)):
        return f"{type(value).__name__} of {len(value)}"
    return "None" if value is None else type(value).__name__


def shape_text(shape: tuple[int, ...]) -> str:
    return "(" + ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "") + ")"


def number_text(x: Any, digits: int = 10) -> str:
    """A number in at most so many significant digits."""
    if isinstance(x, (np.floating, float)):
        return f"{float(x):.{digits}g}"
    if isinstance(x, (np.complexfloating, complex)):
        return f"{complex(x):.{digits}g}"
    return str(x.item() if isinstance(x, np.generic) else x)


def quote(value: Value, limit: int = 200) -> str:
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 3] + "..."


def _names(mapping: dict[Any, Value]) -> str:
    return ", ".join(sorted(map(str, mapping)))


def map_leaves(value: Any, change: Callable[[Any], Any]) -> Any:
    """The same value with every leaf replaced by `change(leaf)`."""
    if isinstance(value, tuple):
        return tuple([map_leaves(item, change) for item in value])
    if isinstance(value, list):
        return [map_leaves(item, change) for item in value]
    if isinstance(value, dict):
        return {key: map_leaves(item, change) for key, item in value.items()}
    return change(value)


STUMBLES = (
    ArithmeticError, AssertionError, LookupError, MemoryError, RecursionError, TypeError, ValueError, np.linalg.LinAlgError,
)  # fmt: skip


def plain(value: Value) -> Any:
    """A value as a judge gets it: numpy arrays for tensors, Python values as they are."""
    return map_leaves(value, _leaf_for_judges)


def _leaf_for_judges(leaf: Value) -> Any:
    if isinstance(leaf, Array):
        return leaf.data
    if isinstance(leaf, Sparse):
        return {"indices": leaf.indices.data, "values": leaf.values.data, "shape": leaf.shape}
    return leaf


EXACT = Tolerance("exact", 0.0, 0.0, nan=True)  # for a value and its repetition, where a NaN equals a NaN


def form_alone(value: Comparison) -> Comparison:
    """What a judge leaves of a comparison with the reference: the form. The judge decides on the numbers."""
    return Comparison(tuple(m for m in value.mismatches if m.kind != "value"), 0.0 if value.form_equal else value.ratio)


def changed_arguments(parameters: Sequence[str], before: Sequence[Value], after: Sequence[Value]) -> tuple[str, ...]:
    """The names of the parameters whose arguments a call has not left alone."""
    names = [*parameters, *(f"#{number + 1}" for number in range(len(parameters), len(before)))]
    return tuple(name for name, old, new in zip(names, before, after) if not compare(old, new, EXACT).equal)  # noqa: B905


def alike(one: Value, other: Value, tolerance: Tolerance) -> bool:
    """Whether two results of the same call are the same, each NaN included."""
    if one is other:  # most inputs and second results are the same object as what they are compared with
        return True
    return compare(one, other, replace(tolerance, nan=True)).equal


MAX_DEPTH = 32


DTYPES = {
    "bool": np.dtype(np.bool_),
    "uint8": np.dtype(np.uint8),
    "uint16": np.dtype("<u2"),
    "uint32": np.dtype("<u4"),
    "uint64": np.dtype("<u8"),
    "int8": np.dtype(np.int8),
    "int16": np.dtype("<i2"),
    "int32": np.dtype("<i4"),
    "int64": np.dtype("<i8"),
    "float16": np.dtype("<f2"),
    "bfloat16": np.dtype("<u2"),
    "float32": np.dtype("<f4"),
    "float64": np.dtype("<f8"),
    "complex64": np.dtype("<c8"),
    "complex128": np.dtype("<c16"),
}


wire = sys.modules[__name__]


try:
    import torch
except ImportError:  # an image for courses without torch
    torch = None  # type: ignore[assignment]


MAX_VALUES = 20_000


class TooLarge(Exception):
    """A result that is too large, has too many values or is nested too deeply. No array beyond the limit is copied."""


class Budget:
    """Bytes and values, containers included, that one part of a result (the inputs afterwards, say) may still take."""

    def __init__(self, size: int) -> None:
        self.bytes = size
        self.leaves = MAX_VALUES

    def take(self, size: int) -> None:
        self.bytes -= size
        self.leaves -= 1
        if self.bytes < 0 or self.leaves < 0:
            raise TooLarge("the result is larger than the limit")


def materialise(value: Any, device: str) -> Any:
    """A fresh copy of the arguments, as the student's function gets them."""
    if isinstance(value, wire.Array):
        return _materialise_array(value, device)
    if isinstance(value, wire.Sparse):
        indices, values = materialise(value.indices, device), materialise(value.values, device)
        return torch.sparse_coo_tensor(indices, values, value.shape).coalesce()
    if isinstance(value, tuple):
        return tuple(materialise(item, device) for item in value)
    if isinstance(value, list):
        return [materialise(item, device) for item in value]
    if isinstance(value, dict):
        return {key: materialise(item, device) for key, item in value.items()}
    return value


def _materialise_array(array: wire.Array, device: str) -> Any:
    data = np.array(array.data)  # a copy: calls never share memory
    gaps = array.layout == "noncontiguous" and data.ndim > 0
    if gaps:
        data = _with_gaps(data)
    if array.kind == "ndarray" or torch is None:
        return data[..., ::2] if gaps else data
    tensor = torch.from_numpy(data).to(device)
    if array.dtype == "bfloat16":  # numpy has none: its values came as float32
        tensor = tensor.to(torch.bfloat16)
    return tensor[..., ::2] if gaps else tensor


def _with_gaps(data: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """A buffer that holds the values in every second place and poison in the others."""
    gaps = np.full((*data.shape[:-1], 2 * data.shape[-1]), np.nan if data.dtype.kind in "fc" else 1, dtype=data.dtype)
    gaps[..., ::2] = data
    return gaps


def export(value: Any, budget: Budget, depth: int = 0) -> wire.Value:
    """A student's value as plain data, by the methods of the built-in types and never by the object's own."""
    if depth > wire.MAX_DEPTH:
        raise TooLarge("the result is nested too deeply")
    kind = type(value)
    if value is None or kind in (bool, int, float, complex, str):
        budget.take(len(value) if kind is str else 8)
        return value  # type: ignore[no-any-return]
    if torch is not None and issubclass(kind, torch.Tensor):
        return _export_tensor(value, budget)
    if issubclass(kind, np.ndarray):
        return _export_ndarray(np.ndarray.view(value, np.ndarray), budget)
    if issubclass(kind, np.generic):
        return export(np.generic.item(value), budget, depth)
    for base, plain in PLAIN:
        if issubclass(kind, base):
            return export(plain(value), budget, depth)
    budget.take(64)
    if issubclass(kind, tuple):
        return tuple(export(item, budget, depth + 1) for item in tuple.__iter__(value))
    if issubclass(kind, list):
        return [export(item, budget, depth + 1) for item in list.__iter__(value)]
    if issubclass(kind, dict):
        pairs = list(dict.items(value))
        return {export(key, budget, depth + 1): export(item, budget, depth + 1) for key, item in pairs}
    return wire.Opaque(f"{_type_attribute(kind, '__module__')}.{_type_attribute(kind, '__qualname__')}"[:200])


PLAIN: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (int, int.__int__),
    (float, float.__float__),
    (complex, complex.__complex__),
    (str, str.__str__),
)


def _type_attribute(kind: type, name: str) -> str:
    text = type.__getattribute__(kind, name)
    return text if type(text) is str else "?"


def _export_tensor(value: Any, budget: Budget) -> wire.Value:
    with torch._C.DisableTorchFunctionSubclass(), torch.no_grad():
        tensor = torch.Tensor.detach(value)
        if tensor.layout == torch.sparse_coo:
            tensor = tensor.coalesce()
            indices, values = _export_tensor(tensor.indices(), budget), _export_tensor(tensor.values(), budget)
            if isinstance(indices, wire.Array) and isinstance(values, wire.Array):
                return wire.Sparse(indices, values, tuple(tensor.shape))
        dtype = str(tensor.dtype).removeprefix("torch.")
        if tensor.layout != torch.strided or dtype not in wire.DTYPES or tensor.device.type not in ("cpu", "cuda"):
            budget.take(64)
            return wire.Opaque(f"torch.Tensor({dtype}, {tensor.layout}, {tensor.device.type})")
        budget.take(math.prod(tensor.shape) * tensor.element_size())
        device = tensor.device.type
        tensor = tensor.resolve_conj().resolve_neg().cpu()
        if tensor.dtype == torch.bfloat16:
            tensor = tensor.float()
        data = np.array(tensor.numpy())
    return wire.Array(data, dtype, "tensor", device)


def _export_ndarray(value: np.ndarray[Any, Any], budget: Budget) -> wire.Value:
    if value.dtype.name not in wire.DTYPES:
        budget.take(64)
        return wire.Opaque(f"numpy.ndarray({value.dtype})"[:200])
    budget.take(math.prod(value.shape) * value.dtype.itemsize)
    return wire.Array(np.array(value), value.dtype.name, "ndarray")


def differentiate(
    function: Callable[..., Any], args: list[Any], positions: Sequence[int], seed: int, budget: Budget
) -> tuple[wire.Value, ...]:
    """d<upstream, f(args)>/d(arg) for these positions; None where the output does not depend on it.

    args: fresh ones, which this changes.
    seed: what the upstream gradient is drawn from.

    Raises RuntimeError where torch cannot follow the function.
    """
    leaves: list[Any] = []
    for position in positions:
        # The function gets a copy of each leaf, so that working in place on its input still differentiates.
        args[position] = _map_floats(args[position], functools.partial(_track, leaves))
    trees = [args[position] for position in positions]
    with torch.enable_grad():
        total = _against_upstream(function(*args), seed)
        grads = iter(torch.autograd.grad(total, leaves, allow_unused=True))
    return tuple(_export_gradient(tree, grads, budget) for tree in trees)


def _map_floats(tree: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(tree, torch.Tensor):
        return change(tree) if tree.is_floating_point() else tree
    if isinstance(tree, tuple):
        return tuple(_map_floats(item, change) for item in tree)
    if isinstance(tree, list):
        return [_map_floats(item, change) for item in tree]
    if isinstance(tree, dict):
        return {key: _map_floats(item, change) for key, item in tree.items()}
    return tree


def _track(leaves: list[Any], leaf: Any) -> Any:
    leaf = leaf.detach().requires_grad_(True)
    leaves.append(leaf)
    return leaf.clone()


def _float_leaves(tree: Any) -> Iterator[Any]:
    if isinstance(tree, torch.Tensor):
        if tree.is_floating_point():
            yield tree
    elif isinstance(tree, (tuple, list)):
        for item in tree:
            yield from _float_leaves(item)
    elif isinstance(tree, dict):
        for item in tree.values():
            yield from _float_leaves(item)


def _against_upstream(value: Any, seed: int) -> Any:
    """<upstream, value>: one scalar whose gradient is the vector-Jacobian product with a random upstream gradient."""
    rng = np.random.Generator(np.random.Philox(seed))
    total = None
    for leaf in _float_leaves(value):
        upstream = torch.from_numpy(np.asarray(rng.standard_normal(tuple(leaf.shape)))).to(leaf)
        if leaf.requires_grad:
            term = (leaf * upstream).sum()
            total = term if total is None else total + term
    if total is None:
        raise RuntimeError("the result does not depend on the inputs in a way that torch can differentiate")
    return total


def _export_gradient(tree: Any, grads: Iterator[Any], budget: Budget) -> wire.Value:
    """The gradients in the structure of the argument that they belong to."""
    shaped = _map_floats(tree, lambda leaf: next(grads))
    return export(shaped, budget)


MAX_PAYLOAD = 256 << 20


MAX_DECODED = MAX_PAYLOAD  # bytes of one value's arrays as they are read: bfloat16 is widened


MAX_NODES = 100_000


MAX_TEXT = 1 << 20


MAX_NDIM = 32


MAX_KEY = 1 << 60  # int keys: all below have hashes of their own, so nobody can fill a dict with collisions


_WIDENED = 4  # bytes of a bfloat16 once it is read, as a float32


class WireError(ValueError):
    """A malformed frame or spec, or a value that cannot be sent. From a child, it becomes the status `bad_output`."""


Spec: TypeAlias = Any


def _numbers(buffer: bytes | memoryview, dtype: str, shape: Sequence[int]) -> np.ndarray[Any, Any]:
    data: np.ndarray[Any, Any] = np.frombuffer(buffer, dtype=DTYPES[dtype]).reshape(shape)
    if dtype == "bool":
        data = data.view(np.uint8) != 0
    elif dtype == "bfloat16":
        data = (data.astype("<u4") << 16).view("<f4")
    return data


class _Reader:
    """Reads an untrusted spec."""

    def __init__(self, buffers: Sequence[bytes | memoryview]) -> None:
        self.buffers = buffers
        self.named = 0  # buffers that have become arrays
        self.nodes = 0
        self.room = MAX_DECODED

    def read(self, spec: Spec, depth: int = 0) -> Value:
        self.nodes += 1
        if self.nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("too many or too deeply nested values")
        if spec is None or isinstance(spec, bool):
            return spec
        if not isinstance(spec, list) or not spec or not isinstance(spec[0], str):
            raise WireError("malformed value")
        read = self._READERS.get(spec[0])
        if read is None:
            raise WireError("unknown kind of value")
        return read(self, spec, depth)

    def _int(self, spec: Spec, depth: int) -> Value:
        (text,) = _texts(spec, 1, 1300)
        return int(text)

    def _float(self, spec: Spec, depth: int) -> Value:
        (text,) = _texts(spec, 1, 40)
        return float.fromhex(text)

    def _complex(self, spec: Spec, depth: int) -> Value:
        real, imag = _texts(spec, 2, 40)
        return complex(float.fromhex(real), float.fromhex(imag))

    def _text(self, spec: Spec, depth: int) -> Value:
        return _texts(spec, 1, MAX_TEXT)[0]

    def _opaque(self, spec: Spec, depth: int) -> Value:
        type_name, text = _texts(spec, 2, 2000)
        return Opaque(type_name, text)

    def _tuple(self, spec: Spec, depth: int) -> Value:
        return tuple(self.read(item, depth + 1) for item in spec[1:])

    def _list(self, spec: Spec, depth: int) -> Value:
        return [self.read(item, depth + 1) for item in spec[1:]]

    def _dict(self, spec: Spec, depth: int) -> Value:
        result: dict[Any, Value] = {}
        for pair in spec[1:]:
            if not isinstance(pair, list) or len(pair) != 2:
                raise WireError("malformed dict")
            key = self.read(pair[0], depth + 1)
            if not _is_key(key):
                raise WireError("malformed key")
            try:
                result[key] = self.read(pair[1], depth + 1)
            except TypeError as error:
                raise WireError("unhashable key") from error
        return result

    def _array(self, spec: Spec, depth: int) -> Array:
        if len(spec) != 7:
            raise WireError("malformed array")
        _, kind, dtype, shape, device, layout, index = spec
        raw_dtype = DTYPES.get(dtype) if isinstance(dtype, str) else None
        if raw_dtype is None or kind not in ("tensor", "ndarray") or device not in ("cpu", "cuda"):
            raise WireError("malformed array")
        if layout not in ("strided", "noncontiguous"):
            raise WireError("malformed array")
        size = math.prod(_shape(shape))
        if type(index) is not int or index != self.named or index >= len(self.buffers):
            raise WireError("array without a buffer of its own")
        buffer = self.buffers[index]
        if len(buffer) != size * raw_dtype.itemsize:
            raise WireError("declared shape and bytes differ")
        self.named += 1
        self.room -= size * (_WIDENED if dtype == "bfloat16" else raw_dtype.itemsize)
        if self.room < 0:
            raise WireError("arrays larger than the limit")
        return Array(_numbers(buffer, dtype, shape), dtype, kind, device, layout)

    def _sparse(self, spec: Spec, depth: int) -> Value:
        if len(spec) != 4 or not all(isinstance(part, list) and part and part[0] == "a" for part in spec[2:]):
            raise WireError("malformed sparse tensor")
        return Sparse(self._array(spec[2], depth), self._array(spec[3], depth), tuple(_shape(spec[1])))

    _READERS: dict[str, Callable[[_Reader, Spec, int], Value]] = {
        "i": _int,
        "f": _float,
        "c": _complex,
        "t": _text,
        "o": _opaque,
        "(": _tuple,
        "[": _list,
        "{": _dict,
        "a": _array,
        "s": _sparse,
    }


def _is_key(key: Value) -> bool:
    if isinstance(key, tuple):
        return all(map(_is_key, key))
    if isinstance(key, int):
        return abs(key) < MAX_KEY
    return isinstance(key, (str, float, type(None)))


def _texts(spec: Spec, count: int, limit: int) -> list[str]:
    texts = spec[1:]
    if len(texts) != count or not all(isinstance(text, str) and len(text) <= limit for text in texts):
        raise WireError("malformed scalar")
    return list(texts)


def _shape(shape: object) -> list[int]:
    if not isinstance(shape, list) or len(shape) > MAX_NDIM:
        raise WireError("malformed shape")
    for size in shape:
        if not isinstance(size, int) or isinstance(size, bool) or not 0 <= size <= MAX_PAYLOAD:
            raise WireError("malformed shape")
    return shape


def unpack(spec: Spec, buffers: Sequence[bytes | memoryview]) -> Value:
    """The value of a spec. Raises WireError, and nothing else, whatever the spec and the buffers hold."""
    try:
        return _Reader(buffers).read(spec)
    except WireError:
        raise
    except (ValueError, TypeError, OverflowError, RecursionError, MemoryError) as error:
        raise WireError(f"malformed value: {type(error).__name__}") from error


LANGUAGES = ("en", "ko")


def parts_of(value: Value) -> tuple[str, ...]:
    """The paths of a tuple's or dict's parts; none for what has fewer than two."""
    if isinstance(value, tuple):
        paths = tuple(f"[{i}]" for i in range(len(value)))
    elif isinstance(value, dict):
        paths = tuple(step(key) for key in value)
    else:
        paths = ()
    return paths if len(set(paths)) > 1 else ()


def wrong_parts(parts: Sequence[str], comparison: Comparison | None) -> set[str]:
    """The parts that differ; all of them where there is no comparison, or the result differs as a whole."""
    if comparison is None:
        return set(parts)
    found = {part for m in comparison.mismatches for part in parts if m.path.startswith(part)}
    whole = any(not any(m.path.startswith(part) for part in parts) for m in comparison.mismatches)
    return set(parts) if whole else found


HEAT_SIZE = 24


def as_rows(data: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """An array as a matrix: a vector is one row, and higher dimensions are rows below each other."""
    return data.reshape(1, -1) if data.ndim <= 1 else data.reshape(-1, data.shape[-1])


def window(size: int, limit: int, focus: int) -> range:
    """At most `limit` of `size` places, around one of them."""
    start = max(0, min(focus - limit // 2, size - limit))
    return range(start, min(size, start + limit))


def worst_of_blocks(flat: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The largest element of each block of a matrix that is not empty, in at most HEAT_SIZE rows and columns of blocks."""
    rows = np.maximum.reduceat(flat, _blocks(flat.shape[0]), axis=0)
    found: np.ndarray[Any, Any] = np.maximum.reduceat(rows, _blocks(flat.shape[1]), axis=1)
    return found


def _blocks(size: int) -> np.ndarray[Any, Any]:
    """The first index of each of at most HEAT_SIZE blocks of even size."""
    count = min(HEAT_SIZE, size)
    return np.arange(count) * size // count


_STEP = re.compile(r"\[('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|[^\]]*)\]")


Names = Any


def part_name(names: Names | None, path: str, language: str) -> str | None:
    """The name of the part at this path ("[1][0][0]" is "dW of layer 1"); None where the author named none."""
    name: str | None = None
    around: list[str] = []
    inside = names
    for token in _STEP.findall(path):
        quoted = token[:1] in "'\""
        if isinstance(inside, dict) and not quoted:
            item = inside["each"].get(language) or next(iter(inside["each"].values()))
            around, name = [f"{int(token) + 1}번째 {item}" if language == "ko" else f"{item} {int(token) + 1}"], None
            inside = inside["of"]
        elif isinstance(inside, list) and not quoted and int(token) < len(inside):
            one = inside[int(token)]
            around += [name] if name is not None else []
            name = one if isinstance(one, str) else one.get("name")
            inside = None if isinstance(one, str) else one["of"] if "name" in one else one
        elif quoted and name is None and not around:
            name, inside = token[1:-1], None
        elif name is not None or around:
            around, name = (around, name) if name is not None else ([], _joined(around, language))
            name, inside = f"{name}[{token}]", None
        else:
            return None
    return _joined([*around, name] if name is not None else around, language) or None


def _joined(outside_in: list[str], language: str) -> str:
    """The names in one phrase: "i of cache" for "cache", "i"; in Korean "cache의 i"."""
    return "의 ".join(outside_in) if language == "ko" else " of ".join(reversed(outside_in))


_MESSAGES = {
    "type": ("{place} should be {expected}, but is {got}.", "{place}: {expected}이어야 하는데 {got}입니다."),
    "keys": (
        "{place} should have the keys {expected}, but has {got}.",
        "{place}: 키가 {expected}이어야 하는데 {got}입니다.",
    ),
    "length": (
        "{place} should hold {expected} items, but holds {got}.",
        "{place}: 항목이 {expected}개여야 하는데 {got}개입니다.",
    ),
    "dtype": (
        "{place} should have dtype {expected}, but has {got}.",
        "{place}: dtype이 {expected}이어야 하는데 {got}입니다.",
    ),
    "device": (
        "{place} should be on {expected}, but is on {got}.",
        "{place}: {expected} 장치에 있어야 하는데 {got}에 있습니다.",
    ),
    "shape": (
        "{place} should have shape {expected}, but has {got}.",
        "{place}: 모양이 {expected}이어야 하는데 {got}입니다.",
    ),
    "not_finite": (
        "{place} holds NaN or infinity where the answer is finite ({wrong} of {total} elements wrong); at index {index}: got {got}, expected {expected}.",
        "{place}: 정답은 유한한데 NaN이나 무한대가 있습니다(원소 {total}개 중 {wrong}개 틀림). 위치 {index}: 내 결과 {got}, 정답 {expected}.",
    ),
    "value": (
        "{place}: {wrong} of {total} elements are wrong. The worst, at index {index}: got {got}, expected {expected} (off by {error:.3g}, allowed {allowed:.3g}).",
        "{place}: 원소 {total}개 중 {wrong}개가 틀렸습니다. 가장 크게 다른 곳 {index}: 내 결과 {got}, 정답 {expected} (차이 {error:.3g}, 허용 {allowed:.3g}).",
    ),
    "scalar": ("{place}: got {got}, expected {expected}.", "{place}: 내 결과 {got}, 정답 {expected}."),
}


def describe(mismatch: Mismatch, language: str, subject: str = "", names: Names | None = None) -> str:
    """The mismatch as one sentence for the student. It contains values, so it must not be used for a hidden check.

    subject: the subject of the sentence where that is not the result ("the gradient of W").
    names: of the result's parts, as its task declares them.
    """
    scalar = mismatch.kind == "value" and mismatch.total == 1 and not mismatch.index
    english, korean = _MESSAGES["scalar" if scalar else mismatch.kind]
    place = mismatch.path or ("결과" if language == "ko" else "the result")
    if mismatch.path:
        unnamed = f"결과{mismatch.path}" if language == "ko" else f"result{mismatch.path}"
        place = part_name(names, mismatch.path, language) or unnamed
    place = subject or place
    text = (korean if language == "ko" else english).format(
        place=place,
        expected=mismatch.expected,
        got=mismatch.got,
        index=list(mismatch.index),
        wrong=mismatch.wrong,
        total=mismatch.total,
        error=mismatch.error,
        allowed=mismatch.allowed,
    )
    return text[0].upper() + text[1:] if language == "en" and (subject or not mismatch.path) else text


def common_parts(parts: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """The parts that every case has, if all have the same ones."""
    first, *others = list(parts) or [()]
    return first if all(other == first for other in others) else ()


def share(points: float, right: int, parts: int) -> float:
    """The points for `right` of so many parts, rounded to a hundredth."""
    return points if right == parts else round(points * right / parts, 2)


def leaves(value: Value, path: str = "") -> Iterator[tuple[str, Value]]:
    """(path, leaf) of every leaf, in order."""
    if isinstance(value, (tuple, list)):
        for i, item in enumerate(value):
            yield from leaves(item, f"{path}[{i}]")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, path + step(key))
    else:
        yield path, value


MAX_ROWS, MAX_COLUMNS = 8, 8


WIDTH = 110


ENGLISH = {
    "language": "en",
    "unknown": "{name} is not a function of this assignment. Its functions are: {known}.",
    "no_file": "visible.npz is not beside checker.py. Put it there (on Colab: drop it on the folder on the left), then run this again.",
    "bad_file": "visible.npz cannot be read. Download it once more and put it beside checker.py.",
    "no_torch": "PyTorch is not installed here, so nothing can be checked; your code is not the reason. Run: pip install torch. Then restart the kernel. (Colab has it already.)",
    "not_ready": "Not written yet: {names}. Write it, then run this cell again.",
    "stopped": "Stopped after {done} of {total} steps, because {seconds} s were up. What you see is how far it came.",
    "unfinished": "{name} is not written yet.",
    "missing": "{name} is not defined. Run its cell first.",
    "raised": "Your code raised {error}",
    "right_of": "{right} of {total} visible cases right",
    "right": "right",
    "wrong": "not yet",
    "input": "input",
    "expected": "expected",
    "yours": "yours",
    "error": "error",
    "gradient": "gradient with respect to {name}",
    "gradient_note": "The value is right, but its gradient is not: torch must be able to follow every step from {names} to the result.",
    "judged": "There are many right answers here. The one beside yours is one of them.",
    "form_only": "There are many right answers here, and only the form of yours can be compared here: type, dtype, shape. Whether it is one of them is found out when it is graded.",
    "form": "form only",
    "unjudged": "Your numbers are none that this check can use.",
    "changed": "Your function changed its input {names}. Work on a copy.",
    "random": "Called twice with the same input, your function gave two different answers.",
    "hint": "Hint",
    "printed": "What your function printed",
    "legend": "darker: further off",
    "task": "task",
    "cases": "visible cases",
    "visible": "visible points",
    "points": "all points",
    "sum": "sum",
    "rest": "The other points come from cases that you do not see, with other sizes and edge cases.",
    "no_cases": "no visible case",
    "is_unfinished": "not written yet",
}


KOREAN = {
    "language": "ko",
    "unknown": "{name}은(는) 이 과제의 함수가 아닙니다. 이 과제의 함수: {known}.",
    "no_file": "checker.py 옆에 visible.npz가 없습니다. 같은 폴더에 넣고(Colab에서는 왼쪽 폴더에 끌어다 놓고) 다시 실행하세요.",
    "bad_file": "visible.npz를 읽을 수 없습니다. 다시 내려받아 checker.py와 같은 폴더에 넣으세요.",
    "no_torch": "이 컴퓨터에 PyTorch가 설치되어 있지 않아 확인할 수 없습니다. 여러분의 코드 때문이 아닙니다. pip install torch를 실행한 뒤 커널을 다시 시작하세요. (Colab에는 이미 있습니다.)",
    "not_ready": "아직 작성하지 않은 함수: {names}. 작성한 뒤 이 셀을 다시 실행하세요.",
    "stopped": "{seconds}초가 지나 {total}단계 중 {done}단계에서 멈췄습니다. 여기까지의 결과를 보여 줍니다.",
    "unfinished": "{name}: 아직 작성하지 않았습니다.",
    "missing": "{name}: 정의되지 않았습니다. 함수가 있는 셀을 먼저 실행하세요.",
    "raised": "실행 중 오류: {error}",
    "right_of": "공개 예시 {total}개 중 {right}개 정답",
    "right": "정답",
    "wrong": "다시 확인",
    "input": "입력",
    "expected": "정답",
    "yours": "내 결과",
    "error": "오차",
    "gradient": "{name}에 대한 기울기",
    "gradient_note": "값은 맞지만 기울기가 다릅니다. {names}에서 결과까지의 모든 계산을 torch가 따라갈 수 있어야 합니다.",
    "judged": "정답이 여럿인 문제입니다. 옆에 보이는 정답은 그중 하나입니다.",
    "form_only": "정답이 여럿인 문제이며, 여기서는 형식(타입, dtype, 모양)만 비교할 수 있습니다. 정답인지는 채점할 때 확인합니다.",
    "form": "형식만 확인",
    "unjudged": "이 문제의 답으로 쓸 수 없는 값입니다.",
    "changed": "함수가 입력 {names}을(를) 바꾸었습니다. 복사본으로 계산하세요.",
    "random": "같은 입력으로 두 번 호출했는데 결과가 서로 다릅니다.",
    "hint": "힌트",
    "printed": "함수가 출력한 내용",
    "legend": "진할수록 크게 다름",
    "task": "문제",
    "cases": "공개 예시",
    "visible": "공개 점수",
    "points": "전체 배점",
    "sum": "합계",
    "rest": "나머지 점수는 크기가 다르거나 극단적인 비공개 예시로 매깁니다.",
    "no_cases": "공개 예시 없음",
    "is_unfinished": "아직 작성하지 않음",
}


def texts(language: str) -> dict[str, str]:
    return KOREAN if language == "ko" else ENGLISH


@dataclass
class TaskView:
    """One task and its trials.

    task: its row of visible.npz.
    trials: one for each visible case.
    """

    task: dict[str, Any]
    trials: list[Any]

    @property
    def right(self) -> int:
        return sum(trial.status == "right" for trial in self.trials)

    @property
    def decided(self) -> int:
        """The trials that can be called right or wrong here."""
        return sum(trial.status != "form" for trial in self.trials)

    @property
    def unfinished(self) -> bool:
        return bool(self.trials) and all(trial.status in ("unfinished", "missing") for trial in self.trials)

    @property
    def points(self) -> float:
        """Points of the visible checks: all where every case is right, otherwise the shares of the parts that are."""
        found: dict[str, list[Any]] = {}
        for trial in self.trials:
            found.setdefault(trial.case.what["check"], []).append(trial)
        return float(sum(_earned(trials) for trials in found.values()))


def _earned(trials: list[Any]) -> float:
    """What one check gives, as in grading; purity and determinism have points of their own there."""
    what = trials[0].case.what
    if all(trial.status == "right" for trial in trials):
        return float(what["points"])
    parts = common_parts(parts_of(trial.case.value) for trial in trials)
    if not parts or what.get("together") or what["gradient"] or what["judged"]:
        return 0.0
    wrong = {part for trial in trials for part in wrong_parts(parts, trial.comparison)}
    return share(what["points"], len(parts) - len(wrong), len(parts)) if wrong else 0.0


def show(view: TaskView, language: str) -> None:
    """The trials of one task: rich in a notebook, plain elsewhere."""
    t = texts(language)
    name = view.task["name"]
    if not view.trials:
        print(f"{name}: {t['no_cases']}.")
    elif view.unfinished:
        first = view.trials[0]
        print(t[first.status].format(name=first.case.what["function"] if first.status == "missing" else name))
    else:
        _display(_task_html(view, language), _task_text(view, language))


def show_summary(views: list[TaskView], language: str) -> None:
    """A table of all tasks."""
    t = texts(language)
    header = [t["task"], t["cases"], t["visible"], t["points"]]
    rows = []
    for view in views:
        state = t["is_unfinished"] if view.unfinished else f"{view.right} / {view.decided}"
        rows.append(
            [view.task["name"], state, f"{view.points:g} / {view.task['visible_points']:g}", f"{view.task['points']:g}"]
        )
    earned, visible = sum(v.points for v in views), sum(v.task["visible_points"] for v in views)
    rows.append([t["sum"], "", f"{earned:g} / {visible:g}", f"{sum(v.task['points'] for v in views):g}"])
    widths = [max(_cells(row[i]) for row in [header, *rows]) for i in range(4)]
    lines = ["  ".join(cell + " " * (w - _cells(cell)) for cell, w in zip(row, widths)) for row in [header, *rows]]  # noqa: B905
    page = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in header)
    rich = f"{STYLE}<div class='ag'><table class='ag-sum'><tr>{head}</tr>{page}</table><p>{t['rest']}</p></div>"
    _display(rich, "\n".join([*lines, "", t["rest"]]))


def _display(rich: str, plain: str) -> None:
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None and type(shell).__name__ != "TerminalInteractiveShell":
        from IPython.display import display

        display({"text/html": rich, "text/plain": plain}, raw=True)  # type: ignore[no-untyped-call]
    else:
        print(plain)


def _cells(text: str) -> int:
    """Columns that a text takes in a terminal: Korean letters take two."""
    return sum(2 if "\u1100" <= c <= "\u11ff" or "\u2e80" <= c <= "\uffdc" else 1 for c in text)


def _sentences(trial: Any, language: str) -> list[str]:
    """What to tell about one trial, worst first."""
    t, what = texts(language), trial.case.what
    if trial.status in ("unfinished", "missing"):
        return [t[trial.status].format(name=what["function"])]
    if trial.status == "raised":
        return [t["raised"].format(error=trial.error), *([trial.error_place] if trial.error_place else [])]
    said = [describe(m, language, names=what.get("names")) for m in trial.comparison.mismatches[:4]]
    if trial.refused is not None:
        said.append(trial.refused.get(language) or trial.refused.get("en") or next(iter(trial.refused.values()), ""))
    if trial.gradient_comparison is not None and not trial.gradient_comparison.equal:
        said.append(t["gradient_note"].format(names=", ".join(_gradient_names(trial))))
    if trial.changed:
        said.append(t["changed"].format(names=", ".join(trial.changed)))
    if not trial.deterministic:
        said.append(t["random"])
    if what["judged"]:
        said.append(t["judged" if "judge" in what else "form_only"])
    return said


def _count(view: TaskView, language: str) -> str:
    t = texts(language)
    return t["right_of"].format(right=view.right, total=view.decided) if view.decided else t["form"]


def _outcome(trial: Any) -> str:
    """The key of the word for how a trial ended."""
    return trial.status if trial.status in ("right", "form") else "wrong"


def _gradient_names(trial: Any) -> list[str]:
    return [trial.case.what["parameters"][i] for i in trial.case.what["gradient"]]


def _call(trial: Any) -> str:
    what = trial.case.what
    args = []
    for name, value in zip(what["parameters"], trial.case.args):  # noqa: B905 (Python 3.9)
        if isinstance(value, float):
            args.append(f"{name}={value:.6g}")
        else:
            plain = value is None or isinstance(value, (bool, int, str))
            args.append(f"{name}={value!r}" if plain else name)
    return f"{what['function']}({', '.join(args)})"


def _title(trial: Any, language: str) -> str:
    what = trial.case.what
    return f"{what['title'][language]} ({what['index'] + 1})" if what["of"] > 1 else str(what["title"][language])


def _task_text(view: TaskView, language: str) -> str:
    t = texts(language)
    out = [f"{view.task['name']}: {_count(view, language)}"]
    detailed = False
    for trial in view.trials:
        right = trial.status == "right"
        out.append(f"  [{t[_outcome(trial)]}] {_title(trial, language)}: {_call(trial)}")
        if right:
            continue
        if trial.status == "form":
            out += [f"      {line}" for line in _sentences(trial, language)]
            continue
        if not detailed and trial.value is not None:
            out += [f"      {line}" for line in _side_by_side(trial, language)]
        detailed = True
        out += [f"      {line}" for line in _sentences(trial, language)]
        out.append(f"      {t['hint']}: {trial.case.what['hint'][language]}")
        if trial.printed:
            out += [f"      {t['printed']}:", *(f"      | {line}" for line in trial.printed.splitlines()[:12])]
    return "\n".join(out)


def _side_by_side(trial: Any, language: str) -> list[str]:
    t = texts(language)
    named = [f"{name} = {_plain(value)}" for name, value in zip(trial.case.what["parameters"], trial.case.args)]  # noqa: B905
    blocks = [
        [t["input"], *"\n".join(named).split("\n")],
        [t["expected"], *_plain(trial.case.value, trial, language).split("\n")],
        [t["yours"], *_plain(trial.value, trial, language).split("\n")],
    ]
    widths = [max(_cells(line) for line in block) for block in blocks]
    if sum(widths) + 6 > WIDTH:
        return [line for block in blocks for line in [block[0] + ":", *(f"  {line}" for line in block[1:])]]
    height = max(len(block) for block in blocks)
    rows = [[block[i] if i < len(block) else "" for block in blocks] for i in range(height)]
    return ["   ".join(cell + " " * (w - _cells(cell)) for cell, w in zip(row, widths)).rstrip() for row in rows]  # noqa: B905


def _plain(value: Any, trial: Any = None, language: str = "en") -> str:
    """A value as text, every leaf with its path, or with the name of the part. trial: whose result it is; None for an input."""
    found = list(leaves(value))
    parts = []
    for path, leaf in found:
        text = _plain_leaf(leaf)
        name = part_name(trial.case.what.get("names"), path, language) if trial is not None else None
        parts.append(f"{name or path or '·'}: {text}" if len(found) > 1 else text)
    return "\n".join(parts) if parts else repr(value)


def _plain_leaf(leaf: Any) -> str:
    if isinstance(leaf, Array):
        if leaf.data.size == 0:
            return f"{leaf.dtype} {shape_text(leaf.shape)}"
        with np.printoptions(precision=4, suppress=True, threshold=64, edgeitems=3, linewidth=60):
            return str(np.asarray(leaf.data))
    if isinstance(leaf, Sparse):
        return f"sparse {shape_text(leaf.shape)}"
    return number_text(leaf) if isinstance(leaf, float) else quote(leaf, 80)


STYLE = """<style>
.ag{font:14px/1.5 system-ui,"Noto Sans KR","Apple SD Gothic Neo","Malgun Gothic",sans-serif;color:inherit;max-width:1080px}
.ag-h{display:flex;gap:.7em;align-items:baseline;flex-wrap:wrap;margin:.2em 0 .5em}
.ag code,.ag td,.ag pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.ag-h code{font-size:15px;font-weight:700;background:none;color:inherit}
.ag-b{font-size:12px;font-weight:700;border-radius:4px;padding:1px 8px;color:#fff;white-space:nowrap}
.ag-ok{background:#0067a5}.ag-no{background:#b34700}
.ag details{border:1px solid rgba(127,127,127,.35);border-radius:6px;margin:0 0 6px;padding:0}
.ag summary{cursor:pointer;padding:6px 10px;display:list-item}
.ag summary code{background:none;color:inherit;opacity:.75;margin-left:.6em;font-size:12px}
.ag details.ag-f{border:0;margin:0}.ag details.ag-f>summary{padding:2px 0;font-size:12px}
.ag-in{padding:2px 12px 10px}
.ag-row{display:flex;gap:14px 26px;flex-wrap:wrap;align-items:flex-start;margin:4px 0 8px}
.ag-k{font-size:12px;opacity:.75;margin-bottom:2px}
.ag-k b{font-weight:700}
.ag table,.ag tr,.ag td,.ag th{background:transparent!important;color:inherit;border:0;margin:0}
.ag table{border-collapse:collapse;width:auto;table-layout:auto}
.ag table.ag-m{border-left:2px solid rgba(127,127,127,.6);border-right:2px solid rgba(127,127,127,.6);border-radius:4px}
.ag table.ag-m td{padding:1px 6px;text-align:right;font-size:12px;white-space:nowrap;line-height:1.45}
.ag table.ag-m td.ag-x{outline:1.5px solid #d55e00;outline-offset:-1px;font-weight:700;background:rgba(213,94,0,.16)!important}
.ag table.ag-m td.ag-d{opacity:.55;text-align:center}
.ag table.ag-e td{width:13px;height:13px;padding:0;border:1px solid rgba(127,127,127,.3)}
.ag p{margin:4px 0}.ag-p{font-weight:600}
.ag-n{border-left:3px solid #0067a5;padding:2px 10px;margin:6px 0}
.ag pre{font-size:12px;white-space:pre-wrap;background:rgba(127,127,127,.12);color:inherit;padding:6px 8px;border-radius:4px;margin:4px 0}
.ag table.ag-sum td,.ag table.ag-sum th{padding:4px 14px;text-align:left;border-bottom:1px solid rgba(127,127,127,.35)}
.ag table.ag-sum tr:last-child td{font-weight:700;border-bottom:0}
</style>"""


def _task_html(view: TaskView, language: str) -> str:
    all_right = view.right == view.decided
    opened = next((i for i, trial in enumerate(view.trials) if trial.status not in ("right", "form")), 0)
    cards = "".join(_trial_html(trial, language, i == opened) for i, trial in enumerate(view.trials))
    count = _count(view, language)
    badge = _badge(all_right, f"{'✓' if all_right else '✗'} {count}")
    return f"{STYLE}<div class='ag'><div class='ag-h'><code>{html.escape(view.task['name'])}</code>{badge}</div>{cards}</div>"


def _badge(right: bool, text: str) -> str:
    return f"<span class='ag-b {'ag-ok' if right else 'ag-no'}'>{html.escape(text)}</span>"


def _trial_html(trial: Any, language: str, opened: bool) -> str:
    t = texts(language)
    right = trial.status == "right"
    signs = {"right": "✓", "form": "○", "wrong": "✗"}
    badge = _badge(right or trial.status == "form", f"{signs[_outcome(trial)]} {t[_outcome(trial)]}")
    said = "".join(f"<p class='ag-p'>{html.escape(line)}</p>" for line in _sentences(trial, language))
    if _outcome(trial) == "wrong":
        said += f"<div class='ag-n'><b>{t['hint']}</b> {html.escape(trial.case.what['hint'][language])}</div>"
    if trial.printed:
        said += f"<div class='ag-k'>{t['printed']}</div><pre>{html.escape(trial.printed)}</pre>"
    head = f"{badge} &nbsp;{html.escape(_title(trial, language))}<code>{html.escape(_call(trial))}</code>"
    body = _inputs_html(trial, t) + _results_html(trial, t)
    if body.count("<table class='ag-m'") <= 3:  # few enough to stand in one row
        body = body.replace("</div><!--row--><div class='ag-row'>", "")
    return (
        f"<details{' open' if opened else ''}><summary>{head}</summary><div class='ag-in'>{body}{said}</div></details>"
    )


def _inputs_html(trial: Any, t: dict[str, str]) -> str:
    blocks = []
    for name, value in zip(trial.case.what["parameters"], trial.case.args):  # noqa: B905 (Python 3.9)
        if value is None or isinstance(value, (bool, int, float, str)):
            continue  # it stands in the call
        blocks += [_block(f"{t['input']} <b>{html.escape(name + path)}</b>", leaf) for path, leaf in leaves(value)]
    row = f"<div class='ag-row'>{''.join(blocks[:16])}</div>"
    if len(blocks) > 6:  # caches and parameters: not before the result
        return f"<details class='ag-f'><summary>{t['input']}</summary>{row}</details>"
    return f"{row}<!--row-->" if blocks else ""


def _results_html(trial: Any, t: dict[str, str]) -> str:
    if trial.status not in ("right", "wrong", "form"):
        rows = _pairs_html(trial.case.value, None, None, trial, t, "", shown=False)
        return rows
    out = _pairs_html(trial.case.value, trial.value, trial.comparison, trial, t, "")
    if trial.gradient_comparison is not None and not trial.gradient_comparison.equal:
        for i, name in enumerate(_gradient_names(trial)):
            label = t["gradient"].format(name=name) + " "
            out += _pairs_html(trial.case.gradient[i], trial.gradient[i], trial.gradient_comparison, trial, t, label)
    return out


def _pairs_html(
    expected: Any,
    got: Any,
    comparison: Comparison | None,
    trial: Any,
    t: dict[str, str],
    label: str,
    shown: bool = True,
) -> str:
    """Expected and yours side by side, one row for each leaf of the expected value."""
    mine = dict(leaves(got))
    rows = []
    for path, leaf in list(leaves(expected))[:12]:
        named = None if label else part_name(trial.case.what.get("names"), path, t["language"])
        place = html.escape(named or label + path)
        yours = mine.get(path, got if not path else None)
        wrong, heat, focus = _differences(leaf, yours, trial.case.tolerance)
        if trial.case.what["judged"]:
            wrong, heat = None, ""
        digits = _digits(leaf, yours, focus)
        row = _block(f"{t['expected']} <b>{place}</b>", leaf, None, focus, digits)
        if shown:
            row += _block(f"{t['yours']} <b>{place}</b>", yours, wrong, focus, digits)
            row += f"<div><div class='ag-k'>{t['error']} ({t['legend']})</div>{heat}</div>" if heat else ""
        rows.append(f"<div class='ag-row'>{row}</div>")
    return "".join(rows)


def _differences(expected: Any, got: Any, tolerance: Any) -> tuple[Any, str, tuple[int, int]]:
    """(which elements are wrong, the heat map's HTML, the worst element) of two leaves; nothing where all is right."""
    if (
        not (isinstance(expected, Array) and isinstance(got, Array))
        or expected.shape != got.shape
        or not expected.data.size
    ):
        return None, "", (0, 0)
    exact = expected.data.dtype.kind not in "fc"
    ok, error, _ = elementwise(expected.data, got.data, tolerance, exact=exact)
    if ok.all():
        return None, "", (0, 0)
    flat = as_rows(np.where(ok, -1.0, np.nan_to_num(error, nan=np.inf)))
    row, column = np.unravel_index(int(flat.argmax()), flat.shape)
    heat = _heat_map(flat) if expected.data.size > 1 else ""
    return as_rows(~ok), heat, (int(row), int(column))


def _heat_map(error: Any) -> str:
    """Where it is wrong and how far off, -1 for right."""
    worst = float(error[np.isfinite(error)].max(initial=0.0))
    rows = [
        "".join("<td></td>" if x < 0 else _heat_cell(x, worst) for x in row) for row in worst_of_blocks(error).tolist()
    ]
    return "<table class='ag-e'>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _heat_cell(x: float, worst: float) -> str:
    """Three decades below the worst error is the lightest that a wrong element gets."""
    share = 1.0 if not np.isfinite(x) or worst <= 0 else max(0.0, 1.0 + np.log10(max(x / worst, 1e-3)) / 3)
    return f"<td style='background:rgba(213,94,0,{0.25 + 0.75 * share:.2f})!important'></td>"


def _digits(expected: Any, got: Any, focus: tuple[int, int]) -> int:
    """Digits enough to see the worst difference: 4, or as many as it takes up to 12."""
    if (
        not (isinstance(expected, Array) and isinstance(got, Array))
        or expected.shape != got.shape
        or not expected.data.size
    ):
        return 4
    a, b = as_rows(expected.data)[focus], as_rows(got.data)[focus]
    return next((digits for digits in range(4, 13) if number_text(a, digits) != number_text(b, digits)), 4)


def _block(label: str, leaf: Any, wrong: Any = None, focus: tuple[int, int] = (0, 0), digits: int = 4) -> str:
    if isinstance(leaf, Sparse):
        leaf = leaf.values
    if not isinstance(leaf, Array):
        text = number_text(leaf) if isinstance(leaf, float) else quote(leaf, 200)
        return f"<div><div class='ag-k'>{label}</div><code>{html.escape(text)}</code></div>"
    form = f"{leaf.dtype} {shape_text(leaf.shape) if leaf.shape else '0-d'}"
    return f"<div><div class='ag-k'>{label} {html.escape(form)}</div>{_grid(leaf.data, wrong, focus, digits)}</div>"


def _grid(data: Any, wrong: Any, focus: tuple[int, int], digits: int) -> str:
    """An array as a table: higher dimensions as rows, a window around the worst element where it is large."""
    flat = as_rows(data)
    if not flat.size:
        return ""
    rows, columns = window(flat.shape[0], MAX_ROWS, focus[0]), window(flat.shape[1], MAX_COLUMNS, focus[1])
    dots = "<td class='ag-d'>…</td>"
    lines = []
    for i in rows:
        cells = "".join(
            f"<td{' class=ag-x' if wrong is not None and wrong[i, j] else ''}>{html.escape(number_text(flat[i, j], digits))}</td>"
            for j in columns
        )
        lines.append(f"<tr>{dots if columns.start else ''}{cells}{dots if columns.stop < flat.shape[1] else ''}</tr>")
    gap = f"<tr><td class='ag-d' colspan='{len(columns) + 2}'>⋮</td></tr>"
    above, below = gap if rows.start else "", gap if rows.stop < flat.shape[0] else ""
    return f"<table class='ag-m'>{above}{''.join(lines)}{below}</table>"


def arrays(value: Value) -> Iterator[Array]:
    """Every array in order, those inside sparse tensors too."""
    for _, leaf in leaves(value):
        if isinstance(leaf, Array):
            yield leaf
        elif isinstance(leaf, Sparse):
            yield from (leaf.indices, leaf.values)


MAX_OUTPUT = 2000


@dataclass
class VisibleCase:
    """One visible case.

    what: its row of visible.npz.
    args, value, gradient: the inputs and the answers.
    """

    what: dict[str, Any]
    args: tuple[Any, ...]
    value: Any
    gradient: tuple[Any, ...]

    @property
    def tolerance(self) -> Tolerance:
        return Tolerance(**self.what["tolerance"])


@dataclass
class Trial:
    """One case, tried.

    case: the case.
    status: "right", "form" (the form is right, and there is no judge here for the rest), "wrong", "raised",
        "unfinished" or "missing".
    value: what the function gave.
    gradient: what its gradient gave, where the case asks for one.
    comparison: of the value with the answer; None where nothing came back.
    gradient_comparison: of the gradient with the answer; None where there was nothing to compare.
    error: type and message of what was raised; "" where nothing was.
    error_place: where in the student's own code it was raised.
    changed: names of the inputs that were changed.
    deterministic: whether the second call gave the same.
    printed: what was printed, cut.
    refused: what the judge says of a wrong answer, by language; None for its silence.
    """

    case: VisibleCase
    status: str = "right"
    value: Any = None
    gradient: tuple[Any, ...] = ()
    comparison: Comparison | None = None
    gradient_comparison: Comparison | None = None
    error: str = ""
    error_place: str = ""
    changed: list[str] = field(default_factory=list)
    deterministic: bool = True
    printed: str = ""
    refused: dict[str, str] | None = None


class Visible:
    """The visible cases, read from visible.npz when they are first needed."""

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as file:
            index = json.loads(bytes(file["index"]))
            buffers = [np.ascontiguousarray(file[f"a{i:04d}"]).tobytes() for i in range(index["arrays"])]
        values: Any = unpack(index["values"], buffers)
        self.tasks: list[dict[str, Any]] = index["tasks"]
        self.cases = [VisibleCase(what, *value) for what, value in zip(index["cases"], values)]  # noqa: B905 (Python 3.9)

    def task_of(self, function: str) -> dict[str, Any] | None:
        return next((task for task in self.tasks if function in task["functions"]), None)

    def of_task(self, name: str) -> list[VisibleCase]:
        return [case for case in self.cases if case.what["task"] == name]

    def lacks_torch(self) -> bool:
        """Whether answers are tensors, and there is no torch here to make and compare them with."""
        kinds = {array.kind for case in self.cases for array in arrays(case.value)}
        return "tensor" in kinds and importlib.util.find_spec("torch") is None


class Checker:
    """`check(f)` in a notebook. language: "en" or "ko"."""

    def __init__(self) -> None:
        self.language = "en"
        self._visible: Visible | None = None
        self._without_torch = False
        self._on_one_thread = False

    def __call__(self, *functions: Any) -> None:
        namespace = sys._getframe(1).f_globals
        visible = self._load()
        if visible is None:
            return
        if not functions:
            self._all(visible, namespace)
        for function in functions:
            name, home = _name_and_home(function, visible, namespace)
            task = visible.task_of(name)
            if task is None:
                known = ", ".join(f for t in visible.tasks for f in t["functions"])
                print(texts(self.language)["unknown"].format(name=name, known=known))
            else:
                show(_task_view(task, visible, home), self.language)

    def all(self) -> None:
        """A table of all tasks: visible cases and points."""
        namespace = sys._getframe(1).f_globals
        visible = self._load()
        if visible is not None:
            self._all(visible, namespace)

    def _all(self, visible: Visible, namespace: dict[str, Any]) -> None:
        show_summary([_task_view(task, visible, namespace) for task in visible.tasks], self.language)

    def _load(self) -> Visible | None:
        path = Path(__file__).resolve().parent / "visible.npz"
        if self._visible is None:
            try:
                self._visible = Visible(path)
            except FileNotFoundError:
                print(texts(self.language)["no_file"])
            except (OSError, ValueError, KeyError, TypeError, EOFError):
                print(texts(self.language)["bad_file"])
            if self._visible is not None and self._visible.lacks_torch():
                self._without_torch = True
                print(texts(self.language)["no_torch"])
        return None if self._without_torch else self._visible

    def _take_one_thread(self) -> None:
        """Let torch use one thread, once: arrays are small here, and on a busy machine more threads wait for each other."""
        torch = sys.modules.get("torch")
        if torch is not None and not self._on_one_thread:
            torch.set_num_threads(1)
            self._on_one_thread = True


check = Checker()


check._take_one_thread()


def ready(*functions: Any) -> bool:
    """Whether these functions are written: True once none of them raises NotImplementedError; says so when one does."""
    namespace = sys._getframe(1).f_globals
    visible = check._load()
    if visible is None:
        return False
    check._take_one_thread()  # where torch came after this file
    names = []
    for function in functions:
        name, home = _name_and_home(function, visible, namespace)
        if not _is_written(name, visible, home):
            names.append(name)
    if names:
        print(texts(check.language)["not_ready"].format(names=", ".join(names)))
    return not names


def in_time(steps: Sequence[Any], seconds: float = 25.0) -> Iterator[Any]:
    """The steps one by one until the seconds are up; what is left out is said."""
    began = time.monotonic()
    for done, step in enumerate(steps):
        if time.monotonic() - began > seconds:
            print(texts(check.language)["stopped"].format(done=done, total=len(steps), seconds=f"{seconds:g}"))
            return
        yield step


def _is_written(name: str, visible: Visible, namespace: dict[str, Any]) -> bool:
    function = namespace.get(name)
    if not callable(function):
        return False
    task = visible.task_of(name)
    cases = visible.of_task(task["name"]) if task else []
    direct = [case for case in cases if case.what["function"] == name]
    if not direct and (task is None or len(task["functions"]) > 1):
        # No visible case calls it: go by what its code mentions.
        code = getattr(function, "__code__", None)
        return code is None or "NotImplementedError" not in code.co_names
    return all(_try(case, namespace, once=True).status != "unfinished" for case in (direct or cases)[:1])


def _name_and_home(function: Any, visible: Visible, namespace: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A function's name in this assignment, and the namespace that it lives in."""
    if isinstance(function, str):
        return function, namespace
    name = getattr(function, "__name__", type(function).__name__)
    if visible.task_of(name) is None:  # wrapped, or an object: under which of our names does it stand?
        known = [f for task in visible.tasks for f in task["functions"]]
        name = next((f for f in known if namespace.get(f) is function), name)
    home = getattr(function, "__globals__", namespace)
    return name, home if home.get(name) is function else namespace


def _task_view(task: dict[str, Any], visible: Visible, namespace: dict[str, Any]) -> TaskView:
    return TaskView(task, [_try(case, namespace) for case in visible.of_task(task["name"])])


def _try(case: VisibleCase, namespace: dict[str, Any], once: bool = False) -> Trial:
    """Call the function as grading does: twice, on fresh copies, and differentiate it where the case says so."""
    trial = Trial(case)
    function = namespace.get(case.what["function"])
    if not callable(function):
        trial.status = "missing"
        return trial
    output = io.StringIO()
    with contextlib.redirect_stdout(output), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            args = materialise(case.args, "cpu")
            trial.value = export(function(*args), Budget(64 << 20))
            if not once:
                _examine(trial, function, args)
        except NotImplementedError as raised:
            # torch raises it too, for what an operator cannot do; that is an ordinary error.
            stub = "could not run" not in str(raised).lower()
            trial.status = "unfinished" if stub else "raised"
            trial.error, trial.error_place = _explain(raised, namespace)
        except Exception as raised:
            trial.status = "raised"
            trial.error, trial.error_place = _explain(raised, namespace)
    trial.printed = output.getvalue()[:MAX_OUTPUT]
    return trial


def _examine(trial: Trial, function: Any, args: tuple[Any, ...]) -> None:
    case = trial.case
    after = export(tuple(args), Budget(64 << 20))
    assert isinstance(after, tuple)
    trial.changed = list(changed_arguments(case.what["parameters"], case.args, after))
    again = export(function(*materialise(case.args, "cpu")), Budget(64 << 20))
    trial.deterministic = alike(trial.value, again, case.tolerance)
    trial.comparison = compare(case.value, trial.value, case.tolerance)
    if case.what["judged"]:  # there are many right answers: only the form can be compared here
        trial.comparison = form_alone(trial.comparison)
        trial.refused = _refused(case, trial.value) if trial.comparison.equal else None
    if case.what["gradient"] and trial.comparison.equal:
        trial.gradient = _gradient(case, function)
        trial.gradient_comparison = compare(case.gradient, trial.gradient, case.tolerance)
    right = all_equal(trial.comparison, trial.gradient_comparison) and trial.refused is None
    right = right and not trial.changed and trial.deterministic
    known = "form" if case.what["judged"] and "judge" not in case.what else "right"
    trial.status = known if right else "wrong"


def _refused(case: VisibleCase, value: Any) -> dict[str, str] | None:
    """What the case's judge says against a value, by language; None where it takes it, or is not here."""
    shipped = case.what.get("judge")
    if shipped is None:
        return None
    namespace: dict[str, Any] = {**dict.fromkeys(shipped["numpy"], np), "Text": _sentence}
    exec(shipped["source"], namespace)
    try:
        verdict = namespace[shipped["name"]](tuple(plain(arg) for arg in case.args), plain(value))
    except STUMBLES:
        return {language: texts(language)["unjudged"] for language in LANGUAGES}
    return None if verdict is None else dict(verdict)


def _sentence(en: str | None = None, ko: str | None = None, **others: str) -> dict[str, str]:
    """What stands for the author's Text in a judge: the sentence by language."""
    return {language: text for language, text in {"en": en, "ko": ko, **others}.items() if text is not None}


def _gradient(case: VisibleCase, function: Any) -> tuple[Any, ...]:
    """The gradient of <upstream, f(args)> by the parameters that the case names; None where there is none."""
    fresh, positions = list(materialise(case.args, "cpu")), case.what["gradient"]
    try:
        return differentiate(function, fresh, positions, case.what["upstream_seed"], Budget(64 << 20))
    except RuntimeError:  # the result does not depend on the inputs in a way that torch can follow
        return tuple(None for _ in positions)


def _explain(raised: BaseException, namespace: dict[str, Any]) -> tuple[str, str]:
    """(type and message, place in the student's own code) of an exception."""
    place = ""
    trace: types.TracebackType | None = raised.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if trace.tb_frame.f_globals is namespace:
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            place = (
                f"{code.co_name}, line {trace.tb_lineno}: {line}" if line else f"{code.co_name}, line {trace.tb_lineno}"
            )
        trace = trace.tb_next
    message = str(raised)
    return f"{type(raised).__name__}: {message}" if message else type(raised).__name__, place
