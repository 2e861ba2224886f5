"""Runs cells and calls functions, inside the child that belongs to one submission.

Everything in this process may be the student's, so the host takes what this module reports for a claim and checks its
form. The module is written to be fair, not to be safe; safety comes from the walls around the process.

Needs the standard library, numpy and (where present) torch. Of the package it imports its neighbours alone.
"""

from __future__ import annotations

import _thread
import builtins
import errno
import io
import linecache
import platform
import random
import signal
import sys
import time
import traceback
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from typing import Any

import cells
import defaults
import numpy as np
import wire
from recorder import as_told, record_operators
from values import Budget, TooLarge, differentiate, export, materialise

try:
    import torch
except ImportError:  # an image for courses without torch
    torch = None  # type: ignore[assignment]

PYTHON = ".".join(platform.python_version_tuple()[:2])
MAX_WARNINGS = 20
MAX_MESSAGE = 2000
MAX_TRACEBACK = 4000
DEFINITION_SECONDS = 1.0  # for all that stands after a statement that was too slow
FOR_DEFINITIONS = 0.25  # of these, kept for definitions: slow statements must not cost a cell its functions
SHORTEST = 0.01  # seconds, the least that is given to anything


class SoftTimeout(BaseException):
    """Raised in the main thread by the alarm. Code that swallows it and goes on meets the host's hard limit."""


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
    """The namespaces of the student's and of the given code, the cells that fill them and the calls into them.

    limits: the fields of `sandbox.interface.Limits` as a dict.
    """

    def __init__(self, limits: dict[str, Any]) -> None:
        self.output_limit = int(limits["output_kb"]) * 1024
        self.result_limit = int(limits["result_mb"]) << 20
        self.module = types.ModuleType("__main__")
        self.namespace = self.module.__dict__
        self.namespace.update(__builtins__=builtins, display=_display, get_ipython=lambda: _Shell())
        self.students = cells.Names(self.namespace)
        self.given = cells.Names(cells.given_values(self.namespace))
        self.given_names: set[str] = set()
        self.settled = False
        sys.modules["__main__"] = self.module
        seed_everything()

    # -- cells -------------------------------------------------------------------------------------------------------

    def run_cell(self, source: str, name: str, kind: str, seconds: float, keeps: Sequence[str] = ()) -> dict[str, Any]:
        """Run one cell: {"status", "error", "stdout", "seconds"}. Never raises.

        A statement that raises does not end the cell: those after it run as well, within the cell's time. After a
        timeout, the rest has DEFINITION_SECONDS.
        kind: as in `sandbox.interface.Cell`.
        keeps: of a provided cell, names that stay the student's.
        """
        filename = f"<{name}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        output = CappedOutput(self.output_limit)
        started = time.perf_counter()
        status, error = "returned", None
        self.settled = False
        with redirect_stdout(output), redirect_stderr(output), _quiet():
            try:
                if kind == "provided":
                    self._run_given(source, filename, seconds, keeps)
                else:
                    body = self.students.parse(source, filename)
                    body = cells.definitions(body) if kind == "definitions" else body
                    _run_statements(self.students, body, filename, seconds)
            except BaseException as raised:  # student code may raise anything at all
                status, error = classify(raised, name)
        return {
            "status": status,
            "error": error,
            "stdout": output.value(),
            "seconds": time.perf_counter() - started,
        }

    def _run_given(self, source: str, filename: str, seconds: float, keeps: Sequence[str]) -> None:
        """Run given code in its own namespace, and give the student's all names that it binds, but for `keeps`."""
        before, body = dict(self.given.values), self.given.parse(source, filename)
        try:
            _run_statements(self.given, body, filename, seconds)
        finally:
            new = {name for name, value in self.given.values.items() if before.get(name, self) is not value}
            names = {name for name in new | cells.bound(body) if name in self.given.values}
            self.given_names |= names
            self.students.futures |= self.given.futures
            self.students.take({name: self.given.values[name] for name in names.difference(keeps)})

    # -- calls -------------------------------------------------------------------------------------------------------

    def call(self, header: dict[str, Any], buffers: list[memoryview]) -> tuple[dict[str, Any], list[bytes]]:
        """Make one call as `FunctionCall` says: (header, buffers) of the result. Never raises."""
        output = CappedOutput(self.output_limit)
        started = time.perf_counter()
        result: dict[str, Any] = {"status": "returned", "error": None}
        parts: dict[str, wire.Value] = {}
        seed_everything()  # a call's random numbers do not depend on the calls before it, nor on a restart
        if not self.settled:
            self.students.settle()
            self.settled = True
        with redirect_stdout(output), redirect_stderr(output), _first_warnings() as caught:
            try:
                with soft_limit(float(header["seconds"])):
                    self._call(header, buffers, parts, result)
                result["same"] = _leave_out_twins(parts)
                packed, payload = wire.pack(dict(parts))
            except BaseException as raised:
                result["status"], result["error"] = classify(raised, header["function"])
                packed, payload = wire.pack({})
        result["threads"] = _thread._count()  # those still running slow the next call down
        result.update(stdout=output.value(), warnings=caught, seconds=time.perf_counter() - started)
        return {"value": packed, **result}, payload  # seconds last, where the host's `ReplyCache` expects them

    def _function(self, name: str) -> Any:
        """The function of this name: the given code's, where it binds the name, or else the student's."""
        return self.given.values[name] if name in self.given_names else self.students.function(name)

    def _call(
        self, header: dict[str, Any], buffers: list[memoryview], parts: dict[str, wire.Value], result: dict[str, Any]
    ) -> None:
        function, needed = self._function(header["function"]), [self.students.function(n) for n in header["needs"]]
        if not callable(function) or not all(map(callable, needed)):
            result["status"] = "missing"
            return
        args = wire.unpack(header["args"], buffers)
        device, repeat = header["device"], int(header["repeat"])
        if device == "cuda":
            torch.cuda.manual_seed_all(0)  # torch queues it until CUDA is initialised, which this call may do
        for turn in range(repeat):
            fresh = materialise(args, device)
            defaults.restore(device)
            recording = header["record"] and turn == 0  # the first turn only: a later one may answer from a cache
            with record_operators() if recording else _nothing() as seen:
                value = function(*fresh)
            _synchronise(device)
            # Exported before the next turn, which may overwrite a buffer or change what a lazy object yields.
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
                defaults.restore(device)
                parts["gradient"] = differentiate(function, fresh, header["gradient"], seed, budget)
            except SoftTimeout:
                raise
            except BaseException as raised:
                result["gradient_status"], result["gradient_error"] = classify(raised, header["function"])


def _run_statements(names: cells.Names, body: Sequence[Any], filename: str, seconds: float) -> None:
    """Run statements one by one within one limit of time. Raises the first thing that any of them raised, at the end."""
    first: BaseException | None = None
    waiting = list(reversed(body))
    try:
        with soft_limit(seconds) as alarm:
            while waiting:
                try:
                    names.run(waiting.pop(), filename)
                except SoftTimeout:
                    raise
                except BaseException as raised:  # the first error is the one worth telling
                    first = first or raised
                alarm.check()  # a bare except in the statement may have swallowed SoftTimeout
    except SoftTimeout as late:
        first = first or late
        _run_rest(names, waiting[::-1], filename)
    if first is not None:
        raise first


def _run_rest(names: cells.Names, body: Sequence[Any], filename: str) -> None:
    """Run what follows a statement that took all the time of its cell, within DEFINITION_SECONDS.

    Each statement may take half of what is left, so that those after a second slow one have their turn. The last
    FOR_DEFINITIONS seconds are for definitions alone.
    """
    ends = time.monotonic() + DEFINITION_SECONDS
    waiting = list(reversed(body))
    while waiting and (left := ends - FOR_DEFINITIONS - time.monotonic()) > SHORTEST:
        with suppress(BaseException), soft_limit(left / 2):
            names.run(waiting.pop(), filename)
    with suppress(SoftTimeout), soft_limit(max(ends - time.monotonic(), SHORTEST)) as alarm:
        for statement in cells.definitions(waiting[::-1]):
            with suppress(BaseException):
                names.run(statement, filename)
            alarm.check()


# For each part of a result, the part that it usually equals.
_TWINS = {"repeated": "value", "inputs_after": "inputs"}


def _leave_out_twins(parts: dict[str, wire.Value]) -> list[str]:
    """Remove the parts that equal their twin, and return their names: the host already has, or gets, the same bytes."""
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
    try:
        message = str(raised)[:MAX_MESSAGE]
        if isinstance(raised, SyntaxError) and not frames:
            line = raised.lineno
            # The version, because newer syntax is an error in an older Python.
            message = f"{raised.msg} (graded with Python {PYTHON})"[:MAX_MESSAGE]
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
    """The first MAX_WARNINGS warnings, as text; more of them cost no memory."""
    texts: list[str] = []

    def note(message: Any, category: type[Warning], *place: Any, **more: Any) -> None:
        if len(texts) < MAX_WARNINGS:
            texts.append(f"{category.__name__}: {message}"[:300])

    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.showwarning = note
        yield texts


# -- small helpers ---------------------------------------------------------------------------------------------------


class Alarm:
    """Remembers that the time is over, in case the code swallowed SoftTimeout."""

    rung = False

    def check(self) -> None:
        if self.rung:
            raise SoftTimeout


@contextmanager
def soft_limit(seconds: float) -> Iterator[Alarm]:
    """Raises SoftTimeout in the main thread after `seconds` of wall time, and at the end when it was swallowed."""
    alarm = Alarm()

    def ring(signum: int, frame: types.FrameType | None) -> None:
        alarm.rung = True
        raise SoftTimeout

    previous = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield alarm
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
    alarm.check()


@contextmanager
def _nothing() -> Iterator[set[str]]:
    yield set()


@contextmanager
def _quiet() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def seed_everything() -> None:
    """Seed the student's own random numbers, so that the same submission gives the same results twice."""
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
