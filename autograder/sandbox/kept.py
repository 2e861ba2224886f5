"""Executions as bytes, so that a submission can be scored again without being run again: "autograder.outcomes/1".

    length  deflated frame      what concerns the execution as a whole, and the seconds of each call
    length  deflated frame      one for each outcome, in order

Lengths are of four bytes, frames those of `guest.wire`. Inputs that the call did not change, and a second result that
equals the first, are marked as such and not written; so reading needs the calls again. Nothing is pickled, and the
bounds of the wire hold. Most of a class gives the same answers to the bit, so each is packed and deflated once.
"""

from __future__ import annotations

import io
import struct
import weakref
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from autograder.guest import wire
from autograder.sandbox.forms import Packed
from autograder.sandbox.interface import (
    CellOutcome,
    ErrorInfo,
    Execution,
    FunctionCall,
    Outcome,
    SandboxInfo,
    Status,
)

FORMAT = "autograder.outcomes/1"
MOST_BYTES = wire.MAX_HEADER + wire.MAX_PAYLOAD + wire.PREFIX.size  # of one frame, inflated
LEVEL = 1  # higher levels take much longer and save little
LENGTH = struct.Struct(">I")


class KeptError(ValueError):
    """An execution cannot be kept, or bytes hold no execution of these calls."""


class OutcomeWriter:
    """Writes executions of one class, and caches the bytes of the outcomes that it has written."""

    def __init__(self) -> None:
        # By the packed value of an outcome, for as long as the sandbox's cache holds it (`sandbox.cache`).
        self._written: weakref.WeakKeyDictionary[Packed, tuple[object, bytes]] = weakref.WeakKeyDictionary()

    def dump(self, execution: Execution, info: SandboxInfo, calls: Sequence[FunctionCall]) -> bytes:
        """The bytes of an execution of these calls. Raises KeptError where values were dropped, or are too large."""
        if any(outcome.dropped for outcome in execution.outcomes):
            raise KeptError("some values are no longer there")
        by_id = {call.id: call for call in calls}
        head = {
            "format": FORMAT,
            "info": asdict(info),
            "cells": [{**vars(cell), "error": _fields(cell.error)} for cell in execution.cells],
            "replacements": execution.replacements,
            "events": list(execution.events),
            "carried": [[task, list(names)] for task, names in execution.carried],
            "seconds": [outcome.seconds for outcome in execution.outcomes],
        }
        try:
            return b"".join([_chunk(wire.frame(head)), *(self._outcome(o, by_id[o.id]) for o in execution.outcomes)])
        except (wire.WireError, struct.error) as error:
            raise KeptError(f"cannot be kept: {error}") from None

    def _outcome(self, outcome: Outcome, call: FunctionCall) -> bytes:
        if outcome.packed is None:
            return _chunk(_outcome_frame(outcome, call))
        rest = (
            *(outcome.id, outcome.status, outcome.error, outcome.gradient_error, outcome.stdout, outcome.warnings),
            outcome.on_cpu,
        )
        known = self._written.get(outcome.packed)
        if known is None or known[0] != rest:
            known = self._written[outcome.packed] = rest, _chunk(_outcome_frame(outcome, call))
        return known[1]


def dump_execution(execution: Execution, info: SandboxInfo, calls: Sequence[FunctionCall]) -> bytes:
    """One execution, by a writer of its own."""
    return OutcomeWriter().dump(execution, info, calls)


def load_execution(content: bytes, calls: Sequence[FunctionCall]) -> tuple[Execution, SandboxInfo]:
    """The execution and info in bytes that `dump_execution` returned. Raises KeptError for any other bytes or calls."""
    by_id = {call.id: call for call in calls}
    stream = io.BytesIO(content)
    try:
        head, _ = _read_chunk(stream)
        if head["format"] != FORMAT:
            raise KeptError(f"of another format: {head['format']}")
        outcomes = tuple(_read_outcome(*_read_chunk(stream), by_id, seconds) for seconds in head["seconds"])
        cells = tuple(
            CellOutcome(**{**cell, "status": Status(cell["status"]), "error": _error(cell["error"])})
            for cell in head["cells"]
        )
        info = SandboxInfo(**{**head["info"], "isolation": tuple(head["info"]["isolation"])})
        carried = tuple((str(task), tuple(map(str, names))) for task, names in head.get("carried", ()))
        return Execution(outcomes, cells, head["replacements"], tuple(head["events"]), carried), info
    except (zlib.error, struct.error, ValueError, LookupError, TypeError, AttributeError) as error:
        raise KeptError(f"not an execution of these calls: {error}") from None


def _chunk(frame: bytes) -> bytes:
    deflated = zlib.compress(frame, LEVEL)
    return LENGTH.pack(len(deflated)) + deflated


def _read_chunk(stream: io.BytesIO) -> tuple[dict[str, Any], list[memoryview]]:
    (length,) = LENGTH.unpack(stream.read(LENGTH.size))
    unpacker = zlib.decompressobj()
    frame = unpacker.decompress(stream.read(length), MOST_BYTES)
    if not unpacker.eof:
        raise KeptError("cut short, or too large")
    return wire.read_frame(io.BytesIO(frame).read)


def _outcome_frame(outcome: Outcome, call: FunctionCall) -> bytes:
    same_repeated, same_inputs = outcome.repeated is outcome.value, _unchanged(outcome.inputs_after, call.args.values)
    values: dict[wire.Value, wire.Value] = {"value": outcome.value, "gradient": outcome.gradient}
    if not same_repeated:
        values["repeated"] = outcome.repeated
    if not same_inputs:
        values["inputs_after"] = outcome.inputs_after
    spec, buffers = wire.pack(values)
    header = {
        "id": outcome.id,
        "status": outcome.status.value,
        "values": spec,
        "same_repeated": same_repeated,
        "same_inputs": same_inputs,
        "error": _fields(outcome.error),
        "gradient_error": _fields(outcome.gradient_error),
        "stdout": outcome.stdout,
        "warnings": list(outcome.warnings),
        "operators": list(outcome.operators),
        **({"on_cpu": True} if outcome.on_cpu else {}),
    }
    return wire.frame(header, buffers)


def _unchanged(after: Sequence[wire.Value], before: Sequence[wire.Value]) -> bool:
    return after is before or (len(after) == len(before) and all(a is b for a, b in zip(after, before, strict=True)))


def _read_outcome(
    header: dict[str, Any], buffers: list[memoryview], calls: Mapping[int, FunctionCall], seconds: float
) -> Outcome:
    values: Any = wire.unpack(header["values"], buffers)
    call = calls[header["id"]]
    return Outcome(
        id=header["id"],
        status=Status(header["status"]),
        value=values["value"],
        repeated=values["value"] if header["same_repeated"] else values["repeated"],
        inputs_after=call.args.values if header["same_inputs"] else values["inputs_after"],
        gradient=values["gradient"],
        error=_error(header["error"]),
        gradient_error=_error(header["gradient_error"]),
        stdout=header["stdout"],
        warnings=tuple(header["warnings"]),
        operators=tuple(header["operators"]),
        seconds=seconds,
        on_cpu=header.get("on_cpu") is True,
    )


def _fields(error: ErrorInfo | None) -> dict[str, Any] | None:
    return None if error is None else dict(vars(error))  # `asdict` takes ten times as long


def _error(fields: dict[str, Any] | None) -> ErrorInfo | None:
    return None if fields is None else ErrorInfo(**fields)
