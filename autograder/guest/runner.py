"""Runs cells and calls functions, inside the child that belongs to one submission.

Everything in this process may be the student's: nothing that this module reports is believed but raw values, and the
host checks their form. It is written to be fair, not to be safe; safety comes from the walls around the process.

Needs the standard library, numpy and (where present) torch. Imports nothing of the package but its neighbour `wire`.
"""

from __future__ import annotations

import _thread
import ast
import asyncio
import builtins
import errno
import inspect
import io
import linecache
import random
import signal
import sys
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import Any

import numpy as np
import wire
from recorder import as_told, record_operators
from values import Budget, TooLarge, differentiate, export, materialise

try:
    import torch
except ImportError:  # an image for courses without torch
    torch = None  # type: ignore[assignment]

MAX_WARNINGS = 20
MAX_MESSAGE = 2000
MAX_TRACEBACK = 4000
DEFINITION_SECONDS = 1.0


class SoftTimeout(BaseException):
    """Raised in the main thread by the alarm. Code that swallows it meets the host's hard limit instead."""


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
                result["same"] = _leave_out_twins(parts)
                packed, payload = wire.pack(dict(parts))
            except BaseException as raised:
                result["status"], result["error"] = classify(raised, header["function"])
                packed, payload = wire.pack({})
        result["threads"] = _thread._count()  # left at work, they take their share of the next call's time
        result.update(stdout=output.value(), warnings=caught, seconds=time.perf_counter() - started)
        return {"value": packed, **result}, payload  # the seconds last: all before them may be what others said

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
            recording = header["record"] and turn == 0  # what was seen once can be remembered, and is computed no more
            with record_operators() if recording else _nothing() as seen:
                value = function(*fresh)
            _synchronise(device)
            # Taken at once: a lazy object or a buffer that a later call overwrites would tell tomorrow's story.
            if turn == 0:
                parts["value"] = export(value, Budget(self.result_limit))
                parts["inputs"] = args
                parts["inputs_after"] = export(tuple(fresh), Budget(self.result_limit + sum(map(len, buffers))))
            elif turn == repeat - 1:
                parts["repeated"] = export(value, Budget(self.result_limit))
            if recording:
                result["operators"] = as_told(seen)
        if header["gradient"]:
            try:
                fresh, budget = list(materialise(args, device)), Budget(self.result_limit)
                seed = int(header["upstream_seed"])
                parts["gradient"] = differentiate(function, fresh, header["gradient"], seed, budget)
            except SoftTimeout:
                raise
            except BaseException as raised:
                result["gradient_status"], result["gradient_error"] = classify(raised, header["function"])


# The part of a result that another one is the twin of, as a rule.
_TWINS = {"repeated": "value", "inputs_after": "inputs"}


def _leave_out_twins(parts: dict[str, wire.Value]) -> list[str]:
    """Take out what would be sent twice, and name it: the host has, or gets, the very same bytes as the other one."""
    twins = [name for name, other in _TWINS.items() if name in parts and wire.same(parts[name], parts[other])]
    for name in (*twins, "inputs"):
        parts.pop(name, None)
    return twins


# -- what went wrong -------------------------------------------------------------------------------------------------


def classify(raised: BaseException, name: str) -> tuple[str, dict[str, Any] | None]:
    """(status, error) of something that student code raised."""
    if isinstance(raised, SoftTimeout):
        return "timed_out", None
    if isinstance(raised, TooLarge):
        return "bad_output", _error(raised, name)
    if isinstance(raised, NotImplementedError) and not (raised.args and "could not run" in str(raised.args[0]).lower()):
        return "unfinished", _error(raised, name)
    if isinstance(raised, MemoryError) or _is_no_memory(raised):
        return "out_of_memory", _error(raised, name)
    return "raised", _error(raised, name)


def _is_no_memory(raised: BaseException) -> bool:
    if torch is not None and isinstance(raised, torch.OutOfMemoryError):
        return True
    if type(raised) is OSError and raised.errno == errno.ENOMEM:  # memory that the walls do not give
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
