"""Runs cells and calls functions, inside the child that belongs to one submission.

Everything in this process may be the student's: nothing that this module reports is believed but raw values, and the
host checks their form. It is written to be fair, not to be safe; safety comes from the walls around the process.

Needs the standard library, numpy and (where present) torch. Imports nothing of the package but its neighbour `wire`.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import functools
import inspect
import io
import linecache
import math
import random
import signal
import sys
import threading
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import Any

import numpy as np
import wire

try:
    import torch
except ImportError:  # an image for courses without torch
    torch = None  # type: ignore[assignment]

MAX_WARNINGS = 20
MAX_MESSAGE = 2000
MAX_TRACEBACK = 4000
MAX_VALUES = 20_000
DEFINITION_SECONDS = 1.0


class SoftTimeout(BaseException):
    """Raised in the main thread by the alarm. Code that swallows it meets the host's hard limit instead."""


class TooLarge(Exception):
    """A result beyond the limit, noticed before a byte of it is copied."""


class CappedOutput(io.TextIOBase):
    """Keeps the first `limit` characters and drops the rest: a gigabyte of prints costs no memory."""

    encoding = "utf-8"  # progress bars ask

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.parts: list[str] = []

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        room = self.limit - self.size
        if room > 0:
            self.parts.append(str(text)[:room])
        self.size += len(text)
        return len(text)

    def value(self) -> str:
        text = "".join(self.parts)
        return text if self.size <= self.limit else f"{text}\n[... {self.size - self.limit} more characters]"


class Runner:
    """One namespace, the cells that fill it and the calls into it.

    limits: the fields of `sandbox.interface.Limits` as a dict.
    """

    def __init__(self, limits: dict[str, Any]) -> None:
        self.output_limit = int(limits["output_kb"]) * 1024
        self.result_limit = int(limits["result_mb"]) << 20
        self.module = types.ModuleType("__main__")
        self.namespace = self.module.__dict__
        self.namespace.update(__builtins__=builtins, display=_display, get_ipython=lambda: _Shell())
        sys.modules["__main__"] = self.module
        seed_everything()

    # -- cells -------------------------------------------------------------------------------------------------------

    def run_cell(self, source: str, name: str, kind: str, seconds: float) -> dict[str, Any]:
        """Run one cell: {"status", "error", "stdout", "seconds"}. Never raises.

        When a statement raises or takes too long, the definitions that follow it in the same cell are still run: a failed
        `drive.mount()` at the top of a cell does not cost the function below it.
        """
        filename = f"<{name}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        output = CappedOutput(self.output_limit)
        started = time.perf_counter()
        status, error = "returned", None
        with redirect_stdout(output), redirect_stderr(output), _quiet():
            try:
                tree = ast.parse(source, filename)
                body = definitions(tree.body) if kind == "definitions" else tree.body
                with soft_limit(seconds):
                    self._run_statements(body, filename)
            except BaseException as raised:  # student code may raise anything at all
                status, error = classify(raised, name)
        return {
            "status": status,
            "error": error,
            "stdout": output.value(),
            "seconds": time.perf_counter() - started,
        }

    def _run_statements(self, body: list[ast.stmt], filename: str) -> None:
        for position, statement in enumerate(body):
            try:
                self._run_statement(statement, filename)
            except BaseException:
                with suppress(SoftTimeout), soft_limit(DEFINITION_SECONDS):
                    self._run_definitions(body[position + 1 :], filename)
                raise

    def _run_definitions(self, body: list[ast.stmt], filename: str) -> None:
        for statement in definitions(body):
            try:
                self._run_statement(statement, filename)
            except SoftTimeout:
                raise
            except BaseException:  # the first error is the one worth telling
                continue

    def _run_statement(self, statement: ast.stmt, filename: str) -> None:
        code = compile(
            ast.Module([statement], type_ignores=[]),
            filename,
            "exec",
            flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT,
            dont_inherit=True,
        )
        if code.co_flags & inspect.CO_COROUTINE:
            asyncio.run(eval(code, self.namespace))
        else:
            exec(code, self.namespace)

    # -- calls -------------------------------------------------------------------------------------------------------

    def call(self, header: dict[str, Any], buffers: list[memoryview]) -> tuple[dict[str, Any], list[bytes]]:
        """Make one call as `FunctionCall` says: (header, buffers) of the result. Never raises."""
        output = CappedOutput(self.output_limit)
        started = time.perf_counter()
        result: dict[str, Any] = {"status": "returned", "error": None}
        parts: dict[str, wire.Value] = {}
        seed_everything()  # a call's random numbers do not depend on the calls before it, nor on a restart
        with redirect_stdout(output), redirect_stderr(output), _first_warnings() as caught:
            try:
                with soft_limit(float(header["seconds"])):
                    self._call(header, buffers, parts, result)
                packed, payload = wire.pack(dict(parts))
            except BaseException as raised:
                result["status"], result["error"] = classify(raised, header["function"])
                packed, payload = wire.pack({})
        result.update(value=packed, stdout=output.value(), warnings=caught, seconds=time.perf_counter() - started)
        return result, payload

    def _call(
        self, header: dict[str, Any], buffers: list[memoryview], parts: dict[str, wire.Value], result: dict[str, Any]
    ) -> None:
        function = self.namespace.get(header["function"])
        needed = [self.namespace.get(name) for name in header["needs"]]
        if not callable(function) or not all(map(callable, needed)):
            result["status"] = "missing"
            return
        args = wire.unpack(header["args"], buffers)
        device, repeat = header["device"], int(header["repeat"])
        for turn in range(repeat):
            fresh = materialise(args, device)
            recording = header["record"] and turn == repeat - 1
            with record_operators() if recording else _nothing() as seen:
                value = function(*fresh)
            _synchronise(device)
            # Taken at once: a lazy object or a buffer that a later call overwrites would tell tomorrow's story.
            if turn == 0:
                parts["value"] = export(value, Budget(self.result_limit))
                parts["inputs_after"] = export(tuple(fresh), Budget(self.result_limit + sum(map(len, buffers))))
            elif turn == repeat - 1:
                parts["repeated"] = export(value, Budget(self.result_limit))
            if recording:
                result["operators"] = sorted(seen)[:500]
        if header["gradient"]:
            try:
                parts["gradient"] = self._gradient(function, args, header)
            except SoftTimeout:
                raise
            except BaseException as raised:
                result["gradient_status"], result["gradient_error"] = classify(raised, header["function"])

    def _gradient(self, function: Callable[..., Any], args: Any, header: dict[str, Any]) -> tuple[wire.Value, ...]:
        """d<upstream, f(args)>/d(arg) for the positions asked for; None where the output does not depend on it."""
        leaves: list[list[Any]] = []
        fresh = list(materialise(args, header["device"]))
        trees = []
        for position in header["gradient"]:
            mine: list[Any] = []
            # The function gets a copy of each leaf, so that working in place on its input still differentiates.
            fresh[position] = _map_floats(fresh[position], functools.partial(_track, mine))
            leaves.append(mine)
            trees.append(fresh[position])
        with torch.enable_grad():
            value = function(*fresh)
            total = _against_upstream(value, int(header["upstream_seed"]))
            flat = [leaf for group in leaves for leaf in group]
            grads = iter(torch.autograd.grad(total, flat, allow_unused=True))
        _synchronise(header["device"])
        budget = Budget(self.result_limit)
        return tuple(_export_gradient(tree, grads, budget) for tree in trees)


class Budget:
    """Bytes and leaves that one part of a result (its value, the inputs afterwards, ...) may still take."""

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
    """The gradients in the shape of the argument that they belong to."""
    shaped = _map_floats(tree, lambda leaf: next(grads))
    return export(shaped, budget)


# -- what went wrong -------------------------------------------------------------------------------------------------


def classify(raised: BaseException, name: str) -> tuple[str, dict[str, Any] | None]:
    """(status, error) of something that student code raised."""
    if isinstance(raised, SoftTimeout):
        return "timed_out", None
    if isinstance(raised, TooLarge):
        return "bad_output", _error(raised, name)
    if isinstance(raised, NotImplementedError) and not (raised.args and "could not run" in str(raised.args[0]).lower()):
        return "unfinished", _error(raised, name)
    if isinstance(raised, MemoryError) or _is_torch_oom(raised):
        return "out_of_memory", _error(raised, name)
    return "raised", _error(raised, name)


def _is_torch_oom(raised: BaseException) -> bool:
    if torch is not None and isinstance(raised, torch.OutOfMemoryError):
        return True
    return type(raised) is RuntimeError and "allocate memory" in str(raised)


def _error(raised: BaseException, name: str) -> dict[str, Any]:
    frames = [f for f in traceback.extract_tb(raised.__traceback__) if f.filename.startswith("<")]
    lines = []
    for entry in frames[-8:]:
        lines.append(f"  {entry.filename[1:-1]}, line {entry.lineno}, in {entry.name}\n    {entry.line or ''}")
    where, line = (frames[-1].filename[1:-1], frames[-1].lineno) if frames else (name, None)
    if isinstance(raised, SyntaxError) and not frames:
        line = raised.lineno
    try:
        message = str(raised)[:MAX_MESSAGE]
    except BaseException:  # an exception whose __str__ raises
        message = ""
    return {
        "type_name": type(raised).__name__[:200],
        "message": message,
        "line": line if type(line) is int else None,
        "where": where,
        "traceback": "\n".join(lines)[:MAX_TRACEBACK],
    }


@contextmanager
def _first_warnings() -> Iterator[list[str]]:
    """The first few warnings, as text; a million of them cost no memory."""
    texts: list[str] = []

    def note(message: Any, category: type[Warning], *place: Any, **more: Any) -> None:
        if len(texts) < MAX_WARNINGS:
            texts.append(f"{category.__name__}: {message}"[:300])

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = note
        yield texts


# -- small helpers ---------------------------------------------------------------------------------------------------


def definitions(body: list[ast.stmt]) -> list[ast.stmt]:
    """The statements that define something and cost nothing: imports, functions, classes, literal constants."""
    return [statement for statement in body if _defines(statement)]


def _defines(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return True
    if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
        try:
            ast.literal_eval(statement.value)
        except (ValueError, TypeError, SyntaxError, RecursionError):
            return isinstance(statement.value, ast.Lambda)
        return True
    return False


@contextmanager
def soft_limit(seconds: float) -> Iterator[None]:
    """Raises SoftTimeout in the main thread after `seconds` of wall time, and at the end when it was swallowed."""
    rung = False

    def ring(signum: int, frame: types.FrameType | None) -> None:
        nonlocal rung
        rung = True
        raise SoftTimeout

    previous = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    if rung:
        raise SoftTimeout


@contextmanager
def _nothing() -> Iterator[set[str]]:
    yield set()


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def warm_recorder() -> None:
    """Record once in the zygote: torch's modes load a great deal on first use, which would count as a child's time."""
    with record_operators():
        if torch is not None:
            torch.ones(1, 1) @ torch.ones(1, 1)


@contextmanager
def record_operators() -> Iterator[set[str]]:
    """The names of the torch functions and operators that run inside, whatever they were called by."""
    seen: set[str] = set()
    if torch is None:
        yield seen
        return
    from torch.overrides import TorchFunctionMode
    from torch.utils._python_dispatch import TorchDispatchMode

    class Functions(TorchFunctionMode):  # type: ignore[misc]
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            seen.add(_function_name(func))
            return func(*args, **(kwargs or {}))

    class Operators(TorchDispatchMode):  # type: ignore[misc]
        def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            seen.add(_operator_name(func))
            return func(*args, **(kwargs or {}))

    with _record_calls(seen), Functions(), Operators():
        yield seen


@functools.lru_cache(maxsize=4096)
def _function_name(function: Any) -> str:
    """Kept, because torch looks a name up in half a thousand steps."""
    from torch.overrides import resolve_name

    return resolve_name(function) or f"{getattr(function, '__module__', '')}.{getattr(function, '__name__', '?')}"


_operator_name = functools.lru_cache(maxsize=4096)(str)


@contextmanager
def _record_calls(seen: set[str]) -> Iterator[None]:
    """ "call:torch.distributions.normal.Normal.rsample": the functions of libraries that run, in other threads as well.

    Modes see what is done to tensors; this sees what is done by Python, or under a mode that was switched off.
    """
    python: dict[types.CodeType, str] = {}
    builtin: set[tuple[Any, str]] = set()

    def note(frame: types.FrameType, event: str, arg: Any) -> None:
        if event == "call":
            if frame.f_code not in python:
                python[frame.f_code] = frame.f_globals.get("__name__", "")
        elif event == "c_call":
            builtin.add((arg.__module__, arg.__qualname__))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]
        python_names = (_python_name(module, code.co_qualname) for code, module in list(python.items()))  # type: ignore[attr-defined]
        builtin_names = (_builtin_name(module, name) for module, name in list(builtin))
        seen.update(f"call:{name}"[:200] for name in (*python_names, *builtin_names) if name)


def _python_name(module: Any, name: str) -> str:
    """Functions of torch by their full names, those of other libraries by the library's; "" for what says nothing."""
    top, _, rest = module.partition(".") if type(module) is str else ("", "", "")
    if top == "torch":
        machinery = rest.startswith(("_", "utils", "overrides", "fx", "cuda", "backends", "compiler"))
        kept = not machinery or rest.startswith("_functorch.eager_transforms")
        return f"{module}.{name.split('.<locals>')[0]}" if kept else ""
    ours = (
        top in sys.stdlib_module_names
        or top.startswith(("_", "namedtuple_"))
        or top in ("numpy", "runner", "wire", "child")
    )
    return "" if ours else str(top)


def _builtin_name(module: Any, name: str) -> str:
    owner, _, function = name.rpartition(".")
    if owner in ("Tensor", "TensorBase", "Parameter"):
        return f"torch.Tensor.{function}"
    if owner in ("_EngineBase", "_ImperativeEngine"):
        return f"torch._C.{name}"
    return f"{module}.{function}" if module in ("torch", "torch._C._nn", "torch._C._special") else ""


def seed_everything() -> None:
    """A fixed start for the student's own random numbers: the same submission gives the same results twice."""
    random.seed(0)
    np.random.seed(0)
    if torch is not None:
        torch.default_generator.manual_seed(0)  # torch.manual_seed asks every kind of device, which takes longer
        if torch.cuda.is_initialized():
            torch.cuda.manual_seed_all(0)


def _synchronise(device: str) -> None:
    if device == "cuda":
        torch.cuda.synchronize()


def _display(*objects: Any, **options: Any) -> None:
    """Stands in for IPython's `display`: nothing is shown while grading."""


class _Shell:
    """Stands in for IPython's shell: every method exists and does nothing."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *args, **options: None
