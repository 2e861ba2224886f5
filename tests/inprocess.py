"""The guest's runner in a Python of its own, for tests of what stands around the sandbox: no walls, the same answers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from autograder import wire
from autograder.sandbox.interface import FunctionCall, Limits, Outcome, Program, Status

GUEST = Path(wire.__file__).parent / "sandbox" / "guest"

_SCRIPT = """
import json, sys
sys.path[:0] = [{guest!r}, {package!r}]
import runner, wire
job, buffers = wire.read_frame(sys.stdin.buffer.read)
r = runner.Runner(job["limits"])
cells = [r.run_cell(c["source"], c["name"], c["kind"], 20) for c in job["cells"]]
out = sys.__stdout__.buffer
out.write(wire.frame({{"cells": cells}}))
for call in job["calls"]:
    args, mine = wire.unpack(call["args"], buffers), None
    call["args"], mine = wire.pack(args)
    header, payload = r.call(call, [memoryview(b) for b in mine])
    out.write(wire.frame(header, payload))
"""


def run_inprocess(program: Program, calls: Sequence[FunctionCall] = (), limits: Limits | None = None):
    """(outcomes by id, what became of each cell)."""
    limits = limits or Limits()
    spec, buffers = wire.pack([call.args for call in calls])
    header = {
        "limits": asdict(limits),
        "cells": [asdict(cell) for cell in program.cells],
        "calls": [
            {**{k: v for k, v in asdict(call).items() if k != "args"}, "args": args, "seconds": limits.call_seconds}
            for call, args in zip(calls, spec[1:], strict=True)
        ],
    }
    script = _SCRIPT.format(guest=str(GUEST), package=str(GUEST.parents[1]))
    command = [sys.executable, "-c", script]
    done = subprocess.run(command, input=wire.frame(json.loads(json.dumps(header)), buffers), capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    position = 0

    def read(size: int) -> bytes:
        nonlocal position
        position += size
        return done.stdout[position - size : position]

    cells = wire.read_frame(read)[0]["cells"]
    outcomes = {}
    for call in calls:
        answer, payload = wire.read_frame(read)
        parts = wire.unpack(answer["value"], payload)
        assert isinstance(parts, dict)
        outcomes[call.id] = Outcome(
            call.id, Status(answer["status"]), parts.get("value"), gradient=parts.get("gradient", ())
        )
    return outcomes, cells
