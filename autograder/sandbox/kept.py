"""Executions as bytes, so that a submission can be scored again without being run again: "autograder.outcomes/1".

A sequence of frames (`guest.wire`), deflated: first what concerns the execution as a whole, then one frame for each
outcome. What came back as it was sent - inputs that nobody changed, a second result like the first - is named, not
repeated; so the calls must be at hand when it is read again. No pickle, and the bounds of the wire hold.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from autograder.guest import wire
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
MOST_BYTES = 1 << 30  # of one execution, inflated
LEVEL = 1  # most of the time goes into the last per cent


class KeptError(ValueError):
    """Bytes that hold no execution of these calls."""


def dump_execution(execution: Execution, info: SandboxInfo, calls: Sequence[FunctionCall]) -> bytes:
    """An execution of these calls. Raises KeptError for one that is, or was, too large to be kept."""
    if any(outcome.dropped for outcome in execution.outcomes):
        raise KeptError("some values are no longer there")
    by_id = {call.id: call for call in calls}
    head = {
        "format": FORMAT,
        "info": asdict(info),
        "cells": [asdict(cell) for cell in execution.cells],
        "replacements": execution.replacements,
        "events": list(execution.events),
        "count": len(execution.outcomes),
    }
    packer = zlib.compressobj(LEVEL)
    try:
        parts = [packer.compress(wire.frame(head))]
        parts += [packer.compress(_outcome_frame(outcome, by_id[outcome.id])) for outcome in execution.outcomes]
    except wire.WireError as error:
        raise KeptError(f"cannot be kept: {error}") from None
    return b"".join([*parts, packer.flush()])


def load_execution(content: bytes, calls: Sequence[FunctionCall]) -> tuple[Execution, SandboxInfo]:
    """What `dump_execution` was given. Raises KeptError for anything else."""
    by_id = {call.id: call for call in calls}
    try:
        unpacker = zlib.decompressobj()
        stream = io.BytesIO(unpacker.decompress(content, MOST_BYTES))
        if not unpacker.eof:
            raise KeptError("cut short, or too large")
        head, _ = wire.read_frame(stream.read)
        if head["format"] != FORMAT:
            raise KeptError(f"of another format: {head['format']}")
        outcomes = tuple(_read_outcome(stream, by_id) for _ in range(head["count"]))
        cells = tuple(
            CellOutcome(**{**cell, "status": Status(cell["status"]), "error": _error(cell["error"])})
            for cell in head["cells"]
        )
        info = SandboxInfo(**{**head["info"], "isolation": tuple(head["info"]["isolation"])})
        return Execution(outcomes, cells, head["replacements"], tuple(head["events"])), info
    except (zlib.error, ValueError, LookupError, TypeError, EOFError, AttributeError) as error:
        raise KeptError(f"not an execution of these calls: {error}") from None


def _outcome_frame(outcome: Outcome, call: FunctionCall) -> bytes:
    same_repeated, same_inputs = outcome.repeated is outcome.value, _unchanged(outcome.inputs_after, call.args)
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
        "error": asdict(outcome.error) if outcome.error else None,
        "gradient_error": asdict(outcome.gradient_error) if outcome.gradient_error else None,
        "stdout": outcome.stdout,
        "warnings": list(outcome.warnings),
        "operators": list(outcome.operators),
        "seconds": outcome.seconds,
    }
    return wire.frame(header, buffers)


def _unchanged(after: Sequence[wire.Value], before: Sequence[wire.Value]) -> bool:
    return after is before or (len(after) == len(before) and all(a is b for a, b in zip(after, before, strict=True)))


def _read_outcome(stream: io.BytesIO, calls: Mapping[int, FunctionCall]) -> Outcome:
    header, buffers = wire.read_frame(stream.read)
    values: Any = wire.unpack(header["values"], buffers)
    call = calls[header["id"]]
    return Outcome(
        id=header["id"],
        status=Status(header["status"]),
        value=values["value"],
        repeated=values["value"] if header["same_repeated"] else values["repeated"],
        inputs_after=call.args if header["same_inputs"] else values["inputs_after"],
        gradient=values["gradient"],
        error=_error(header["error"]),
        gradient_error=_error(header["gradient_error"]),
        stdout=header["stdout"],
        warnings=tuple(header["warnings"]),
        operators=tuple(header["operators"]),
        seconds=header["seconds"],
    )


def _error(fields: dict[str, Any] | None) -> ErrorInfo | None:
    return None if fields is None else ErrorInfo(**fields)
