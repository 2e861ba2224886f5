"""Arguments as a student's function gets them, and its results as plain data.

Runs in the student's process, and in `checker.py` on a student's own machine. Results are read by the methods of the
built-in types, because a student may have overridden an object's own.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import wire

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


# -- inputs ----------------------------------------------------------------------------------------------------------


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


# -- outputs ---------------------------------------------------------------------------------------------------------


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


# How a subclass of a built-in type becomes the type itself, without a method of its own.
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


# -- gradients -------------------------------------------------------------------------------------------------------


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
