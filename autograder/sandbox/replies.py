"""From a child's frames to outcomes. Everything in a frame may be a lie; no frame may raise anything but BadFrame here.

A status that a child may not claim, or a value that cannot be unpacked, makes the outcome BAD_OUTPUT. Any other field
of the wrong type (a text where a number should be) counts as absent.
"""

from __future__ import annotations

import math
from typing import Any

from autograder.guest import wire
from autograder.sandbox.channel import BadFrame, Ended, Frame
from autograder.sandbox.forms import Layouts
from autograder.sandbox.interface import CellOutcome, ErrorInfo, FunctionCall, Outcome, Status

FROM_CHILD = {
    status.value: status
    for status in (
        Status.RETURNED,
        Status.RAISED,
        Status.TIMED_OUT,
        Status.OUT_OF_MEMORY,
        Status.MISSING,
        Status.UNFINISHED,
        Status.BAD_OUTPUT,
    )
}
SIGKILL, SIGSYS = 9, 31
MOST_TEXT = 4000
MOST_FORM = 8 << 10  # bytes of a header whose form is cached: its objects take some fifty times as much
WEIGHT = 16  # bytes of memory for each byte of a header: a value may consist of nested lists alone
UNPRINTABLE = {ord("\0"): "\N{REPLACEMENT CHARACTER}"}


def cell_outcome(frame: Frame, index: int, most_output: int) -> CellOutcome:
    """The outcome of a cell, as the child reports it. Raises BadFrame when the frame is not a reply to that cell."""
    header = frame.header
    if header.get("op") != "cell" or not _is_id(header.get("id"), index):
        raise BadFrame("an answer to another question")
    return CellOutcome(
        index=index,
        status=FROM_CHILD.get(_text(header.get("status"), 40), Status.BAD_OUTPUT),
        error=_error(header.get("error")),
        stdout=_text(header.get("stdout"), most_output),
        seconds=_seconds(header.get("seconds")),
    )


def call_outcome(frame: Frame, call: FunctionCall, most_output: int, layouts: Layouts) -> Outcome:
    """The outcome of a call, as the child reports it. Raises BadFrame when the frame is not a reply to that call."""
    header = frame.header
    if header.get("op") != "call" or not _is_id(header.get("id"), call.id):
        raise BadFrame("an answer to another question")
    status = FROM_CHILD.get(_text(header.get("status"), 40), Status.BAD_OUTPUT)
    error = _error(header.get("error"))
    values: dict[Any, Any] = {}
    packed = None
    if "value" in header:
        try:
            if len(frame.head) <= MOST_FORM:
                unpacked, packed = layouts.read(call.id, header["value"], frame.buffers)
            else:
                unpacked = wire.unpack(header["value"], frame.buffers)
        except wire.WireError as problem:
            unpacked, status, error = {}, Status.BAD_OUTPUT, ErrorInfo("BadOutput", str(problem))
        values = dict(unpacked) if isinstance(unpacked, dict) else {}
    if status is Status.RETURNED and "value" not in values:
        status = Status.BAD_OUTPUT
    _add_twins(values, header.get("same"), call)
    return Outcome(
        id=call.id,
        status=status,
        value=values.get("value") if status is Status.RETURNED else None,
        repeated=values.get("repeated"),
        inputs_after=_sequence(values.get("inputs_after")),
        gradient=_sequence(values.get("gradient")),
        error=error,
        gradient_error=_error(header.get("gradient_error")),
        stdout=_text(header.get("stdout"), most_output),
        warnings=_texts(header.get("warnings"), 20, 300),
        operators=_texts(header.get("operators"), 500, 200),
        seconds=_seconds(header.get("seconds")),
        packed=packed,
        size=2 * len(frame.payload) + WEIGHT * len(frame.head),
    )


def _add_twins(values: dict[Any, Any], named: object, call: FunctionCall) -> None:
    """Restore the parts that the child left out because they equal, to the bit, the first result or the inputs."""
    if isinstance(named, list):
        if "repeated" in named and "value" in values:
            values.setdefault("repeated", values["value"])
        if "inputs_after" in named:
            values.setdefault("inputs_after", call.args.values)


def status_of(ended: Ended) -> Status:
    """The status of whatever a child was doing when it ended."""
    if ended.cause == "memory":
        return Status.OUT_OF_MEMORY
    if ended.cause in ("threads", "disk") or ended.code == -SIGSYS:
        return Status.FORBIDDEN
    return Status.CRASHED


def killed_from_outside(ended: Ended) -> bool:
    """Whether a child died of a SIGKILL that the zygote did not send: the machine's, or the child's own."""
    return ended.cause == "exit" and ended.code == -SIGKILL


def describe_end(ended: Ended) -> str:
    """For staff: how a child ended."""
    if ended.cause != "exit":
        return {"closed": "closed its channel", "memory": "killed for its memory"}.get(
            ended.cause, f"killed: {ended.cause}"
        )
    return f"died of signal {-ended.code}" if ended.code < 0 else f"exited with status {ended.code}"


def _is_id(found: object, wanted: int) -> bool:
    return isinstance(found, int) and not isinstance(found, bool) and found == wanted


def _text(found: object, limit: int) -> str:
    """A text cut to `limit`, with NULs and lone surrogates replaced, which a database or UTF-8 cannot hold."""
    if not isinstance(found, str):
        return ""
    text = found[:limit]
    if text.isascii() and "\0" not in text:
        return text
    return text.encode("utf-8", "replace").decode("utf-8").translate(UNPRINTABLE)


def _texts(found: object, count: int, limit: int) -> tuple[str, ...]:
    return tuple(_text(text, limit) for text in found[:count]) if isinstance(found, list) else ()


def _sequence(found: object) -> tuple[Any, ...]:
    return tuple(found) if isinstance(found, (tuple, list)) else ()


def _seconds(found: object) -> float:
    if isinstance(found, float) and math.isfinite(found) and found >= 0:
        return found
    return 0.0


def _error(found: object) -> ErrorInfo | None:
    if not isinstance(found, dict):
        return None
    line = found.get("line")
    return ErrorInfo(
        type_name=_text(found.get("type_name"), 200),
        message=_text(found.get("message"), MOST_TEXT),
        line=line if isinstance(line, int) and not isinstance(line, bool) and 0 < line < 1 << 31 else None,
        where=_text(found.get("where"), 200),
        traceback=_text(found.get("traceback"), MOST_TEXT),
    )
