"""The guest's runner in a warm Python of its own, for tests of what stands around the sandbox: no walls, the same answers."""

from __future__ import annotations

import atexit
import functools
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from autograder.guest import wire
from autograder.sandbox.interface import FunctionCall, Limits, Outcome, Program, Status

GUEST = Path(wire.__file__).parent

# Imports torch once and forks for every job.
_SERVER = f"""
import os, sys
sys.path[:0] = [{str(GUEST)!r}]
import runner, wire

source, sink = sys.stdin.buffer, sys.__stdout__.buffer
while True:
    try:
        job, buffers = wire.read_frame(source.read)
    except Exception:
        break
    if os.fork():
        os.wait()
        continue
    r = runner.Runner(job["limits"])
    cells = [r.run_cell(c["source"], c["name"], c["kind"], 20, c["keeps"]) for c in job["cells"]]
    sink.write(wire.frame({{"cells": cells}}))
    for call, args in zip(job["calls"], wire.unpack(job["args"], buffers)):
        call["args"], mine = wire.pack(args)
        sink.write(wire.frame(*r.call(call, [memoryview(b) for b in mine])))
    sink.flush()
    os._exit(0)
"""


@functools.lru_cache(maxsize=1)
def _server() -> subprocess.Popen[bytes]:
    server = subprocess.Popen([sys.executable, "-c", _SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def stop() -> None:
        server.communicate()

    atexit.register(stop)
    return server


def run_inprocess(
    program: Program, calls: Sequence[FunctionCall] = (), limits: Limits | None = None
) -> tuple[dict[int, Outcome], list[dict[str, Any]]]:
    """(outcomes by id, what became of each cell)."""
    limits = limits or Limits()
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    spec, buffers = wire.pack([call.args.values for call in calls])
    header = {
        "limits": asdict(limits),
        "cells": [asdict(cell) for cell in program.cells],
        "args": spec,
        "calls": [
            {**{k: v for k, v in vars(call).items() if k != "args"}, "seconds": limits.call_seconds} for call in calls
        ],
    }
    server.stdin.write(wire.frame(header, buffers))
    server.stdin.flush()
    cells = wire.read_frame(server.stdout.read)[0]["cells"]
    outcomes = {}
    for call in calls:
        answer, payload = wire.read_frame(server.stdout.read)
        parts = wire.unpack(answer["value"], payload)
        assert isinstance(parts, dict)
        outcomes[call.id] = Outcome(
            call.id, Status(answer["status"]), parts.get("value"), gradient=parts.get("gradient", ())
        )
    return outcomes, cells
